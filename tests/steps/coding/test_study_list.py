"""Choosing what to code, and coding many studies at once."""

from dataclasses import replace

import pytest

from evidence.coding.answers import Answer
from evidence.errors import Invalid, NotAllowed
from evidence.steps.coding import coding, schemes, study_list
from evidence.steps.coding.study_list import BulkCode, BulkPreview
from evidence.steps.desk import Desk
from evidence.store import Role
from evidence.store.coding import studies as kept_studies
from evidence.store.coding.study_table import CodingState, StudyFilter, StudyOrder
from tests.steps.coding.test_coding import SCHEME, link_an_included_report
from tests.steps.conftest import enter

ALL = StudyFilter()
IPS = BulkCode(scheme_id=1, which=ALL, question="service", code="ips", on=True)


@pytest.fixture
def ids(desk: Desk) -> list[int]:
    """Four studies, A to D; the first has a report."""
    schemes.add(desk, SCHEME, "small.yaml")
    with desk.writing(Role.REVIEWER) as w:
        made = [kept_studies.create(w, f"{letter} Müller 1999", []) for letter in "DCBA"]
    made.reverse()
    link_an_included_report(desk, made[0])
    return made


def say(desk: Desk, study_id: int, question: str, *codes: str, value: str = "") -> None:
    coding.set_answer(desk, study_id, Answer(question=question, codes=codes, value=value))


def listed(desk: Desk, order: StudyOrder = StudyOrder.LABEL, **which: object) -> list[str]:
    found = study_list.page(desk, 1, StudyFilter(**which), order)  # type: ignore[arg-type]
    assert found.found == len(found.lines)
    assert study_list.count(desk, 1, StudyFilter(**which)) == found.found  # type: ignore[arg-type]
    return [line.label[0] for line in found.lines]


def ticked(desk: Desk, study_id: int, question: str = "service") -> set[str]:
    answers = {answer.question: answer for answer in coding.sheet(desk, study_id).answers}
    return set(answers[question].codes) if question in answers else set()


def test_studies_are_listed_with_how_far_they_are(
    desk: Desk, bens_desk: Desk, ids: list[int]
) -> None:
    enter(bens_desk)
    say(desk, ids[1], "people", value="9")
    for person in (desk, bens_desk):
        say(person, ids[2], "stream", "outcome")
    coding.complete(bens_desk, ids[2])
    page = study_list.page(desk, 1, ALL)
    assert [(line.own.value, line.drafts, line.complete) for line in page.lines] == [
        ("open", 0, 0), ("draft", 1, 0), ("draft", 1, 1), ("open", 0, 0),
    ]  # fmt: skip
    assert [line.reports for line in page.lines] == [1, 0, 0, 0]
    counts = {CodingState.OPEN: 2, CodingState.DRAFT: 2, CodingState.COMPLETE: 0}
    assert (page.found, page.tally) == (4, counts)
    assert listed(desk, state=CodingState.DRAFT) == ["B", "C"]
    assert listed(desk, StudyOrder.CHANGED)[:2] == ["C", "B"]
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
    seen = study_list.bulk_preview(
        desk, replace(IPS, which=StudyFilter(question="service", code="ips"))
    )
    assert (seen.studies, seen.as_wanted) == ((), 1)
    say(desk, ids[2], "stream", "process")
    say(desk, ids[2], "component", "peers")
    coding.complete(desk, ids[2])
    assert listed(desk, question="service", code="ips") == ["B", "C"]


def test_a_code_is_put_on_many_studies_as_the_preview_said_and_undone(
    desk: Desk, ids: list[int]
) -> None:
    say(desk, ids[1], "service", "ips", "clubhouse")
    say(desk, ids[2], "stream", "outcome")
    coding.complete(desk, ids[2])
    seen = study_list.bulk_preview(desk, IPS)
    assert seen == BulkPreview(
        studies=(ids[0], ids[3]), begun=2, replaced=0, as_wanted=1, complete=1
    )
    act = study_list.put_code(desk, IPS, seen)
    assert [ticked(desk, id_) for id_ in ids] == [{"ips"}, {"ips", "clubhouse"}, set(), {"ips"}]
    say(desk, ids[3], "service", "clubhouse")  # which takes IPS off again
    assert study_list.undo_act(desk, act) == (1, 1)
    assert [ticked(desk, id_) for id_ in ids[::3]] == [set(), {"clubhouse"}]


