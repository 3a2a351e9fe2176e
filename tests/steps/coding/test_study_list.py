"""Choosing what to code."""

from evidence.coding.findings import Direction, Finding
from evidence.steps.coding import bulk_coding, coders, coding, schemes, study_list
from evidence.steps.coding.bulk_coding import BulkCode
from evidence.steps.desk import Desk
from evidence.store.coding.study_table import (
    NOBODY,
    CodingState,
    StudyFilter,
    StudyOrder,
    TeamState,
)
from tests.steps.coding.conftest import say
from tests.steps.coding.test_coding import SCHEME
from tests.steps.conftest import enter

ALL = StudyFilter()


def listed(desk: Desk, order: StudyOrder = StudyOrder.LABEL, **which: object) -> list[str]:
    found = study_list.page(desk, 1, StudyFilter(**which), order)  # type: ignore[arg-type]
    assert found.found == len(found.lines)
    assert study_list.count(desk, 1, StudyFilter(**which)) == found.found  # type: ignore[arg-type]
    return [line.label[0] for line in found.lines]


def test_studies_are_listed_with_how_far_they_are(
    desk: Desk, bens_desk: Desk, ids: list[int]
) -> None:
    enter(bens_desk)
    say(desk, ids[1], "people", value="9")
    for person in (desk, bens_desk):
        say(person, ids[2], "stream", "outcome")
    coding.complete(bens_desk, ids[2])
    page = study_list.page(desk, 1, ALL)
    assert [line.own.value for line in page.lines] == ["open", "draft", "draft", "open"]
    told = [[(each.person, each.state.value) for each in line.codings] for line in page.lines]
    anna, ben = ("Anna", "draft"), ("Ben", "complete")
    assert told == [[], [anna], [anna, ben], []]
    assert [line.reports for line in page.lines] == [1, 0, 0, 0]
    counts = {CodingState.OPEN: 2, CodingState.DRAFT: 2, CodingState.COMPLETE: 0}
    assert (page.found, page.tally, page.complete_by_anybody) == (4, counts, 1)
    assert listed(desk, state=CodingState.DRAFT) == ["B", "C"]
    assert listed(desk, StudyOrder.CHANGED)[:2] == ["C", "B"]
    assert listed(desk, team=TeamState.NOBODY) == ["A", "D"]
    assert listed(desk, team=TeamState.BEGUN) == ["B"]
    assert listed(desk, team=TeamState.COMPLETE) == ["C"]
    assert listed(desk, team=TeamState.TWICE) == []
    coding.complete(desk, ids[2])
    assert listed(desk, team=TeamState.TWICE) == ["C"]
    two = study_list.page(desk, 1, ALL, offset=1, limit=2)
    assert ([line.label[0] for line in two.lines], two.found) == (["B", "C"], 4)


def test_a_study_knows_its_place_and_its_neighbours_in_the_list(desk: Desk, ids: list[int]) -> None:
    first, second, third, last = ids

    def place(study_id: int | None) -> tuple[int, int, int | None, int | None]:
        here = study_list.place(desk, 1, study_id)
        assert here is not None
        assert here.total == 4
        return here.study.id, here.study.position, here.study.previous, here.study.next

    assert place(first) == (first, 1, None, second)
    assert place(third) == (third, 3, second, last)
    assert place(last) == (last, 4, third, None)
    lines = study_list.page(desk, 1, ALL).lines
    assert [place(line.id)[1] for line in lines] == [1, 2, 3, 4]  # as the table has them


def test_without_a_study_the_first_that_is_not_complete_is_meant(
    desk: Desk, bens_desk: Desk, ids: list[int]
) -> None:
    def meant(person: Desk, study_id: int | None = None) -> int:
        here = study_list.place(person, 1, study_id)
        assert here is not None
        return here.study.id

    enter(bens_desk)
    say(bens_desk, ids[0], "stream", "outcome")
    coding.complete(bens_desk, ids[0])
    assert (meant(desk), meant(bens_desk)) == (ids[0], ids[1])
    assert meant(bens_desk, 12345) == ids[1]  # of no study
    for study_id in ids[1:]:
        say(bens_desk, study_id, "stream", "outcome")
        coding.complete(bens_desk, study_id)
    assert meant(bens_desk) == ids[0]


