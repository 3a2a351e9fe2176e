"""The team: people come and go, settings change in the middle, and nothing is lost."""

from collections.abc import Callable

import pytest

from evidence.errors import Invalid, NotAllowed, NotFound
from evidence.screening.methods_text import methods
from evidence.screening.team import Rule, StageSettings
from evidence.screening.verdicts import Stage, State, Verdict
from evidence.steps.desk import Desk
from evidence.steps.review import membership, reviews, team
from evidence.steps.screening import (
    allocation,
    decisions,
    full_texts,
    pilots,
    progress,
    screening_page,
    stage_settings,
)
from evidence.store import Role
from evidence.store.review.reviews import Draft, Terms
from evidence.store.screening import decisions as stored
from tests.conftest import a_reading, keep
from tests.steps.conftest import enter

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
IN, EX, MAYBE = Verdict.INCLUDE, Verdict.EXCLUDE, Verdict.MAYBE
ONE, TWO = StageSettings(), StageSettings(voices=2)
Say = Callable[..., None]


@pytest.fixture
def ids(desk: Desk) -> list[int]:
    keep(desk.store, desk.person_id, desk.review_id, a_reading(*map(str, range(6))))
    found = screening_page.load(desk, TA).waiting
    return [one.id for one in found]


def say(desk: Desk, work_id: int, verdict: Verdict, stage: Stage = TA, **more: object) -> None:
    enter(desk)
    decisions.decide(desk, [a_decision(desk, work_id, verdict, stage, **more)])


def say_unasked(
    desk: Desk, work_id: int, verdict: Verdict, stage: Stage = TA, **more: object
) -> None:
    """Decide on a work that others were asked to read, as a file of another tool may."""
    with desk.writing(Role.REVIEWER) as w:
        stored.add(w, [a_decision(desk, work_id, verdict, stage, **more)])


def a_decision(
    desk: Desk, work_id: int, verdict: Verdict, stage: Stage, **more: object
) -> stored.NewDecision:
    return stored.NewDecision(
        work_id=work_id,
        stage=stage,
        verdict=verdict,
        client_id=f"{desk.person_id}-{work_id}-{verdict}-{stage}-{sorted(more)}",
        **more,  # type: ignore[arg-type]
    )


def tally(desk: Desk, stage: Stage = TA) -> dict[State, int]:
    return {state: count for state, count in decisions.tally(desk, stage).items() if count}


def test_people_are_taken_in_once_by_name(desk: Desk) -> None:
    assert team.add(desk, " Cleo  Meyer ") == "Cleo Meyer"
    with pytest.raises(Invalid, match="Cleo Meyer is in the team already"):
        team.add(desk, "Cleo Meyer")
    with pytest.raises(Invalid, match="write your name"):
        team.add(desk, "  ")
    assert [one.name for one in team.everybody(desk, TA)] == ["Cleo Meyer"]


def test_who_leaves_gives_back_and_comes_back(desk: Desk, bens_desk: Desk, ids: list[int]) -> None:
    say(desk, ids[0], IN)
    team.add(desk, "Ben")
    assert screening_page.load(bens_desk, TA).waiting == []  # Anna has all of them
    assert team.departure(desk, desk.person_id) == team.Departure(decided=1, waiting=5, unread=0)
    team.take_out(bens_desk, desk.person_id)
    assert [one.id for one in screening_page.load(bens_desk, TA).waiting] == ids[1:]
    with pytest.raises(NotAllowed, match="no longer in the team"):
        say(desk, ids[1], IN)
    with pytest.raises(NotAllowed, match="no longer in the team"):
        stage_settings.change(desk, TA, TWO, ONE)
    with pytest.raises(NotAllowed, match="no longer in the team"):
        team.add(desk, "Anna")
    assert tally(desk) == {State.INCLUDE: 1, State.OPEN: 5}
    team.add(bens_desk, "Anna")
    say(desk, ids[1], EX)
    assert [(one.name, one.done) for one in team.everybody(desk, TA)] == [("Anna", 2), ("Ben", 0)]


def test_the_last_one_stays(desk: Desk, bens_desk: Desk, ids: list[int]) -> None:
    team.add(desk, "Ben")
    team.take_out(bens_desk, desk.person_id)
    with pytest.raises(Invalid, match="Nobody would be left"):
        team.take_out(bens_desk, bens_desk.person_id)
    with pytest.raises(Invalid, match="not in the team any more"):
        team.take_out(bens_desk, desk.person_id)


