"""What the deck in the browser sends is kept for the person and the review it was made at."""

import time
from typing import Any

import pytest

from evidence.screening.verdicts import Stage, State, Verdict
from evidence.steps.desk import Desk
from evidence.steps.records import records
from evidence.steps.screening import decisions, messages
from evidence.steps.screening.messages import Outcome
from evidence.store import Store
from evidence.store.records.filters import Filter
from evidence.store.review import people
from evidence.ui.screening.deck import take
from evidence.ui.screening.deck.deck_data import storage_of
from tests.conftest import a_reading, keep

TA = Stage.TITLE_ABSTRACT


def test_what_waits_for_another_person_of_the_browser_is_left_to_them(
    store: Store, anna: people.Person, ben: people.Person, review_id: int
) -> None:
    """A page that comes back to a new session may send before it is drawn for who is there now."""
    annas, bens = (Desk(store=store, review_id=review_id, person_id=p.id) for p in (anna, ben))
    keep(store, anna.id, review_id, a_reading("Gardens"))
    item = {
        "kind": "decision",
        "client_id": "a-1",
        "id": records.page(annas, Filter(), 0, 1)[0].id,
        "stage": TA.value,
        "verdict": Verdict.INCLUDE.value,
    }
    message = {"items": {"items": [item], "storage": storage_of(annas)}}
    told: dict[str, Any] = {"kept": [], "refused": {}}
    take(bens, message, told)
    assert told == {"kept": [], "refused": {}}
    assert decisions.tally(bens, TA)[State.OPEN] == 1
    take(annas, message, told)
    assert told["kept"] == ["a-1"]
    assert [one.person for one in decisions.own(annas, TA)] == ["Anna"]
    assert decisions.own(bens, TA) == []


def test_trouble_is_told_before_what_was_sent_meanwhile_is_tried(
    store: Store, anna: people.Person, review_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a browser that sends every three seconds, while each try waits longer, hears nothing."""
    desk = Desk(store=store, review_id=review_id, person_id=anna.id)
    message = {"items": {"items": [{"client_id": "a-1"}], "storage": storage_of(desk)}}
    told: dict[str, Any] = {"kept": [], "refused": {}}
    now = 100.0
    tries = 0
    is_busy = True

    def apply(*_: object) -> Outcome:
        nonlocal tries
        tries += 1
        return Outcome(trouble="busy") if is_busy else Outcome(accepted=["a-1"])

    monkeypatch.setattr(messages, "apply", apply)
    monkeypatch.setattr(time, "monotonic", lambda: now)
    made = []
    for later in (0.0, 0.5, 0.6, 0.1, 1.0):
        now += later
        take(desk, message, told)
        made.append(tries)
        assert told["trouble"] == "busy"
    assert made == [1, 1, 2, 2, 3]
    is_busy = False
    now += 3.0
    take(desk, message, told)
    assert told == {"kept": ["a-1"], "refused": {}}