def test_a_review_without_studies_has_no_place_to_code(desk: Desk) -> None:
    schemes.add(desk, SCHEME, "small.yaml")
    assert study_list.place(desk, 1, None) is None
    assert study_list.place(desk, 1, 1) is None


def test_studies_are_found_by_label_report_and_code(
    desk: Desk, bens_desk: Desk, ids: list[int]
) -> None:
    assert listed(desk, words="muller d") == ["D"]
    assert listed(desk, words="muller NOT d") == ["A", "B", "C"]
    assert listed(desk, words='"the report"') == ["A"]
    enter(bens_desk)
    say(desk, ids[1], "service", "ips")
    say(bens_desk, ids[2], "service", "ips")
    assert listed(desk, question="service", code="ips") == ["B"]  # no colleague's draft
    say(bens_desk, ids[2], "stream", "outcome")
    coding.complete(bens_desk, ids[2])
    assert listed(desk, question="service", code="ips") == ["B", "C"]
    say(desk, ids[2], "people", value="9")  # a draft: what Ben says of C is not for Anna any more
    assert listed(desk, question="service", code="ips") == ["B"]
    ips = StudyFilter(question="service", code="ips")
    bulk = BulkCode(scheme_id=1, which=ips, question="service", code="ips", on=True)
    seen = bulk_coding.preview(desk, bulk)
    assert [(line.label[0], line.happens.value) for line in seen.lines] == [("B", "as wanted")]
    say(desk, ids[2], "stream", "process")
    say(desk, ids[2], "component", "peers")
    coding.complete(desk, ids[2])
    assert listed(desk, question="service", code="ips") == ["B", "C"]


def test_studies_are_found_by_what_findings_say_and_by_any_answer(
    desk: Desk, ids: list[int]
) -> None:
    say(desk, ids[0], "people", value="9")
    finding = Finding(
        intervention="ips", outcome="hope", contrast="arms", direction=Direction.BETTER
    )
    coding.put_finding(desk, ids[1], finding)
    say(desk, ids[2], "service", "clubhouse")
    assert listed(desk, question="people") == ["A"]
    assert listed(desk, question="contrast", code="arms") == ["B"]
    assert listed(desk, question="contrast") == ["B"]
    assert listed(desk, question="service", code="ips") == ["B"]
    assert listed(desk, question="service") == ["B", "C"]
    (stored,) = coding.sheet(desk, ids[1]).findings
    coding.remove_finding(desk, ids[1], stored.id)
    assert listed(desk, question="contrast") == []


def test_what_is_given_to_somebody_is_found_and_gone_through(
    desk: Desk, bens_desk: Desk, ids: list[int]
) -> None:
    enter(bens_desk)
    assert study_list.place(bens_desk, 1, ids[0], given=True) is None  # nothing is given
    coders.give(desk, 1, bens_desk.person_id, [ids[1], ids[3]])
    coders.give(desk, 1, desk.person_id, [ids[3]])
    assert listed(desk, given_to=bens_desk.person_id) == ["B", "D"]
    assert listed(desk, given_to=NOBODY) == ["A", "C"]
    lines = study_list.page(desk, 1, ALL).lines
    assert [line.given_to for line in lines] == [(), ("Ben",), (), ("Ben", "Anna")]
    say(bens_desk, ids[1], "stream", "outcome")
    coding.complete(bens_desk, ids[1])
    far = [(one.name, one.given, one.complete) for one in study_list.given(desk, 1)]
    assert far == [("Anna", 1, 0), ("Ben", 2, 1)]
    here = study_list.place(bens_desk, 1, None, given=True)
    assert here is not None
    assert (here.study.id, here.study.previous, here.study.next) == (ids[3], ids[1], None)
    assert (here.study.position, here.total, here.tally[CodingState.COMPLETE]) == (2, 2, 1)
    elsewhere = study_list.place(bens_desk, 1, ids[0], given=True)
    assert elsewhere is not None
    assert elsewhere.study.id == ids[3]