def test_a_change_is_told_before_it_is_kept(desk: Desk, ids: list[int]) -> None:
    for work_id in ids[:3]:
        say(desk, work_id, IN)
    say(desk, ids[3], EX)
    say(desk, ids[0], EX, FT)
    told = stage_settings.preview(desk, TA, TWO)
    assert told.moves == {(State.INCLUDE, State.OPEN): 3, (State.EXCLUDE, State.OPEN): 1}
    assert (told.works, told.read_in_full) == (4, 1)
    assert tally(desk) == {State.INCLUDE: 3, State.EXCLUDE: 1, State.OPEN: 2}
    assert (told.opened, told.settled) == (4, 0)
    assert stage_settings.change(desk, TA, TWO, ONE) == told
    assert tally(desk) == {State.OPEN: 6}
    assert stage_settings.preview(desk, TA, ONE).works == 4
    stage_settings.change(desk, TA, ONE, TWO)
    assert tally(desk) == {State.INCLUDE: 3, State.EXCLUDE: 1, State.OPEN: 2}
    assert tally(desk, FT) == {State.EXCLUDE: 1, State.OPEN: 2}
    assert [one.settings for one in stage_settings.history(desk, TA)] == [ONE, TWO]


def test_a_share_changed_in_the_middle_moves_as_told(desk: Desk, ids: list[int]) -> None:
    for work_id in ids:
        say(desk, work_id, IN)
    half = StageSettings(voices=2, share=0.5)
    told = stage_settings.preview(desk, TA, half)
    stage_settings.change(desk, TA, half, ONE)
    assert tally(desk).get(State.OPEN, 0) == told.works
    none = StageSettings(voices=2, share=0.0)
    stage_settings.change(desk, TA, none, half)
    assert tally(desk) == {State.INCLUDE: 6}


def test_of_two_who_change_settings_at_once_the_second_is_told(desk: Desk, bens_desk: Desk) -> None:
    team.add(desk, "Ben")
    stage_settings.change(desk, TA, TWO, ONE)
    with pytest.raises(Invalid, match="Anna changed how this stage is screened meanwhile"):
        stage_settings.change(bens_desk, TA, StageSettings(voices=3), ONE)
    assert stage_settings.current(desk, TA) == TWO


def test_more_people_per_record_than_the_team_has_is_warned_of(desk: Desk) -> None:
    assert stage_settings.preview(desk, TA, ONE).warnings == ()
    (warning,) = stage_settings.preview(desk, TA, TWO).warnings
    assert "can never be finished" in warning
    team.add(desk, "Ben")
    team.add(desk, "Cleo")
    assert stage_settings.preview(desk, TA, TWO).warnings == ()
    three = stage_settings.preview(desk, TA, StageSettings(voices=3))
    assert "there are 2 people" in three.warnings[0]


def test_progress_counts_readings_that_are_still_to_be_made(
    desk: Desk, bens_desk: Desk, ids: list[int]
) -> None:
    stage_settings.change(desk, TA, TWO, ONE)
    for work_id in ids[:5]:
        say(desk, work_id, IN, seconds=36.0)
    say(bens_desk, ids[0], IN)
    together = progress.team_progress(desk, TA)
    assert (together.decided, together.works, together.closed, together.readings) == (5, 6, 1, 6)
    assert together.per_hour == 100
    assert together.time_left is not None
    assert together.time_left.total_seconds() == 6 * 36
    assert progress.team_progress(bens_desk, TA).per_hour is None


@pytest.mark.parametrize("verdict", [IN, EX])
def test_all_alike_is_no_special_case(desk: Desk, ids: list[int], verdict: Verdict) -> None:
    for work_id in ids:
        say(desk, work_id, verdict)
    assert stage_settings.preview(desk, TA, StageSettings(rule=Rule.MAJORITY)).works == 0
    assert progress.team_progress(desk, TA).readings == 0


def test_an_empty_review_has_nothing_to_change(desk: Desk) -> None:
    assert stage_settings.preview(desk, TA, TWO).works == 0
    assert team.everybody(desk, TA) == []
    assert progress.team_progress(desk, TA).works == 0


def test_the_methods_say_what_was_chosen(desk: Desk) -> None:
    told = methods(TA, StageSettings(voices=2, share=0.2, rule=Rule.SAFETY_FIRST))
    assert "a random 20% of them by two people" in told
    assert "One include was enough" in told
    assert "was read by one person." in methods(FT, ONE)
    assert reviews.get(desk).title


def test_what_no_database_keeps_is_left_out_of_notes_and_names(desk: Desk, ids: list[int]) -> None:
    """A paste may hold NUL or half a sign; the decisions of the batch must not be lost by it."""
    say(desk, ids[0], Verdict.EXCLUDE, note="a\x00b\ud800")
    (mine,) = decisions.own(desk, TA)
    assert mine.note == "ab?"
    assert team.add(desk, "Ca\x00ra")
    assert "Cara" in team.names(desk).values()
    assert full_texts.add(desk, ids[0], "pa\x00per\ud800.pdf", b"%PDF-1.7 invented")


