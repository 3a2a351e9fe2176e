"""What the screening page sends: each item kept or refused by itself, in the order it came."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from evidence.errors import Invalid, Unavailable
from evidence.screening.keyboard import Action
from evidence.screening.stage_settings import StageSettings
from evidence.screening.verdicts import Stage, State, Verdict
from evidence.steps.desk import Desk
from evidence.steps.records import labels, records
from evidence.steps.review import reasons
from evidence.steps.screening import (
    decisions,
    messages,
    progress,
    screening_preferences,
)
from evidence.store import Role, Store
from evidence.store.engine import trouble_in_words
from evidence.store.records.filters import Filter
from evidence.store.review import people, team
from evidence.store.review.terms import Terms
from evidence.store.screening import assignments, pilots, stage_settings
from evidence.store.screening.decisions_by_person import DecisionFilter
from tests.conftest import a_reading, keep
from tests.steps.conftest import enter, taken

TA = Stage.TITLE_ABSTRACT


@pytest.fixture
def work_ids(desk: Desk, anna: people.Person) -> list[int]:
    keep(desk.store, anna.id, desk.review_id, a_reading(*(f"Work {n}" for n in range(30))))
    return [line.id for line in records.page(desk, Filter(), 0, 99)]


def item(work_id: int, number: int = 0, kind: str = "decision", **values: Any) -> dict[str, Any]:
    return {
        "kind": kind,
        "client_id": f"run-{work_id}-{number}",
        "id": work_id,
        "stage": "title_abstract",
        "verdict": "include",
        "reasons": [],
        "note": "",
        "seconds": 2.5,
    } | values


def waiting(desk: Desk) -> list[int]:
    return [one.id for one in taken(desk, TA).waiting]


def test_decisions_are_kept_once_however_often_they_come(desk: Desk, work_ids: list[int]) -> None:
    items = [item(work_id) for work_id in work_ids[:3]]
    for _ in range(2):
        outcome = messages.apply(desk, items)
        assert outcome.accepted == [one["client_id"] for one in items]
        assert outcome.refused == {}
    assert len(decisions.own(desk, TA)) == 3


@pytest.mark.parametrize(
    "bad",
    [
        {"id": 10**30},
        {"id": "x"},
        {"verdict": "burn"},
        {"stage": "nowhere"},
        {"verdict": "not_retrieved"},
        {"reasons": [12345]},
        {"reasons": 5},
        {"kind": "else"},
        {"kind": "label", "label": ""},
        {"kind": "label", "label": "x" * 61},
        {"kind": "skip", "stage": "nowhere"},
        {"kind": "abstract", "value": "x" * 20_001},
    ],
    ids=str,
)
def test_a_bad_item_is_refused_in_words_and_holds_nothing_up(
    desk: Desk, work_ids: list[int], bad: dict[str, Any]
) -> None:
    first, second, third = (item(work_id) for work_id in work_ids[:3])
    outcome = messages.apply(desk, [first, second | bad, third])
    assert outcome.accepted == [first["client_id"], third["client_id"]]
    assert list(outcome.refused) == [second["client_id"]]
    assert len(decisions.own(desk, TA)) == 2


def test_several_reasons_go_with_one_decision(desk: Desk, work_ids: list[int]) -> None:
    reasons.replace(desk, ["Not about work", "Not adults", "No abstract"])
    ids = [reason.id for reason in reasons.listing(desk)]
    messages.apply(desk, [item(work_ids[0], verdict="exclude", reasons=[ids[2], ids[1]])])
    (said,) = decisions.own(desk, TA)
    assert (said.reason, said.reasons) == ("Not adults", ("Not adults", "No abstract"))


def test_a_reason_that_left_the_list_meanwhile_still_counts(
    desk: Desk, work_ids: list[int]
) -> None:
    reasons.replace(desk, ["Not about work"])
    (reason,) = reasons.listing(desk)
    reasons.replace(desk, ["Not adults"])
    outcome = messages.apply(desk, [item(work_ids[0], verdict="exclude", reasons=[reason.id])])
    assert outcome.refused == {}
    assert decisions.own(desk, TA)[0].reason == "Not about work"


def test_at_full_text_an_exclusion_needs_a_reason(desk: Desk, work_ids: list[int]) -> None:
    reasons.replace(desk, ["Not about work"])
    messages.apply(desk, [item(work_ids[0])])
    full = item(work_ids[0], 1, stage="full_text", verdict="exclude")
    assert "needs a reason" in messages.apply(desk, [full]).refused[full["client_id"]]
    (reason,) = reasons.listing(desk)
    assert messages.apply(desk, [full | {"reasons": [reason.id]}]).refused == {}


def test_what_is_skipped_comes_after_all_others(desk: Desk, work_ids: list[int]) -> None:
    for work_id in work_ids[:25]:
        if work_id not in waiting(desk)[:1]:
            continue
        messages.apply(desk, [item(work_id, kind="skip")])
    assert waiting(desk)[:5] == work_ids[25:]
    messages.apply(desk, [item(work_id) for work_id in work_ids[25:]])
    assert waiting(desk)[:3] == work_ids[:3]


def test_the_only_record_is_skipped_and_comes_again(desk: Desk, anna: people.Person) -> None:
    keep(desk.store, anna.id, desk.review_id, a_reading("Alone"))
    (only,) = waiting(desk)
    messages.apply(desk, [item(only, kind="skip")])
    assert waiting(desk) == [only]


def test_labels_are_put_on_and_taken_off_in_order(desk: Desk, work_ids: list[int]) -> None:
    def mark(number: int, *, on: bool) -> dict[str, Any]:
        return item(work_ids[0], number, kind="label", label=" Key  paper ", on=on)

    messages.apply(desk, [mark(1, on=True), mark(2, on=True)])
    assert labels.of_work(desk, work_ids[0]) == ["Key paper"]
    assert taken(desk, TA).contexts[work_ids[0]].labels == ["Key paper"]
    messages.apply(desk, [mark(3, on=False)])
    assert labels.of_work(desk, work_ids[0]) == []
    labels.drop_unused(desk)
    assert labels.listing(desk) == []


def test_an_abstract_is_written_and_taken_back(desk: Desk, work_ids: list[int]) -> None:
    messages.apply(desk, [item(work_ids[0], 1, kind="abstract", value="Gardens.")])
    assert records.get(desk, work_ids[0]).reference.abstract == "Gardens."
    messages.apply(desk, [item(work_ids[0], 2, kind="abstract", value="")])
    assert records.get(desk, work_ids[0]).reference.abstract == ""


def test_who_was_taken_out_of_the_team_is_told_and_nothing_is_kept(
    desk: Desk, bens_desk: Desk, work_ids: list[int]
) -> None:
    messages.apply(desk, [item(work_ids[0])])
    enter(bens_desk)
    with bens_desk.writing(Role.REVIEWER) as w:
        team.remove(w, desk.person_id)
    items = [
        item(work_ids[1]),
        item(work_ids[2], kind="skip"),
        item(work_ids[2], kind="label", label="Key", on=True),
    ]
    outcome = messages.apply(desk, items)
    assert outcome.accepted == []
    assert all("no longer in the team" in why for why in outcome.refused.values())
    assert len(decisions.own(desk, TA)) == 1


def test_a_work_that_went_to_a_pilot_of_others_is_not_judged_any_more(
    desk: Desk, bens_desk: Desk, work_ids: list[int]
) -> None:
    enter(bens_desk)
    shown = waiting(desk)[0]
    with bens_desk.writing(Role.REVIEWER) as w:
        pilots.begin(w, TA, "Pilot", [shown], [bens_desk.person_id])
    late = item(shown)
    assert "given to others" in messages.apply(desk, [late]).refused[late["client_id"]]
    assert messages.apply(bens_desk, [item(shown, 1)]).refused == {}


def test_without_a_common_queue_only_what_was_assigned_is_judged(
    desk: Desk, bens_desk: Desk, work_ids: list[int]
) -> None:
    with desk.writing(Role.REVIEWER) as w:
        stage_settings.change(w, TA, StageSettings(pulls=False))
        mine = [(work_ids[0], desk.person_id)]
        assignments.assign(w, TA, mine, assignments.How.ASSIGNED)
    assert waiting(desk) == [work_ids[0]]
    strange = item(work_ids[0])
    assert messages.apply(bens_desk, [strange]).accepted == []
    assert messages.apply(desk, [strange | {"client_id": "own"}]).accepted == ["own"]


def test_own_progress_counts_what_is_left_for_oneself(
    desk: Desk, bens_desk: Desk, work_ids: list[int]
) -> None:
    with desk.writing(Role.REVIEWER) as w:
        stage_settings.change(w, TA, StageSettings(voices=2))
    messages.apply(desk, [item(work_id) for work_id in work_ids[:10]])
    assert decisions.tally(desk, TA)[State.OPEN] == 30
    mine, bens = progress.own_progress(desk, TA), progress.own_progress(bens_desk, TA)
    assert (mine.decided, mine.per_hour) == (10, 3600 / 2.5)
    assert (bens.decided, bens.per_hour) == (0, None)
    assert (mine.left, mine.elsewhere, bens.left, bens.elsewhere) == (20, 10, 30, 0)


def test_own_decisions_are_found_by_words_and_verdict(desk: Desk, work_ids: list[int]) -> None:
    messages.apply(
        desk, [item(work_ids[3]), item(work_ids[4], verdict="exclude", note="Mice, 50 %")]
    )
    messages.apply(desk, [item(work_ids[4], 1, verdict="maybe", note="Rats, 50 %")])
    for sought, titles in (
        (DecisionFilter(), ["Work 4", "Work 3"]),
        (DecisionFilter(words="work 3"), ["Work 3"]),
        (DecisionFilter(words="rats 50 %"), ["Work 4"]),
        (DecisionFilter(words="mice"), []),
        (DecisionFilter(verdict=Verdict.MAYBE), ["Work 4"]),
        (DecisionFilter(verdict=Verdict.EXCLUDE), []),
    ):
        assert [said.title for said in decisions.own(desk, TA, sought)] == titles
        assert decisions.count_own(desk, TA, sought) == len(titles)
    assert [one.title for one in decisions.own(desk, TA, offset=1, limit=1)] == ["Work 3"]


def test_own_choices_are_kept_and_what_cannot_be_is_refused(desk: Desk, bens_desk: Desk) -> None:
    assert screening_preferences.get(desk) == screening_preferences.ScreeningPreferences()
    chosen = screening_preferences.ScreeningPreferences(
        keys={**screening_preferences.ScreeningPreferences().keys, Action.INCLUDE: "j"},
        terms=Terms(include=("*therap*",), exclude=("behavio*r",)),
        size=screening_preferences.TextSize.LARGE,
    )
    screening_preferences.change(desk, chosen)
    assert screening_preferences.get(desk) == chosen
    assert screening_preferences.get(bens_desk) == screening_preferences.ScreeningPreferences()
    with pytest.raises(Invalid, match="colour everything"):
        screening_preferences.change(
            desk, screening_preferences.ScreeningPreferences(terms=Terms(include=("*",)))
        )
    keys = {Action.INCLUDE: "c"}
    with pytest.raises(Invalid, match="cannot be used"):
        screening_preferences.change(desk, screening_preferences.ScreeningPreferences(keys=keys))


@pytest.mark.parametrize(
    "values",
    [{}, {"kind": "skip"}, {"kind": "label", "label": "x", "on": True}, {"kind": "abstract"}],
    ids=str,
)
def test_one_message_holds_so_many_acts_of_whatever_kind(
    desk: Desk, work_ids: list[int], values: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "MOST_AT_ONCE", 3)
    items = [item(work_id) | values for work_id in work_ids[:5]]
    outcome = messages.apply(desk, items)
    assert outcome.accepted == [one["client_id"] for one in items[:3]]
    assert list(outcome.refused) == [one["client_id"] for one in items[3:]]
    assert all("at once" in why for why in outcome.refused.values())


def test_taking_back_needs_a_decision_of_ones_own(
    desk: Desk, bens_desk: Desk, work_ids: list[int]
) -> None:
    enter(bens_desk)
    first = work_ids[0]
    messages.apply(desk, [item(first)])
    back = item(first, 1, verdict="withdrawn")
    assert "no decision" in messages.apply(bens_desk, [back]).refused[back["client_id"]]
    assert messages.apply(desk, [back]).refused == {}
    again = item(first, 2, verdict="withdrawn")
    assert "no decision" in messages.apply(desk, [again]).refused[again["client_id"]]
    both = [item(first, 3), item(first, 4, verdict="withdrawn")]
    assert messages.apply(desk, both).refused == {}


def test_a_search_has_so_many_words(desk: Desk, work_ids: list[int]) -> None:
    for words in ("a " * 31, "x" * 1001):
        with pytest.raises(Invalid, match="at most 30 words"):
            records.page(desk, Filter(words=words), 0, 1)
        with pytest.raises(Invalid, match="at most 30 words"):
            decisions.own(desk, TA, DecisionFilter(words=words))


def test_a_busy_or_full_database_is_told_and_what_was_sent_waits(
    desk: Desk, work_ids: list[int]
) -> None:
    """Nothing is refused for it; sent again, it is kept."""
    if desk.store.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL waits for the writer")
    items = [item(work_ids[0])]
    with desk.store.engine.connect() as c:
        c.exec_driver_sql("PRAGMA query_only=1")
        with pytest.raises(Unavailable, match="only be read"), trouble_in_words():
            c.exec_driver_sql("DELETE FROM decision")
        c.exec_driver_sql("PRAGMA query_only=0")
    path = str(desk.store.engine.url.database)
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("evidence.store.engine.WAITING", 100)
            busy = Store.open(str(desk.store.engine.url))
            outcome = messages.apply(replace(desk, store=busy), items)
            busy.close()
        other.rollback()
    assert (outcome.accepted, outcome.refused) == ([], {})
    assert "busy" in outcome.trouble
    assert messages.apply(desk, items).accepted == [items[0]["client_id"]]


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("database is locked", "busy"),
        ("database or disk is full", "disk is full"),
        ("attempt to write a readonly database", "only be read"),
        ("disk I/O error", "disk"),
        ("could not extend file: No space left on device", "disk is full"),
    ],
)
def test_each_trouble_of_a_database_has_its_words(reason: str, words: str) -> None:
    with pytest.raises(Unavailable, match=words), trouble_in_words():
        raise OperationalError("INSERT", {}, sqlite3.OperationalError(reason))
    with pytest.raises(OperationalError), trouble_in_words():
        raise OperationalError("SELECT", {}, sqlite3.OperationalError("no such table: x"))
