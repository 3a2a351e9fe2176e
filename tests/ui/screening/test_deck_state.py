"""What the deck shows first, and how it counts, between two answers of the server."""

import json
import subprocess
from pathlib import Path
from typing import Any

from playwright._impl._driver import compute_driver_executable

from evidence.ui.screening.deck import HERE
from evidence.ui.shell.scripts import OUTBOX
from evidence.viewer.script_modules import joined

RUN = Path(__file__).with_name("state_in_node.js")
FIRST = 7  # the number of a pilot

Act = tuple[str, Any]


def in_node(*acts: Act) -> list[dict[str, Any]]:
    node, _ = compute_driver_executable()
    done = subprocess.run(
        [str(node), str(RUN)],
        input=json.dumps({"script": joined([*OUTBOX, HERE / "state.js"]), "acts": acts}),
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    seen: list[dict[str, Any]] = json.loads(done.stdout)
    return seen


def data(*waiting: int, piloted: tuple[int, ...] = (), left: int = 0, **more: Any) -> Act:
    """What the server tells: works that wait, some of them in a pilot of ten."""
    cards: list[dict[str, Any]] = [
        {"id": work_id, "labels": [], "pilot": FIRST if work_id in piloted else None}
        for work_id in waiting
    ]
    pilot = {"name": "First", "works": 10, "decided": 10 - len(piloted)}
    return "draw", {"waiting": cards, "pilots": {FIRST: pilot}, "left": left, **more}


def places(seen: list[dict[str, Any]]) -> list[str]:
    return [one["place"] for one in seen]


def test_the_place_in_a_pilot_counts_on_and_back() -> None:
    start = data(1, 2, 8, piloted=(1, 2), left=3)
    seen = in_node(start, ("decide", None), ("undo", None), ("decide", None), ("decide", None))
    nine, ten = ("Pilot “First”: 9 of 10", "Pilot “First”: 10 of 10")
    assert places(seen) == [nine, ten, nine, ten, ""]
    assert [one["left"] for one in seen] == [3, 2, 3, 2, 1]


def test_what_is_taken_back_after_the_server_heard_of_it_counts_again() -> None:
    """Before the server's answer: it still counts the work as decided."""
    seen = in_node(
        data(1, 2, 8, piloted=(1, 2), left=3),
        ("decide", None),
        data(2, 8, piloted=(2,), left=2),
        ("undo", None),
        data(1, 2, 8, piloted=(1, 2), left=3),
    )
    assert [one["left"] for one in seen] == [3, 2, 2, 3, 3]
    assert places(seen)[2:] == ["Pilot “First”: 10 of 10", *["Pilot “First”: 9 of 10"] * 2]
    assert seen[3]["before"] == seen[4]["before"] == [1, 2, 8]


def test_a_pilot_that_begins_comes_before_the_work_on_the_screen() -> None:
    seen = in_node(data(8, 9), data(1, 2, 8, 9, piloted=(1, 2)))
    assert [one["before"] for one in seen] == [[8, 9], [1, 2, 8, 9]]


def test_it_waits_until_what_is_being_written_is_sent() -> None:
    later = data(1, 2, 8, 9, piloted=(1, 2), busy=True)
    seen = in_node(data(8, 9), later, ("decide", None))
    assert [one["before"] for one in seen] == [[8, 9], [8, 1, 2, 9], [1, 2, 9]]


def test_another_order_of_the_rest_takes_no_work_from_the_screen() -> None:
    seen = in_node(
        data(8, 9), data(9, 8), data(2, 1, 9, piloted=(1, 2)), data(1, 2, piloted=(1, 2))
    )
    assert [one["before"] for one in seen] == [[8, 9], [8, 9], [2, 1, 9], [2, 1]]
