"""Cells give back exactly what stood in the database, and run in no spreadsheet."""

import csv
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import JSON, Boolean, Column, Float, Integer, String

from evidence.citations.formats.cells import neutralise
from evidence.store.archive.cells import cell_reader, cell_writer
from evidence.store.schema.column_types import CleanText, Moment, RowId

TEXT = Column("text", CleanText, nullable=False)
OPTIONAL = Column("text", CleanText, nullable=True)
LIST = Column("list", JSON, nullable=False, default=list)
texts = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
) | st.sampled_from(
    [
        "",
        "'",
        "''",
        "=1+1",
        "'=1",
        "-3",
        "+49",
        "@a",
        "\t",
        "\r\n=1",
        "file:../x",
        "'file:a",
        "NULL",
    ]
)


def through_csv(cell: str) -> str:
    file = StringIO(newline="")
    csv.writer(file).writerow(["before", cell])
    file.seek(0)
    return next(csv.reader(file, strict=True))[1]


@given(texts | st.none())
def test_a_text_that_may_be_missing_comes_back(text: str | None) -> None:
    assert cell_reader(OPTIONAL)(through_csv(cell_writer(OPTIONAL)(text))) == text


@given(texts)
def test_a_text_comes_back_and_runs_nowhere(text: str) -> None:
    cell = through_csv(cell_writer(TEXT)(text))
    assert cell_reader(TEXT)(cell) == text
    assert neutralise(cell) == cell or cell.startswith("'")
    assert not cell.startswith("file:")


@pytest.mark.parametrize(
    ("column", "values"),
    [
        (Column("n", Integer, nullable=True), [0, -1, 2**31 - 1, None]),
        (Column("n", RowId, nullable=False), [1, 2**63 - 1]),
        (Column("n", Float, nullable=True), [0.1, -2.5e-300, 1e22, None]),
        (Column("n", Boolean, nullable=False), [True, False]),
        (Column("n", Moment, nullable=True), [datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC), None]),
        (LIST, ["[]", '["=1",null,"ä"]']),
        (Column("n", JSON, nullable=True), ["-1", "null", '"=a"', None]),
    ],
    ids=lambda value: str(getattr(value, "type", "")),
)
def test_other_values_come_back(column: Column[Any], values: list[Any]) -> None:
    for value in values:
        assert cell_reader(column)(through_csv(cell_writer(column)(value))) == value


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        (Column("n", Integer, nullable=False), "one", "is no whole number"),
        (Column("n", Integer, nullable=False), str(2**31), "is no whole number"),
        (Column("n", Integer, nullable=False), "", "is empty"),
        (Column("n", RowId, nullable=False), str(2**63), "is no whole number"),
        (Column("n", Float, nullable=False), "nan", "is no number"),
        (Column("n", Boolean, nullable=False), "yes", "neither true nor false"),
        (Column("n", Moment, nullable=False), "2026-01-02", "is no time"),
        (LIST, "{}", "is no JSON list"),
        (LIST, "[NaN]", "is no JSON"),
        (LIST, "[", "is no JSON"),
        (TEXT, "a\x00b", "no database keeps"),
        (Column("n", String(3), nullable=False), "abcd", "more than 3 letters"),
    ],
)
def test_what_a_column_cannot_hold_is_refused_in_words(
    column: Column[Any], cell: str, words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        cell_reader(column)(cell)
