"""Pages in normal form: `start-end` with a full end, a single page, or an article number."""

import re

_DASHES = re.compile(r" ?(?:[\u2010-\u2015\u2212]|--?-?) ?")
_WORD_BEFORE = re.compile(
    r"^(?:pages?|pp?|pgs?|s(?:eiten?)?|p[áa]gs?|p[áa]ginas?|e?pii|e-?(?:article|page|loc(?:ator)?)"
    r"|art(?:icle|\.)?(?: ?(?:no|num(?:ber)?|nr|id|e))?)[ .:]{1,3}(?=[^ .:])",
    re.IGNORECASE,
)
_EXTENT = re.compile(r"^\[?\d+\]?\s*(?:p|pp|pages?|s)\.?$", re.IGNORECASE)
_PAGE = re.compile(r"([A-Za-z]{0,4})(\d+)([A-Za-z]?)")

# What databases write where there is no page: Ovid's "No Pagination Specified" falls into three.
_NONE = frozenset(
    {"", "no", "specified", "pagination", "no pagination specified", "n.pag", "n.pag-n.pag", "np"}
    | {"na", "n/a", "null", "none", "undefined", "not specified", "-", "&", "+"}
)


def pages(start: str, end: str = "") -> str:
    """The normal form of a start and an end, or of one text that holds both.

    A number of pages ("146p") is an extent and not a place, so it gives an empty text. An
    abbreviated end is completed: `349-69` is `349-369`.
    """
    start, end = _tidy(start), _tidy(end)
    if "," in start or start.count("-") > 1:
        return start
    first, dash, last = start.partition("-")
    return _range(first, _tidy(last) if dash else end)


def _tidy(text: str) -> str:
    if text.isdecimal():
        return text
    text = " ".join(text.split())
    if text.lower() in _NONE or _EXTENT.match(text):
        return ""
    text = _DASHES.sub("-", _WORD_BEFORE.sub("", text)).rstrip("+&-. ")
    return "" if text.lower() in _NONE else text


def _range(start: str, end: str) -> str:
    if not end or end == start or not start:
        return start
    if len(start) == len(end) and start.isdecimal() and end.isdecimal():
        return f"{start}-{end}"
    first, last = _PAGE.fullmatch(start), _PAGE.fullmatch(end)
    if first and last and not last[1]:
        end = first[1] + _complete(first[2], last[2]) + last[3]
    return start if end == start else f"{start}-{end}"


def _complete(first: str, last: str) -> str:
    """The last page with the digits that it shares with the first: 69 behind 349 is 369."""
    return first[: len(first) - len(last)] + last if len(last) < len(first) else last
