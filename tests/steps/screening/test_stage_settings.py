"""Settings of a stage change in the middle: what that does is shown before, and nothing is lost."""

import pytest

from evidence.errors import Invalid
from evidence.screening.methods_text import methods
from evidence.screening.stage_settings import Rule, StageSettings
from evidence.screening.verdicts import State, Verdict
from evidence.steps.desk import Desk
from evidence.steps.review import reviews, team
from evidence.steps.screening import (
    progress,
    stage_settings,
)
from tests.steps.screening.deciding import EX, FT, IN, ONE, TA, TWO, say, tally


def test_a_change_is_told_before_it_is_kept(desk: Desk, ids: list[int]) -> None:
    for work_id in ids[:3]:
        say(desk, work_id, IN)
    say(desk, ids[3], EX)
    say(desk, ids[0], EX, FT)
    told = stage_settings.preview(desk, TA, TWO)
    assert told.moves == {(State.INCLUDE, State.OPEN): 3, (State.EXCLUDE, State.OPEN): 1}
    assert (told.works, told.read_in_full) == (4, 1)
    assert tally(desk) == {State.INCLUDE: 3, State.EXCLUDE: 1, State.OPEN: 2}
    assert (told.opened, told.closed) == (4, 0)
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


def test_fewer_people_per_record_do_not_tell_which_way_open_records_go(
    desk: Desk, bens_desk: Desk, ids: list[int]
) -> None:
    stage_settings.change(desk, TA, TWO, ONE)
    team.add(desk, "Ben")
    for work_id, verdict in zip(ids[:3], (IN, EX, EX), strict=True):
        say(desk, work_id, verdict)
    for rule in Rule:
        told = stage_settings.preview(bens_desk, TA, StageSettings(rule=rule))
        assert (dict(told.moves), told.closed, told.works) == ({}, 3, 3)


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
