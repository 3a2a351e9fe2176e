"""How directions are read is the editors' choice, and never goes over a colleague's unseen."""

import pytest

from evidence.errors import Invalid
from evidence.steps.desk import Desk
from evidence.steps.results import direction_rules
from evidence.synthesis.direction_rules import USUAL, DirectionRules
from tests.steps.conftest import enter


def test_the_same_rules_again_are_no_change(desk: Desk) -> None:
    new = DirectionRules(count_no_change=False)
    direction_rules.change(desk, new, USUAL)
    direction_rules.change(desk, new, new)
    assert direction_rules.current(desk) == new
    assert len(direction_rules.history(desk)) == 1


def test_nobody_goes_over_rules_that_they_did_not_see(desk: Desk, bens_desk: Desk) -> None:
    enter(bens_desk)
    direction_rules.change(bens_desk, DirectionRules(least_studies=6), USUAL)
    with pytest.raises(Invalid, match="meanwhile"):
        direction_rules.change(desk, DirectionRules(least_studies=2), USUAL)
    assert direction_rules.current(desk).least_studies == 6


@pytest.mark.parametrize(
    ("rules", "why"),
    [
        (DirectionRules(agree_percent=50), "agree within a study"),
        (DirectionRules(agree_percent=101), "51 to 100"),
        (DirectionRules(consistent_percent=80, most_percent=90), "larger share"),
        (DirectionRules(least_studies=0), "from 1 to"),
    ],
)
def test_rules_that_cannot_be_are_refused(desk: Desk, rules: DirectionRules, why: str) -> None:
    with pytest.raises(Invalid, match=why):
        direction_rules.change(desk, rules, USUAL)
    assert direction_rules.history(desk) == []


def test_since_when_rules_hold_is_said_also_where_nobody_set_any(desk: Desk) -> None:
    assert "usual rules" in direction_rules.when_set(desk)
    direction_rules.change(desk, DirectionRules(least_studies=6), USUAL)
    (change,) = direction_rules.history(desk)
    assert f"on {change.at:%Y-%m-%d}." in direction_rules.when_set(desk)