def test_where_one_code_is_chosen_another_gives_way_and_comes_back(
    desk: Desk, ids: list[int]
) -> None:
    say(desk, ids[0], "stream", "outcome")
    process = replace(IPS, question="stream", code="process", which=StudyFilter(words="A OR B"))
    seen = study_list.bulk_preview(desk, process)
    assert (seen.studies, seen.begun, seen.replaced) == ((ids[0], ids[1]), 1, 1)
    act = study_list.put_code(desk, process, seen)
    assert [ticked(desk, id_, "stream") for id_ in ids[:2]] == [{"process"}, {"process"}]
    assert study_list.undo_act(desk, act) == (2, 0)
    assert [ticked(desk, id_, "stream") for id_ in ids[:2]] == [{"outcome"}, set()]
    with pytest.raises(NotAllowed):
        study_list.undo_act(desk, "0" * 16)


def test_undo_never_leaves_two_codes_where_one_is_asked(desk: Desk, ids: list[int]) -> None:
    say(desk, ids[0], "stream", "outcome")
    off = replace(IPS, question="stream", code="outcome", on=False, which=StudyFilter(words="A"))
    act = study_list.put_code(desk, off, study_list.bulk_preview(desk, off))
    assert ticked(desk, ids[0], "stream") == set()
    say(desk, ids[0], "stream", "process")
    assert study_list.undo_act(desk, act) == (0, 1)
    assert ticked(desk, ids[0], "stream") == {"process"}


def test_what_changed_after_the_preview_stops_it(desk: Desk, ids: list[int]) -> None:
    seen = study_list.bulk_preview(desk, IPS)
    say(desk, ids[0], "service", "ips")
    with pytest.raises(Invalid, match="changed meanwhile"):
        study_list.put_code(desk, IPS, seen)
    assert ticked(desk, ids[1]) == set()


def test_nobody_undoes_the_act_of_another(desk: Desk, bens_desk: Desk, ids: list[int]) -> None:
    enter(bens_desk)
    act = study_list.put_code(desk, IPS, study_list.bulk_preview(desk, IPS))
    with pytest.raises(NotAllowed):
        study_list.undo_act(bens_desk, act)
    assert ticked(desk, ids[0]) == {"ips"}
    assert ticked(bens_desk, ids[0]) == set()


@pytest.mark.parametrize(
    ("question", "code"), [("people", ""), ("service", "gone"), ("gone", "x"), ("contrast", "arms")]
)
def test_only_codes_of_whole_studies_are_put_on_many(
    desk: Desk, ids: list[int], question: str, code: str
) -> None:
    with pytest.raises(Invalid, match="Choose a code"):
        study_list.bulk_preview(desk, replace(IPS, question=question, code=code))


def test_a_coding_is_copied_where_nothing_is_answered_and_undone(
    desk: Desk, ids: list[int]
) -> None:
    first, second = ids[:2]
    coding.set_answer(desk, first, Answer(question="people", value="143", note="p. 3"))
    say(desk, first, "service", "ips", "clubhouse")
    say(desk, first, "stream", "outcome")
    say(desk, second, "stream", "process")
    act, copied = study_list.copy_coding(desk, 1, first, second)
    assert copied == 2
    assert ticked(desk, second) == {"ips", "clubhouse"}
    assert ticked(desk, second, "stream") == {"process"}
    people = next(a for a in coding.sheet(desk, second).answers if a.question == "people")
    assert (people.value, people.note) == ("143", "")
    assert study_list.undo_act(desk, act) == (1, 0)
    assert [a.question for a in coding.sheet(desk, second).answers] == ["stream"]
    with pytest.raises(Invalid, match="not answered anything"):
        study_list.copy_coding(desk, 1, ids[3], second)
