"""Text as people read it: entities decoded, markup removed, blanks and line ends put in order."""

import html
import re
import unicodedata

from evidence.citations.markup import has_markup, without_markup

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")

# Characters that show nothing: other controls, soft hyphen, zero-width space, marks of direction.
# The zero-width joiners stay, because Persian and Indic words need them.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
_ESCAPED = re.compile(r"(?<!\\)\{?\\([&_%#~$])(?:\{\}|\})?")
_LINE_END = re.compile("[\n\x0b\x0c\x85\u2028\u2029]")

# What databases write where they have nothing to say: bare or in brackets, in any letters.
_WORDS = (
    *("na", "n/a", "null", "none", "nan", "undefined", "not available", "not specified"),
    *("no abstract", "no abstract available", "no abstract available.", "abstract not available"),
    "Publisher: Abstract available from the publisher.",
)
_FORMS = [form(word) for word in _WORDS for form in (str, str.upper, str.capitalize, str.title)]
NOTHING = frozenset(["", *_FORMS, *(f"[{form}]" for form in _FORMS)])

_LONG = 200  # characters; beyond, looking at bytes is quicker than asking each of them
_PRINTABLE_ASCII = bytes(range(0x20, 0x7F))


def line(text: str) -> str:
    """The text in one line."""
    if len(text) < _LONG and text.isascii() and text.isprintable():  # as nearly all values
        if not ("&" in text or "  " in text or "<" in text or "\\" in text or "[" in text):
            return text.strip()
    elif _is_plain(text):
        return text.strip()
    return " ".join(_readable(text).split())


def paragraphs(text: str) -> str:
    """The text with its paragraphs, parted by single newlines."""
    if _is_plain(text):
        return text.strip()
    parts = (" ".join(part.split()) for part in _LINE_END.split(_readable(text)))
    return "\n".join(part for part in parts if part)


def address(text: str) -> str:
    """A DOI or a web address: entities are decoded, but "<" may be part of it.

    A backslash that LaTeX needs before a character is none of the address.
    """
    text = _ESCAPED.sub(r"\1", text) if "\\" in text else text
    return " ".join(_decode_entities(text).split()) if "&" in text else text.strip()


def visible(text: str) -> str:
    """What people typed as a name, in one line, without characters that show nothing or turn what
    stands around them; markup and entities stay, since they are typed as they are meant.
    """
    return " ".join(_INVISIBLE.sub("", text).split())


def visible_lines(text: str) -> str:
    """What people typed in several lines, without characters that show nothing or turn others."""
    return _INVISIBLE.sub("", text)


def says_nothing(text: str) -> bool:
    """Whether the text stands for an absent value, as "N/A" does."""
    return text.strip() in NOTHING


def _is_plain(text: str) -> bool:
    """A quick look, because nearly all values are plain and an import has millions of them."""
    if "&" in text or "  " in text or has_markup(text):
        return False
    if text.isascii():
        if len(text) < _LONG:
            return text.isprintable()
        return not text.encode().translate(None, _PRINTABLE_ASCII)
    return text.isprintable() and unicodedata.is_normalized("NFC", text)


def unmarked(text: str) -> str:
    """The text without markup and entities, all else as it stands."""
    return without_markup(_decode_entities(text))


def _readable(text: str) -> str:
    text = unmarked(text)
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def _decode_entities(text: str) -> str:
    """Entities decoded, twice, because some databases encode what is encoded already."""
    for _ in range(2):
        if "&" not in text:
            break
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    return text
