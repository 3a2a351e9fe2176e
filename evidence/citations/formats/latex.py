"""LaTeX as it stands in BibTeX values, turned into plain text.

Databases write BibTeX without knowing LaTeX, so this is cautious: `%` is a percent sign and never
a comment, `$` is money unless it clearly encloses a formula, and an unknown command stays.
"""

import re
import unicodedata

# Accents by the character that follows the backslash, as combining marks.
_ACCENTS = {
    '"': "\u0308",
    "'": "\u0301",
    "`": "\u0300",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    ".": "\u0307",
    "u": "\u0306",
    "v": "\u030c",
    "H": "\u030b",
    "c": "\u0327",
    "d": "\u0323",
    "b": "\u0331",
    "k": "\u0328",
    "r": "\u030a",
}

# Commands and their characters.
_TABLE = r"""
    ss ß  o ø  O Ø  l ł  L Ł  ae æ  AE Æ  oe œ  OE Œ  aa å  AA Å  i ı  j ȷ  dh ð  DH Ð  dj đ
    DJ Đ  th þ  TH Þ  ng ŋ  NG Ŋ  textendash –  textemdash —  textquoteleft ‘  textquoteright ’
    textquotedblleft “  textquotedblright ”  textquotesingle '  textquotedbl "  quotedblbase „
    quotesinglbase ‚  guillemotleft «  guillemotright »  textbackslash \  textasciitilde ~
    textless <  textgreater >  textbar |  textasciicircum ^  textunderscore _  textbraceleft {
    textbraceright }  textdollar $  textdegree °  textmu µ  texttrademark ™  textregistered ®
    textcopyright ©  copyright ©  pounds £  textsterling £  texteuro €  textyen ¥  ldots …
    dots …  textellipsis …  S §  P ¶  dag †  textperiodcentered ·  textbullet •  degree °
    circ °  times ×  pm ±  mp ∓  cdot ·  div ÷  leq ≤  le ≤  geq ≥  ge ≥  neq ≠  ne ≠  approx ≈
    lt <  gt >
    sim ∼  simeq ≃  equiv ≡  ll ≪  gg ≫  infty ∞  sum ∑  prod ∏  int ∫  sqrt √  partial ∂
    rightarrow →  to →  leftarrow ←  leftrightarrow ↔  Rightarrow ⇒  uparrow ↑  downarrow ↓
    in ∈  cup ∪  cap ∩  subset ⊂  forall ∀  exists ∃  prime ′  alpha α  beta β  gamma γ
    delta δ  epsilon ε  varepsilon ε  zeta ζ  eta η  theta θ  iota ι  kappa κ  lambda λ  mu μ
    nu ν  xi ξ  pi π  rho ρ  sigma σ  tau τ  upsilon υ  phi φ  varphi φ  chi χ  psi ψ  omega ω
    Gamma Γ  Delta Δ  Theta Θ  Lambda Λ  Xi Ξ  Pi Π  Sigma Σ  Phi Φ  Psi Ψ  Omega Ω
"""
_SYMBOLS: dict[str, str] = dict(re.findall(r"(\S+) (\S+)", _TABLE))

# Commands about the look of what follows; only what follows matters.
_LOOKS = frozenset(
    {"textit", "emph", "textbf", "textsc", "textrm", "texttt", "textsf", "textup", "textnormal"}
    | {"mathrm", "mathit", "mathbf", "mathcal", "mathbb", "mathsf", "text", "mbox", "hbox"}
    | {"textsuperscript", "textsubscript", "underline", "uppercase", "url", "path", "nolinkurl"}
    | {"it", "bf", "rm", "em", "sc", "tt", "sl", "itshape", "bfseries", "small", "left", "right"}
    | {"ensuremath", "protect", "relax", "noopsort", "boldsymbol", "operatorname", "displaystyle"}
)

