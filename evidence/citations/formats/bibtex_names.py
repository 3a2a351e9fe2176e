"""Names in a BibTeX value: parted by "and", with braces that hold a name together."""

import re

from evidence.citations.formats import latex
from evidence.citations.names import given_first, is_organisation, names
from evidence.citations.record import Name
from evidence.citations.text import line

_MARK = re.compile(r"[{}]|,|(?<=[\s}])and(?=[\s{])", re.IGNORECASE)
_KEYED = re.compile(r"\s*(?:family|given|prefix|suffix)(?:-i)?\s*=", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:jr|sr|i{1,3}|iv|v|\d(?:st|nd|rd|th))\.?", re.IGNORECASE)
_NUMBERED = re.compile(r"\s+0\d{3}(?=\s*(?:,|$))")  # dblp, for persons with the same name
_PARTS_OF_TWO = 2
_PARTS_WITH_SUFFIX = 3


def split(value: str) -> tuple[Name, ...]:
    """The names of an author or editor field; "and others" adds none."""
    value = line(value)
    persons = _parts(value, "and")
    if len(persons) == 1 and _is_wrapped(value):
        inner = value.strip()[1:-1]
        within = _parts(inner, "and")
        if len(within) > 1 and all("," in person for person in within):
            persons = within  # ISI wraps the whole list, where others wrap an organisation
    if len(persons) == 1 and ";" in value and "{" not in value:
        return names([latex.plain(value)])
    people = (name for person in persons for name in _person(person))
    return tuple(name for name in people if name.family and name.family.lower() != "others")


def _person(text: str) -> tuple[Name, ...]:
    """One name, or several where commas are all that parts them."""
    if _is_wrapped(text):
        return (Name(_plain(text)),)
    if _KEYED.match(text):
        return (_of_keys(text),)
    parts = [part for part in map(_plain, _parts(_NUMBERED.sub("", text), ",")) if part]
    if len(parts) < _PARTS_OF_TWO:
        together = _held_together(text)
        return (together,) if together else tuple(map(given_first, parts))
    if len(parts) == _PARTS_OF_TWO and not _both_whole(parts):
        return (Name(*parts),)
    if len(parts) == _PARTS_WITH_SUFFIX and not _both_whole(parts):
        return (_with_suffix(*parts),)
    return _listed(parts)


def _of_keys(text: str) -> Name:
    """A name of BibLaTeX's form with keys: "family=Beethoven, given=Ludwig, prefix=van"."""
    values: dict[str, str] = {}
    for part in _parts(text, ","):
        key, _, value = part.partition("=")
        values.setdefault(key.strip().lower(), _plain(value.strip().strip('"')))
    family = " ".join(filter(None, (values.get("prefix"), values.get("family"))))
    given = ", ".join(filter(None, (values.get("given"), values.get("suffix"))))
    return Name(family, given) if family else Name(given)


def _held_together(text: str) -> Name | None:
    """A name whose last words, the family name, are held together: "Gilles {Van Assche}".

    None where braces hold no words together at its end.
    """
    text = text.strip()
    if not text.endswith("}"):
        return None
    begin, depth = len(text) - 1, 1
    while depth and begin:
        begin -= 1
        depth += {"}": 1, "{": -1}.get(text[begin], 0)
    before, family = text[:begin], _plain(text[begin:])
    given = _plain(before.replace("~", " ")).split(" ")
    if " " not in family or before[-1:] not in {" ", "~"} or is_organisation(_plain(text)):
        return None
    while len(given) > 1 and given[-1].islower():
        family = f"{given.pop()} {family}"
    return Name(family, " ".join(given))


def _with_suffix(family: str, second: str, third: str) -> Name:
    """A name of three parts, where BibTeX puts "Jr." before the given name and Scopus behind."""
    if _SUFFIX.fullmatch(third):
        return Name(family, f"{second}, {third}")
    return Name(family, f"{third}, {second}")


def _both_whole(parts: list[str]) -> bool:
    """Whether "Smith J, Doe A" are two names and not one: each has its own initials."""
    return all(" " in part for part in parts) and all(name.given for name in names(parts))


def _listed(parts: list[str]) -> tuple[Name, ...]:
    """Names that only commas part: "Silva, Ana, Souza, Rui" (SciELO) or "Silva A, Souza R"."""
    if _both_whole(parts):
        return tuple(names(parts))
    if len(parts) % 2 == 0:
        return tuple(map(Name, parts[::2], parts[1::2]))
    return tuple(given_first(part) for part in parts)


def _plain(text: str) -> str:
    return line(latex.plain(text))


def _parts(text: str, separator: str) -> list[str]:
    """The text cut at each separator outside braces, in time that grows with its length only."""
    parts, start, depth = [], 0, 0
    for mark in _MARK.finditer(text):
        symbol = mark[0].lower()
        if symbol == "{":
            depth += 1
        elif symbol == "}":
            depth = max(0, depth - 1)
        elif symbol == separator and not depth:
            parts.append(text[start : mark.start()])
            start = mark.end()
    return [*parts, text[start:]]


def _is_wrapped(text: str) -> bool:
    """Whether one pair of braces holds the whole text."""
    text = text.strip()
    if not (text.startswith("{") and text.endswith("}")):
        return False
    depth = 0
    for mark in re.finditer(r"[{}]", text):
        depth += 1 if mark[0] == "{" else -1
        if not depth:
            return mark.end() == len(text)
    return False
