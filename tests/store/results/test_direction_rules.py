"""Rules of directions: the newest count, and nothing is written over."""

from evidence.store import Role, Store, events
from evidence.store.events import EventKind
from evidence.store.results import direction_rules
from evidence.store.review import people
from evidence.synthesis.direction_rules import USUAL, DirectionRules

STRICT = DirectionRules(agree_percent=80, least_studies=6)
STRICTER = DirectionRules(agree_percent=80, least_studies=6, people_question="participants")


def change(store: Store, review_id: int, person: people.Person, rules: DirectionRules) -> None:
    with store.writing(review_id, person.id, Role.READER) as w:
        direction_rules.change(w, rules)


def test_the_newest_rules_count_and_the_others_stay(
    store: Store, anna: people.Person, ben: people.Person, review_id: int
) -> None:
    with store.reading_outside() as c:
        assert direction_rules.current(c, review_id) == USUAL
        assert direction_rules.history(c, review_id) == []
    change(store, review_id, anna, STRICT)
    change(store, review_id, ben, STRICTER)
    with store.reading_outside() as c:
        assert direction_rules.current(c, review_id) == STRICTER
        history = direction_rules.history(c, review_id)
        noted = events.of_kind(c, review_id, EventKind.RESULT_RULES_CHANGED)
    assert [(each.person, each.rules) for each in history] == [("Ben", STRICTER), ("Anna", STRICT)]
    assert [event.after for event in noted] == [
        {"people_question": "participants"},
        {"agree_percent": 80, "least_studies": 6},
    ]
