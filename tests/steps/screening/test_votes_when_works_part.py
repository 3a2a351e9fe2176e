"""Works are joined and parted; each part says what its people said last there."""

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from evidence.errors import Invalid, NotAllowed
from evidence.screening.stage_settings import StageSettings
from evidence.screening.verdicts import Stage, State, Verdict
from evidence.steps.desk import Desk
from evidence.steps.records.duplicates import record_pairs
from evidence.steps.review import membership, people, reviews
from evidence.steps.screening import conflicts, decisions, stage_settings
from evidence.steps.screening.conflicts import Resolution
from evidence.store import Store
from evidence.store.review.reviews import Draft
from evidence.store.schema import record, work
from evidence.store.screening.decisions import DISCUSSION, NewDecision
from tests.conftest import a_reading, keep
from tests.steps.conftest import taken

TA = Stage.TITLE_ABSTRACT
WORKS = 3
NAMES = ("Anna", "Ben")
SAID = (Verdict.INCLUDE, Verdict.EXCLUDE, Verdict.WITHDRAWN)


class Review:
    """Some works, and what each of its people said last of each."""

    def __init__(self, store: Store) -> None:
        maker = people.named(store, NAMES[0]).id
        desk = reviews.create(store, maker, Draft(title="Parts"))
        self.desks = [
            Desk(
                store=desk.store,
                review_id=desk.review_id,
                person_id=people.named(desk.store, name).id,
            )
            for name in NAMES
        ]
        for one in self.desks:
            membership.join(one)
        self.desk = self.desks[0]
        keep(desk.store, desk.person_id, desk.review_id, a_reading(*map(str, range(WORKS))))
        with desk.reading() as c:
            self.works, self.records = (
                list(
                    c.execute(
                        select(table.c.id)
                        .where(table.c.review_id == desk.review_id)
                        .order_by(table.c.id)
                    ).scalars()
                )
                for table in (work, record)
            )
        self.last: dict[tuple[int, int], Verdict] = {}  # (person, work) -> verdict
        self.made = 0

    def survivors(self) -> list[int]:
        """For each work the one that has its records now."""
        with self.desk.reading() as c:
            rows = {row.id: row.merged_into or row.id for row in c.execute(select(work)).all()}
        return [rows[one] for one in self.works]

    def say(self, who: int, at: int, verdict: Verdict) -> None:
        """Decide, or take back; of joined works the surviving one is shown."""
        survivors, self.made = self.survivors(), self.made + 1
        taken(self.desks[who], TA)
        shown = survivors[at]
        new = NewDecision(work_id=shown, stage=TA, verdict=verdict, client_id=f"{who}-{self.made}")
        try:
            decisions.decide(self.desks[who], [new])
        except (Invalid, NotAllowed):  # nothing to take back, or nobody asked them to read it
            return
        same = [one for one, root in zip(self.works, survivors, strict=True) if root == shown]
        for work_id in same if verdict is Verdict.WITHDRAWN else [shown]:
            self.last[who, work_id] = verdict

    def join(self, one: int, other: int) -> None:
        survivors = self.survivors()
        if survivors[one] != survivors[other]:
            record_pairs.mark_same(self.desk, survivors[one], survivors[other])

    def part(self) -> None:
        for record_id, one, survivor in zip(
            self.records, self.works, self.survivors(), strict=True
        ):
            if one != survivor:
                record_pairs.split_off(self.desk, record_id)

    def standing(self, at: int) -> set[Verdict]:
        """What people said last of this work."""
        said = {self.last.get((who, self.works[at])) for who in range(len(NAMES))}
        return {verdict for verdict in said if verdict not in {None, Verdict.WITHDRAWN}}

    def state(self, at: int) -> str:
        with self.desk.reading() as c:
            query = select(work.c[TA.value]).where(work.c.id == self.works[at])
            return str(c.execute(query).scalar_one())


def come_to(said: set[Verdict]) -> State:
    """What verdicts of people each of whom suffices come to."""
    if len(said) > 1:
        return State.CONFLICT
    return {Verdict.INCLUDE: State.INCLUDE, Verdict.EXCLUDE: State.EXCLUDE}.get(
        next(iter(said), Verdict.WITHDRAWN), State.OPEN
    )


AN_ACT = st.tuples(st.integers(0, 1), st.integers(0, WORKS - 1), st.sampled_from((*SAID, None)))


@pytest.mark.journey
@settings(
    phases=[Phase.explicit, Phase.generate],
    max_examples=25,
    suppress_health_check=list(HealthCheck),
)
@example(acts=[(0, 1, Verdict.INCLUDE), (0, 0, None), (0, 0, Verdict.WITHDRAWN)])
@example(acts=[(0, 1, Verdict.INCLUDE), (0, 0, None), (0, 0, Verdict.EXCLUDE)])
@example(
    acts=[
        (0, 1, Verdict.INCLUDE),
        (0, 1, Verdict.WITHDRAWN),
        (0, 0, None),
        (0, 0, Verdict.EXCLUDE),
        (1, 1, Verdict.INCLUDE),
    ]
)
@given(acts=st.lists(AN_ACT, min_size=4, max_size=14))
def test_each_part_says_what_its_people_said_last_there(
    store: Store, acts: list[tuple[int, int, Verdict | None]]
) -> None:
    """An act without a verdict joins the work with the next one."""
    review = Review(store)
    for who, at, verdict in acts:
        if verdict is None:
            review.join(at, (at + 1) % WORKS)
        else:
            review.say(who, at, verdict)
    review.part()
    for at in range(WORKS):
        assert review.state(at) == come_to(review.standing(at)), at


def test_a_conflict_opened_again_on_the_joined_work_is_open_when_works_part(store: Store) -> None:
    review = Review(store)
    anna, ben = review.desks
    first, second, _ = review.works
    stage_settings.change(anna, TA, StageSettings(voices=2), StageSettings())
    review.say(0, 1, Verdict.INCLUDE)
    review.say(1, 1, Verdict.EXCLUDE)
    end = Resolution(verdict=Verdict.EXCLUDE, how=DISCUSSION, note="")
    conflicts.resolve(anna, TA, second, end)
    review.join(0, 1)
    assert review.state(0) == State.EXCLUDE
    conflicts.reopen(ben, TA, first)
    assert review.state(0) == State.CONFLICT
    review.part()
    assert [review.state(at) for at in range(WORKS)] == [State.OPEN, State.CONFLICT, State.OPEN]