_ANYTHING = re.compile(r"[\\{}$~]|--|``")
_ESCAPED = re.compile(r"\\([{}$&%#_\\,;:! ])")
_PLACEHOLDERS = {"{": "\ue000", "}": "\ue001", "$": "\ue002"}  # until LaTeX's own braces are gone
_GAPS = {"\\": " ", ",": " ", ";": " ", ":": " ", " ": " ", "!": ""}
_RESTORED = str.maketrans({"\ue000": "{", "\ue001": "}", "\ue002": "$"})
_ACCENT = re.compile(
    r"""\\(?:(["'`^~=.])[ ]?|([uvHcdbkr])(?![A-Za-z])[ ]?)"""
    r"(?:\{[ ]?(\\[ij](?![A-Za-z])|[^\W\d_]?)|(\\[ij](?![A-Za-z])|[^\W\d_]))"
)
_COMMAND = re.compile(r"\\([A-Za-z]{1,30})(?:\{\}|[ \t\n]{1,9})?")
# What a formula and what a text shows; a value is a text. Nothing is nested in these.
_IN_FORMULAS = re.compile(
    r"\\ifmmode(?![A-Za-z])((?:(?!\\(?:else|fi|ifmmode)(?![A-Za-z])).){0,200})"
    r"(?:\\else(?![A-Za-z])((?:(?!\\(?:fi|ifmmode)(?![A-Za-z])).){0,200}))?"
    r"\\fi(?![A-Za-z])(?:\{\}|[ \t\n]{1,9})?",
    re.DOTALL,
)
_ARGUMENT = r"(?:[^{}]{1,2000}+|\{[^{}]{0,40}\}){0,40}+"  # of a command, with braces in it
_LINK = re.compile(rf"\\href\s?\{{{_ARGUMENT}\}}|\\[hv]space\*?\s?\{{[^{{}}]{{0,40}}\}}")
_LINK_WITH_TEXT = re.compile(rf"\\href\s?\{{({_ARGUMENT})\}}\s?(?:\{{{_ARGUMENT}\}})?")
# What stands before a number may be money, but not if it is nothing but symbols.
_FORMULA = re.compile(r"\$\$?(?![\s$])([^$]{0,400}[^$\s\\])\$\$?(?!\d)|\$([^\w\s$\\]{1,9})\$(?=\d)")
_SYMBOL = re.compile(r"\$([^\w\s$\\]|_)\$")
_SCRIPT = re.compile(r"[\^_](?:\{([^{}]{0,200})\}|(\S))")
_TIE = re.compile(r"(?<=[^\s(\[~])~(?=[^\s~])")


def plain(text: str) -> str:
    """The text that LaTeX would print, as far as that can be written in one line of characters."""
    if not _ANYTHING.search(text):
        return text
    if "\\" in text:
        text = _without_formulas(text)
        text = _ESCAPED.sub(_escaped, text)
        text = _ACCENT.sub(_accented, _LINK.sub("", text))
        text = _COMMAND.sub(_command, text)
    if "$" in text:
        text = _FORMULA.sub(_formula, text)
    text = _TIE.sub(" ", text).replace("---", "—").replace("--", "–")
    if "``" in text:
        text = text.replace("``", "“").replace("''", "”")
    text = text.replace("{''}", '"')  # Web of Science, for any quote
    text = text.replace("{", "").replace("}", "").translate(_RESTORED)
    return unicodedata.normalize("NFC", text)


def address(text: str) -> str:
    """A web address or an identifier, freed of LaTeX's escapes, symbols and links only."""
    if "\\" in text:
        text = _LINK_WITH_TEXT.sub(r" \1 ", _without_formulas(text)).replace("\\~{}", "~")
        text = _COMMAND.sub(_symbol_of_address, re.sub(r"\\([_%&#$~{}])", r"\1", text))
    text = text.replace("{", "").replace("}", "")
    return _SYMBOL.sub(r"\1", text) if "$" in text else text


def _symbol_of_address(match: re.Match[str]) -> str:
    """A command as an address has it: the character of ASCII that it stands for, or nothing."""
    symbol = "~" if match[1] == "sim" else _SYMBOLS.get(match[1], "")
    if symbol and symbol.isascii():
        return symbol
    return "" if match[1] in _LOOKS else match[0]


def _without_formulas(text: str) -> str:
    """The text with what it shows where it asks whether it is a formula."""
    return _IN_FORMULAS.sub(lambda asked: f"{{{asked[2] or ''}}}", text)


def _escaped(match: re.Match[str]) -> str:
    character = match[1]
    return _PLACEHOLDERS.get(character) or _GAPS.get(character, character)


def _accented(match: re.Match[str]) -> str:
    """The letter with its accent; an opening brace is put back for its closing one."""
    mark = match[1] or match[2]
    braced, bare = match[3], match[4]
    letter = (bare if braced is None else braced).lstrip("\\")
    brace = "" if braced is None else "{"
    if not letter:
        return mark + brace if match[1] else match[0]
    return brace + unicodedata.normalize("NFC", letter + _ACCENTS[mark])


def _command(match: re.Match[str]) -> str:
    name = match[1]
    if name in _SYMBOLS:
        symbol = _SYMBOLS[name]
        return _PLACEHOLDERS.get(symbol, symbol)
    return "" if name in _LOOKS else match[0]


def _formula(match: re.Match[str]) -> str:
    """A formula without its dollars; its hyphens are minus signs."""
    inner = match[1] or match[2]
    if " " in inner and not any(character in inner for character in "^_{=<>"):
        return match[0]
    return _SCRIPT.sub(lambda script: script[1] or script[2] or "", inner).replace("-", "−")
