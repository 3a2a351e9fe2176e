"""What the deck in the browser sends is kept for the person and the review it was made at."""

from typing import Any

from evidence.screening.verdicts import Stage, State, Verdict
from evidence.steps.desk import Desk
from evidence.steps.records import records
from evidence.steps.screening import decisions
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
