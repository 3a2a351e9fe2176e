"""Decisions made elsewhere become people's decisions; all that was decided can be taken away."""

import csv
import io

import openpyxl
import pytest

from evidence.errors import Invalid
from evidence.screening.brought_in import Obstacle
from evidence.screening.stage_settings import StageSettings
from evidence.screening.verdicts import Stage, State, Verdict
from evidence.steps.desk import Desk
from evidence.steps.review import reasons, reviews
from evidence.steps.screening import (
    brought_decisions,
    decision_export,
    decision_files,
    decisions,
)
from evidence.store import Role
from evidence.store.review.reviews import Draft
from evidence.store.screening import stage_settings
from evidence.store.screening.decisions import NewDecision
from tests.conftest import a_reading, keep
from tests.steps.conftest import taken

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
TITLES = ("Gardening and paid employment after illness", "Supported housing for older veterans")

RAYYAN = "".join(
    f"TY  - JOUR\nTI  - {title}\nAU  - Meyer, Eva\nPY  - {year}\n"
    f'N1  - RAYYAN-INCLUSION: {{"eva_m"=>"{said}"}} | RAYYAN-EXCLUSION-REASONS: not work\nER  - \n'
    for title, year, said in (
        (TITLES[0], 2000, "Included"),
        (TITLES[1], 2001, "Excluded"),
        ("Something that this review does not have", 1999, "Included"),
    )
).encode()


@pytest.fixture
def full(desk: Desk) -> Desk:
    keep(desk.store, desk.person_id, desk.review_id, a_reading(*TITLES))
    return desk


def table(desk: Desk) -> list[dict[str, str]]:
    text = b"".join(decision_export.export_csv(desk)).decode()
    return list(csv.DictReader(io.StringIO(text)))


ME = {"eva_m": "Anna"}  # the person at the desk


def test_what_a_file_has_of_its_bringer_is_decided_at_once(full: Desk) -> None:
    found = decision_files.preview(full, "rayyan.ris", RAYYAN)
    assert (found.people, found.needs_stage, found.needs_verdict) == (("eva_m",), True, False)
    assert [row.work_id is None for row in found.rows] == [False, False, True]
    report = decision_files.bring(full, found, ME, stage=TA)
    assert (report.added, report.repeated, report.waiting) == (2, 0, {})
    (left,) = report.left_out
    assert left.startswith("Line 13, “Something that this review does not have”: no work")
    tally = decisions.tally(full, TA)
    assert (tally[State.INCLUDE], tally[State.EXCLUDE]) == (1, 1)
    assert [row["person"] for row in table(full)] == ["Anna", "Anna"]
    assert table(full)[1]["reasons"] == "not work"
    assert [reason.label for reason in reasons.listing(full)] == ["not work"]


def test_the_same_file_again_adds_nothing(full: Desk) -> None:
    for expected in ((2, 0), (0, 2)):
        found = decision_files.preview(full, "rayyan.ris", RAYYAN)
        report = decision_files.bring(full, found, ME, stage=TA)
        assert (report.added, report.repeated) == expected
    assert len(table(full)) == 2
    assert len(brought_decisions.files(full)) == 1


def test_a_refused_decision_does_not_hold_up_the_others(full: Desk) -> None:
    works = [one.id for one in taken(full, TA).waiting]
    decisions.decide(full, [NewDecision(work_id=works[0], stage=TA, verdict=Verdict.INCLUDE,
                                        client_id="1")])  # fmt: skip
    found = decision_files.preview(full, "rayyan.ris", RAYYAN)
    report = decision_files.bring(full, found, ME, stage=FT)
    assert report.added == 1
    assert report.obstacles == {Obstacle.NOT_INCLUDED: 1}
    assert report.waiting == {"Anna": 1}
    assert report.added + report.waiting["Anna"] + len(report.left_out) == len(found.rows)


def test_what_the_file_does_not_say_people_must(full: Desk) -> None:
    covidence = f"Title,Authors,Published Year,Covidence #\n{TITLES[0]},Meyer E,2000,#1\n".encode()
    found = decision_files.preview(full, "irrelevant.csv", covidence)
    assert found.needs_verdict
    with pytest.raises(Invalid, match="who “nobody named” is"):
        decision_files.bring(full, found, {}, stage=TA, verdict=Verdict.EXCLUDE)
    with pytest.raises(Invalid, match="which stage"):
        decision_files.bring(full, found, {"": "Anna"})
    report = decision_files.bring(full, found, {"": "Anna"}, stage=TA, verdict=Verdict.EXCLUDE)
    assert report.added == 1


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_an_empty_label_of_asreview_is_no_decision(full: Desk, ending: str) -> None:
    """Also where nobody saw anything, and an old column says something of every record."""
    rows = [["title", "abstract", "included", "asreview_label"]]
    rows += [[title, "A", "1", ""] for title in TITLES]
    data = "\n".join(",".join(row) for row in rows).encode()
    if ending == "xlsx":
        workbook = openpyxl.Workbook()
        sheet = workbook.create_sheet("Decisions", 0)
        for row in rows:
            sheet.append(row)
        stream = io.BytesIO()
        workbook.save(stream)
        data = stream.getvalue()
    found = decision_files.preview(full, f"asreview.{ending}", data)
    assert (found.rows, found.undecided) == ((), 2)


