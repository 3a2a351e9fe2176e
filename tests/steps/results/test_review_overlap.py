"""Lists of what reviews include: nothing is matched or lost in silence, and every act has a way
back.
"""

import pytest

from evidence.errors import Invalid, NotAllowed, NotFound
from evidence.screening.verdicts import Stage, Verdict
from evidence.steps.coding import studies
from evidence.steps.desk import Desk
from evidence.steps.results import review_overlap
from evidence.steps.screening import decisions
from evidence.store.screening.decisions import NewDecision
from evidence.synthesis.review_overlap.covered_area import covered_area
from evidence.synthesis.review_overlap.listed_studies import StudyMatch
from evidence.synthesis.review_overlap.read_inclusions import read_inclusions
from tests.steps.conftest import enter

FILE = b"Review,Study\nFirst,Drake 1996\nFirst,Old 1990\nSecond,drake (1996)\n"
Ids = tuple[int, int, int]


@pytest.fixture
def three(desk: Desk, ids: list[int]) -> Ids:
    """The ids of three studies, the first two of which are reviews."""
    enter(desk)
    for stage in Stage:
        included = [
            NewDecision(
                work_id=work_id, stage=stage, verdict=Verdict.INCLUDE, client_id=f"{stage}{work_id}"
            )
            for work_id in ids[:3]
        ]
        decisions.decide(desk, included)
    first, second, third = (
        studies.create(desk, [work_id], label)
        for work_id, label in zip(ids, ("First", "Second", "Drake 1996"), strict=False)
    )
    return first, second, third


def bring(desk: Desk, three: Ids, content: bytes = FILE) -> int:
    table = read_inclusions(content, "list.csv").table
    reviews = {"First": three[0], "Second": three[1]}
    return review_overlap.bring_in(desk, table, reviews, "list.csv")


def test_a_list_comes_in_without_any_match_until_somebody_confirms(desk: Desk, three: Ids) -> None:
    assert bring(desk, three) == 3
    now = review_overlap.overlap(desk)
    assert now.unmatched == ("Drake 1996", "Old 1990")
    assert covered_area(now.table).words == "50.00% (very high)"
    found = review_overlap.proposals(now.unmatched, review_overlap.candidates(desk))
    assert found["Old 1990"] is None
    assert (found["Drake 1996"] and found["Drake 1996"].study_id) == three[2]
    assert review_overlap.confirm(desk, {"Drake 1996": three[2], "Old 1990": None}) == 3
    now = review_overlap.overlap(desk)
    assert now.unmatched == ()
    assert now.citations(StudyMatch.ELSEWHERE) == ("Old 1990",)
    assert now.table.studies == ("Drake 1996", "Old 1990")


def test_the_same_list_again_changes_nothing_and_keeps_matches(desk: Desk, three: Ids) -> None:
    bring(desk, three)
    review_overlap.confirm(desk, {"Drake 1996": three[2]})
    before = review_overlap.overlap(desk)
    assert bring(desk, three) == 0
    assert review_overlap.overlap(desk) == before
    assert len(review_overlap.acts(desk)) == 2


def test_every_act_is_undone_and_the_undoing_too(desk: Desk, bens_desk: Desk, three: Ids) -> None:
    enter(bens_desk)
    bring(desk, three)
    review_overlap.confirm(bens_desk, {"Drake 1996": three[2]})
    matched = review_overlap.overlap(desk)
    newest, first = review_overlap.acts(desk)
    assert (newest.person, newest.included, first.file) == ("Ben", 2, "list.csv")
    review_overlap.undo(desk, newest.number)
    assert review_overlap.overlap(desk).unmatched == ("Drake 1996", "Old 1990")
    review_overlap.undo(desk, review_overlap.acts(desk)[0].number)
    assert review_overlap.overlap(desk).listed == matched.listed


def test_undoing_an_early_act_leaves_what_was_changed_since(desk: Desk, three: Ids) -> None:
    bring(desk, three)
    review_overlap.confirm(desk, {"Drake 1996": three[2]})
    assert review_overlap.undo(desk, 1) == 1
    assert [each.citation for each in review_overlap.overlap(desk).listed] == [
        "Drake 1996", "drake (1996)"
    ]  # fmt: skip
    with pytest.raises(NotAllowed, match="changed since"):
        review_overlap.undo(desk, 1)
    with pytest.raises(NotFound):
        review_overlap.undo(desk, 99)


def test_entries_are_entered_and_taken_back_by_hand(desk: Desk, three: Ids) -> None:
    first, second, drake = three
    assert review_overlap.add(desk, first, [drake], ["Old 1990", "  ", "OLD (1990)"]) == 2
    assert review_overlap.add(desk, second, [drake]) == 1
    now = review_overlap.overlap(desk)
    assert now.table.studies == ("Drake 1996", "Old 1990")
    assert review_overlap.take_back(desk, first, ["Drake 1996", "never there"]) == 1
    assert review_overlap.take_back(desk, first, ["Drake 1996"]) == 0
    assert covered_area(review_overlap.overlap(desk).table).inclusions == 2
    assert review_overlap.add(desk, first, [drake]) == 1


@pytest.mark.parametrize(
    ("study_ids", "citations", "why"),
    [
        ([], ["  "], "No primary study is named"),
        ([999], [], "not there any more"),
        ([], ["x" * 1001], "up to 1,000 characters"),
        ([0], [], "cannot be in its own list"),
    ],
)
def test_what_cannot_be_is_refused(
    desk: Desk, three: Ids, study_ids: list[int], citations: list[str], why: str
) -> None:
    named = [each or three[0] for each in study_ids]
    with pytest.raises(Invalid, match=why):
        review_overlap.add(desk, three[0], named, citations)
    assert review_overlap.overlap(desk).listed == ()


def test_a_review_is_not_matched_to_itself_nor_twice_in_a_file(desk: Desk, three: Ids) -> None:
    bring(desk, three)
    with pytest.raises(Invalid, match="own list"):
        review_overlap.confirm(desk, {"Old 1990": three[0]})
    table = read_inclusions(FILE, "list.csv").table
    with pytest.raises(Invalid, match="said to be the same study"):
        review_overlap.bring_in(desk, table, {"First": three[0], "Second": three[0]}, "list.csv")
    with pytest.raises(Invalid, match="No primary study"):
        review_overlap.bring_in(desk, table, {}, "list.csv")


def test_a_study_in_a_list_stays_when_its_last_report_goes(desk: Desk, three: Ids) -> None:
    review_overlap.add(desk, three[0], [three[2]])
    (report,) = next(one for one in studies.listing(desk) if one.id == three[2]).reports
    studies.unlink(desk, three[2], report.work_id)
    assert review_overlap.overlap(desk).table.studies == ("Drake 1996",)
