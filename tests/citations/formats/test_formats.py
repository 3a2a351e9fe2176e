"""Whole files: the small ones that show a malformation each, and the shared real ones."""

import csv
import html
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from evidence.citations.formats import FORMATS, open_file, read, read_text, ris
from evidence.citations.record import Record
from evidence.problems import Code, Problem

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "citations"
DIALECTS = FIXTURES.with_name("dialects")  # how each database and program writes a format
CASES = [
    {"folder": folder, **case}
    for folder in (FIXTURES, DIALECTS)
    for case in json.loads((folder / "expected.json").read_text("utf-8"))
]
SHARED = Path(__file__).resolve().parents[3] / ".." / "shared" / "citations"

# The format of a shared file by the end of its name; it is recognised by its content all the same.
FORMAT_OF = {
    "ris": (".ris", ".txt"),
    "nbib": (".nbib",),
    "ciw": (".ciw",),
    "enw": (".enl",),
    "bibtex": (".bib",),
    "endnote-xml": (".xml",),
    "csv": (".csv", ".tsv"),
    "xlsx": (".xlsx",),
    "": (".md", ".json"),
}
MISNAMED = {
    "nbib": (
        *("_baseline_pubmed.ris", "ris_wrong_ext_nbib.ris", "PubMed_example.txt"),
        *("pmc_medlars.txt", "nbib_single_no_delimiter.txt"),
    ),
    "ciw": (
        *("example_wos.ris", "zoorec.txt", "wos_sample.txt", "WoS_txt_example.txt"),
        "single-article.txt",
    ),
    "enw": ("ais_enl.txt", "ris_wrong_ext_endnote_refer.ris"),
    "pubmed-xml": ("pubmed_abstract_sections.xml",),
    "": ("ris_empty.ris", "ris_html_error_page.ris", "manifest.csv", "PRISMA.csv"),
}
BY_ENDING = {
    ending: name for table in (FORMAT_OF, MISNAMED) for name in table for ending in table[name]
}


def expected_format(path: Path) -> str:
    return BY_ENDING.get(path.name, BY_ENDING[path.suffix])


def plain(value: object) -> object:
    """A value of a reference as JSON would have it."""
    return [str(each) for each in value] if isinstance(value, tuple) else value


def test_every_fixture_has_a_case() -> None:
    files = {path for folder in (FIXTURES, DIALECTS) for path in folder.iterdir()}
    told = {case["folder"] / case["file"] for case in CASES}
    assert {path for path in files if path.stem not in {"expected", ".gitattributes"}} == told


@pytest.mark.parametrize("case", CASES, ids=[case["file"] for case in CASES])
def test_a_file_gives_what_it_holds_and_its_troubles_are_named(case: dict[str, Any]) -> None:
    reading = read((case["folder"] / case["file"]).read_bytes(), case["file"])
    assert reading.format == case["format"], case["why"]
    assert len(reading.records) == case["records"], case["why"]
    assert [problem.code for problem in reading.problems] == case["codes"], case["why"]
    assert reading.encoding == case.get("encoding", reading.encoding)
    assert reading.seen == len(reading.records) + reading.lost
    for record, expected in zip(reading.records, case.get("references", []), strict=False):
        found = {name: plain(getattr(record.reference, name)) for name in expected}
        assert found == expected, case["why"]


def shared_files() -> list[Path]:
    return sorted(path for path in SHARED.rglob("*") if path.is_file()) if SHARED.is_dir() else []


