"""That a report cannot be had is a fact: T on the Screening page does what Full texts does."""

from collections.abc import Callable
from itertools import count

import pytest

from evidence.errors import Invalid
from evidence.screening.stage_settings import StageSettings
from evidence.screening.verdicts import Stage, State, Verdict
from evidence.steps.desk import Desk
from evidence.steps.results import prisma_flow
from evidence.steps.review import people
from evidence.steps.screening import (
    agreement,
    conflicts,
    decision_export,
    decisions,
    full_texts,
    messages,
    progress,
)
from evidence.store import Role
from evidence.store.screening import full_texts as stored
from evidence.store.screening import stage_settings
from evidence.store.screening.decisions import DISCUSSION, NewDecision
from evidence.store.screening.decisions_by_person import DecisionFilter
from evidence.store.screening.full_texts import Search
from tests.conftest import a_reading, keep
from tests.steps.conftest import enter, taken

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
WHY = "No library has it"
Act = Callable[[Desk, int], None]
numbers = count()


@pytest.fixture(params=[1, 2], ids=["one reader", "two readers"])
def work_id(request: pytest.FixtureRequest, desk: Desk) -> int:
    """A work whose report is sought, in a review where one or two people read each."""
    keep(desk.store, desk.person_id, desk.review_id, a_reading("Gardens", "Paid work"))
    with desk.writing(Role.REVIEWER) as w:
        stage_settings.change(w, FT, StageSettings(voices=request.param))
    ids = [card.id for card in taken(desk, TA).waiting]
    decisions.decide(
        desk,
        [NewDecision(work_id=i, stage=TA, verdict=Verdict.INCLUDE, client_id=str(i)) for i in ids],
    )
    return ids[0]


@pytest.fixture
def two_readers(desk: Desk, work_id: int) -> None:
    with desk.writing(Role.REVIEWER) as w:
        stage_settings.change(w, FT, StageSettings(voices=2))


def on_deck(desk: Desk, work_id: int, verdict: str, client_id: str = "", note: str = "") -> None:
    enter(desk)
    item = {
        "kind": "decision",
        "client_id": client_id or f"run-{next(numbers)}",
        "id": work_id,
        "stage": "full_text",
        "verdict": verdict,
        "reasons": [],
        "note": note,
        "seconds": 2.5,
        "settles": False,
    }
    assert messages.apply(desk, [item]).refused == {}


def press_t(desk: Desk, work_id: int) -> None:
    on_deck(desk, work_id, "not_retrieved", note=WHY)


def undo(desk: Desk, work_id: int) -> None:
    on_deck(desk, work_id, "withdrawn")


def give_up(desk: Desk, work_id: int) -> None:
    enter(desk)
    full_texts.set_search(desk, work_id, Search.NOT_RETRIEVED, WHY)


def seek(desk: Desk, work_id: int) -> None:
    enter(desk)
    full_texts.set_search(desk, work_id, Search.SOUGHT, "")


EITHER = pytest.mark.parametrize("say", [press_t, give_up])


def status(desk: Desk, work_id: int) -> tuple[State, Search, str]:
    """Where a work stands at full text, and where its search stands, with the note beside it."""
    (state,) = (work.full_text for work, _ in [decisions.history(desk, work_id)])
    (report,) = (one for one in full_texts.page(desk, None, 0, 9) if one.work_id == work_id)
    return State(state), report.search, report.note


@EITHER
def test_one_person_says_it_for_all(desk: Desk, bens_desk: Desk, work_id: int, say: Act) -> None:
    say(desk, work_id)
    assert status(desk, work_id) == (State.NOT_RETRIEVED, Search.NOT_RETRIEVED, WHY)
    assert prisma_flow.flow(desk).searched.not_retrieved == 1
    for reader in (desk, bens_desk):
        assert work_id not in [card.id for card in taken(reader, FT).waiting]


@EITHER
@pytest.mark.parametrize("take_back", [undo, seek])
def test_taken_back_it_is_sought_and_read_again(
    desk: Desk, work_id: int, say: Act, take_back: Act
) -> None:
    full_texts.set_search(desk, work_id, Search.ASKED, "The authors")
    say(desk, work_id)
    take_back(desk, work_id)
    before = (Search.SOUGHT, "") if take_back is seek else (Search.ASKED, "The authors")
    assert status(desk, work_id) == (State.OPEN, *before)
    assert work_id in [card.id for card in taken(desk, FT).waiting]


