"""Abbreviations of BibTeX: `@string` defines them, values name them and join them with `#`."""

import re
from typing import NamedTuple

_STRING = re.compile(r"@string\s*[{(]\s*([^\s={}\"#,]+)\s*=\s*(.*)[})]", re.IGNORECASE | re.DOTALL)
_PART = re.compile(r"[{}\"#]")
_QUOTED = 60  # characters of an unknown one that a problem quotes
# Characters that abbreviations may add to one value. Each may name others twice, so that forty
# short lines could ask for more memory than there is.
LONGEST = 10_000
_MOST_UNKNOWN = 9  # of one abbreviation that are named


class Macro(NamedTuple):
    """What an abbreviation stands for, and which ones nobody defined are within."""

    text: str
    unknown: tuple[str, ...] = ()


Macros = dict[str, Macro]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# The last ones some styles have; it is plain what they mean.
MONTHS: Macros = {month: Macro(month) for month in (*_MONTHS, "june", "july", "sept")}


def definition(text: str, macros: Macros) -> Macros:
    """The abbreviation that an @string block defines; none where it would be too long."""
    match = _STRING.match(text.strip())
    if not match:
        return {}
    value, unknown, cut = _joined_parts(match[2].strip(), macros)
    return {} if cut else {match[1].lower(): Macro(value, tuple(unknown[:_MOST_UNKNOWN]))}


def resolve(value: str, macros: Macros) -> tuple[str, list[str]]:
    """A value without its delimiters, its parts joined, and the abbreviations nobody defined.

    An abbreviation that would make the value too long is left as its name, like an unknown one. One
    whose own definition names an unknown one gives that, too.
    """
    text, unknown, _ = _joined_parts(value, macros)
    return text, unknown


def _joined_parts(value: str, macros: Macros) -> tuple[str, list[str], bool]:
    """The text of a value, its unknown abbreviations, and whether one was too long to put in."""
    unknown: list[str] = []
    parts = []
    added, cut = 0, False
    for part in _parts(value.strip()):
        if part[:1] in {"{", '"'}:
            parts.append(part[1:-1])
        elif part.isdigit() or not part:
            parts.append(part)
        else:
            macro = macros.get(part.lower())
            if macro is None or added + len(macro.text) > LONGEST:
                cut |= macro is not None
                macro = Macro(part, (part[:_QUOTED],))
            unknown += macro.unknown
            added += len(macro.text)
            parts.append(macro.text)
    return "".join(parts), list(dict.fromkeys(unknown)), cut


def _parts(value: str) -> list[str]:
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
