"""Who reads what: nobody twice, nobody too many, nobody knows what the other said."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import update

from evidence.errors import Invalid, NotAllowed
from evidence.screening.stage_settings import Rule, StageSettings
from evidence.screening.verdicts import Stage, State, Verdict
from evidence.store import Role, Store
from evidence.store.records import works
from evidence.store.records.filters import Filter
from evidence.store.review import people, reasons, team
from evidence.store.schema import assignment
from evidence.store.screening import (
    assignments,
    decision_queries,
    decisions,
    pilots,
    progress,
    queue,
    stage_settings,
)
from tests.conftest import NOW, a_reading, keep

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
WORKS = 8


class Team:
    """Three people at one review."""

    def __init__(self, store: Store, review_id: int) -> None:
        self.store, self.review_id = store, review_id
        with store.writing_outside() as c:
            found = {one.name: one for one in people.everybody(c)}
            for name in ("Ben", "Cleo"):
                found.setdefault(name, people.add(c, name, NOW))
        self.ids = {name: one.id for name, one in found.items()}
        keep(store, self.ids["Anna"], review_id, a_reading(*map(str, range(WORKS))))
        with store.reading_outside() as c:
            self.works = [line.id for line in works.page(c, review_id, Filter())]
        self.count = 0

    def choose(self, settings: StageSettings) -> None:
        with self.store.writing(self.review_id, self.ids["Anna"], Role.READER) as w:
            stage_settings.change(w, TA, settings)
            decisions.refresh(w, TA, self.works)

    def pull(self, name: str, many: int = 3, **given: object) -> list[int]:
        with self.store.writing(self.review_id, self.ids[name], Role.READER) as w:
            settings = stage_settings.current(w.connection, self.review_id, TA)
            queue.give_back(w, TA)
            queue.pull(w, TA, settings, many, **given)  # type: ignore[arg-type]
        return self.waiting(name)

    def waiting(self, name: str) -> list[int]:
        with self.store.reading_outside() as c:
            return assignments.waiting(c, self.review_id, TA, self.ids[name], 100)

    def say(self, name: str, work_id: int, verdict: Verdict, **given: object) -> None:
        self.count += 1
        new = decisions.NewDecision(
            work_id=work_id,
            verdict=verdict,
            client_id=str(self.count),
            **({"stage": TA} | given),  # type: ignore[arg-type]
        )
        with self.store.writing(self.review_id, self.ids[name], Role.READER) as w:
            decisions.add(w, [new])

    def state(self, work_id: int) -> State:
        with self.store.reading_outside() as c:
            return State(works.get(c, self.review_id, work_id).title_abstract)

    def sees(self, name: str, work_id: int) -> list[str]:
        with self.store.reading_outside() as c:
            one = decision_queries.of_work(c, self.review_id, work_id, self.ids[name])
            many = decision_queries.of_works(c, self.review_id, TA, [work_id], self.ids[name])
        assert [d.person for d in one] == [d.person for d in many.get(work_id, [])]
        return [decision.person for decision in one]


@pytest.fixture
def trio(store: Store, review_id: int) -> Team:
    return Team(store, review_id)


def test_alone_nobody_gets_what_another_has(trio: Team) -> None:
    annas, bens = trio.pull("Anna"), trio.pull("Ben")
    assert (annas, bens) == (trio.works[:3], trio.works[3:6])
    assert trio.pull("Cleo", 9) == trio.works[6:]


def test_in_pairs_a_work_goes_to_two_people_and_to_no_third(trio: Team) -> None:
    trio.choose(StageSettings(voices=2))
    assert trio.pull("Anna", 9) == trio.pull("Ben", 9) == trio.works
    assert trio.pull("Cleo", 9) == []


def test_a_work_is_open_and_secret_until_both_have_spoken(trio: Team) -> None:
    trio.choose(StageSettings(voices=2))
    first = trio.works[0]
    trio.pull("Anna"), trio.pull("Ben")
    trio.say("Anna", first, Verdict.INCLUDE, note="my secret")
    assert trio.state(first) is State.OPEN
    assert trio.sees("Ben", first) == []
    assert trio.sees("Anna", first) == ["Anna"]
    assert first not in trio.waiting("Anna")
    assert first in trio.waiting("Ben")
    trio.say("Ben", first, Verdict.EXCLUDE)
    assert trio.state(first) is State.CONFLICT
    assert trio.sees("Ben", first) == ["Anna", "Ben"]


def test_an_undo_brings_the_work_back_to_the_same_person(trio: Team) -> None:
    first = trio.pull("Anna")[0]
    trio.say("Anna", first, Verdict.INCLUDE)
    assert first not in trio.waiting("Anna")
    trio.say("Anna", first, Verdict.WITHDRAWN)
    assert first in trio.waiting("Anna")
    assert first not in trio.pull("Ben", 9)


def test_what_is_held_too_long_goes_to_the_next(trio: Team) -> None:
    annas = trio.pull("Anna")
    with trio.store.writing(trio.review_id, trio.ids["Anna"], Role.READER) as w:
        late = w.at - queue.LONGEST_HOLD - timedelta(minutes=1)
        w.connection.execute(update(assignment).values(at=late))
    assert trio.pull("Ben") == annas
    assert trio.pull("Anna") == trio.works[3:6]


def test_a_late_decision_on_what_was_given_away_is_kept(trio: Team) -> None:
    first = trio.works[0]
    trio.pull("Ben")
    trio.say("Ben", first, Verdict.INCLUDE)
    trio.say("Anna", first, Verdict.EXCLUDE)
    assert trio.state(first) is State.CONFLICT


def test_who_is_taken_out_gives_back_and_can_decide_no_more(trio: Team) -> None:
    annas = trio.pull("Anna")
    trio.say("Anna", annas[0], Verdict.INCLUDE)
    with trio.store.writing(trio.review_id, trio.ids["Ben"], Role.READER) as w:
        team.remove(w, trio.ids["Anna"])
        assignments.release(w, trio.ids["Anna"])
    with pytest.raises(NotAllowed, match="no longer in the team"):
        trio.say("Anna", annas[1], Verdict.INCLUDE)
    assert trio.pull("Ben", 2) == annas[1:]
    assert trio.state(annas[0]) is State.INCLUDE
    with trio.store.writing(trio.review_id, trio.ids["Ben"], Role.READER) as w:
        team.add(w, trio.ids["Anna"])
    trio.say("Anna", annas[1], Verdict.INCLUDE)


def test_a_pilot_is_read_by_all_and_by_nobody_else(trio: Team) -> None:
    two = [trio.ids["Anna"], trio.ids["Ben"]]
    with trio.store.writing(trio.review_id, two[0], Role.READER) as w:
        pilots.begin(w, TA, "Pilot", trio.works[:2], two)
    assert trio.waiting("Anna") == trio.waiting("Ben") == trio.works[:2]
    assert trio.pull("Cleo", 9) == trio.works[2:]
    trio.say("Anna", trio.works[0], Verdict.INCLUDE)
    assert trio.state(trio.works[0]) is State.OPEN
    trio.say("Ben", trio.works[0], Verdict.INCLUDE)
    assert trio.state(trio.works[0]) is State.INCLUDE


def test_a_pilot_goes_on_when_somebody_leaves(trio: Team) -> None:
    two = [trio.ids["Anna"], trio.ids["Ben"]]
    with trio.store.writing(trio.review_id, two[0], Role.READER) as w:
        pilots.begin(w, TA, "Pilot", trio.works[:2], two)
    trio.say("Anna", trio.works[0], Verdict.INCLUDE)
    with trio.store.writing(trio.review_id, two[0], Role.READER) as w:
        team.remove(w, two[1])
        freed = assignments.release(w, two[1])
        decisions.refresh(w, TA, [work_id for _, work_id in freed])
    assert trio.state(trio.works[0]) is State.INCLUDE


def test_assigned_works_are_kept_for_their_person(trio: Team) -> None:
    with trio.store.writing(trio.review_id, trio.ids["Anna"], Role.READER) as w:
        given = [(work_id, trio.ids["Ben"]) for work_id in trio.works[:2]]
        assert assignments.assign(w, TA, given, assignments.How.ASSIGNED) == 2
        assert assignments.assign(w, TA, given, assignments.How.ASSIGNED) == 0
    assert trio.waiting("Ben") == trio.works[:2]
    assert trio.pull("Anna", 1) == trio.works[2:3]


def test_an_order_is_followed_and_the_rest_comes_as_imported(trio: Team) -> None:
    last, first = trio.works[-1], trio.works[0]
    assert trio.pull("Anna", 4, order=[last, first], chance=[last]) == [
        last,
        first,
        *trio.works[1:3],
    ]


def test_what_is_skipped_comes_last(trio: Team) -> None:
    annas = trio.pull("Anna")
    with trio.store.writing(trio.review_id, trio.ids["Anna"], Role.READER) as w:
        assignments.skip(w, TA, annas[0])
    assert trio.waiting("Anna") == [*annas[1:], annas[0]]


def test_a_changed_rule_counts_for_what_was_decided_before(trio: Team) -> None:
    trio.choose(StageSettings(voices=2))
    first = trio.works[0]
    trio.say("Anna", first, Verdict.INCLUDE)
    trio.say("Ben", first, Verdict.EXCLUDE)
    trio.choose(StageSettings(voices=2, rule=Rule.SAFETY_FIRST))
    assert trio.state(first) is State.INCLUDE
    trio.choose(StageSettings(voices=3))
    assert trio.state(first) is State.OPEN


def test_full_text_needs_an_inclusion_before(trio: Team) -> None:
    with pytest.raises(Invalid, match="not included by title and abstract"):
        trio.say("Anna", trio.works[0], Verdict.INCLUDE, stage=FT)


def test_progress_is_counted_per_person(trio: Team) -> None:
    annas = trio.pull("Anna")
    trio.say("Anna", annas[0], Verdict.INCLUDE)
    trio.pull("Ben", 1)
    with trio.store.reading_outside() as c:
        found = progress.of_people(c, trio.review_id, TA)
    assert {one.person_id: (one.done, one.held) for one in found} == {
        trio.ids["Anna"]: (1, 2),
        trio.ids["Ben"]: (0, 1),
    }


def test_of_several_reasons_the_first_of_the_list_counts(
    trio: Team, two_reasons: Callable[[], list[int]]
) -> None:
    first, second = two_reasons()
    trio.say("Anna", trio.works[0], Verdict.EXCLUDE, reason_ids=(second, first))
    with trio.store.reading_outside() as c:
        assert decision_queries.reason_by_work(c, trio.review_id, TA) == {
            trio.works[0]: "Not about work"
        }


@pytest.fixture
def two_reasons(trio: Team) -> Callable[[], list[int]]:
    def made() -> list[int]:
        with trio.store.writing(trio.review_id, trio.ids["Anna"], Role.READER) as w:
            reasons.replace(w, ["Not about work", "Not adults"])
            return [one.id for one in reasons.listing(w.connection, trio.review_id)]

    return made