def test_fewer_people_per_record_do_not_tell_which_way_open_records_go(
    desk: Desk, bens_desk: Desk, ids: list[int]
) -> None:
    stage_settings.change(desk, TA, TWO, ONE)
    team.add(desk, "Ben")
    for work_id, verdict in zip(ids[:3], (IN, EX, EX), strict=True):
        say(desk, work_id, verdict)
    for rule in Rule:
        told = stage_settings.preview(bens_desk, TA, StageSettings(rule=rule))
        assert (dict(told.moves), told.settled, told.works) == ({}, 3, 3)


def test_a_change_that_settles_or_opens_records_is_shown_to_all(
    desk: Desk, bens_desk: Desk, ids: list[int]
) -> None:
    stage_settings.change(desk, TA, TWO, ONE)
    say(desk, ids[0], IN)
    team.add(desk, "Ben")
    stage_settings.change(bens_desk, TA, ONE, TWO)
    stage_settings.change(bens_desk, TA, TWO, ONE)
    past = stage_settings.history(desk, TA)
    did = stage_settings.past_effects(desk, TA)
    assert [(one.person, dict(did[one.at])) for one in past] == [
        ("Ben", {"settled": 0, "opened": 1}),
        ("Ben", {"settled": 1, "opened": 0}),
        ("Anna", {"settled": 0, "opened": 0}),
    ]


def test_only_people_of_the_team_change_how_it_works(
    desk: Desk, bens_desk: Desk, ids: list[int]
) -> None:
    for change in (
        lambda: stage_settings.change(bens_desk, TA, TWO, ONE),
        lambda: team.add(bens_desk, "Ben"),
        lambda: team.take_out(bens_desk, desk.person_id),
        lambda: allocation.unassign(bens_desk, TA, [desk.person_id]),
        lambda: pilots.begin(bens_desk, TA, [desk.person_id, bens_desk.person_id], 1),
    ):
        with pytest.raises(NotAllowed, match="Only people of the team"):
            change()
    assert stage_settings.history(desk, TA) == []
    assert membership.standing(desk).role is Role.OWNER
    assert membership.standing(bens_desk).role is Role.READER
    membership.join(bens_desk)
    assert membership.standing(bens_desk).role is Role.EDITOR
    stage_settings.change(bens_desk, TA, TWO, ONE)


def test_a_reason_that_is_renamed_stays_on_the_decisions_made_with_it(
    desk: Desk, ids: list[int]
) -> None:
    reviews.set_reasons(desk, ["Not about work", "Not adults"])
    first, second = reviews.reasons(desk)
    say(desk, ids[0], EX, reason_ids=(first.id,))
    reviews.rename_reason(desk, first.id, " Not about  paid work ")
    assert [one.label for one in reviews.reasons(desk)] == ["Not about paid work", "Not adults"]
    assert [one.reason for one in decisions.own(desk, TA)] == ["Not about paid work"]
    with pytest.raises(Invalid, match="a reason of this review already"):
        reviews.rename_reason(desk, first.id, "Not adults")
    with pytest.raises(Invalid, match="new words"):
        reviews.rename_reason(desk, first.id, "  ")
    other = reviews.create(desk.store, desk.person_id, Draft(title="Other"))
    with pytest.raises(NotFound):
        reviews.rename_reason(other, second.id, "Elsewhere")
    reviews.set_reasons(desk, ["Not adults"])
    with pytest.raises(NotFound):
        reviews.rename_reason(desk, first.id, "Gone")


def test_a_reason_or_term_that_no_index_holds_is_refused_in_words(desk: Desk) -> None:
    """PostgreSQL's index of them ends at 2,700 bytes; signs that do not repeat are not packed."""
    long = "".join(chr(0x4E00 + number) for number in range(3000))
    reviews.set_reasons(desk, ["Not about work", long[:500]])
    kept = reviews.reasons(desk)
    with pytest.raises(Invalid, match="A reason has at most 500 letters"):
        reviews.set_reasons(desk, ["Not about work", long])
    with pytest.raises(Invalid, match="A reason has at most 500 letters"):
        reviews.rename_reason(desk, kept[0].id, long)
    with pytest.raises(Invalid, match="A term has at most 500 letters"):
        reviews.change(desk, Draft(title="R"), [], Terms(include=(long,)))
    assert reviews.reasons(desk) == kept


def test_who_was_taken_out_finds_the_page_open_and_their_decisions_on_it(
    desk: Desk, bens_desk: Desk, ids: list[int]
) -> None:
    say(desk, ids[0], IN)
    team.add(desk, "Ben")
    assert membership.removal(desk) is None
    team.take_out(bens_desk, desk.person_id)
    out = membership.removal(desk)
    assert out is not None
    assert out.by == "Ben"
    assert screening_page.load(desk, TA).waiting == []
    assert [one.verdict for one in decisions.own(desk, TA)] == [IN]
    assert membership.removal(bens_desk) is None
    team.add(bens_desk, "Anna")
    assert membership.removal(desk) is None
