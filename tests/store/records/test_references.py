"""References as rows: what the fast way writes is what SQLAlchemy would write."""

import json

import pytest

from evidence.citations.record import Name, Reference
from evidence.store.records.references import (
    NAMES,
    authors_line,
    pairs_json,
    to_values,
)
from evidence.store.schema.column_types import clean

ODD = (
    "plain", 'quote " and \\ backslash', "Ünïcode 工作 🙂", "a\x00b", "a\ud800b", "line\nend\ttab",
    "\\u0000 in words",
)  # fmt: skip


@pytest.mark.parametrize("text", ODD, ids=ascii)
def test_values_are_what_a_database_takes(text: str) -> None:
    reference = Reference(
        title=text,
        year=1999,
        authors=(Name(text, "Eva"), Name("Berg", text)),
        keywords=(text, "b"),
        notes=(text,),
    )
    values = dict(zip(NAMES, to_values(reference), strict=True))
    assert (values["title"], values["year"]) == (clean(text), 1999)
    assert json.loads(values["authors"]) == [[clean(text), "Eva"], ["Berg", clean(text)]]
    assert json.loads(values["keywords"]) == [clean(text), "b"]
    assert json.loads(values["notes"]) == [clean(text)]
    assert "\x00" not in str(values)
    assert "\\u0000" not in values["keywords"].replace("\\\\u0000", "")


@pytest.mark.parametrize("text", ODD, ids=ascii)
def test_pairs_are_written_as_json_takes_them(text: str) -> None:
    written = json.loads(pairs_json([("TI", text), (text, "x")]))
    clean = text.replace("\x00", "").replace("\ud800", "?")
    assert written == [["TI", clean], [clean, "x"]]


@pytest.mark.parametrize(
    ("given", "shown"),
    [("D.K.", "DK"), ("DK", "DK"), ("Dana Kim", "DK"), ("Jean-Luc", "JL"), ("D", "D"), ("", "")],
)
def test_initials_are_shown_whole(given: str, shown: str) -> None:
    row = {"authors": [["Okafor", given]]}
    assert authors_line(row) == f"Okafor {shown}".strip()  # type: ignore[arg-type]  # a mapping
