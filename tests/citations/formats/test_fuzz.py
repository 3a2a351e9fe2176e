"""Files that nobody would write: no crash, and the accounting holds."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence.citations.formats import FORMATS, read, ris, tagged
from evidence.citations.formats.decoding import decode
from evidence.citations.formats.dialect import Dialect, Entry
from evidence.citations.record import Record
from evidence.problems import Effect

# Many examples of code that other tests reach; to count lines would double their time.
pytestmark = pytest.mark.no_cover

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "citations"
DIALECTS = FIXTURES.with_name("dialects")
SHARED = Path(__file__).resolve().parents[3] / ".." / "shared" / "citations"
LARGEST = 40_000
KINDS = {".ris", ".bib", ".txt", ".nbib", ".ciw", ".enl", ".xml", ".json", ".csv", ".tsv", ".enw"}
SEEDS = [
    path.read_bytes()
    for folder in (FIXTURES, DIALECTS, SHARED)
    for path in sorted(folder.rglob("*"))
    if path.suffix in KINDS and 0 < path.stat().st_size < LARGEST
]
PIECES = [
    # RIS
    *(b"\nTY  - JOUR\n", b"\nER  - \n", b"\nER\n", b"\nTY - JOUR\n", b"ER  - TY  - JOUR\n"),
    *(b"\nTI  - t\n", b"AU  - X\n", b"\nDB  - x\n", b"  - ", b" - "),
    # MEDLINE, Web of Science, EndNote
    *(b"\nPMID- 1\n", b"\nOWN - NLM\n", b"PMC - PMC1\n", b"\n      wrapped\n", b"\nDNA- x\n"),
    *(
        b"\nPT J\n",
        b"\nPT was\n",
        b"\nTI t\n",
        b"\nEF\n",
        b"\nFN x\n",
        b"\n   wrapped\n",
        b"UT W:1\n",
    ),
    *(b"\nVN  - Ovid Technologies\n", b"\nUI - 1\n", b"\n<2. >\n", b"\n SO  - J. 1(2):3, 2004.\n"),
    *(b"\nID: CN-1\n", b"\nTI: t\n", b"\nRecord #2 of 3\n"),
    *(b"\n%0 Book\n", b"\n%T t\n", b"\n%X a\n", b"\n%\n", b"\ntext\n"),
    *(
        b"\nRT Book, Whole\n",
        b"\nT1 t\n",
        b"\nA1 X\n",
        b"\nYR 2001\n",
        b"\nSR Print(0)\n",
        b"PMID 1\n",
    ),
    *(
        b"\n<2>\n",
        b"\n3.\n",
        b"\nTitle\n",
        b"\nUnique Identifier\n",
        b"\nAuthors:\n",
        b"\n  value\n",
    ),
    *(b"\nSource\n", b"\nSome Label\n"),
    # BibTeX
    *(b"\n@book{k,", b"}@misc{", b"@article{", b"@a(k,", b'@string{a="b"}', b"@comment{", b"@"),
    *(b"{", b"}", b'"', b",", b"=", b"#", b"(", b")", b"\\", b"$", b"%", b" and "),
    # XML
    *(b"<record>", b"</record>", b"<records>", b"<titles><title>t</title></titles>", b"</title>"),
    *(b"<PubmedArticle>", b"</PubmedArticle>", b"<PubmedBookArticle>", b"<", b">", b"</", b"/>"),
    *(b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<!ENTITY a 'b'>", b"&a;", b"&#x1f;", b"<i>", b"<p>"),
    *(
        b"<mods>",
        b"</mods>",
        b"<mods:mods>",
        b"<marc:record>",
        b"<leader>",
        b'<datafield tag="245">',
        b"<recordPacking>string</recordPacking>",
        b"&lt;mods&gt;",
        b"<titleInfo>",
    ),
    # JSON
    *(b'{"title": "t"}', b'{"title":', b'"type": "book"', b"[", b"]", b'": ', b"\\u00e4", b"},"),
    *(b'{"items": [', b'\n"id": 1'),
    # tables
    *(
        b"Title,Authors,Year\n",
        b"\nTitle;Abstract\n",
        b"\nTITLE\tYEAR\n",
        b'\n"TITLE","B"\n',
        b"a,b,c\n",
    ),
    *(
        b'"x","y"\n',
        b'""',
        b'"a\nb"',
        b',"',
        b'",',
        b';"',
        b"|",
        b'="1"',
        b"'=1",
        b"\n,,\n",
        b"\nx,\n",
    ),
    # signs
    *(b"\n", b"\n\n", b"\r", b"\r\n", b"\t", b"\x0b", b"\x00", b"\xff", b"&amp;"),
    *(b"\xc2\xa0", b"\xe2\x80\x93", b"\xe2\x80\xa8", b"\xef\xbb\xbf"),
]
MANY = settings(
    max_examples=150, suppress_health_check=[HealthCheck.data_too_large, HealthCheck.too_slow]
)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A part of a real file with pieces put in, cut out and doubled."""
    seed = draw(st.sampled_from(SEEDS))
    start = draw(st.integers(0, len(seed) - 1))
    data = bytearray(seed[start : start + draw(st.sampled_from([60, 600, 4000]))])
    for _ in range(draw(st.integers(0, 12))):
        place = draw(st.integers(0, len(data)))
        match draw(st.sampled_from(["put", "cut", "double", "byte"])):
            case "put":
                data[place:place] = draw(st.sampled_from(PIECES))
            case "cut":
                del data[place : place + draw(st.sampled_from([1, 5, 80]))]
            case "double":
                data[place:place] = data[max(0, place - 70) : place]
            case _:
                data[place : place + 1] = draw(st.binary(min_size=1, max_size=1))
    return bytes(data)


FILES = st.one_of(
    mutated(), st.lists(st.sampled_from(PIECES), max_size=40).map(b"".join), st.binary(max_size=300)
)


@given(FILES)
@MANY
def test_any_bytes_are_read_and_accounted_for(data: bytes) -> None:
    reading = read(data, "fuzz")
    assert reading.seen == len(reading.records) + reading.lost
    assert reading.records or reading.problems


@pytest.mark.parametrize("name", FORMATS)
@given(data=FILES)
@MANY
def test_reader_and_count_agree_without_knowing_each_other(name: str, data: bytes) -> None:
    clean = decode(data, "fuzz").clean
    found = list(FORMATS[name].read(clean, "fuzz"))
    told = sum(isinstance(each, Record) or each.effect is Effect.LOST for each in found)
    assert told == FORMATS[name].count(clean)


@given(FILES)
@MANY
def test_entries_read_as_a_whole_are_those_read_line_by_line(data: bytes) -> None:
    clean = decode(data, "fuzz").clean
    by_lines = replace(ris.DIALECT, whole=None)
    assert told(clean, ris.DIALECT) == told(clean, by_lines)


def told(clean: bytes, dialect: Dialect) -> list[object]:
    return [
        (found.line, found.raw, found.fields, found.started, found.ended, found.untagged)
        if isinstance(found, Entry)
        else found.rows
        for found in tagged.entries(clean, dialect)
    ]
