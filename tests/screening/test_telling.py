"""The sentence for the methods says what was set."""

import pytest

from evidence.screening.team import Maybe, Order, Rule, StageSettings
from evidence.screening.telling import methods
from evidence.screening.verdicts import Stage


@pytest.mark.parametrize(
    ("settings", "said", "unsaid"),
    [
        (StageSettings(), "read by one person. A “maybe” was decided later.", "conflict"),
        (StageSettings(voices=2), "two people, who did not know each other's", "random"),
        (StageSettings(voices=3, share=0.25), "random 25% of them by three people", "one include"),
        (StageSettings(voices=3, rule=Rule.MAJORITY), "What more than half of them said", "One"),
        (StageSettings(voices=2, maybe=Maybe.INCLUDE), "A “maybe” counted as an include", "later"),
        (StageSettings(voices=2, share=0.0), "read by one person", "two people"),
        (StageSettings(pulls=False), "records that were assigned to them", "two"),
        (StageSettings(order=Order.PRIORITY, chance=0.1), "10% of the records were drawn", "order"),
        (StageSettings(order=Order.PRIORITY, chance=0), "came first. ", "drawn at random"),
        (StageSettings(order=Order.SECOND, chance=0), "as a second model learnt", "drawn at"),
    ],
)
def test_the_methods_of_a_stage(settings: StageSettings, said: str, unsaid: str) -> None:
    told = methods(Stage.TITLE_ABSTRACT, settings) + " "
    assert said in told
    assert unsaid not in told


def test_each_stage_is_named() -> None:
    assert "full text" in methods(Stage.FULL_TEXT, StageSettings())
