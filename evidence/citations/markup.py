r"""Markup that sources leave in their texts, taken out of what people read.

Tags of HTML, JATS, PubMed, MathML and publishers (`<jats:p>`, `<AbstractText Label="AIM">`),
brackets of PsycINFO (`[rid]…[/rid]`), backslashes of LaTeX (`R\&D`). What is no markup stays:
`p <0.05`, `a <b and c> d`, `<Go to ISI>`.
"""

import re
from collections.abc import Iterable

# Attributes, which a tag may have; some programs leave the quotes out.
_ATTRIBUTES = (
    r"""(?:\s{1,9}[\w:-]{1,40}=(?:"[^"<>]{0,500}"|'[^'<>]{0,500}'|[^\s"'<>]{1,200})){0,9}"""
)
_END = rf"{_ATTRIBUTES}\s{{0,9}}/?>"
_PARAGRAPH_TAG = re.compile(
    r"</?(?:[a-z][\w-]{1,9}:)?(?:p|br|div|li|ul|ol|dl|dt|dd|tr|hr|sec|section|title|h[1-6]|para"
    r"|simplepara|abstracttext|abstractsection|heading|list|list-item|break|blockquote|table|caption"
    rf"|copyrightinformation){_END}",
    re.IGNORECASE,
)
# The heading of a paragraph, which PubMed writes into its tag.
_LABELLED = re.compile(
    r"<AbstractText(?=\s)(?:(?!\sLabel=)[^<>]){0,500}\sLabel=[\"']([^\"'<>]{1,100})[\"'][^<>]{0,500}>",
    re.IGNORECASE,
)
_UNLABELLED = "UNLABELLED"
_INLINE_TAG = re.compile(
    r"</?(?:[a-z][a-z0-9]{1,9}:[a-z][\w-]{0,30}"
    r"|a|b|i|u|s|em|strong|bold|italic|sup|sub|inf|span|font|small|big|tt|sc|cite|math|abstract"
    r"|emphasis|superscript|subscript|underline|overline|monospace|roman|strike|del|ins|code|pre"
    r"|xref|ext-link|uri|email|urlref|emailref|img|label|inline-formula|disp-formula|dispformula"
    r"|tex-math|alternatives|inline-graphic|inlineequation|named-content|styled-content|html|body"
    rf"|m[inorsu]|m(?:row|sup|sub|text|frac|over|under|style|space|sqrt|subsup|fenced)){_END}",
    re.IGNORECASE,
)
_WITH_ATTRIBUTE = re.compile(
    r"<[a-z][\w.-]{1,30}(?:\s{1,9}[\w:-]{1,40}=(?:\"[^\"<>]{0,500}\"|'[^'<>]{0,500}')){1,9}\s{0,9}/?>",
    re.IGNORECASE,
)
_PLAIN_TAG = re.compile(r"<(/?)([A-Za-z][\w.-]{0,30})\s{0,9}>")
_SIDE_BY_SIDE = re.compile(r"(?<=>)(?=<[A-Za-z])")
_COMMENT = re.compile(
    r"<!--(?:[^<-]|-(?!->)|<(?!!--)){0,5000}+-->|<!\[CDATA\[|\]\]>|<\?xml[^<>]{0,200}\?>"
)
_BRACKET = re.compile(r"\[(/?)([A-Za-z]{1,10})\]")
_LONE_BRACKET = re.compile(r"\[/?rid\]", re.IGNORECASE)
# Springer puts a whole document of LaTeX beside a formula in MathML.
_DOCUMENT = re.compile(
    r"\\documentclass(?:(?!\\begin\{document\}|\\documentclass).){0,3000}\\begin\{document\}"
    r"((?:(?!\\end\{document\}).){0,1000})\\end\{document\}",
    re.DOTALL,
)
_ESCAPED = re.compile(r"(?<!\\)\\([&%#_$])")


def has_markup(text: str) -> bool:
    """Whether a text has a character with which markup begins; a quick look."""
    if "<" in text or "\\" in text:
        return True
    return "[" in text and ("[/" in text or "[rid]" in text)


def without_markup(text: str) -> str:
    """The text without markup; tags of paragraphs become line ends."""
    if "<" in text:
        text = _without_tags(text)
    if "[" in text:
        text = _without_brackets(text)
    if "\\" in text:
        text = _ESCAPED.sub(r"\1", _DOCUMENT.sub(r"\1", text))
    return text


def _without_tags(text: str) -> str:
    text = _LABELLED.sub(_heading, _COMMENT.sub("", text))
    text = _INLINE_TAG.sub("", _PARAGRAPH_TAG.sub("\n", text))
    text = _WITH_ATTRIBUTE.sub("", text) if '="' in text or "='" in text else text
    if "</" not in text:
        return text
    pairs = _pairs(_PLAIN_TAG.findall(text))
    if not pairs:
        return text
    text = _SIDE_BY_SIDE.sub(" ", text)
    return _PLAIN_TAG.sub(lambda tag: "" if tag[2] in pairs else tag[0], text)


def _pairs(tags: Iterable[tuple[str, str]]) -> set[str]:
    """The names of tags that are opened and closed."""
    names: dict[bool, set[str]] = {False: set(), True: set()}
    for slash, name in tags:
        names[bool(slash)].add(name)
    return names[False] & names[True]


def _heading(tag: re.Match[str]) -> str:
    return "\n" if tag[1] == _UNLABELLED else f"\n{tag[1]}: "


def _without_brackets(text: str) -> str:
    """The text without pairs of tags in square brackets, as `[i]…[/i]`, and without `[rid]`."""
    if "[/" in text:
        pairs = _pairs(_BRACKET.findall(text))
        text = _BRACKET.sub(lambda tag: "" if tag[2] in pairs else tag[0], text)
    return _LONE_BRACKET.sub("", text)
