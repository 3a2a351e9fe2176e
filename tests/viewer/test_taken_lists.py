"""What the viewer gives away, read by readers that know nothing of it."""

import base64
import csv
import json
import subprocess
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path
from random import Random
from typing import Any

from openpyxl import load_workbook
from playwright._impl._driver import compute_driver_executable

from evidence.citations import types
from evidence.citations.formats import read, ris_writer
from evidence.citations.formats.cells import neutralise
from evidence.citations.formats.writer import paragraphs
from evidence.citations.record import Name, Reference

HERE = Path(__file__).parent
ODD_TEXTS = (
    "Supported employment",
    "</script><script>alert(1)</script>",
    "<i>p</i> &amp; q &lt; 1",
    "work & health (p < 0.05), 50 % {of} it",
    '=HYPERLINK("http://a.b","x")',
    "+44",
    "-1",
    "@SUM(A1)",
    "'=1",
    "N/A",
    "null",
    "[In translation]",
    "TY  - JOUR",
    "a\nER  - \nb",
    "a\r\nb\u2028c",
    "\u202eright to left\u202c עברית",
    "دراسة عن العمل",
    "👩‍🔬 researchers 😀",
    "a  b\tc\xa0d",
    "\x00\x07\ufeffx",
    "\\alpha $x^2$ ~",
    'quoted "words", and; more',
    "_x0041_",
    "x" * 40_000,
)  # fmt: skip
ODD_NAMES = (
    "Drake, Robert E.",
    "van der Berg, Anna-Maria",
    "King, Martin L., Jr.",
    "World Health Organization",
    "Vitamin D",
    "Smith JA",
    "Müller & Sons",
    "عبد الله, محمد",
    "<b>, x",
)  # fmt: skip
ODD_PAGES = ("", "349-369", "349-69", "e123", "S1-S5", "12, 14-15", "7", "1-1", "iv-x", "146p")


