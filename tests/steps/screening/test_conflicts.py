"""Conflicts are settled by somebody, for a reason, and can be opened again; PRISMA follows."""

import pytest

from evidence.errors import Invalid, NotAllowed
from evidence.screening.stage_settings import StageSettings
from evidence.screening.verdicts import Stage, State, Verdict
from evidence.steps.accounts import access
from evidence.steps.desk import Desk
from evidence.steps.results import prisma_flow
from evidence.steps.review import people, reasons, reviews, team
from evidence.steps.screening import conflicts, decisions, stage_settings
from evidence.steps.screening.conflicts import Resolution
from evidence.store.review.reviews import Draft
from evidence.store.review.terms import Terms
from evidence.store.screening.decisions import DISCUSSION, THIRD_PERSON
from tests.conftest import a_reading, keep
from tests.steps.conftest import enter, taken
from tests.steps.screening.deciding import EX, IN, MAYBE, TA, TWO, say

FT = Stage.FULL_TEXT


@pytest.fixture
def cleos_desk(desk: Desk) -> Desk:
    cleo = people.named(desk.store, "Cleo")
    return Desk(store=desk.store, review_id=desk.review_id, person_id=cleo.id)


@pytest.fixture
def work_id(desk: Desk, bens_desk: Desk) -> int:
    """A work in conflict between Anna (include) and Ben (exclude)."""
    keep(desk.store, desk.person_id, desk.review_id, a_reading("One", "Two"))
    stage_settings.change(desk, TA, TWO, StageSettings())
    first = taken(desk, TA).waiting[0].id
    say(desk, first, IN, note="Anna's note")
    say(bens_desk, first, EX, note="Ben's note")
    return first


def state(desk: Desk) -> State:
    (found,) = (s for s, n in decisions.tally(desk, TA).items() if n and s is not State.OPEN)
    return found


def standing(desk: Desk) -> list[tuple[str, Verdict, str]]:
    one = conflicts.next_conflict(desk, TA, State.CONFLICT)
    assert one is not None
    return [(voice.person, voice.verdict, voice.note) for voice in one.current]


def test_the_list_of_conflicts_has_what_the_page_shows_of_each(desk: Desk, work_id: int) -> None:
    (listed,) = conflicts.listing(desk, TA, State.CONFLICT)
    assert listed == conflicts.next_conflict(desk, TA, State.CONFLICT)
    assert conflicts.listing(desk, TA, State.MAYBE) == []


ENDS = Resolution(verdict=EX, how=THIRD_PERSON, note="Not about work")


def test_nothing_is_shown_before_all_have_spoken(desk: Desk, bens_desk: Desk) -> None:
    keep(desk.store, desk.person_id, desk.review_id, a_reading("One"))
    stage_settings.change(desk, TA, TWO, StageSettings())
    first = taken(desk, TA).waiting[0].id
    say(desk, first, MAYBE, note="secret")
    for at in (State.CONFLICT, State.MAYBE):
        assert conflicts.next_conflict(bens_desk, TA, at) is None
    assert conflicts.history(bens_desk, TA, first) == []
    assert [one.note for one in conflicts.history(desk, TA, first)] == ["secret"]


def test_a_conflict_shows_all_verdicts_and_notes(
    desk: Desk, cleos_desk: Desk, work_id: int
) -> None:
    assert standing(cleos_desk) == [("Anna", IN, "Anna's note"), ("Ben", EX, "Ben's note")]
    one, others = (conflicts.next_conflict(at, TA, State.CONFLICT) for at in (desk, cleos_desk))
    assert one is not None
    assert others is not None
    assert (one.involved, others.involved) == (True, False)
    assert conflicts.next_conflict(desk, TA, State.CONFLICT, [work_id]) is None


def test_a_third_person_settles_and_it_is_kept_who_and_why(
    desk: Desk, cleos_desk: Desk, work_id: int
) -> None:
    enter(cleos_desk)
    conflicts.resolve(cleos_desk, TA, work_id, ENDS)
    assert state(desk) is State.EXCLUDE
    (one,) = conflicts.resolutions(desk, TA)
    told = one.resolution
    assert (told.person, told.verdict, told.how, told.note) == (
        "Cleo",
        EX,
        THIRD_PERSON,
        "Not about work",
    )
    assert decisions.own(cleos_desk, TA) == []  # it is the work's and not hers


def test_where_there_is_an_arbiter_nobody_else_ends_a_conflict_or_opens_it_again(
    desk: Desk, cleos_desk: Desk, work_id: int
) -> None:
    team.add(desk, "Cleo")
    access.change_arbiter(desk, cleos_desk.person_id, is_arbiter=True)
    assert decisions.arbiters(desk) == ["Cleo"]
    assert decisions.arbiters(cleos_desk) == []
    with pytest.raises(NotAllowed, match="ended by Cleo"):
        conflicts.resolve(desk, TA, work_id, ENDS)
    assert state(desk) is State.CONFLICT
    conflicts.resolve(cleos_desk, TA, work_id, ENDS)
    with pytest.raises(NotAllowed, match="ended by Cleo"):
        conflicts.reopen(desk, TA, work_id)
    assert state(desk) is State.EXCLUDE
    access.change_arbiter(desk, cleos_desk.person_id, is_arbiter=False)
    conflicts.reopen(desk, TA, work_id)
    assert state(desk) is State.CONFLICT


