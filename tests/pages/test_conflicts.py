"""The page Conflicts, through the frame."""

import pytest
from streamlit.testing.v1 import AppTest

from evidence.screening.verdicts import Stage, State, Verdict
from evidence.steps.desk import Desk
from evidence.steps.review import membership, people, reasons
from evidence.steps.screening import conflicts, decisions
from evidence.store.screening.decisions import DISCUSSION, THIRD_PERSON, NewDecision
from evidence.ui.shell.wording import plain
from tests.pages.conftest import Open, texts

TA = Stage.TITLE_ABSTRACT
NASTY = "<img src=x onerror=alert(1)> **bold** [x](javascript:y)"


@pytest.fixture
def conflict(example_app: Open, desk: Desk) -> AppTest:
    """The page with one conflict, seen by Eva, who judged nothing."""
    said = decisions.own(desk, TA)
    one = next(one for one in said if one.verdict is Verdict.EXCLUDE)
    ben = people.named(desk.store, "Ben")
    bens = Desk(store=desk.store, review_id=desk.review_id, person_id=ben.id)
    membership.join(bens)
    new = NewDecision(
        work_id=one.work_id, stage=TA, verdict=Verdict.INCLUDE, client_id="ben", note=NASTY
    )
    decisions.decide(bens, [new])
    return example_app("conflicts")


def test_both_verdicts_stand_side_by_side_and_are_only_text(conflict: AppTest) -> None:
    shown = texts(conflict)
    assert "Ben: " in shown
    assert "Example reader: " in shown
    assert "<img" not in shown.replace("\\<img", "")
    assert "**bold**" not in shown


def test_a_conflict_is_resolved_and_taken_back(conflict: AppTest, desk: Desk) -> None:
    assert conflict.radio[0].value == THIRD_PERSON
    note = next(one for one in conflict.text_input if one.label == "Note")
    note.set_value("Not about work")
    next(one for one in conflict.button if one.label.startswith("Exclude")).click().run()
    assert not conflict.error
    assert "No conflict waits" in texts(conflict)
    (one,) = conflicts.resolutions(desk, TA)
    assert (one.resolution.person, one.resolution.note, one.state) == (
        "Eva",
        "Not about work",
        State.EXCLUDE,
    )
    conflict.segmented_control(key=f"conflicts-{TA}").set_value("resolved").run()
    assert "Eva, as a third person: “Not about work”" in texts(conflict)
    conflict.button(key=f"unsettle-{one.work_id}").click().run()
    assert conflicts.resolutions(desk, TA) == []
    assert "Nothing was resolved" in texts(conflict)


def test_a_reason_is_a_button_with_the_key_of_the_deck(conflict: AppTest, desk: Desk) -> None:
    reason = reasons.listing(desk)[1]
    press = next(one for one in conflict.button if one.label.startswith(plain(reason.label)))
    assert press.label.endswith("`2`")
    assert any(one.label == "Skip `S`" for one in conflict.button)
    press.click().run()
    assert not conflict.error
    (one,) = conflicts.resolutions(desk, TA)
    assert one.state is State.EXCLUDE
    assert one.resolution.reasons == (reason.label,)


def test_a_skipped_conflict_comes_again(conflict: AppTest) -> None:
    next(one for one in conflict.button if one.label.startswith("Skip")).click().run()
    assert "You skipped 1 work" in texts(conflict)
    conflict.button(key="unskip-conflicts").click().run()
    assert "Ben: " in texts(conflict)


def test_a_conflict_that_somebody_else_resolved_meanwhile_says_so(
    conflict: AppTest, desk: Desk
) -> None:
    one = conflicts.next_conflict(desk, TA, State.CONFLICT)
    assert one is not None
    ends = conflicts.Resolution(verdict=Verdict.INCLUDE, how=DISCUSSION)
    press = next(b for b in conflict.button if b.label.startswith("Exclude"))
    conflicts.resolve(desk, TA, one.work.id, ends)
    press.click().run()
    assert "Exclude" not in [voice.resolution.verdict for voice in conflicts.resolutions(desk, TA)]
    assert decisions.tally(desk, TA)[State.CONFLICT] == 0


def test_maybes_are_resolved_here_too(example_app: Open, desk: Desk) -> None:
    maybes = decisions.tally(desk, TA)[State.MAYBE]
    at = example_app("conflicts")
    at.segmented_control(key=f"conflicts-{TA}").set_value(State.MAYBE).run()
    for _ in range(maybes):
        next(b for b in at.button if b.label.startswith("Include")).click().run()
    assert "No work is “maybe”" in texts(at)
    assert len(conflicts.resolutions(desk, TA)) == maybes == 2
