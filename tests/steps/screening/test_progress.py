"""How far a person and their team are."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from evidence.errors import Invalid
from evidence.screening.verdicts import Verdict
from evidence.settings import Settings
from evidence.steps.desk import Desk
from evidence.steps.review import team
from evidence.steps.screening import (
    progress,
    stage_settings,
)
from evidence.store.schema import decision
from tests.steps.conftest import enter
from tests.steps.screening.deciding import FT, IN, ONE, TA, TWO, say


def test_progress_counts_readings_that_are_still_to_be_made(
    desk: Desk, bens_desk: Desk, ids: list[int]
) -> None:
    stage_settings.change(desk, TA, TWO, ONE)
    for work_id in ids[:5]:
        say(desk, work_id, IN, seconds=36.0)
    say(bens_desk, ids[0], IN)
    together = progress.team_progress(desk, TA)
    assert (together.works, together.closed, together.readings) == (6, 1, 6)
    mine = progress.own_progress(desk, TA)
    assert (mine.decided, mine.left, mine.per_hour) == (5, 1, 100)
    assert mine.time_left is not None
    assert mine.time_left.total_seconds() == 36
    bens = progress.own_progress(bens_desk, TA)
    assert (bens.left, bens.per_hour, bens.time_left) == (5, None, None)


def test_works_day_by_day_add_up_to_what_the_team_has_decided(
    desk: Desk, bens_desk: Desk, ids: list[int]
) -> None:
    enter(bens_desk)
    stage_settings.change(desk, TA, TWO, ONE)
    for work_id in ids[:4]:
        say(desk, work_id, IN)
    say(bens_desk, ids[0], Verdict.EXCLUDE)
    say(desk, ids[3], Verdict.EXCLUDE)  # a change of mind is no second work
    days = progress.days_read(desk, TA)
    done = {each.name: each.done for each in team.everybody(desk, TA)}
    assert {each.person: each.works for each in days} == done == {"Anna": 4, "Ben": 1}
    assert {each.day for each in days} <= {datetime.now(UTC).date()}
    assert progress.days_read(desk, FT) == ()


def test_no_time_is_kept_where_a_setting_says_so(
    desk: Desk, ids: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    say(desk, ids[0], IN, seconds=36.0)
    monkeypatch.setenv("WAYMARK_STORE_TIMES", "no")
    for work_id in ids[1:5]:
        say(desk, work_id, IN, seconds=36.0)
    assert progress.own_progress(desk, TA).per_hour is None
    assert {each.pace for each in team.everybody(desk, TA)} == {None}
    assert not team.keeps_pace()
    with desk.reading() as c:
        kept = c.execute(select(decision.c.seconds).order_by(decision.c.id)).scalars().all()
    assert kept == [36.0, None, None, None, None]
    monkeypatch.setenv("WAYMARK_STORE_TIMES", "perhaps")
    assert not team.keeps_pace()
    with pytest.raises(Invalid, match="must be yes or no"):
        Settings.from_environment()
