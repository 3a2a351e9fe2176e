"""The sentence for the methods says what was set."""

from datetime import date

import pytest

from evidence.screening.methods_text import methods, pilots, settings_changes
from evidence.screening.stage_settings import Maybe, Order, Rule, StageSettings
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


def test_pilots_and_changes_are_told_one_sentence_each() -> None:
    assert pilots([]) == settings_changes([]) == ""
    assert pilots([(50, 3, True), (1, 1, True)]) == (
        "In a pilot, 50 records were read by 3 people. In a pilot, 1 record was read by one person."
    )
    assert pilots([(9, 2, False)]).endswith("by 2 people, though not all of them by everybody.")
    told = settings_changes([(date(2026, 3, 1), 1), (date(2026, 4, 1), 1200)])
    assert "on 2026-03-01 (UTC), when decisions on 1 record had been made." in told
    assert "on 2026-04-01 (UTC), when decisions on 1,200 records had been made." in told