def expected_counts() -> dict[str, int]:
    """Counts by folder and file name: what the source states, else its naive count of starts.

    Each was compared with a reading by eye; where they disagree, OTHERWISE says why.
    """
    counts = {}
    with (SHARED / "manifest.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            naive = re.sub(r"^(?:@entries|TY|PMID|PT|%0|<record>)=", "", row["seen"]).split(" ")[0]
            rows = re.match(r"(\d+) non-empty CSV rows incl. header", row["seen"])
            stated = row["expected"] or (str(int(rows[1]) - 1) if rows else naive)
            if stated.isdecimal():
                counts[f"{row['folder']}/{row['file']}"] = int(stated)
    synthetic = json.loads((SHARED / "synthetic" / "expected.json").read_text("utf-8"))
    counts |= {f"synthetic/{name}": case["records"] for name, case in synthetic.items()}
    return counts | OTHERWISE


OTHERWISE = {
    # The naive count took both lines "PT" (publication type) of the one entry for starts.
    "CoLRev-Environment_colrev/nbib_data.nbib": 1,
    # One of its three entries has no line "%0".
    "CoLRev-Environment_colrev/enl_data.enl": 3,
    # A row between the others says only "citations that are not yet labeled by anyone".
    "asreview_citation-file-formatting/_baseline_abstrackr.csv": 10,
    # Two rows above the header hold the search.
    "asreview_citation-file-formatting/_baseline_embase.csv": 10,
    "asreview_citation-file-formatting/_baseline_excel.csv": 10,
    # Binary, so that the manifest counts nothing; there are ten rows below each header.
    "asreview_citation-file-formatting/_baseline_embase.xlsx": 10,
    "asreview_citation-file-formatting/_baseline_eppireviewer.xlsx": 10,
}


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/citations is not beside the repository")
@pytest.mark.parametrize("path", shared_files(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_shared_file_gives_the_records_it_holds(path: Path) -> None:
    data = path.read_bytes()
    reading = read(data, path.name)
    assert reading.seen == len(reading.records) + reading.lost
    assert reading.format == expected_format(path)
    if not reading.format:
        assert reading.records == ()
        return
    assert len(reading.records) == expected_counts()[f"{path.parent.name}/{path.name}"]
    for record in reading.records:
        assert_faithful(record, data)


def assert_faithful(record: Record, data: bytes) -> None:
    """Every field stands in the raw text, and the raw text in the file.

    Braces and quotes aside, where a reader drops those without a partner.
    """
    raw = record.raw
    if raw.startswith("<"):
        raw = raw.replace("\x0b", "")  # which XML forbids
        raw += html.unescape(re.sub("<[^>]*>", "", raw))
    raw = bare(raw)
    if b"@string" not in data:
        assert all(bare(part) in raw for _, value in record.fields for part in value.split("\n"))
    if data.isascii() and b"\r" not in data:
        assert record.raw in data.decode()
        first = data.decode().split("\n")[record.line - 1]
        assert record.raw.split("\n")[0].strip() in first


def bare(text: str) -> str:
    return text.translate(str.maketrans("", "", '{}"')).strip()


def test_the_name_of_a_file_does_not_matter() -> None:
    data = (FIXTURES / "ris_plain.ris").read_bytes()
    assert read(data, "savedrecs.bib").format == "ris"


def test_the_format_with_the_most_marks_wins() -> None:
    ris = "TY  - JOUR\nTI  - An invented title\nAB  - See\n@misc{not, an = {entry}}\nER  - \n"
    assert read_text(ris, "a").format == "ris"
    bibtex = "@misc{a, title={A}}\n" * 3 + "@misc{b, abstract={\nTY  - JOUR\n}}\n"
    assert read_text(bibtex, "b").format == "bibtex"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ris", "TY  - JOUR\nTI  - A\nAB  - We took author, title, journal, year.\nER  - \n"),
        ("nbib", "PMID- 1\nTI  - A\nAB  - We took author, title, journal, year.\n"),
        ("bibtex", "@article{a,\n title = {A},\n abstract = {author, title, journal, year}\n}\n"),
        ("csl-json", '[\n{"title": "A",\n"abstract": "author, title, journal, year"}\n]'),
        ("csv", 'Title,Year\nA,2001\n"B\nTY  - JOUR",2002\n'),
    ],
)
def test_an_abstract_that_names_columns_is_no_header(name: str, text: str) -> None:
    reading = read(text.encode(), "x")
    assert (reading.format, reading.seen) == (name, len(reading.records))


RIS_ENTRY = "TY  {0}JOUR\nA1  {0}Arbor, A.\nA1  {0}Berg, B.\nT1  {0}No {1}\nN2  {0}{2}\nER  {0}\n"
LABELS = "It says\nTitle\nSource\nAbstract\nAuthor\nTitle\nSource"
ENTRY_OF_REFWORKS = "It says\nRT Book\nA1 Arbor\nA1 Berg\nT1 One"


@pytest.mark.parametrize("dash", ["- ", "– ", "-"])
@pytest.mark.parametrize("abstract", ["By the CONSORT statement", LABELS, ENTRY_OF_REFWORKS])
def test_an_entry_of_ris_is_none_of_a_younger_format(dash: str, abstract: str) -> None:
    text = "".join(RIS_ENTRY.format(dash, number, abstract) for number in range(3))
    reading = read(text.encode(), "x")
    assert (reading.format, len(reading.records)) == ("ris", 3)
    assert [record.reference.title for record in reading.records] == ["No 0", "No 1", "No 2"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@article{a, title={T}, abstract={\nRT Foo\nT1 a\nA1 b}}\n", "bibtex"),
        ("Title\nSource\nAuthors\n", ""),
        ("Title\n=====\n\nSource\n\nText\n", ""),
    ],
)
def test_what_only_looks_like_a_younger_format_is_none(text: str, expected: str) -> None:
    assert read(text.encode(), "x").format == expected


