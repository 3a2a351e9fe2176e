"""One row per work, and the list of what was excluded at full text, as files."""

import csv
import io
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from openpyxl import load_workbook

from evidence.citations.formats import read
from evidence.citations.formats.plain_tables import LONGEST
from evidence.citations.record import Name, Reading, Reference
from evidence.errors import Invalid
from evidence.screening.stage_settings import StageSettings
from evidence.screening.verdicts import Stage, Verdict
from evidence.steps.coding import studies
from evidence.steps.desk import Desk
from evidence.steps.records import labels, records, work_tables
from evidence.steps.records.duplicates import record_pairs
from evidence.steps.records.work_tables import EXCLUDED_HEAD, WORKS_HEAD, Contents
from evidence.steps.review import reasons, reviews
from evidence.steps.screening import decisions, stage_settings
from evidence.store import Role
from evidence.store.records.filters import Filter
from evidence.store.review.reviews import Draft
from evidence.store.review.terms import Terms
from evidence.store.screening.decisions import NewDecision
from tests.conftest import a_record, keep

TA, FT = Stage
REASONS = ["Topic", "Design", "Language"]


def decide(desk: Desk, stage: Stage, work_id: int, verdict: Verdict, *reason_ids: int) -> None:
    new = NewDecision(
        work_id=work_id,
        stage=stage,
        verdict=verdict,
        client_id=f"{stage}-{work_id}-{verdict}-{reason_ids}",
        reason_ids=reason_ids,
        reason_id=reason_ids[0] if reason_ids else None,
    )
    assert decisions.decide(desk, [new]) == 1


def label(desk: Desk, work_id: int, name: str) -> None:
    with desk.writing(Role.REVIEWER) as w:
        labels.set_label(w, work_id, name, on=True)


@pytest.fixture
def screened(desk: Desk) -> tuple[Desk, list[int]]:
    """Six works: included with a study; excluded at full text for each reason; excluded before;
    open; the last rests on two records of two sources.
    """
    references = (
        Reference(title="In", authors=(Name("Drake", "Robert E."),), year=2001, doi="10.1/in"),
        Reference(title="=Formula", authors=(Name("Zorn", "A"),), year=2003, abstract="A\nB"),
        Reference(title="Ölwerk", authors=(Name("Ärlig", "Bo"),), year=2002, journal="Arbeit"),
        Reference(title="Out early"),
        Reference(title="New"),
    )
    reading = Reading(
        file="a.ris",
        format="ris",
        encoding="utf-8",
        seen=5,
        records=tuple(replace(a_record("", line=i), reference=r) for i, r in enumerate(references)),
        problems=(),
    )
    keep(desk.store, desk.person_id, desk.review_id, reading, "a")
    twin = replace(reading, file="b.ris", seen=1, records=reading.records[-1:])
    keep(desk.store, desk.person_id, desk.review_id, twin, "b")
    reviews.change(desk, Draft(title="Work"), REASONS, Terms())
    ids = records.page_ids(desk, Filter(), 0, 10)
    record_pairs.mark_same(desk, ids[4], ids[5])
    topic, design, _ = (reason.id for reason in reasons.listing(desk))
    for work_id in ids[:3]:
        decide(desk, TA, work_id, Verdict.INCLUDE)
    decide(desk, TA, ids[3], Verdict.EXCLUDE, topic)
    decide(desk, FT, ids[0], Verdict.INCLUDE)
    decide(desk, FT, ids[1], Verdict.EXCLUDE, design)
    decide(desk, FT, ids[2], Verdict.EXCLUDE, design, topic)
    studies.create(desk, [ids[0]], "Drake 2001")
    label(desk, ids[1], "background")
    return desk, records.page_ids(desk, Filter(), 0, 10)


def table(desk: Desk, contents: Contents, which: Filter | None = None) -> list[dict[str, str]]:
    data = b"".join(work_tables.pieces(desk, contents, which or Filter(), "csv"))
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def sheet(desk: Desk, contents: Contents) -> list[list[Any]]:
    data = b"".join(work_tables.pieces(desk, contents, Filter(), "xlsx"))
    rows: Iterable[Any] = load_workbook(io.BytesIO(data)).active.values  # type: ignore[union-attr]
    return [list(row) for row in rows]


def column(rows: list[dict[str, str]], head: str) -> list[str]:
    return [row[head] for row in rows]


def test_each_work_has_one_row_with_all_that_came_of_it(
    screened: tuple[Desk, list[int]],
) -> None:
    desk, ids = screened
    rows = table(desk, Contents.WORKS)
    assert list(rows[0]) == list(WORKS_HEAD)
    assert column(rows, "work_id") == [str(i) for i in ids]
    assert column(rows, "Title and abstract") == [*["included"] * 3, "excluded", "open"]
    assert column(rows, "Title and abstract: reasons") == ["", "", "", "Topic", ""]
    assert column(rows, "Full text") == ["included", "excluded", "excluded", "", ""]
    assert column(rows, "Full text: reasons") == ["", "Design", "Topic; Design", "", ""]
    assert column(rows, "Labels") == ["", "background", "", "", ""]
    assert column(rows, "Sources") == [*["From a.ris"] * 4, "From a.ris; From b.ris"]
    assert column(rows, "Records") == ["1", "1", "1", "1", "2"]
    assert column(rows, "Study") == ["Drake 2001", "", "", "", ""]
    assert column(rows, "Title")[1] == "'=Formula"
    assert (rows[0]["Authors"], rows[0]["Year"]) == ("Drake, Robert E.", "2001")
    assert (rows[0]["DOI"], rows[1]["Abstract"]) == ("10.1/in", "A\nB")


