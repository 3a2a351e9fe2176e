"""The team: people come and go, and nothing is lost."""

import pytest

from evidence.errors import Invalid, NotAllowed
from evidence.screening.verdicts import State, Verdict
from evidence.steps.desk import Desk
from evidence.steps.review import membership, team
from evidence.steps.screening import (
    allocation,
    decisions,
    full_texts,
    pilots,
    stage_settings,
)
from evidence.store import Role
from tests.steps.conftest import taken
from tests.steps.screening.deciding import EX, IN, ONE, TA, TWO, say, tally


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
    assert taken(bens_desk, TA).waiting == []  # Anna has all of them
    assert team.departure(desk, desk.person_id) == team.Departure(
        decided=1, held=5, unread=0, closed=0
    )
    team.take_out(bens_desk, desk.person_id)
    assert [one.id for one in taken(bens_desk, TA).waiting] == ids[1:]
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


def test_who_leaves_a_pilot_is_told_what_closes(
    desk: Desk, bens_desk: Desk, ids: list[int]
) -> None:
    team.add(desk, "Ben")
    made = pilots.begin(desk, TA, [desk.person_id, bens_desk.person_id], 2)
    first, second = (work.id for work in taken(desk, TA).waiting[:2])
    say(bens_desk, first, IN)
    say(bens_desk, second, EX)
    say(desk, second, EX)
    assert made.works == 2
    assert tally(desk) == {State.OPEN: 5, State.EXCLUDE: 1}
    assert team.departure(desk, desk.person_id).closed == 1
    assert team.departure(desk, bens_desk.person_id).closed == 0

    team.take_out(bens_desk, desk.person_id)

    assert tally(desk) == {State.OPEN: 4, State.INCLUDE: 1, State.EXCLUDE: 1}


def test_the_last_one_stays(desk: Desk, bens_desk: Desk, ids: list[int]) -> None:
    team.add(desk, "Ben")
    team.take_out(bens_desk, desk.person_id)
    with pytest.raises(Invalid, match="Nobody would be left"):
        team.take_out(bens_desk, bens_desk.person_id)
    with pytest.raises(Invalid, match="not in the team any more"):
        team.take_out(bens_desk, desk.person_id)


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


def test_what_no_database_keeps_is_left_out_of_notes_and_names(desk: Desk, ids: list[int]) -> None:
    """A paste may hold NUL or half a sign; the decisions of the batch must not be lost by it."""
    say(desk, ids[0], Verdict.EXCLUDE, note="a\x00b\ud800")
    (mine,) = decisions.own(desk, TA)
    assert mine.note == "ab?"
    assert team.add(desk, "Ca\x00ra")
    assert "Cara" in team.names(desk).values()
    assert full_texts.add(desk, ids[0], "pa\x00per\ud800.pdf", b"%PDF-1.7 invented")


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
    assert taken(desk, TA).waiting == []
    assert [one.verdict for one in decisions.own(desk, TA)] == [IN]
    assert membership.removal(bens_desk) is None
    team.add(bens_desk, "Anna")
    assert membership.removal(desk) is None
