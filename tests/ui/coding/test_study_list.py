"""The table of studies says how far each is in one's own codings, and who else codes it."""

from datetime import UTC, datetime

from evidence.coding.read_scheme import load
from evidence.steps.coding.schemes import TakenScheme
from evidence.store.coding.coding_assignments import Coder
from evidence.store.coding.schemes import SchemeVersion
from evidence.store.coding.study_table import CodingLine, CodingState, StudyLine
from evidence.ui.coding.study_list import given_words, table_of
from tests.steps.coding.test_coding import SCHEME

NOW = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


def taken(scheme_id: int, title: str) -> TakenScheme:
    yaml = SCHEME.replace("A small scheme", title)
    version = SchemeVersion(
        id=scheme_id, scheme_id=scheme_id, name="small", version="1", yaml=yaml, by="Anna",
        at=NOW, number=1,
    )  # fmt: skip
    return TakenScheme(id=scheme_id, version=version, scheme=load(yaml, "small.yaml"))


def said(scheme_id: int, person_id: int, state: CodingState) -> CodingLine:
    return CodingLine(
        scheme_id=scheme_id, person_id=person_id, person=f"Person {person_id}", state=state
    )


def test_own_states_stand_scheme_by_scheme_and_colleagues_by_name() -> None:
    line = StudyLine(
        id=1, label="A", year=1999, reports=2, own=CodingState.DRAFT, changed_at=NOW,
        codings=(
            said(1, 1, CodingState.DRAFT), said(1, 2, CodingState.COMPLETE),
            said(1, 3, CodingState.DRAFT), said(2, 1, CodingState.COMPLETE),
            said(2, 3, CodingState.COMPLETE),
        ),
    )  # fmt: skip
    schemes = [taken(1, "First"), taken(2, "Weight"), taken(3, "Weight")]
    table = table_of([line], 1, schemes[0], schemes)
    assert list(table.columns) == [
        "Study", "Year", "Reports", "My coding: First", "My Weight", "My Weight (3)", "Colleagues",
        "Changed",
    ]  # fmt: skip
    row = table.iloc[0].to_dict()
    assert (row["My coding: First"], row["My Weight"], row["My Weight (3)"]) == (
        "◐ draft", "● complete", "○ not begun",
    )  # fmt: skip
    assert row["Colleagues"] == "● Person 2, ◐ Person 3"


def test_to_whom_studies_are_given_stands_where_any_are() -> None:
    line = StudyLine(
        id=1, label="A", year=None, reports=0, own=CodingState.OPEN, changed_at=None,
        given_to=("Ann", "Ben"),
    )  # fmt: skip
    first = taken(1, "First")
    assert table_of([line], 1, first, [first])["Given to"].tolist() == ["Ann, Ben"]
    given = [Coder(person_id=1, name="Ann", given=1, complete=0)]
    assert given_words(given, 1) == "0 of 1 given to you is complete"
    assert given_words(given, 2) == ""


def test_a_table_without_studies_has_its_columns() -> None:
    first = taken(1, "First")
    assert table_of([], 1, first, [first]).empty