def test_of_two_who_settle_at_once_the_second_is_told(
    desk: Desk, cleos_desk: Desk, work_id: int
) -> None:
    enter(cleos_desk)
    conflicts.resolve(cleos_desk, TA, work_id, ENDS)
    with pytest.raises(Invalid, match="not in conflict any more"):
        conflicts.resolve(desk, TA, work_id, Resolution(verdict=IN, how=DISCUSSION))
    assert state(desk) is State.EXCLUDE


@pytest.mark.parametrize("by_whom", ["themself", "another"])
def test_taken_back_all_is_as_it_was(
    desk: Desk, bens_desk: Desk, work_id: int, by_whom: str
) -> None:
    conflicts.resolve(desk, TA, work_id, Resolution(verdict=EX, how=DISCUSSION, note="agreed"))
    assert state(desk) is State.EXCLUDE
    conflicts.reopen(desk if by_whom == "themself" else bens_desk, TA, work_id, "too early")
    assert state(desk) is State.CONFLICT
    assert standing(desk) == [("Anna", IN, "Anna's note"), ("Ben", EX, "Ben's note")]
    assert conflicts.resolutions(desk, TA) == []
    with pytest.raises(Invalid, match="taken back already"):
        conflicts.reopen(desk, TA, work_id)
    assert [one.verdict for one in decisions.own(desk, TA)] == [IN]
    notes = [past.note for past in conflicts.history(desk, TA, work_id)]
    assert notes[-2:] == ["agreed", "too early"]
    conflicts.resolve(desk, TA, work_id, Resolution(verdict=IN, how=DISCUSSION))
    assert state(desk) is State.INCLUDE


def test_an_undo_on_the_deck_takes_back_only_the_settlement(desk: Desk, work_id: int) -> None:
    conflicts.resolve(desk, TA, work_id, Resolution(verdict=EX, how=DISCUSSION))
    say(desk, work_id, Verdict.WITHDRAWN)
    assert standing(desk) == [("Anna", IN, "Anna's note"), ("Ben", EX, "Ben's note")]
    say(desk, work_id, Verdict.WITHDRAWN, note="now my own")
    assert decisions.tally(desk, TA)[State.OPEN] == 2
    assert work_id in [one.id for one in taken(desk, TA).waiting]


def test_the_deck_need_not_say_how(desk: Desk, cleos_desk: Desk, work_id: int) -> None:
    say(cleos_desk, work_id, EX, resolves=True)
    assert conflicts.resolutions(desk, TA)[0].resolution.how == THIRD_PERSON
    conflicts.reopen(desk, TA, work_id)
    say(desk, work_id, EX, resolves=True)
    assert conflicts.resolutions(desk, TA)[0].resolution.how == DISCUSSION


def test_who_disagrees_later_opens_it_again(
    desk: Desk, bens_desk: Desk, cleos_desk: Desk, work_id: int
) -> None:
    enter(bens_desk)
    enter(cleos_desk)
    conflicts.resolve(cleos_desk, TA, work_id, ENDS)
    say(bens_desk, work_id, IN)
    assert standing(desk) == [("Cleo", EX, "Not about work"), ("Ben", IN, "")]


def test_an_open_work_cannot_be_settled(desk: Desk, bens_desk: Desk, work_id: int) -> None:
    other = taken(bens_desk, TA).waiting[0].id
    say(desk, other, IN, note="secret")
    with pytest.raises(Invalid, match="not in conflict"):
        conflicts.resolve(bens_desk, TA, other, ENDS)
    assert conflicts.history(bens_desk, TA, other) == []


def test_prisma_follows_from_conflict_to_resolution(
    desk: Desk, bens_desk: Desk, cleos_desk: Desk, work_id: int
) -> None:
    enter(bens_desk)
    enter(cleos_desk)
    reviews.change(desk, Draft(title="R"), ["Not about work", "Not adults"], Terms())
    first, second = reasons.listing(desk)
    numbers = prisma_flow.flow(desk)
    assert (numbers.screened, numbers.excluded) == (0, 0)
    conflicts.resolve(cleos_desk, TA, work_id, Resolution(verdict=IN, how=THIRD_PERSON))
    numbers = prisma_flow.flow(desk)
    assert (numbers.screened, numbers.excluded, numbers.searched.sought) == (1, 0, 1)
    stage_settings.change(desk, FT, TWO, StageSettings())
    say(desk, work_id, EX, FT, reason_id=first.id)
    say(bens_desk, work_id, IN, FT)
    assert prisma_flow.flow(desk).searched.assessed == 0
    with pytest.raises(Invalid, match="needs a reason"):
        conflicts.resolve(cleos_desk, FT, work_id, ENDS)
    conflicts.resolve(
        cleos_desk, FT, work_id, Resolution(verdict=EX, how=THIRD_PERSON, reason_id=second.id)
    )
    numbers = prisma_flow.flow(desk)
    assert numbers.searched.excluded == (("Not adults", 1),)
    assert (numbers.searched.assessed, numbers.included_reports) == (1, 0)
    conflicts.reopen(desk, FT, work_id)
    say(bens_desk, work_id, EX, FT, reason_id=first.id)
    assert prisma_flow.flow(desk).searched.excluded == (("Not about work", 1),)
    conflicts.reopen(desk, TA, work_id)
    numbers = prisma_flow.flow(desk)
    assert (numbers.screened, numbers.searched.sought, numbers.searched.excluded) == (0, 0, ())
