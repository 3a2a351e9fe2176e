"""The numbers beside effects in a forest plot, for each measure."""

import pytest

from evidence.coding.effects.counts import Table
from evidence.synthesis.pooling.forest import ForestRow
from evidence.synthesis.pooling.raw_numbers import (
    RAW_CORRELATION,
    RAW_MEANS,
    RAW_TABLE,
    raw_heads,
    raw_numbers,
    raw_totals,
)


def row(table: Table | None = None, **cells: str) -> ForestRow:
    return ForestRow(study="A", effect=None, cells=cells, table=table, group="", is_pooled=True)


def means(mean: str, sd: str, n: str) -> ForestRow:
    return row(m1i=mean, sd1i=sd, n1i=n, m2i="1", sd2i="2", n2i="30")


def test_events_and_people_of_tables_are_written_and_summed() -> None:
    rows = [row(Table(a=5, b=45, c=10, d=40)), row(Table(a=1, b=1_999_999, c=0, d=20))]
    assert raw_heads(rows) == RAW_TABLE
    assert raw_numbers(rows[1], RAW_TABLE) == ("1 / 2,000,000", "0 / 20")
    assert raw_totals(rows, RAW_TABLE) == ("6 / 2,000,050", "10 / 70")


def test_people_divided_for_clusters_keep_four_digits() -> None:
    half = row(Table(a=49 / 2.45, b=251 / 2.45, c=10, d=40))
    assert raw_numbers(half, RAW_TABLE)[0] == "20 / 122.4"


def test_means_have_deviations_and_people_whatever_their_digits() -> None:
    rows = [means("12.3456789", "0.00123456", "20"), means("-1,5", "2", "30")]
    assert raw_heads(rows) == RAW_MEANS
    assert raw_numbers(rows[0], RAW_MEANS) == ("12.35 (0.001235), 20", "1 (2), 30")
    assert raw_numbers(rows[1], RAW_MEANS)[0] == "−1.5 (2), 30"
    assert raw_totals(rows, RAW_MEANS) == ("n = 50", "n = 60")


def test_what_a_study_does_not_tell_is_neither_written_nor_summed() -> None:
    rows = [means("1", "2", "20"), means("", "", "")]
    assert raw_numbers(rows[1], RAW_MEANS)[0] == "–"
    assert raw_totals(rows, RAW_MEANS) == ("", "n = 60")


def test_correlations_have_their_people() -> None:
    rows = [row(ri="0.2", ni="109"), row(ri="0.3", ni="1000")]
    assert raw_heads(rows) == RAW_CORRELATION
    assert raw_numbers(rows[1], RAW_CORRELATION) == ("1,000",)
    assert raw_totals(rows, RAW_CORRELATION) == ("n = 1,109",)


@pytest.mark.parametrize("rows", [[], [row(yi="0.1", vi="0.2")]])
def test_effects_that_came_as_they_are_have_no_raw_numbers(rows: list[ForestRow]) -> None:
    assert raw_heads(rows) == ()
    assert raw_totals(rows, ()) == ()
