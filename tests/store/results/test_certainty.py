"""Certainty of outcomes: the newest counts, and nothing is written over."""

from dataclasses import replace

from evidence.store import Role, Store, events
from evidence.store.events import EventKind
from evidence.store.results import certainty
from evidence.store.review import people
from evidence.synthesis.certainty.grade import (
    OPEN,
    Certainty,
    CertaintyJudgement,
    Concern,
    DomainConcern,
    GradeDomain,
)
from evidence.synthesis.certainty.outcome_rows import SummaryKey

KEY = SummaryKey(contrast="arms", intervention="ips", outcome="hope")
OTHER = replace(KEY, outcome="earnings")
SERIOUS = DomainConcern(concern=Concern.SERIOUS, reason="few people\x00")
FIRST = CertaintyJudgement(domains={**OPEN.domains, GradeDomain.IMPRECISION: SERIOUS})
SECOND = CertaintyJudgement(start=Certainty.LOW)


def judge(
    store: Store, review_id: int, person: people.Person, key: SummaryKey, new: CertaintyJudgement
) -> None:
    with store.writing(review_id, person.id, Role.READER) as w:
        certainty.judge(w, key, new)


def test_the_newest_judgement_of_an_outcome_counts_and_the_others_stay(
    store: Store, anna: people.Person, ben: people.Person, review_id: int
) -> None:
    judge(store, review_id, anna, KEY, FIRST)
    judge(store, review_id, anna, OTHER, FIRST)
    judge(store, review_id, ben, KEY, SECOND)
    with store.reading_outside() as c:
        current = certainty.current(c, review_id)
        history = certainty.history(c, review_id)
        noted = events.of_kind(c, review_id, EventKind.CERTAINTY_JUDGED)
    assert (current[KEY].person, current[KEY].judgement) == ("Ben", SECOND)
    stored = current[OTHER].judgement.domains[GradeDomain.IMPRECISION]
    assert stored == replace(SERIOUS, reason="few people")
    assert [change.person for change in history] == ["Ben", "Anna", "Anna"]
    assert len(noted) == 3