def test_a_workbook_is_one_whatever_its_bytes_look_like() -> None:
    book = Workbook()
    for row in (("Title", "Year"), ("A", 2001), ("TY  - JOUR\nTI  - B\nER  - \n" * 9, 2002)):
        book.worksheets[0].append(row)
    packed, stored = BytesIO(), BytesIO()
    book.save(packed)
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(stored, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    reading = read(stored.getvalue(), "x")
    assert (reading.format, reading.seen, len(reading.records)) == ("xlsx", 2, 2)


def test_opening_tells_format_and_count_before_anything_is_read() -> None:
    opened = open_file((FIXTURES / "ris_headings.ris").read_bytes(), "a.ris")
    assert (opened.format, opened.encoding, opened.seen, opened.problems) == ("ris", "utf-8", 2, ())
    found = list(opened.entries())
    assert sum(isinstance(each, Record) for each in found) == 2


def test_an_entry_that_only_the_count_sees_is_reported_as_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(FORMATS, "ris", replace(FORMATS["ris"], count=lambda _: 3))
    reading = read((FIXTURES / "ris_plain.ris").read_bytes(), "a.ris")
    assert (reading.seen, len(reading.records), reading.lost) == (3, 2, 1)
    assert reading.problems[0].code is Code.ENTRY_UNREADABLE


def test_an_unknown_file_quotes_how_it_begins() -> None:
    reading = read_text("\n  Dear colleague,\nthe list", "a.txt")
    assert "“Dear colleague,”" in reading.problems[0].detail


def test_pasted_text_may_hold_what_no_encoding_can() -> None:
    assert len(read_text("TY  - JOUR\nTI  - \ud83d broken\nER  - ", "pasted").records) == 1


def test_formats_are_filed_under_their_names() -> None:
    assert all(name == each.name and each.label for name, each in FORMATS.items())


def test_remarks_on_entries_of_xml_in_one_line_number_the_entry() -> None:
    entry = "<record><ref-type name='Book'>6</ref-type><titles><title>{}</title></titles></record>"
    text = entry.format("One") + entry.format("") + "\n" + entry.format("")
    reading = read(f"<xml><records>{text}</records></xml>".encode(), "a.xml")
    assert [(one.line, one.detail) for one in reading.problems] == [
        (1, "entry 2 of the file"),
        (2, ""),
    ]


def test_a_reader_that_fails_is_named_and_keeps_what_it_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail_at_the_second(clean: bytes, file: str) -> Iterator[Record | Problem]:
        yield next(ris.read(clean, file))
        raise KeyError(file)

    monkeypatch.setitem(FORMATS, "ris", replace(ris.FORMAT, read=fail_at_the_second))
    data = b"TY  - JOUR\nTI  - One\nER  - \n" * 3
    reading = read(data, "a.ris")
    assert (reading.seen, len(reading.records), reading.lost) == (3, 1, 2)
    assert reading.problems[0].code is Code.READING_FAILED
    assert reading.problems[0].detail.startswith("KeyError in test_formats.py, line ")
    monkeypatch.setitem(FORMATS, "ris", replace(ris.FORMAT, count=lambda _: 1 // 0))
    assert [p.code for p in read(data, "a.ris").problems] == [Code.READING_FAILED]
