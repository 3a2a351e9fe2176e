"""Taking works away: which ones, in which file, and back again."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evidence.citations.formats import WRITERS, read
from evidence.citations.record import Name, Reading, Reference
from evidence.errors import Invalid
from evidence.screening.verdicts import Stage, Verdict
from evidence.steps.desk import Desk
from evidence.steps.records import exporting, records
from evidence.steps.records.duplicates import record_pairs
from evidence.steps.review import reasons, reviews
from evidence.steps.screening import decisions
from evidence.store.records import works
from evidence.store.records.filters import Filter
from evidence.store.review.reviews import Draft
from evidence.store.review.terms import Terms
from evidence.store.screening.decisions import NewDecision
from tests.conftest import a_reading, a_record, keep

ODD = Reference(
    title='=HYPERLINK("http://x")  and\ttabs',
    authors=(Name("Vitamin D"), Name("Drake", "Robert E.")),
    year=2001,
    abstract="BACKGROUND: one\nAIM: two\nER  - three",
    notes=("a\n\nb",),
)


def file_of(desk: Desk, which: Filter, form: str = "ris") -> bytes:
    return b"".join(exporting.file_pieces(desk, which, form))


def titles(desk: Desk, name: str, **within: Any) -> list[str]:
    which = exporting.filter_of(name, Filter(**within))
    found = [record.reference.title for record in read(file_of(desk, which), "x").records]
    assert exporting.count(desk, which) == len(found)
    return found


def screen(desk: Desk, stage: Stage, verdict: Verdict, *ids: int) -> None:
    made = [
        NewDecision(
            work_id=work,
            stage=stage,
            verdict=verdict,
            client_id=f"{stage}-{work}-{verdict}",
            reason_id=reasons.listing(desk)[0].id if verdict is Verdict.EXCLUDE else None,
        )
        for work in ids
    ]
    assert decisions.decide(desk, made) == len(ids)


@pytest.fixture
def screened(desk: Desk) -> Desk:
    """Five works: included, excluded at each stage, open at each stage."""
    reading = a_reading("In", "Out late", "Still to read", "Out early", "New")
    keep(desk.store, desk.person_id, desk.review_id, reading)
    draft = Draft(title="Work and recovery")
    reviews.change(desk, draft, ["Other topic"], Terms())
    ids = [line.id for line in records.page(desk, Filter(), 0, 10)]
    screen(desk, Stage.TITLE_ABSTRACT, Verdict.INCLUDE, *ids[:3])
    screen(desk, Stage.TITLE_ABSTRACT, Verdict.EXCLUDE, ids[3])
    screen(desk, Stage.FULL_TEXT, Verdict.INCLUDE, ids[0])
    screen(desk, Stage.FULL_TEXT, Verdict.EXCLUDE, ids[1])
    return desk


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("all", ["In", "Out late", "Still to read", "Out early", "New"]),
        ("included", ["In"]),
        ("full-text-excluded", ["Out late"]),
        ("full-text-open", ["Still to read"]),
        ("title-abstract-included", ["In", "Out late", "Still to read"]),
        ("title-abstract-excluded", ["Out early"]),
        ("title-abstract-open", ["New"]),
        ("title-abstract-conflict", []),
    ],
)
def test_a_set_holds_the_works_in_its_state(screened: Desk, name: str, wanted: list[str]) -> None:
    assert titles(screened, name) == wanted


def test_a_set_may_be_narrowed_by_words_and_by_source(screened: Desk) -> None:
    keep(screened.store, screened.person_id, screened.review_id, a_reading("In too", file="b.ris"))
    first, second = exporting.all_sources(screened)
    assert titles(screened, "all", source_id=second.id) == ["In too"]
    assert titles(screened, "all", words="in") == ["In", "In too"]
    assert titles(screened, "included", words="in", source_id=first.id) == ["In"]
    assert titles(screened, "included", source_id=second.id) == []


def test_records_of_one_work_go_out_once(desk: Desk) -> None:
    for file in ("a.ris", "b.ris"):
        keep(desk.store, desk.person_id, desk.review_id, a_reading("Twice", file=file), sha=file)
    record_pairs.decide(desk, (1, 2), "same")
    assert titles(desk, "all") == ["Twice"]
    assert [titles(desk, "all", source_id=one.id) for one in exporting.all_sources(desk)] == [
        ["Twice"],
        ["Twice"],
    ]


@pytest.mark.parametrize("form", WRITERS)
def test_what_the_store_holds_comes_back(desk: Desk, form: str, tmp_path: Path) -> None:
    entries = tuple(
        a_record("", line=number, **{n: getattr(ODD, n) for n in ODD.__slots__ if n != "title"})
        for number in range(1, 3)
    )
    entries = tuple(replace(entry, reference=ODD) for entry in entries)
    reading = Reading(
        file="a.ris", format="ris", encoding="utf-8", seen=2, records=entries, problems=()
    )
    keep(desk.store, desk.person_id, desk.review_id, reading)
    out = tmp_path / f"out.{form}"
    assert exporting.save(desk, Filter(), form, out) == 2
    assert [record.reference for record in read(out.read_bytes(), out.name).records] == [ODD, ODD]
    assert [path.name for path in tmp_path.iterdir() if "out" in path.name] == [out.name]


def test_many_works_come_in_batches(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "_AT_ONCE", 3)
    several = [f"Title {number}" for number in range(10)]
    keep(desk.store, desk.person_id, desk.review_id, a_reading(*several))
    assert titles(desk, "all") == several
    assert titles(desk, "all", words="Title 7") == ["Title 7"]


def test_works_of_other_reviews_stay_there(desk: Desk, screened: Desk) -> None:
    other = reviews.create(desk.store, desk.person_id, Draft(title="Another"))
    assert titles(other, "all") == []


def test_the_name_says_what_the_file_holds(desk: Desk) -> None:
    draft = Draft(title="Work & recovery: Å?", label="A demonstration")
    labelled = reviews.create(desk.store, desk.person_id, draft)
    assert exporting.file_name(labelled, "included", "bibtex") == (
        "work-recovery-å_a-demonstration_included.bib"
    )
    assert exporting.file_name(desk, "all", "csl") == "work-and-recovery.json"


def test_unknown_sets_and_formats_are_named(desk: Desk) -> None:
    with pytest.raises(Invalid, match=r"no set “some”\. There are: all, included, "):
        exporting.filter_of("some")
    with pytest.raises(Invalid, match="“docx” cannot be written"):
        exporting.writer("docx")


def test_an_export_that_fails_leaves_the_older_file(
    screened: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.ris"
    out.write_text("older")
    monkeypatch.setattr(works, "references_in_batches", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        exporting.save(screened, Filter(), "ris", out)
    assert [path.name for path in tmp_path.iterdir() if "out" in path.name] == ["out.ris"]
    assert out.read_text() == "older"
