"""References as rows, and back."""

from dataclasses import fields
from typing import Any

from sqlalchemy import RowMapping

from evidence.citations.record import Name, Reference
from evidence.store.bulk import to_json

NAMES = tuple(field.name for field in fields(Reference))
PEOPLE = ("authors", "editors")
LISTS = ("keywords", "urls", "issn", "isbn", "notes")


def to_row(reference: Reference) -> dict[str, Any]:
    """Column values of a reference. Text databases refuse NUL, so that sign is dropped."""
    row: dict[str, Any] = {name: getattr(reference, name) for name in NAMES}
    for name in PEOPLE:
        row[name] = [[clean(person.family), clean(person.given)] for person in row[name]]
    for name in LISTS:
        row[name] = [clean(value) for value in row[name]]
    return {name: clean(value) if isinstance(value, str) else value for name, value in row.items()}


def to_values(reference: Reference) -> tuple[Any, ...]:
    """The same in the order of NAMES, with lists as JSON text, for evidence.store.bulk."""
    row = to_row(reference)
    for name in (*PEOPLE, *LISTS):
        row[name] = to_json(row[name]) if row[name] else "[]"
    return tuple(row.values())


def from_row(row: RowMapping) -> Reference:
    """The reference in a row of `record` or `work`."""
    values = {name: row[name] for name in NAMES}
    for name in PEOPLE:
        values[name] = tuple(Name(family, given) for family, given in values[name])
    for name in LISTS:
        values[name] = tuple(values[name])
    return Reference(**values)


def clean(value: str) -> str:
    """Without the two things that no text column of PostgreSQL takes: NUL and lone surrogates."""
    if "\x00" in value:
        value = value.replace("\x00", "")
    return value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")


def authors_line(row: RowMapping, most: int = 3) -> str:
    """The authors as people cite them: `Drake R, McHugo G, Becker D et al.`."""
    names = [f"{family} {_initials(given)}".strip() for family, given in row["authors"]]
    return ", ".join(names[:most]) + (" et al." if len(names) > most else "")


def _initials(given: str) -> str:
    return "".join(part[0] for part in given.replace(".", " ").replace("-", " ").split())
