"""A file in chunks gives what the file as a whole gives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.citations.formats import chunks, open_file
from evidence.citations.formats.format import Rows
from evidence.citations.record import Record
from evidence.problems import Code, Effect, Problem

PIECES = (
    "TY  - JOUR\nTI  - One\nER  - \n",
    "TY  - JOUR\nTI  - One\nDO  - 10.5555/x\nER  -\n\n",
    "TY  - JOUR\nTI  - It has no end\n",
    "TY  - JOUR\nTI  - It runs on\nbelow\nER  - \n \n",
    "TY  - JOUR\nER  - \n",
    "TY - JOUR\nTI - Narrow\nER -\n",
    "AU  - Arbor, A.\nTY  - JOUR\nTI  - The type comes later\nER  - \n",
    "AU  - Arbor, A.\nTI  - It has no type\nER  - \n\n",
    "ER  - \n\n",
    "DB  - Behind\n",
    "ER  - TY  - JOUR\n",
    "Record #1 of 2\n",
    "Scopus\n\n",
    "Some text\n",
    "\n\n",
)


@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_whatever_stands_in_the_file(pieces: list[str]) -> None:
    data = "".join(("TY  - JOUR\nTI  - First\nER  - \n\n" * 2, *pieces)).encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chunks, "CHUNK_BYTES", 1)
        assert whole(data) == in_chunks(data)


def whole(data: bytes) -> list[Record | Problem]:
    return list(open_file(data, "a.ris").entries())


def in_chunks(data: bytes) -> list[Record | Problem]:
    opened = open_file(data, "a.ris")
    found: list[Record | Problem] = []
    rows: Rows = []
    parts = chunks.cut(opened)
    assert len(parts) > 1
    for chunk in parts:
        found += chunks.read_chunk(opened.clean[chunk.begin : chunk.end], chunk.line, opened, rows)
    told = [isinstance(one, Record) or one.effect is Effect.LOST for one in found]
    return [*found, *chunks.closing_problems(opened, sum(told), rows)]


def test_the_first_chunk_holds_an_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else nobody would know at the end whether the ends of this file are written."""
    monkeypatch.setattr(chunks, "CHUNK_BYTES", 1)
    data = b"ER  - \nTY  - JOUR\nTI  - One\nER  - \nTY  - JOUR\nTI  - Two\n"
    opened = open_file(data, "a.ris")
    assert [chunk.line for chunk in chunks.cut(opened)] == [1, 5]
    assert whole(data) == in_chunks(data)
    problems = [one for one in whole(data) if isinstance(one, Problem)]
    assert Code.ENTRY_TRUNCATED in [one.code for one in problems]


@pytest.mark.parametrize("text", ["TI,AU\nOne,Two\n", "@article{a, title={One}}\n", "TY  - JOUR\n"])
def test_some_files_are_read_as_a_whole(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks, "CHUNK_BYTES", 1)
    assert chunks.cut(open_file(text.encode(), "a")) == []
