"""References as rows: what the fast way writes is what SQLAlchemy would write."""

import json

import pytest

from evidence.citations.record import Name, Reference
from evidence.store.records.references import (
    NAMES,
    authors_line,
    from_row,
    pairs_json,
    to_row,
    to_values,
)

ODD = (
    "plain", 'quote " and \\ backslash', "Ünïcode 工作 🙂", "a\x00b", "a\ud800b", "line\nend\ttab",
    "\\u0000 in words",
)  # fmt: skip


@pytest.mark.parametrize("text", ODD, ids=ascii)
def test_both_ways_of_writing_agree(text: str) -> None:
    reference = Reference(
        title=text,
        year=1999,
        authors=(Name(text, "Eva"), Name("Berg", text)),
        keywords=(text, "b"),
        notes=(text,),
    )
    row = to_row(reference)
    values = dict(zip(NAMES, to_values(reference), strict=True))
    for name, value in row.items():
        assert (json.loads(values[name]) if isinstance(value, list) else values[name]) == value
    assert "\x00" not in str(values)
    assert "\\u0000" not in values["keywords"].replace("\\\\u0000", "")
    assert from_row({**row}).year == 1999  # type: ignore[arg-type]  # a row is a mapping


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