def in_node(**given: Any) -> dict[str, Any]:
    node, _ = compute_driver_executable()
    done = subprocess.run(
        [str(node), str(HERE / "taken_in_node.mjs")],
        input=json.dumps(given),
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    taken: dict[str, Any] = json.loads(done.stdout)
    return taken


def a_report(random: Random) -> dict[str, Any]:
    fields = {
        "type": random.choice([*types.TYPES, ""]),
        "title": random.choice(ODD_TEXTS),
        "authors": random.sample(ODD_NAMES, random.randrange(4)),
        "year": random.choice([None, 1999, 2024]),
        "journal": random.choice(["", "The Journal of Work", *ODD_TEXTS[:-1]]),
        "volume": random.choice(["", "12", "57A", "n/a", "1  2"]),
        "issue": random.choice(["", "2-3", "Suppl 1", "4"]),
        "pages": random.choice(ODD_PAGES),
        "doi": random.choice(["", "10.1000/abc_(x)<1:2>3.0.co;2-a"]),
        "link": random.choice(["", "https://example.org/a_b?c=1&d=%20#e"]),
        "abstract": random.choice(["", "AIM: this\nMETHODS: that\nDNA - x", *ODD_TEXTS]),
    }
    return {name: value for name, value in fields.items() if value not in ("", [], None)}


def a_document(reports: list[list[dict[str, Any]]]) -> dict[str, Any]:
    """Studies with these reports; one dimension of studies, one of findings."""
    size = len(reports)
    return {
        "format": "waymark-map 1",
        "dimensions": [
            {
                "id": "question:design",
                "title": "Title",
                "of": "study",
                "axis": None,
                "headings": {"id": ["rct", "rct-c", "qes"], "label": ["Trial", "=Cluster", ""],
                             "depth": [0, 1, 0], "help": ["", "", ""], "role": ["", "", ""]},
                "codes": [(-1, 1, [0, 2])[study % 3] for study in range(size)],
            },
            {
                "id": "axis:outcome",
                "title": "Outcome",
                "of": "finding",
                "axis": "outcome",
                "headings": {"id": ["job", "pay"], "label": ["Job", "Pay"],
                             "depth": [0, 0], "help": ["", ""], "role": ["", ""]},
                "codes": [0, 1, [0, 1], -1][: min(4, 2 * size)],
            },
        ],
        "studies": {
            "id": [study + 1 for study in range(size)],
            "label": [f"Study {study + 1}" for study in range(size)],
            "year": [2000 + study for study in range(size)],
            "roles": [0] * size,
            "reports": reports,
        },
        "findings": {"study": [0, 0, 1, 1][: min(4, 2 * size)]},
    }  # fmt: skip


def as_reference(report: dict[str, Any]) -> Reference:
    names = [Name(*text.split(", ", 1)) for text in report.get("authors", ())]
    plain = {n: report[n] for n in report if n not in {"authors", "link"}}
    urls = (report["link"],) if "link" in report else ()
    return Reference(authors=tuple(names), urls=urls, **{"type": "other", **plain})


def fields_of_reports(reference: Reference) -> dict[str, Any]:
    """The fields that a report of a document has, too."""
    names = ("type", "title", "authors", "year", "journal", "volume", "issue", "pages", "doi",
             "urls", "abstract")  # fmt: skip
    return {name: getattr(reference, name) for name in names}


def test_ris_comes_back_as_the_reports_are() -> None:
    random = Random(1)  # noqa: S311 - the same examples every time
    reports = [[a_report(random) for _ in range(random.randrange(1, 3))] for _ in range(400)]
    ris = in_node(document=a_document(reports))["ris"]
    reading = read(ris.encode(), "taken.ris")
    flat = [report for of_study in reports for report in of_study]
    assert (reading.seen, reading.lost, len(reading.records)) == (len(flat), 0, len(flat))
    for record, report in zip(reading.records, flat, strict=True):
        assert fields_of_reports(record.reference) == fields_of_reports(as_reference(report))
    labels = [dict(record.fields)["LB"] for record in reading.records[:3]]
    assert labels[0] == "Study 1"
    assert len({record.key for record in reading.records}) == len(flat)


def test_ris_of_ordinary_reports_is_what_the_app_writes() -> None:
    """Beside it stands only the label of the study; nothing for our readers alone."""
    report = {
        "type": "article",
        "title": "Supported employment & work: a trial (p < 0.05) of 50% in Å, {Zürich}",
        "authors": ["Drake, Robert E.", "King, Martin L., Jr."],
        "year": 2006,
        "journal": "The Journal of Work",
        "volume": "57A",
        "issue": "2-3",
        "pages": "S349-S369",
        "doi": "10.1000/abc_(x)<1:2>3.0.co;2-a",
        "link": "https://example.org/a_b?c=1&d=%20#e",
        "abstract": "BACKGROUND: Work helps.\nMETHODS: We asked, and n = 25 said so.",
    }
    ris = in_node(document=a_document([[report]]))["ris"]
    reference = replace(as_reference(report), date="2006")
    assert ris.replace("LB  - Study 1\n", "") == ris_writer.entry("study1", reference)


def test_each_type_has_its_code() -> None:
    ris = in_node(document=a_document([[{"type": word, "title": "A"}] for word in types.TYPES]))[
        "ris"
    ]
    codes = [line[6:] for line in ris.splitlines() if line.startswith("TY  - ")]
    assert codes == [kind.ris[0] for kind in types.TYPES.values()]


def test_a_study_without_a_report_is_named_by_its_label() -> None:
    (record,) = read(in_node(document=a_document([[]]))["ris"].encode(), "x.ris").records
    assert (record.reference.title, record.reference.year) == ("Study 1", 2000)


HEAD = ["Study", "Year", "Title", "Authors", "Journal", "Volume", "Issue", "Pages", "DOI", "Link",
        "Further reports", "Title (2)", "Outcome", "Abstract"]  # fmt: skip


def test_a_table_of_studies_reads_the_same_from_csv_and_workbook() -> None:
    random = Random(2)  # noqa: S311 - same
    reports = [[a_report(random) for _ in range(random.randrange(1, 3))] for _ in range(60)]
    taken = in_node(document=a_document(reports))
    assert taken["csv"].startswith("\ufeff")
    from_csv = list(csv.reader(StringIO(taken["csv"][1:], newline="")))
    assert from_csv[0] == HEAD
    assert [row[11:13] for row in from_csv[1:4]] == [
        ["", "Job; Pay"],
        ["Trial › =Cluster", "Job; Pay"],
        ["Trial; qes", ""],
    ]
    sheet = load_workbook(BytesIO(base64.b64decode(taken["xlsx"]))).active
    assert sheet is not None
    assert sheet.title == "Studies  all of them"
    from_workbook = [["" if c is None else c for c in row] for row in sheet.values]
    assert [row[1] for row in from_workbook[1:4]] == [2000, 2001, 2002]
    longest = 32_767
    for in_csv, in_workbook in zip(from_csv, from_workbook, strict=True):
        for cell, value in zip(in_csv, in_workbook, strict=True):
            assert len(str(value)) <= longest
            assert str(value) == cell or (str(value).endswith("it all)") and len(cell) > 32_000)
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_the_same_table_gives_the_same_workbook() -> None:
    document = a_document([[{"title": "A"}]])
    assert in_node(document=document)["xlsx"] == in_node(document=document)["xlsx"]


def test_cells_are_made_safe_as_in_every_other_export() -> None:
    texts = [*ODD_TEXTS, "'", "''=1", "\t=1", " =1", "\u200b=1", "a\n=1", "−1"]
    assert in_node(document=a_document([]), texts=texts)["cells"] == [
        neutralise(paragraphs(text)) for text in texts
    ]


def test_the_cells_of_a_view_with_their_totals_and_segments() -> None:
    cells = [
        {"row": 0, "column": 1, "primary": 2, "reviews": 1, "kind": "evidence",
         "segments": [{"position": -1, "primary": 1, "reviews": 0},
                      {"position": 1, "primary": 1, "reviews": 1}]},
        {"row": 0, "column": None, "primary": 2, "reviews": 1, "kind": "evidence"},
        {"row": None, "column": 1, "primary": 3, "reviews": 1, "kind": "evidence"},
        {"row": None, "column": None, "primary": 3, "reviews": 1, "kind": "evidence"},
    ]  # fmt: skip
    view = {"rows": "question:design", "columns": "axis:outcome", "segment": "axis:outcome"}
    counts = {"rows": [0], "columns": [1], "cells": cells}
    rows = in_node(document=a_document([[]]), view=view, counts=counts)["rows"]
    assert rows[0] == ["Title", "Outcome", "Primary studies", "Reviews", "Kind of cell",
                       "Outcome: Pay, primary studies", "Outcome: Pay, reviews",
                       "Outcome: not coded, primary studies",
                       "Outcome: not coded, reviews"]  # fmt: skip
    assert rows[1] == ["Trial", "Pay", 2, 1, "evidence", 1, 1, 1, 0]
    assert [row[:5] for row in rows[2:]] == [
        ["Trial", "All columns", 2, 1, "total"],
        ["All rows", "Pay", 3, 1, "total"],
        ["All rows", "All columns", 3, 1, "total"],
    ]
