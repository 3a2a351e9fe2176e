"""What is written beside a work in the deck stays with it until the work is decided."""

import json
import subprocess
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from playwright._impl._driver import compute_driver_executable

from tests.conftest import ROOT

STATE_JS = ROOT / "evidence" / "ui" / "screening" / "deck" / "state.js"
RUN = Path(__file__).with_name("state_in_node.js")
Step = tuple[str, Any]
RECENT = {"card": {"id": 9, "title": "Nine"}, "verdict": "exclude", "note": "old", "reasons": [5]}


def run(steps: list[Step]) -> tuple[list[list[Any]], list[list[Any]]]:
    """What is shown after each step (work, note, reasons), and what is sent."""
    data = {
        "waiting": [{"id": number, "title": str(number), "labels": []} for number in (1, 2, 3)],
        "recent": [RECENT],
        "verdicts": ["include", "exclude"],
        "skips": True,
        "stage": "title_abstract",
    }
    node, _ = compute_driver_executable()
    done = subprocess.run(
        [str(node), str(RUN), str(STATE_JS)],
        input=json.dumps({"data": data, "steps": steps}),
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    told = json.loads(done.stdout)
    return told["shown"], told["sent"]


def test_undo_gives_the_note_and_the_reasons_back() -> None:
    shown, sent = run(
        [("tick", 7), ("write", "why"), ("exclude", None), ("write", "draft"), ("undo", None)]
    )
    assert shown[2] == [2, "", []]
    assert shown[4] == [1, "why", [7]]
    assert [line[:2] for line in sent] == [[1, "exclude"], [1, "withdrawn"]]


def test_a_note_that_was_begun_waits_for_its_work() -> None:
    shown, _ = run(
        [("include", None), ("write", "draft"), ("undo", None), ("include", None), ("undo", None)]
    )
    assert shown[3] == [2, "draft", []]
    assert shown[4] == [1, "", []]


def test_a_note_that_was_emptied_does_not_come_back() -> None:
    steps = [("include", None), ("write", "draft"), ("undo", None), ("include", None)]
    shown, _ = run([*steps, ("write", ""), ("undo", None), ("include", None)])
    assert shown[-1] == [2, "", []]


def test_a_skipped_work_keeps_what_was_written_beside_it() -> None:
    shown, _ = run([("write", "ask Ben"), ("skip", None), ("undo", None)])
    assert shown[1] == [2, "", []]
    assert shown[2] == [1, "ask Ben", []]


def test_decisions_from_before_the_page_was_opened_bring_their_note() -> None:
    shown, _ = run([("undo", None)])
    assert shown[0] == [9, "old", [5]]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("write"), st.text("abc", max_size=3)),
            st.sampled_from([("include", None), ("skip", None), ("undo", None)]),
        ),
        max_size=12,
    )
)
def test_a_decision_takes_only_the_note_that_was_shown_with_it(steps: list[Step]) -> None:
    shown, sent = run(steps)
    before = [[1, "", []], *shown]
    meant = [
        [work, "include", note]
        for (work, note, _), (act, _) in zip(before, steps, strict=False)
        if act == "include" and work is not None
    ]
    assert [line[:3] for line in sent if line[1] == "include"] == meant
