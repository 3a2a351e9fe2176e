"""Codings leave for those who may know them, and come back as they were."""

import io
import zipfile
from pathlib import Path

import pytest

from evidence.coding.answers import Answer
from evidence.coding.coding_tables.exported import Export, ExportedCoding
from evidence.errors import Invalid, NotAllowed
from evidence.steps.coding import coding, codings_check, codings_export
from evidence.steps.coding.codings_export import Form
from evidence.steps.desk import Desk
from evidence.steps.review import team
from evidence.store import Role
from evidence.store.coding import leaving_codings
from evidence.store.coding import studies as kept_studies
from tests.steps.coding.test_coding import SCHEME, finding, study_id
from tests.steps.coding.test_desk_messages import LOSSES, Tab, tab
from tests.steps.conftest import enter, take_newest

__all__ = ["study_id", "tab"]
OTHER = """\
id: other
title: Another scheme
version: "1"
purpose: appraisal
judges: study
sections:
  - title: All
    questions:
      - {id: people, text: How many people?, kind: number}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder; the database lies beside it."""
    made = tmp_path / "left"
    made.mkdir()
    return made


def taken_away(desk: Desk, folder: Path) -> Export:
    """What leaves for somebody, after it came back."""
    out = folder / "codings.xlsx"
    codings_export.save(desk, out)
    found = codings_check.read(out)
    assert found.problems == ()
    return found.export


def codings_of(export: Export) -> dict[tuple[str, str], ExportedCoding]:
    (study,) = export.studies
    return {(each.coder, each.scheme): each for each in study.codings}


def test_all_of_a_coding_leaves(tab: Tab, desk: Desk, folder: Path) -> None:
    take_newest(desk, SCHEME.replace("      - id: service", f"{LOSSES}      - id: service"), "s")
    tab = Tab(desk, tab.study_id)
    (report,) = tab.sheet()["study"]["reports"]
    words = {"document": f"title:{report['work_id']}", "start": 0, "end": 3, "exact": "The"}
    tab.send(
        tab.item("arm", uid="arm0001", field="label", before="", after="=IPS"),
        tab.item("arm", uid="arm0002", field="label", before="", after="Usual"),
        tab.item("arm", uid="arm0002", field="removed", before="", after="yes"),
        tab.item("time_point", uid="time0001", field="label", before="", after="1 year"),
        tab.item("answer", question="service", code="ips", field="note", before="", after="-no"),
        tab.item("answer", question="lost", arm="arm0001", field="value", before="", after="001"),
        tab.item("answer", question="people", field="value", before="", after="9"),
        tab.item("answer", question="people", field="value", before="9", after=""),
        tab.item("quotation", uid="quote01", on={"question": "people"}, **words),
        tab.item("finding", uid="finding1", field="measure", before="", after="scale"),
        tab.item("finding", uid="finding2", field="measure", before="", after="gone"),
        tab.item("quotation", uid="quote02", on={"finding": "finding1"}, **words),
        tab.item("quotation", uid="quote03", on={"finding": "finding2"}, **words),
        tab.item("quotation", uid="quote04", on={"question": "people"}, **words),
        tab.item("quotation", uid="quote04", removed=True),
        tab.item("finding", uid="finding2", field="removed", before="", after="yes"),
    )
    take_newest(desk, SCHEME, "s")  # which no longer asks how many left
    export = taken_away(desk, folder)
    (study,) = export.studies
    assert [(arm.uid, arm.label, arm.removed) for arm in study.arms] == [
        ("arm0001", "=IPS", False), ("arm0002", "Usual", True),
    ]  # fmt: skip
    assert [(point.uid, point.label) for point in study.time_points] == [("time0001", "1 year")]
    assert [(each.work_id, each.title, each.year) for each in study.reports] == [
        (report["work_id"], "The report", 2000)
    ]
    (own,) = study.codings
    assert [
        (
            each.question,
            each.code,
            each.arm,
            each.chosen,
            each.value,
            each.note,
            each.scheme_version,
        )
        for each in own.answers
    ] == [
        ("service", "ips", "", False, "", "-no", 2),
        ("lost", "", "arm0001", False, "001", "", 2),
        ("people", "", "", False, "", "", 2),  # emptied; a quotation rests on it
    ]
    assert [(each.uid, each.fields) for each in own.findings] == [
        ("finding1", {"measure": "scale"})
    ]
    assert [(each.uid, each.question, each.finding, each.exact) for each in own.quotations] == [
        ("quote01", "people", "", "The"), ("quote02", "", "finding1", "The"),
    ]  # fmt: skip
    assert [(each.name, each.number) for each in export.schemes] == [
        ("small", 1), ("small", 2), ("small", 3),
    ]  # fmt: skip
    assert export.schemes[0].yaml == SCHEME


def test_questions_of_two_schemes_stay_apart(desk: Desk, study_id: int, folder: Path) -> None:
    other = take_newest(desk, OTHER, "other.yaml")
    coding.set_answer(desk, study_id, Answer(question="people", value="143"))
    coding.set_answer(desk, study_id, Answer(question="people", value="9"), other)
    codings_export.save(desk, folder / "out")
    lines = (folder / "out" / "answers.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [("small/people" in line, "other/people" in line) for line in lines[1:]] == [
        (True, False), (False, True),
    ]  # fmt: skip
    assert codings_check.read(folder / "out").export.counts.answers == 2