def test_a_file_without_records_says_so(full: Desk) -> None:
    with pytest.raises(Invalid, match=r"notes\.txt holds no records"):
        decision_files.preview(full, "notes.txt", b"hello")


def test_what_is_taken_away_can_be_brought_to_another_review(full: Desk, bens_desk: Desk) -> None:
    works = [one.id for one in taken(full, TA).waiting]
    decisions.decide(
        full,
        [
            NewDecision(
                work_id=works[0], stage=TA, verdict=Verdict.INCLUDE, client_id="1",
                note="=cmd|' /C calc'!A0", seconds=1.5,
            )
        ],
    )  # fmt: skip
    text = b"".join(decision_export.export_csv(full))
    assert b"'=cmd" in text
    other = reviews.create(full.store, full.person_id, Draft(title="Other"))
    keep(other.store, other.person_id, other.review_id, a_reading(*TITLES))
    found = decision_files.preview(other, "decisions.csv", text)
    report = decision_files.bring(other, found, {"Anna": "Anna"})
    assert (report.added, report.left_out) == (1, ())
    (row,) = table(other)
    assert (row["verdict"], row["seconds"], row["how"]) == ("include", "1.5", "Waymark")


def test_the_table_names_each_work_by_its_number(full: Desk) -> None:
    (first, _) = [work.id for work in taken(full, TA).waiting]
    decide(full, first)
    (row,) = table(full)
    assert next(iter(row)) == "work_id"
    assert row["work_id"] == str(first)


def test_a_table_of_an_older_version_is_read(full: Desk) -> None:
    decide(full, taken(full, TA).waiting[0].id)
    new = b"".join(decision_export.export_csv(full))
    assert new.startswith(b"work_id,title,")
    old = new.replace(b"work_id,title,", b"record,title,", 1)
    for data in (old, new):
        found = decision_files.preview(full, "decisions.csv", data)
        assert [
            (row.decision.person, row.decision.verdict, row.decision.stage) for row in found.rows
        ] == [("Anna", Verdict.INCLUDE, TA)]


def decide(desk: Desk, work_id: int) -> None:
    decisions.decide(
        desk, [NewDecision(work_id=work_id, stage=TA, verdict=Verdict.INCLUDE, client_id="x")]
    )


def test_an_open_work_of_a_colleague_is_not_told(full: Desk, bens_desk: Desk) -> None:
    with full.writing(Role.REVIEWER) as w:
        stage_settings.change(w, TA, StageSettings(voices=2))
    works = [one.id for one in taken(full, TA).waiting]
    decisions.decide(
        full, [NewDecision(work_id=works[0], stage=TA, verdict=Verdict.INCLUDE, client_id="1")]
    )
    assert [len(table(each)) for each in (full, bens_desk)] == [1, 0]


# ── what is not understood ────────────────────────────────────────────────────────────────────────


def test_a_table_without_the_columns_of_decisions_is_told_which_it_lacks(full: Desk) -> None:
    data = f"title,doi,verdict,reasons,note\n{TITLES[0]},,include,,\n".encode()
    found = decision_files.preview(full, "mine.csv", data)
    assert (found.rows, found.columns_lacking) == ((), ("person", "stage"))


@pytest.mark.parametrize("heading", ["asreview_label", "Covidence #"])
def test_a_table_of_another_tool_lacks_no_column(full: Desk, heading: str) -> None:
    data = f"title,abstract,{heading}\n{TITLES[0]},A,\n".encode()
    found = decision_files.preview(full, "theirs.csv", data)
    assert (found.rows, found.columns_lacking) == ((), ())


def test_a_verdict_that_is_not_known_is_told_with_its_line(full: Desk) -> None:
    lines = [
        "title,doi,person,stage,verdict",
        f"{TITLES[0]},,Anna,title_abstract,include",
        f"{TITLES[1]},,Anna,title_abstract,perhaps",
        f"{TITLES[1]},,Anna,abstracts,",
    ]
    found = decision_files.preview(full, "mine.csv", "\n".join(lines).encode())
    assert (len(found.rows), found.undecided) == (1, 2)
    verdict, stage = found.not_understood
    assert verdict.startswith(f"Line 3, “{TITLES[1]}”: the verdict “perhaps” is not known; ")
    assert "include, exclude, maybe" in verdict
    assert stage.startswith(f"Line 4, “{TITLES[1]}”: the stage “abstracts” is not known; ")


def test_words_of_other_tools_that_are_no_verdict_are_told(full: Desk) -> None:
    ris = f'TY  - JOUR\nTI  - {TITLES[0]}\nN1  - RAYYAN-INCLUSION: {{"ada"=>"Perhaps"}}\nER  - \n'
    (told,) = decision_files.preview(full, "rayyan.ris", ris.encode()).not_understood
    assert "“Perhaps” of ada is not known; known are Included, Excluded, Maybe" in told
    table = f"title,abstract,asreview_label\n{TITLES[0]},A,2\n{TITLES[1]},A,\n"
    (told,) = decision_files.preview(full, "asreview.csv", table.encode()).not_understood
    assert told.startswith("Line 2")
    assert "asreview_label “2” is not known" in told
