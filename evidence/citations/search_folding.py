"""Text as a search compares it: without regard to case, accents, and kinds of dashes and quotes.

Both spellings of an umlaut meet: Müller is found by Muller and by Mueller, and finds both.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
APOSTROPHES = "\u2018\u2019\u02bc\u00b4"
# Letters that Unicode does not take apart; each stands for what people type in its place.
_LETTERS = str.maketrans(
    dict.fromkeys(DASHES, "-")
    | dict.fromkeys(APOSTROPHES, "'")
    | {"ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "ł": "l", "Ł": "l"}
    | {"ħ": "h", "Ħ": "h", "ı": "i", "þ": "th", "Þ": "th", "æ": "ae", "Æ": "ae", "œ": "oe"}
    | {"Œ": "oe"}
)
_UMLAUTS = {"ae": "äÄ", "oe": "öÖøØ", "ue": "üÜ", "aa": "åÅ"}
_SPELLED_OUT = {umlaut: pair for pair, signs in _UMLAUTS.items() for umlaut in signs}
_ASCII = bytes(range(0x80))
_MANY = 40  # different signs outside of ASCII; beyond, a look at each sign is quicker
_MARKS = re.compile("[\u0300-\u036f]+")  # accents that stand behind their letter
_ANY_MARKS = "[\u0300-\u036f]*"
# Letters with accents: Latin, Greek, Cyrillic and their extensions.
_ACCENTED = (range(0x80, 0x250), range(0x370, 0x530), range(0x1E00, 0x2000))


def folded(text: str) -> str:
    """The text in small letters without accents: Müller is muller, Straße is strasse."""
    if text.isascii():
        return text.lower()
    strange = set(text.encode("utf-8", "replace").translate(None, _ASCII).decode())
    if len(strange) > _MANY:
        return "".join(map(_folded_sign, text))
    for sign in strange:
        text = text.replace(sign, _folded_sign(sign))
    return text.lower()


def spelled_out(text: str) -> str:
    """The folded text with umlauts as two letters: Müller is mueller."""
    if not text.isascii():
        for umlaut, letters in _SPELLED_OUT.items():
            text = text.replace(umlaut, letters)
    return folded(text)


def holds(groups: Sequence[Sequence[str]], texts: Sequence[str]) -> bool:
    """Whether of each group one phrase at least occurs in one of the texts.

    The blanks of a phrase are single; a text may break its lines wherever it likes. Names may
    stand in a text as JSON, with the given name behind the family name.
    """
    text = "\n".join([text.replace("\n", " ").replace('","', ", ") for text in texts])
    plain, out = folded(text), ""
    for phrases in groups:
        forms = [_forms(phrase) for phrase in phrases]
        if any(form in plain for form, _ in forms):
            continue
        spelled = [long for _, long in forms if any(pair in long for pair in _UMLAUTS)]
        if spelled:
            out = out or spelled_out(text)
        if not any(long in out for long in spelled):
            return False
    return True


@lru_cache(maxsize=500)
def pattern(phrase: str) -> str:
    """The same comparison as a regular expression for PostgreSQL, which cannot fold."""
    plain, long = _forms(phrase)
    either = [_letters_pattern(plain, {})]
    either += [_letters_pattern(long, _UMLAUTS)] if any(pair in long for pair in _UMLAUTS) else []
    return "|".join(f"(?:{each})" for each in either)


@lru_cache(maxsize=2000)
def _forms(phrase: str) -> tuple[str, str]:
    return folded(phrase), spelled_out(phrase)


@lru_cache(maxsize=10_000)
def _folded_sign(sign: str) -> str:
    """A sign, folded; what is no accent stays together with its letter, as in Korean."""
    apart = unicodedata.normalize("NFKD", sign.translate(_LETTERS))
    return unicodedata.normalize("NFKC", _MARKS.sub("", apart)).casefold()


@lru_cache(maxsize=1)
def _variants() -> dict[str, str]:
    """For each folded letter, or pair of letters, all signs that are folded to it."""
    signs: dict[str, str] = defaultdict(str)
    for letter in map(chr, (code for codes in _ACCENTED for code in codes)):
        form = folded(letter)
        if form != letter and form.isalpha():
            signs[form] += letter
    return dict(signs)


def _letters_pattern(form: str, pairs: dict[str, str]) -> str:
    variants = _variants()
    parts, at = [], 0
    while at < len(form):
        pair = form[at : at + 2]
        joined = variants.get(pair, "") + pairs.get(pair, "") if len(pair) > 1 else ""
        if joined:
            parts.append(f"(?:{_sign(pair[0])}{_sign(pair[1])}|[{joined}])")
            at += 2
        elif pair == ", ":
            parts.append(r"""(?:,\s+|",\s*")""")
            at += 2
        else:
            parts.append(_sign(form[at]))
            at += 1
    return "".join(parts)


def _sign(sign: str) -> str:
    """A class of all signs that are folded to this one, with their accents."""
    if sign.isspace():
        return r"\s+"
    if sign == "-":
        return f"[-{DASHES}]"
    if sign == "'":
        return f"['{APOSTROPHES}]"
    if not sign.isalpha():
        return sign if sign.isalnum() or not sign.isascii() else "\\" + sign
    same = {sign, sign.upper() if len(sign.upper()) == 1 else sign, *_variants().get(sign, "")}
    return f"[{''.join(sorted(same))}]{_ANY_MARKS}"
