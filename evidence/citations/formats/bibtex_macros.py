"""Abbreviations of BibTeX: `@string` defines them, values name them and join them with `#`."""

import re

_STRING = re.compile(r"@string\s*[{(]\s*([^\s={}\"#,]+)\s*=\s*(.*)[})]", re.IGNORECASE | re.DOTALL)
_PART = re.compile(r"[{}\"#]")
_QUOTED = 60  # signs of an unknown one that a problem quotes
# Signs that abbreviations may add to one value. Each may name others twice, so that forty short
# lines could ask for more memory than there is.
LONGEST = 10_000

Macros = dict[str, str]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTHS: Macros = {month: month for month in _MONTHS}


def defined(text: str, macros: Macros) -> Macros:
    """The abbreviation that an @string block defines; none where it would be too long."""
    found = _STRING.match(text.strip())
    if not found:
        return {}
    value, unknown = resolved(found[2].strip(), macros)
    cut = any(name.lower() in macros for name in unknown)
    return {} if cut else {found[1].lower(): value}


def resolved(value: str, macros: Macros) -> tuple[str, list[str]]:
    """A value without its delimiters, its parts joined, and the abbreviations nobody defined.

    An abbreviation that would make the value too long is left as its name, like an unknown one.
    """
    unknown = []
    parts = []
    added = 0
    for part in _joined(value.strip()):
        if part[:1] in {"{", '"'}:
            parts.append(part[1:-1])
        elif part.isdigit() or not part:
            parts.append(part)
        else:
            told = macros.get(part.lower())
            if told is None or added + len(told) > LONGEST:
                unknown.append(part[:_QUOTED])
                told = part
            added += len(told)
            parts.append(told)
    return "".join(parts), unknown


def _joined(value: str) -> list[str]:
    """The parts of a value that `#` joins."""
    if "#" not in value:
        return [value]
    parts, start, depth, quoted = [], 0, 0, False
    for mark in _PART.finditer(value):
        if mark[0] == "{":
            depth += 1
        elif mark[0] == "}":
            depth -= 1
        elif depth:
            continue
        elif mark[0] == '"':
            quoted = not quoted
        elif not quoted:
            parts.append(value[start : mark.start()].strip())
            start = mark.end()
    return [*parts, value[start:].strip()]
