"""Assignments follow joins and splits, whatever a team does in whatever order."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from evidence.errors import Invalid, NotAllowed
from evidence.screening.stage_settings import StageSettings, voices_of
from evidence.screening.verdicts import Stage, State, Verdict
from evidence.steps.desk import Desk
from evidence.steps.records.duplicates import pair_history, record_pairs
from evidence.steps.review import team
from evidence.steps.screening import allocation, decisions, pilots, stage_settings
from evidence.store import Store
from evidence.store.review import people, reviews
from evidence.store.schema import assignment, decision, record, work
from evidence.store.screening import assignments, decision_queries, work_states
from evidence.store.screening.decisions import NewDecision
from tests.conftest import NOW, a_reading, keep
from tests.steps.conftest import taken

# Many examples of code that other tests reach; to count lines would double their time.
pytestmark = pytest.mark.no_cover

TA = Stage.TITLE_ABSTRACT
NAMES = ("Anna", "Ben", "Cleo", "Dora")
WORKS = 5
root = func.coalesce(work.c.merged_into, work.c.id)
VERDICTS = (Verdict.INCLUDE, Verdict.EXCLUDE, Verdict.MAYBE)


Step = Callable[["Review", int, int], None]


class Review:
    """A team at a review whose works are one publication, or not, as people change their minds."""

    def __init__(self, store: Store, voices: int, share: float) -> None:
        self.store = store
        with self.store.writing_outside() as c:
            known = {one.name: one for one in people.everybody(c)}
            team_ = [known.get(name) or people.add(c, name, NOW) for name in NAMES]
            draft = reviews.Draft(title="Work and recovery")
            review_id = reviews.create(c, team_[0].id, NOW, draft)
        self.desks = [Desk(store=self.store, review_id=review_id, person_id=p.id) for p in team_]
        self.desk, self.review_id = self.desks[0], review_id
        keep(self.store, team_[0].id, review_id, a_reading(*map(str, range(WORKS))))
        with self.desk.reading() as c:
            query = select(work.c.id).where(work.c.review_id == review_id).order_by(work.c.id)
            self.works = list(c.execute(query).scalars())
        for name in NAMES:
            team.add(self.desk, name)
        self.settings = StageSettings(voices=voices, share=share)
        stage_settings.change(self.desk, TA, self.settings, StageSettings())
        self.made = 0
        self.pilots: dict[int, set[int]] = {}  # work -> who must read it still, or has

    # What people do.

    def pull(self, who: int, _at: int) -> None:
        if self.in_team(who):
            taken(self.desks[who], TA)

    def assign(self, who: int, which: int) -> None:
        if self.in_team(who):
            ids = [self.root(which)]
            allocation.assign(self.desk, TA, self.desks[who].person_id, ids=ids)

    def decide(self, who: int, at: int) -> None:
        waiting = self.waiting(who)
        if waiting:
            chosen = waiting[at % len(waiting)]
            names = [one for one in self.works if self.roots()[one] == chosen]
            verdict = VERDICTS[self.made % len(VERDICTS)]
            self.say(who, names[at % len(names)], verdict)  # an old page may name a joined one

    def undo(self, who: int, which: int) -> None:
        here = self.root(which)
        if self.in_team(who) and self.desks[who].person_id in self.spoken().get(here, set()):
            self.say(who, here, Verdict.WITHDRAWN)

    def join(self, one: int, other: int) -> None:
        if self.root(one) != self.root(other):
            self.joined(one, other)

    def joined(self, one: int, other: int) -> bool:
        """Join two works, unless that would open a vote that is blind."""
        before = self.rows()
        try:
            record_pairs.mark_same(self.desk, self.root(one), self.root(other))
        except NotAllowed:
            assert self.rows() == before
            return False
        return True

    def split(self, _who: int, which: int) -> None:
        if list(self.roots().values()).count(self.root(which)) > 1:
            record_pairs.split_off(self.desk, self.record(which))

    def join_and_take_it_back(self, one: int, other: int) -> None:
        if self.root(one) == self.root(other):
            return
        before = self.rows()
        if not self.joined(one, other):
            return
        last = pair_history.newest_own(self.desk)
        assert last is not None
        pair_history.withdraw_act(self.desk, last.newest.verdict.id)
        assert self.rows() == before

    def pilot(self, without: int, at: int) -> None:
        others = [one for one in range(len(NAMES)) if one != without and self.in_team(one)]
        ids = [self.desks[one].person_id for one in others]
        try:
            made = pilots.begin(self.desk, TA, ids, 1 + at % 2, seed=at)
        except Invalid:
            return
        with self.desk.reading() as c:
            here = assignment.c.pilot_id == made.id
            rows = c.execute(select(assignment.c.first_work_id).distinct().where(here))
            for work_id in rows.scalars():
                self.pilots[work_id] = set(ids)

    def end_a_pilot(self, _who: int, at: int) -> None:
        going = [one for one in pilots.listing(self.desk, TA) if not one.over]
        if going:
            pilots.end(self.desk, TA, going[at % len(going)].id)
            self.forget_who_need_not_read()

    def leave(self, who: int, _at: int) -> None:
        who = max(who, 1)  # Anna leads
        if self.in_team(who) and len(team.names(self.desk)) > 2:
            team.take_out(self.desk, self.desks[who].person_id)
            self.forget_who_need_not_read()

    def come_back(self, who: int, _at: int) -> None:
        if not self.in_team(who):
            team.add(self.desk, NAMES[who])

    # What holds whatever they do.

    def nobody_is_asked_twice(self) -> None:
        spoken = self.spoken()
        for who in range(len(NAMES)):
            waiting = self.waiting(who)
            assert len(waiting) == len(set(waiting))
            assert all(self.roots()[one] == one for one in waiting)
            assert not any(self.desks[who].person_id in spoken.get(one, ()) for one in waiting)

    def no_more_are_asked_than_must_read(self) -> None:
        asked = Counter(one for who in range(len(NAMES)) for one in self.waiting(who))
        spoken, piloted = self.spoken(), self.piloted()
        for here, many in asked.items():
            if here in piloted:
                assert many <= len(piloted[here] - spoken.get(here, set()))
            else:
                assert many + len(spoken.get(here, ())) <= voices_of(self.settings, here)

    def a_pilot_stays_blind_until_all_have_spoken(self) -> None:
        spoken = self.spoken()
        for here, readers in self.piloted().items():
            if readers <= spoken.get(here, set()):
                continue
            assert self.states()[here] is State.OPEN
            for who, desk in enumerate(self.desks):
                with desk.reading() as c:
                    told = decision_queries.of_work(c, self.review_id, here, desk.person_id)
                assert {one.person for one in told} <= {NAMES[who]}

    def no_decision_disappears(self) -> None:
        here = decision.c.review_id == self.review_id
        with self.desk.reading() as c:
            assert c.execute(select(func.count()).where(here)).scalar_one() == self.made

    def who_spoke_is_done_and_nobody_else(self) -> None:
        here = assignment.c.review_id == self.review_id, assignment.c.work_id.is_not(None)
        query = select(assignment.c.work_id, assignment.c.person_id)
        with self.desk.reading() as c:
            rows = c.execute(query.where(*here, assignment.c.done_at.is_not(None))).all()
            states = work_states.consensus_of(
                c, TA, sorted(set(self.roots().values())), self.settings
            )
        done: dict[int, set[int]] = {}
        for work_id, person_id in rows:
            done.setdefault(work_id, set()).add(person_id)
        assert done == {one: who for one, who in self.spoken().items() if who}
        assert states == self.states()

    # What the rules and invariants ask.

    def say(self, who: int, work_id: int, verdict: Verdict) -> None:
        self.made += 1
        new = NewDecision(work_id=work_id, stage=TA, verdict=verdict, client_id=str(self.made))
        assert decisions.decide(self.desks[who], [new]) == 1

    def in_team(self, who: int) -> bool:
        return NAMES[who] in team.names(self.desk).values()

    def roots(self) -> dict[int, int]:
        with self.desk.reading() as c:
            query = select(work.c.id, root).where(work.c.review_id == self.review_id)
            return {int(one): int(into) for one, into in c.execute(query)}

    def root(self, which: int) -> int:
        return self.roots()[self.works[which]]

    def record(self, which: int) -> int:
        query = select(record.c.id).where(record.c.first_work_id == self.works[which])
        with self.desk.reading() as c:
            return int(c.execute(query).scalar_one())

    def waiting(self, who: int) -> list[int]:
        with self.desk.reading() as c:
            person_id = self.desks[who].person_id
            return assignments.waiting(c, self.review_id, TA, person_id, 100)

    def states(self) -> dict[int, State]:
        with self.desk.reading() as c:
            return work_states.stored_states(c, TA, set(self.roots().values()))

    def spoken(self) -> dict[int, set[int]]:
        """Who has spoken for each work, from the decisions alone."""
        query = (
            select(root, decision.c.person_id, decision.c.verdict)
            .join(work, work.c.id == decision.c.work_id)
            .where(decision.c.review_id == self.review_id)
            .order_by(decision.c.id)
        )
        found: dict[int, dict[int, str]] = {}
        with self.desk.reading() as c:
            for work_id, person_id, verdict in c.execute(query):
                found.setdefault(work_id, {})[person_id] = verdict
        return {
            work_id: {one for one, verdict in said_.items() if verdict != Verdict.WITHDRAWN}
            for work_id, said_ in found.items()
        }

    def piloted(self) -> dict[int, set[int]]:
        """Who must read each work of a pilot, or has; who left must not."""
        found: dict[int, set[int]] = {}
        roots, spoken, here = self.roots(), self.spoken(), set(team.names(self.desk))
        for work_id, readers in self.pilots.items():
            root_ = roots[work_id]
            if left := readers & (here | spoken.get(root_, set())):
                found.setdefault(root_, set()).update(left)
        return found

    def forget_who_need_not_read(self) -> None:
        """Whose rows of a pilot are gone: they had not decided when it ended or when they left."""
        here = assignment.c.pilot_id.is_not(None), assignment.c.review_id == self.review_id
        query = select(assignment.c.first_work_id, assignment.c.person_id).where(*here)
        with self.desk.reading() as c:
            left = {(work_id, person_id) for work_id, person_id in c.execute(query)}
        for work_id, readers in self.pilots.items():
            readers &= {person_id for at, person_id in left if at == work_id}

    def rows(self) -> set[tuple[Any, ...]]:
        a = assignment.c
        query = select(
            a.first_work_id, a.person_id, a.work_id, a.how, a.pilot_id, a.done_at.is_not(None)
        )
        with self.desk.reading() as c:
            return {tuple(row) for row in c.execute(query.where(a.review_id == self.review_id))}


DOES = (  # what happens more often stands there more often
    *[Review.decide] * 6, *[Review.join] * 3, *[Review.split] * 2, *[Review.assign] * 5,
    Review.pull, Review.pilot, Review.undo, Review.join_and_take_it_back, Review.end_a_pilot,
    Review.leave, Review.come_back,
)  # fmt: skip
HOLDS = (
    Review.nobody_is_asked_twice,
    Review.no_more_are_asked_than_must_read,
    Review.a_pilot_stays_blind_until_all_have_spoken,
    Review.no_decision_disappears,
    Review.who_spoke_is_done_and_nobody_else,
)
STEP = st.tuples(st.sampled_from(DOES), st.integers(0, len(NAMES) - 1), st.integers(0, WORKS - 1))


@pytest.mark.journey
@settings(
    phases=[Phase.generate],  # to make a failing road shorter would take minutes
    max_examples=8,
    suppress_health_check=list(HealthCheck),
)
@given(
    voices=st.integers(1, 2),
    share=st.sampled_from([0.5, 1.0]),
    steps=st.lists(STEP, min_size=25, max_size=40),
)
def test_assignments_follow_joins_and_splits(
    store: Store, voices: int, share: float, steps: list[tuple[Step, int, int]]
) -> None:
    review = Review(store, voices, share)
    for step, who, at in steps:
        step(review, who, at)
        for holds in HOLDS:
            holds(review)
