"""The reader of tagged lines, with a dialect of its own: what it does is not about RIS."""

import re

from evidence.citations.formats.dialect import Dialect, Entry, OutsideLines
from evidence.citations.formats.tagged import entries

DIALECT = Dialect(
    tagged=re.compile(r"([A-Z]{2})= ?(.*)"),
    start="BE",
    end="EN",
    telling=frozenset({"TI"}),
    bare_end=re.compile(r"--$"),
)
BY_BLANKS = Dialect(
    tagged=re.compile(r"([A-Z]{2,4}) *- ?(.*)"),
    start="PMID",
    telling=frozenset({"TI"}),
    blank_ends=True,
)


def read(text: str, dialect: Dialect = DIALECT) -> list[Entry | OutsideLines]:
    return list(entries(text.encode(), dialect))


def only(text: str, dialect: Dialect = DIALECT) -> Entry:
    (found,) = read(text, dialect)
    assert isinstance(found, Entry)
    return found


def test_an_entry_has_fields_line_and_raw_text() -> None:
    entry = only("\nBE= x\nTI= a\nEN=\n")
    assert entry.fields == [("BE", "x"), ("TI", "a")]
    assert (entry.line, entry.raw) == (2, "BE= x\nTI= a\nEN=")
    assert entry.started
    assert entry.ended


def test_untagged_lines_join_the_value_above_and_are_noted_once() -> None:
    entry = only("BE= x\nAB= a\n  b\n\nc\nTI= t\nEN=")
    assert entry.fields[1:] == [("AB", "a\nb\n\nc"), ("TI", "t")]
    assert entry.untagged == [(3, "AB")]


def test_the_next_start_ends_an_entry_without_end() -> None:
    first, second = read("BE= 1\nTI= a\nBE= 2\nEN=")
    assert isinstance(first, Entry)
    assert isinstance(second, Entry)
    assert (first.ended, second.ended) == (False, True)
    assert second.line == 3


def test_tags_directly_before_the_start_belong_to_the_entry() -> None:
    assert only("DB= d\nTI= a\nBE= x\nEN=").fields == [("DB", "d"), ("TI", "a"), ("BE", "x")]


def test_a_telling_tag_makes_an_entry_without_start() -> None:
    entry = only("TI= a\nEN=")
    assert not entry.started


def test_tags_directly_behind_the_end_belong_to_the_entry() -> None:
    assert only("BE= x\nTI= a\nEN=\nNL= n\n\n").fields[-1] == ("NL", "n")


def test_tags_behind_a_blank_line_do_not() -> None:
    entry, outside = read("BE= x\nTI= a\nEN=\n\nNL= n\n\ntext\n")
    assert isinstance(entry, Entry)
    assert isinstance(outside, OutsideLines)
    assert outside.rows == [(5, "NL= n"), (7, "text")]


def test_an_end_may_be_written_otherwise() -> None:
    assert only("BE= x\nTI= a\n--\n").ended


def test_an_end_without_entry_is_outside() -> None:
    (outside,) = read("EN=\n")
    assert isinstance(outside, OutsideLines)


def test_blank_lines_end_entries_where_the_dialect_says_so() -> None:
    first, second = read("PMID- 1\nTI  - a\n      b\n\nTI  - c\n", BY_BLANKS)
    assert isinstance(first, Entry)
    assert isinstance(second, Entry)
    assert first.fields == [("PMID", "1"), ("TI", "a\nb")]
    assert second.fields == [("TI", "c")]


def rows_of(found: Entry | OutsideLines) -> list[str]:
    return found.rows if isinstance(found, Entry) else [row for _, row in found.rows]


def test_no_line_is_dropped() -> None:
    text = "junk\nTI= a\n\nBE= x\nmore\nEN=\nNL= n\nrest\nEN=\n"
    rows = [row for found in read(text) for row in rows_of(found)]
    assert sorted(rows) == sorted(text.split("\n")[:-1])