@EITHER
def test_a_colleague_takes_it_back_on_full_texts(
    desk: Desk, bens_desk: Desk, work_id: int, say: Act
) -> None:
    enter(bens_desk)
    say(desk, work_id)
    full_texts.set_search(bens_desk, work_id, Search.ASKED, "The author will send it")
    found = (State.OPEN, Search.ASKED, "The author will send it")
    assert status(desk, work_id) == found
    undo(desk, work_id)  # there is nothing left to take back
    assert status(desk, work_id) == found


def test_sent_twice_it_is_said_once(desk: Desk, work_id: int) -> None:
    for _ in range(2):
        on_deck(desk, work_id, "not_retrieved", "same", WHY)
    assert status(desk, work_id) == (State.NOT_RETRIEVED, Search.NOT_RETRIEVED, WHY)
    assert len(decisions.history(desk, work_id)[1]) == 2  # the include by title and abstract, and T
    undo(desk, work_id)
    on_deck(desk, work_id, "not_retrieved", "same", WHY)  # a page that did not hear of the first
    assert status(desk, work_id) == (State.OPEN, Search.SOUGHT, "")


@EITHER
def test_of_two_who_say_it_at_once_full_texts_takes_back_both(
    desk: Desk, bens_desk: Desk, work_id: int, say: Act
) -> None:
    say(desk, work_id)
    press_t(bens_desk, work_id)
    seek(desk, work_id)
    assert status(desk, work_id) == (State.OPEN, Search.SOUGHT, "")


@pytest.mark.parametrize("anna_first", [True, False])
def test_of_two_who_say_it_each_takes_back_their_own(
    desk: Desk, bens_desk: Desk, work_id: int, two_readers: None, *, anna_first: bool
) -> None:
    press_t(desk, work_id)
    press_t(bens_desk, work_id)
    first, second = (desk, bens_desk) if anna_first else (bens_desk, desk)
    undo(first, work_id)
    assert status(desk, work_id)[:2] == (State.NOT_RETRIEVED, Search.NOT_RETRIEVED)
    undo(second, work_id)
    assert status(desk, work_id) == (State.OPEN, Search.SOUGHT, "")
    on_deck(desk, work_id, "include")
    assert status(desk, work_id)[0] is State.OPEN  # two must read it again


@EITHER
def test_one_finds_it_among_ones_own_decisions(desk: Desk, work_id: int, say: Act) -> None:
    on_deck(desk, work_id, "include")
    say(desk, work_id)
    recent = [decision for decision, _ in taken(desk, FT).recent]
    for own in (decisions.own(desk, FT), recent):
        assert [decision.verdict for decision in own] == [Verdict.NOT_RETRIEVED]
    assert decisions.count_own(desk, FT, DecisionFilter()) == 1
    assert progress.own_progress(desk, FT).decided == 1
    undo(desk, work_id)
    assert [said.verdict for said in decisions.own(desk, FT)] == [Verdict.INCLUDE]


@EITHER
def test_what_a_colleague_takes_back_is_not_ones_own_decision_any_more(
    desk: Desk, bens_desk: Desk, work_id: int, say: Act
) -> None:
    say(desk, work_id)
    seek(bens_desk, work_id)
    assert decisions.own(desk, FT) == []


@EITHER
def test_open_votes_of_others_stay_hidden(
    desk: Desk, bens_desk: Desk, work_id: int, two_readers: None, say: Act
) -> None:
    on_deck(bens_desk, work_id, "include", note="Ben's open vote")
    say(desk, work_id)
    assert status(desk, work_id)[0] is State.NOT_RETRIEVED
    at_full_text = [one for one in decisions.history(desk, work_id)[1] if one.stage is FT]
    assert [one.person for one in at_full_text] == ["Anna"]
    assert [one.person for one in conflicts.history(desk, FT, work_id)] == ["Anna"]
    assert b"Ben" not in b"".join(decision_export.export_csv(desk))
    history = decisions.history(bens_desk, work_id)[1]
    assert {one.person for one in history if one.stage is FT} == {"Anna", "Ben"}


@EITHER
def test_agreement_does_not_tell_what_was_said_of_it(
    desk: Desk, bens_desk: Desk, work_id: int, say: Act
) -> None:
    with desk.writing(Role.REVIEWER) as w:
        stage_settings.change(w, FT, StageSettings(voices=3))
    cleo = people.named(desk.store, "Cleo")
    cleos_desk = Desk(store=desk.store, review_id=desk.review_id, person_id=cleo.id)
    on_deck(bens_desk, work_id, "include")
    on_deck(cleos_desk, work_id, "maybe")
    say(desk, work_id)
    assert agreement.measure(desk, FT).works == 0