def test_a_workbook_says_the_same_with_numbers(screened: tuple[Desk, list[int]]) -> None:
    desk, ids = screened
    head, *rows = sheet(desk, Contents.WORKS)
    as_text = [
        {name: "" if cell is None else str(cell) for name, cell in zip(head, row, strict=True)}
        for row in rows
    ]
    assert as_text == table(desk, Contents.WORKS)
    assert [row[0] for row in rows] == ids
    assert rows[0][head.index("Year")] == 2001
    assert len(sheet(desk, Contents.EXCLUDED)) == 3


def test_ris_carries_what_came_of_a_work_as_notes(screened: tuple[Desk, list[int]]) -> None:
    desk, ids = screened
    data = b"".join(work_tables.pieces(desk, Contents.WORKS, Filter(), "ris"))
    entries = read(data, "x.ris").records
    assert [entry.key for entry in entries] == [f"w{i}" for i in ids]
    assert [entry.reference.notes for entry in entries][:2] == [
        (
            *("Title and abstract: included", "Full text: included"),
            *("Sources: From a.ris", "Study: Drake 2001"),
        ),
        (
            *("Title and abstract: included", "Full text: excluded (Design)"),
            *("Labels: background", "Sources: From a.ris"),
        ),
    ]
    data = b"".join(work_tables.pieces(desk, Contents.EXCLUDED, Filter(), "ris"))
    assert [entry.reference.notes for entry in read(data, "x.ris").records] == [
        ("Excluded at full text: Topic; Design",),
        ("Excluded at full text: Design",),
    ]


def test_the_appendix_lists_by_reason_and_author(screened: tuple[Desk, list[int]]) -> None:
    desk, ids = screened
    rows = table(desk, Contents.EXCLUDED)
    assert list(rows[0]) == list(EXCLUDED_HEAD)
    assert column(rows, "Reference") == [
        "Ärlig B. Ölwerk. Arbeit. 2002.",
        "Zorn A. =Formula. 2003.",
    ]
    assert column(rows, "Reason") == ["Topic", "Design"]
    assert column(rows, "Further reasons") == ["Design", ""]
    assert column(rows, "work_id") == [str(ids[2]), str(ids[1])]
    reviews.change(desk, Draft(title="Work"), ["Design", "Topic"], Terms())
    assert column(table(desk, Contents.EXCLUDED), "Reason") == ["Design", "Topic"]
    topic = next(reason.id for reason in reasons.listing(desk) if reason.label == "Topic")
    decide(desk, FT, ids[1], Verdict.EXCLUDE, topic)
    by_author = table(desk, Contents.EXCLUDED)
    assert column(by_author, "Reason") == ["Topic", "Topic"]
    assert column(by_author, "Authors") == ["Ärlig, Bo", "Zorn, A"]
    assert table(desk, Contents.EXCLUDED, Filter(words="olwerk -formula"))[0]["Title"] == "Ölwerk"
    assert table(desk, Contents.EXCLUDED, Filter(full_text="include")) == []


def test_what_a_person_may_not_know_is_in_no_file(
    screened: tuple[Desk, list[int]], bens_desk: Desk
) -> None:
    desk, ids = screened
    settings = stage_settings.current(desk, TA)
    stage_settings.change(desk, TA, replace(StageSettings(), voices=2), settings)
    decide(desk, TA, ids[4], Verdict.EXCLUDE, reasons.listing(desk)[0].id)
    label(desk, ids[4], "secret")
    for who in (desk, bens_desk):
        row = table(who, Contents.WORKS, Filter(words="new"))[0]
        assert row["Title and abstract"] == "open"
        assert row["Title and abstract: reasons"] == ""
        assert row["Labels"] == ("secret" if who is desk else "")


def test_other_formats_are_refused(screened: tuple[Desk, list[int]]) -> None:
    with pytest.raises(Invalid, match=r"“bibtex” cannot be written\. You can choose csv, xlsx"):
        work_tables.pieces(screened[0], Contents.WORKS, Filter(), "bibtex")


def test_a_text_too_long_for_excel_is_cut_and_told(desk: Desk) -> None:
    record = a_record("Long", abstract="word " * 10_000)
    reading = Reading(
        file="a.ris", format="ris", encoding="utf-8", seen=1, records=(record,), problems=()
    )
    keep(desk.store, desk.person_id, desk.review_id, reading)
    head, row = sheet(desk, Contents.WORKS)
    abstract = row[head.index("Abstract")]
    assert len(abstract) == LONGEST
    assert abstract.endswith("(cut; the CSV has it all)")
    assert len(table(desk, Contents.WORKS)[0]["Abstract"]) == len("word " * 10_000) - 1
