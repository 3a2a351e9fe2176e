"""How far a person and their team are."""

from datetime import UTC, datetime

from evidence.screening.verdicts import Verdict
from evidence.steps.desk import Desk
from evidence.steps.review import team
from evidence.steps.screening import (
    progress,
    stage_settings,
)
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