def test_who_may_know_what(desk: Desk, bens_desk: Desk, study_id: int, folder: Path) -> None:
    other = take_newest(desk, OTHER, "other.yaml")
    enter(bens_desk)
    coding.set_answer(bens_desk, study_id, Answer(question="people", value="77"))
    assert codings_of(taken_away(desk, folder)) == {}  # a colleague's draft
    assert set(codings_of(taken_away(bens_desk, folder))) == {("Ben", "small")}
    coding.set_answer(bens_desk, study_id, Answer(question="stream", codes=("outcome",)))
    coding.complete(bens_desk, study_id)
    assert set(codings_of(taken_away(desk, folder))) == {("Ben", "small")}
    coding.set_answer(desk, study_id, Answer(question="people", value="9"), other)
    mine = taken_away(desk, folder)
    # What others say with another scheme than that of her draft is not hidden.
    assert set(codings_of(mine)) == {("Anna", "other"), ("Ben", "small")}
    coding.set_answer(desk, study_id, Answer(question="people", value="9"))
    mine = taken_away(desk, folder)
    # In the middle of coding it with this scheme herself.
    assert set(codings_of(mine)) == {("Anna", "other"), ("Anna", "small")}
    assert mine.about is not None
    assert (mine.about.withheld, mine.about.person) == (1, "Anna")
    coding.complete(desk, study_id, other)
    whole = taken_away(bens_desk, folder)
    assert set(codings_of(whole)) == {("Ben", "small"), ("Anna", "other")}
    assert whole.about is not None
    assert whole.about.withheld == 0


def test_only_people_of_the_review_take_codings_away(
    desk: Desk, bens_desk: Desk, study_id: int, folder: Path
) -> None:
    coding.set_answer(desk, study_id, Answer(question="stream", codes=("outcome",)))
    coding.put_finding(desk, study_id, finding())
    out = folder / "codings.xlsx"
    for form in Form:
        with pytest.raises(NotAllowed, match="people of the review"):
            codings_export.build(bens_desk, form)
    with pytest.raises(NotAllowed):
        codings_export.save(bens_desk, out)
    with pytest.raises(NotAllowed):
        codings_export.save(bens_desk, folder / "folder")
    assert list(folder.iterdir()) == []
    assert not codings_export.may_take(bens_desk)
    enter(bens_desk)
    assert codings_export.may_take(bens_desk)
    assert codings_export.save(bens_desk, out).codings == 0
    team.take_out(desk, bens_desk.person_id)
    with pytest.raises(NotAllowed):
        codings_export.save(bens_desk, out)
    # Whoever gives commands where the database lies sees what is complete.
    coding.complete(desk, study_id)
    assert codings_export.save(bens_desk, out, on_the_machine=True).findings == 1


def test_a_page_gives_the_same_as_a_workbook_and_as_csv_files(
    desk: Desk, study_id: int, folder: Path
) -> None:
    coding.set_answer(desk, study_id, Answer(question="people", value="143", note="=1+1"))
    exports = []
    for form in Form:
        file = folder / f"{codings_export.file_stem(desk)}.{form}"
        file.write_bytes(codings_export.build(desk, form))
        found = codings_check.read(file)
        assert found.problems == ()
        exports.append((found.export.schemes, found.export.studies))
    assert exports[0] == exports[1]
    assert file.name == "work-and-recovery_codings.zip"


def test_studies_leave_in_batches_in_the_order_of_their_list(
    desk: Desk, study_id: int, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    with desk.writing(Role.REVIEWER) as w:
        for label in ("Zeta", "Alpha", "Beta"):
            kept_studies.create(w, label, [])
    coding.set_answer(desk, study_id, Answer(question="people", value="143"))
    with desk.reading() as c:
        sizes = [
            len(batch) for batch in leaving_codings.in_batches(c, desk.review_id, desk.person_id, 3)
        ]
    assert sizes == [3, 1]
    monkeypatch.setattr(codings_export, "_AT_ONCE", 1)
    export = taken_away(desk, folder)
    assert [each.label for each in export.studies] == ["Alpha", "Beta", "Drake 1996", "Zeta"]
    assert [len(each.codings) for each in export.studies] == [0, 0, 1, 0]


def test_an_older_file_stays_where_the_new_one_fails(
    desk: Desk, study_id: int, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    del study_id
    book, tables = folder / "codings.xlsx", folder / "codings"
    codings_export.save(desk, book)
    codings_export.save(desk, tables)
    (tables / "notes.txt").write_text("mine")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    def fail(*_: object) -> None:
        raise OSError("full")

    monkeypatch.setattr(leaving_codings, "in_batches", fail)
    for out in (book, tables):
        with pytest.raises(OSError, match="full"):
            codings_export.save(desk, out)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("name", ["codings.csv", "codings.docx"])
def test_another_ending_is_refused(desk: Desk, folder: Path, name: str) -> None:
    with pytest.raises(Invalid, match="or into a folder"):
        codings_export.save(desk, folder / name)


def test_a_folder_with_a_dot_that_is_there_is_taken(desk: Desk, folder: Path) -> None:
    (folder / "v1.2").mkdir()
    codings_export.save(desk, folder / "v1.2")
    assert codings_check.read(folder / "v1.2").is_whole


def test_a_zip_of_a_part_says_what_is_missing(folder: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("sub/studies.csv", "study_id,study,kind\n1,A,study\n")
    file = folder / "codings.zip"
    file.write_bytes(out.getvalue())
    found = codings_check.read(file)
    assert [study.label for study in found.export.studies] == ["A"]
    (problem,) = found.problems
    assert "There is no table about, reports, arms" in str(problem)
