"""The order is learnt in the background, followed in the queue, and stops nobody."""

from collections.abc import Iterable

import pytest
from sqlalchemy import select

from evidence.errors import Invalid
from evidence.screening.priority import Features, Text, describe, rank
from evidence.screening.stage_settings import Order, StageSettings
from evidence.screening.stopping_rules import STOPPING_RULES, Advice, StoppingSettings
from evidence.screening.verdicts import Stage, Verdict
from evidence.steps.desk import Desk
from evidence.steps.screening import allocation, common_queue, decisions, priority, stopping
from evidence.store import Role
from evidence.store.schema import assignment
from evidence.store.screening import rankings, stage_settings
from evidence.store.screening.decisions import NewDecision
from tests.conftest import a_reading, keep
from tests.steps.conftest import taken

TA = Stage.TITLE_ABSTRACT
GARDENS = [f"Gardening groups and paid employment, part {n}" for n in range(10)]
MICE = [f"Serotonin receptors of laboratory mice, part {n}" for n in range(30)]
MIXED = [title for n in range(10) for title in (*MICE[3 * n : 3 * n + 3], GARDENS[n])]


@pytest.fixture
def queue(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A review of forty works that wants likely ones first; learning happens at once."""
    keep(desk.store, desk.person_id, desk.review_id, a_reading(*MIXED))
    learn = priority.learn
    monkeypatch.setattr(priority, "learn", lambda at: learn(at, wait=True))
    monkeypatch.setattr(priority, "EXPLAINED", 6)
    monkeypatch.setattr(common_queue, "LOADED", 4)
    monkeypatch.setattr(common_queue, "REFILL_BELOW", 2)
    with desk.writing(Role.REVIEWER) as w:
        stage_settings.change(w, TA, StageSettings(order=Order.PRIORITY, chance=0.0))
    return desk


def newest_ranking(desk: Desk) -> rankings.RankingOrigin | None:
    with desk.reading() as c:
        return rankings.newest(c, desk.review_id, TA)


def read(desk: Desk, many: int) -> list[bool]:
    """Read so many works as they come; gives which were about gardens."""
    seen = []
    for _ in range(many):
        work = taken(desk, TA).waiting[0]
        relevant = work.reference.title in GARDENS
        verdict = Verdict.INCLUDE if relevant else Verdict.EXCLUDE
        new = NewDecision(work_id=work.id, stage=TA, verdict=verdict, client_id=str(work.id))
        decisions.decide(desk, [new])
        seen.append(relevant)
    return seen


def test_what_is_likely_relevant_comes_first(queue: Desk) -> None:
    assert sum(read(queue, 20)) >= 9  # in the order of the import it would be 5
    newest = newest_ranking(queue)
    assert newest
    assert 18 <= newest.learnt_from <= 20


def test_works_near_the_top_say_why(queue: Desk) -> None:
    read(queue, 12)
    why = taken(queue, TA).explanations
    words = {word for terms in why.values() for word in terms}
    assert words & {"gardening", "gardening groups", "employment", "paid employment"}


def test_open_works_stand_in_the_order_in_which_they_are_handed_out(queue: Desk) -> None:
    read(queue, 12)
    listed = priority.open_works(queue)
    assert (listed.is_learnt, len(listed.works)) == (True, len(MIXED) - 12)
    first = next(each for each in listed.works if each.words)
    assert first.work.reference.title in GARDENS
    ids = [each.work.id for each in listed.works]
    following = taken(queue, TA).waiting
    assert {work.id for work in following[:2]} <= set(ids)
    with queue.writing(Role.REVIEWER) as w:
        stage_settings.change(w, TA, StageSettings(order=Order.IMPORTED))
    imported = priority.open_works(queue)
    assert (imported.is_learnt, [each.work.id for each in imported.works]) == (False, sorted(ids))


def test_switched_off_works_come_as_imported(queue: Desk) -> None:
    read(queue, 8)
    with queue.writing(Role.REVIEWER) as w:
        stage_settings.change(w, TA, StageSettings(order=Order.IMPORTED))
    read(queue, 4)  # what was handed out before
    ids = [work.id for work in taken(queue, TA).waiting]
    assert ids == sorted(ids)
    assert taken(queue, TA).explanations == {}


def test_a_newer_order_replaces_the_one_before(queue: Desk) -> None:
    read(queue, 5)
    first = newest_ranking(queue)
    read(queue, 5)
    second = newest_ranking(queue)
    assert first
    assert second
    with queue.reading() as c:
        assert rankings.load(c, first.id) is None
        order = rankings.load(c, second.id)
    assert order
    assert len(order.works) == len(MIXED) - second.learnt_from


def test_works_that_came_after_the_order_are_handed_out_too(queue: Desk) -> None:
    read(queue, 6)
    keep(queue.store, queue.person_id, queue.review_id, a_reading("New one", file="b.ris"), "b")
    assert len(read(queue, 35)) == 35
    assert taken(queue, TA).waiting == []


@pytest.mark.parametrize("verdict", [Verdict.EXCLUDE, Verdict.INCLUDE])
def test_one_kind_of_decision_alone_breaks_nothing(queue: Desk, verdict: Verdict) -> None:
    while waiting := taken(queue, TA).waiting:
        decisions.decide(
            queue,
            [
                NewDecision(work_id=one.id, stage=TA, verdict=verdict, client_id=f"x{one.id}")
                for one in waiting
            ],
        )
    seen = stopping.evaluate(queue)
    assert len(seen.relevant_read) == seen.total == len(MIXED)


def test_the_rules_see_what_was_read_and_a_choice_is_kept_with_its_figures(queue: Desk) -> None:
    nothing = stopping.evaluate(queue)
    assert (nothing.relevant_read, nothing.total) == ((), 40)
    read(queue, 20)
    seen = stopping.evaluate(queue)
    assert {type(count) for count in seen.relevant_read} == {int}  # a chart draws no truth values
    assert seen.by_priority
    assert seen.relevant_read[-1] >= 9
    assert set(seen.advice) == {rule.code for rule in STOPPING_RULES}
    settings = StoppingSettings()
    sentence = stopping.choose_rule(queue, seen, "random-test", settings, "agreed by the team")
    assert "ended after 20 of 40 works" in sentence
    (event,) = stopping.past_choices(queue)
    assert event.subject == f"{sentence} agreed by the team"
    with pytest.raises(Invalid, match="nothing yet"):
        stopping.choose_rule(queue, seen, "no-such-rule", settings, "")


def screened(desk: Desk, order: Order, chance: float = 0.0) -> None:
    """From now on the stage is screened in this order."""
    with desk.writing(Role.REVIEWER) as w:
        stage_settings.change(w, TA, StageSettings(order=order, chance=chance))


def test_what_was_read_in_the_order_of_the_import_is_no_random_sample(queue: Desk) -> None:
    screened(queue, Order.IMPORTED)
    read(queue, 30)  # the head of a random order is among so many
    seen = stopping.evaluate(queue)

    assert (seen.by_priority, seen.random_since, seen.random_share) == (False, None, 0)
    assert seen.sample.size == 0
    assert seen.advice["random-test"].too_few


def test_the_sample_begins_when_works_are_drawn_at_random(queue: Desk) -> None:
    screened(queue, Order.IMPORTED)
    read(queue, 8)
    screened(queue, Order.PRIORITY, chance=1.0)
    read(queue, 16)  # some of them were handed out before
    seen = stopping.evaluate(queue)

    assert seen.random_since
    assert seen.random_share == 1
    assert seen.sample.among == len(MIXED) - 8
    assert seen.sample.before == sum(title in GARDENS for title in MIXED[:8])
    assert seen.sample.size >= 8


def test_a_random_check_begins_a_sample_anew(queue: Desk) -> None:
    screened(queue, Order.PRIORITY, chance=0.1)
    read(queue, 10)
    screened(queue, Order.PRIORITY, chance=0.2)
    assert stopping.evaluate(queue).sample.among == len(MIXED)
    screened(queue, Order.PRIORITY, chance=1.0)
    assert stopping.evaluate(queue).sample.among == len(MIXED) - 10
    screened(queue, Order.PRIORITY, chance=0.1)
    assert stopping.evaluate(queue).sample.among == len(MIXED) - 10
    screened(queue, Order.PRIORITY, chance=0.0)
    assert stopping.evaluate(queue).random_since is None


def test_another_model_makes_another_order_at_once(queue: Desk) -> None:
    read(queue, 12)
    first = newest_ranking(queue)
    assert first
    assert not priority.learn(queue)  # nothing new to learn from
    screened(queue, Order.SECOND)
    assert priority.learn(queue)
    second = newest_ranking(queue)
    assert second
    assert second.id != first.id
    assert not priority.learn(queue)
    assert sum(read(queue, 10)) >= 1


def test_safe_counts_what_the_second_model_brings(queue: Desk) -> None:
    settings = StoppingSettings(key_papers_missing=0, in_a_row=5)

    def safe() -> Advice:
        return stopping.evaluate(queue, settings).advice["safe"]

    screened(queue, Order.PRIORITY, chance=0.3)
    read(queue, 30)
    assert "Phase 3: let the other model" in safe().sentence
    screened(queue, Order.SECOND, chance=0.3)
    assert "Phase 3: 0 of 5 irrelevant" in safe().sentence
    read(queue, 4)
    assert "Phase 3: 4 of 5 irrelevant" in safe().sentence
    read(queue, 1)
    assert safe().reached


def test_a_review_is_described_once_until_it_changes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(desk.store, desk.person_id, desk.review_id, a_reading(*MIXED))
    made: list[str] = []

    def counted(texts: Iterable[Text], *, criteria: str) -> Features:
        made.append(criteria)
        return describe(texts, criteria=criteria)

    monkeypatch.setattr(priority, "describe", counted)
    kept = priority._FeaturesCache(most=100)
    with desk.reading() as c:
        first = kept.get(c, "here", desk.review_id, "gardens")
        assert kept.get(c, "here", desk.review_id, "gardens") is first
        assert kept.get(c, "here", desk.review_id, "allotments") is not first
        assert len(kept.entries) == 1
        kept.get(c, "there", desk.review_id, "gardens")
        kept.get(c, "here", desk.review_id, "allotments")
        assert made == ["gardens", "allotments", "gardens"]
        kept.get(c, "elsewhere", desk.review_id, "gardens")  # forty works more than there may be
        assert set(kept.entries) == {("here", desk.review_id), ("elsewhere", desk.review_id)}


def test_an_empty_review_has_nothing_to_say(desk: Desk) -> None:
    assert stopping.evaluate(desk).advice == {}
    assert not priority.learn(desk, wait=True)


def test_a_work_that_chance_brought_says_nothing(queue: Desk) -> None:
    screened(queue, Order.PRIORITY, chance=0.5)
    explained, unexplained = 0, 0
    for _ in range(30):
        page = taken(queue, TA)
        by_chance = drawn_at_random(queue)
        assert not by_chance & page.explanations.keys()
        explained += len(page.explanations)
        unexplained += len(by_chance)
        read(queue, 1)
    assert explained
    assert unexplained  # of which a later order would have said something


def drawn_at_random(desk: Desk) -> set[int]:
    """Works before the person that were drawn at random."""
    query = select(assignment.c.work_id).where(
        assignment.c.at_random, assignment.c.done_at.is_(None)
    )
    with desk.reading() as c:
        return set(c.execute(query).scalars())


def test_a_work_that_somebody_assigned_says_nothing(queue: Desk) -> None:
    read(queue, 12)
    assert taken(queue, TA).explanations
    allocation.divide(queue, TA, {queue.person_id: 1})
    ids = {work.id for work in taken(queue, TA).waiting}
    while before := [work.id for work in taken(queue, TA).waiting]:
        if taken(queue, TA).explanations.keys().isdisjoint(before):
            break
        read(queue, 1)
    assert ids - set(before)  # what the order had brought said why
    assert before


def test_nothing_that_databases_add_is_told() -> None:
    notice = "(PsycInfo Database Record (c) 2016 APA, all rights reserved)"
    texts = [
        Text(id=n, title=title, abstract=notice if title in GARDENS else "")
        for n, title in enumerate(MIXED)
    ]
    features = describe(texts)
    relevant = {text.id: text.title in GARDENS for text in texts[:16]}
    why = priority._explanations(features, rank(features, relevant, seed=1), frozenset())

    words = {word for terms in why.values() for term in terms for word in term.split()}
    assert "gardening" in words
    assert not words & {"psycinfo", "database", "record", "apa", "rights", "reserved", "2016"}
