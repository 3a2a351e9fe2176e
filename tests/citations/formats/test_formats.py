"""Whole files: the small ones that show a malformation each, and the shared real ones."""

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evidence.citations.formats import FORMATS, open_file, read, read_text
from evidence.citations.record import Record
from evidence.problems import Code

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "citations"
CASES = json.loads((FIXTURES / "expected.json").read_text("utf-8"))
SHARED = Path(__file__).resolve().parents[3] / ".." / "shared" / "citations"

# Formats of the shared files that are not read yet; they must be refused, and not misread.
UNREAD = {".nbib", ".ciw", ".csv", ".tsv", ".xml", ".xlsx", ".enl"}
# Files of such formats under another name.
MISNAMED = {
    *("_baseline_pubmed.ris", "example_wos.ris", "zoorec.txt", "wos_sample.txt"),
    *("single-article.txt", "WoS_txt_example.txt", "PubMed_example.txt", "pmc_medlars.txt"),
    *("ais_enl.txt", "ris_wrong_ext_endnote_refer.ris", "ris_wrong_ext_nbib.ris"),
    *("nbib_single_no_delimiter.txt", "README.md", "manifest.csv", "expected.json"),
}


def plain(value: object) -> object:
    """A value of a reference as JSON would have it."""
    return [str(each) for each in value] if isinstance(value, tuple) else value


def test_every_fixture_has_a_case() -> None:
    files = {path.name for path in FIXTURES.iterdir()} - {"expected.json", ".gitattributes"}
    assert files == {case["file"] for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=[case["file"] for case in CASES])
def test_a_malformation_is_survived_and_named(case: dict[str, Any]) -> None:
    reading = read((FIXTURES / case["file"]).read_bytes(), case["file"])
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

    Each was compared with a reading by eye; none of the RIS and BibTeX files disagrees.
    """
    counts = {}
    with (SHARED / "manifest.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            naive = row["seen"].removeprefix("@entries=").removeprefix("TY=").split(" ")[0]
            stated = row["expected"] or naive
            if stated.isdecimal():
                counts[f"{row['folder']}/{row['file']}"] = int(stated)
    synthetic = json.loads((SHARED / "synthetic" / "expected.json").read_text("utf-8"))
    return counts | {f"synthetic/{name}": case["records"] for name, case in synthetic.items()}


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/citations is not beside the repository")
@pytest.mark.parametrize("path", shared_files(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_shared_file_gives_the_records_it_holds(path: Path) -> None:
    reading = read(path.read_bytes(), path.name)
    assert reading.seen == len(reading.records) + reading.lost
    if path.suffix in UNREAD or path.name in MISNAMED:
        assert reading.records == ()
        return
    assert len(reading.records) == expected_counts()[f"{path.parent.name}/{path.name}"]
    if reading.records:
        assert reading.format == ("bibtex" if path.suffix == ".bib" else "ris")
    for record in reading.records:
        assert_faithful(record, path.read_bytes())


def assert_faithful(record: Record, data: bytes) -> None:
    """Every field stands in the raw text, and the raw text in the file.

    Braces and quotes aside, where a reader drops those without a partner.
    """
    raw = bare(record.raw)
    if b"@string" not in data:
        assert all(bare(part) in raw for _, value in record.fields for part in value.split("\n"))
    if data.isascii() and b"\r" not in data:
        assert record.raw in data.decode()
        first = data.decode().split("\n")[record.line - 1]
        assert first.strip() == record.raw.split("\n")[0].strip()


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