def test_after_a_conflict_all_still_know_what_was_said(
    desk: Desk, bens_desk: Desk, work_id: int, two_readers: None
) -> None:
    on_deck(desk, work_id, "include")
    on_deck(bens_desk, work_id, "exclude")
    ends = conflicts.Resolution(verdict=Verdict.NOT_RETRIEVED, how=DISCUSSION, note=WHY)
    conflicts.resolve(desk, FT, work_id, ends)
    assert status(desk, work_id) == (State.NOT_RETRIEVED, Search.NOT_RETRIEVED, WHY)
    assert [one.person for one in conflicts.history(desk, FT, work_id)] == ["Anna", "Ben", "Anna"]
    assert agreement.measure(desk, FT).works == 1
    assert [one.work_id for one in conflicts.resolutions(desk, FT)] == [work_id]
    conflicts.reopen(bens_desk, FT, work_id)
    assert status(desk, work_id)[:2] == (State.CONFLICT, Search.RETRIEVED)


@EITHER
def test_it_resolves_no_conflict_where_there_was_none(desk: Desk, work_id: int, say: Act) -> None:
    say(desk, work_id)
    assert conflicts.resolutions(desk, FT) == []


def test_whoever_is_not_asked_to_read_may_say_it(desk: Desk, bens_desk: Desk, work_id: int) -> None:
    with desk.writing(Role.REVIEWER) as w:
        stage_settings.change(w, FT, StageSettings(pulls=False))
    press_t(bens_desk, work_id)
    assert status(desk, work_id) == (State.NOT_RETRIEVED, Search.NOT_RETRIEVED, WHY)


def test_the_state_alone_says_whether_it_was_given_up(desk: Desk, work_id: int) -> None:
    """What was noted of a search does not outlast the decision, however that ceased to count."""
    with desk.writing(Role.REVIEWER) as w:
        stored.note(w, work_id, Search.ASKED, "The authors")
        stored.note(w, work_id, Search.NOT_RETRIEVED, WHY)
    assert status(desk, work_id) == (State.OPEN, Search.ASKED, "The authors")
    assert full_texts.counts(desk)[Search.NOT_RETRIEVED] == 0


@EITHER
def test_whoever_finds_the_report_does_not_decide_alone(
    desk: Desk, bens_desk: Desk, work_id: int, two_readers: None, say: Act
) -> None:
    on_deck(bens_desk, work_id, "include", note="Ben's open vote")
    full_texts.set_search(desk, work_id, Search.ASKED, "The authors")
    say(desk, work_id)
    cleo = people.named(desk.store, "Cleo")
    cleos_desk = Desk(store=desk.store, review_id=desk.review_id, person_id=cleo.id)
    enter(cleos_desk)
    say(cleos_desk, work_id)
    on_deck(cleos_desk, work_id, "exclude")
    assert status(desk, work_id)[0] is State.CONFLICT  # Ben and Cleo read it


def test_who_changes_not_retrieved_to_a_verdict_reads_as_one_of_two(
    desk: Desk, bens_desk: Desk, work_id: int, two_readers: None
) -> None:
    enter(bens_desk)
    full_texts.set_search(desk, work_id, Search.ASKED, "The authors")
    press_t(desk, work_id)
    on_deck(desk, work_id, "exclude")
    assert status(desk, work_id) == (State.OPEN, Search.ASKED, "The authors")
    assert [card.id for card in taken(bens_desk, FT).waiting][:1] == [work_id]


def test_who_is_not_asked_to_read_does_not_judge_what_was_given_up(
    desk: Desk, bens_desk: Desk, work_id: int
) -> None:
    with desk.writing(Role.REVIEWER) as w:
        stage_settings.change(w, FT, StageSettings(pulls=False))
    press_t(desk, work_id)
    enter(bens_desk)
    judged = NewDecision(work_id=work_id, stage=FT, verdict=Verdict.INCLUDE, client_id="judged")
    with pytest.raises(Invalid, match="was given to others"):
        decisions.decide(bens_desk, [judged])


def test_on_every_page_not_retrieved_says_why(desk: Desk, work_id: int) -> None:
    new = NewDecision(
        work_id=work_id, stage=FT, verdict=Verdict.NOT_RETRIEVED, client_id="t", note="  "
    )
    with pytest.raises(Invalid, match="why the report could not be retrieved"):
        decisions.decide(desk, [new])
    ends = conflicts.Resolution(verdict=Verdict.NOT_RETRIEVED, how=DISCUSSION)
    with pytest.raises(Invalid, match="why the report could not be retrieved"):
        conflicts.resolve(desk, FT, work_id, ends)
    assert status(desk, work_id)[0] is State.OPEN
