"""The priority order of a stage: learnt in the background, used when works are handed out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from evidence.screening.explanation import explain, question_words
from evidence.screening.model import line_between
from evidence.screening.priority import Features, Ranking, describe, rank, terms
from evidence.screening.second_model import between_means
from evidence.screening.stage_settings import Order, StageSettings
from evidence.screening.verdicts import Stage, State
from evidence.steps import jobs
from evidence.steps.desk import Desk
from evidence.store import Connection, Role, Store
from evidence.store.area_versions import Area
from evidence.store.review import reviews
from evidence.store.screening import decisions, rankings, stage_settings
from evidence.store.screening.decisions import ToScreen

STAGE = Stage.TITLE_ABSTRACT
"""Where there are many works; at full text what is left is read anyway."""
KIND = "ranking"
PATIENCE = 50  # learnt anew when decisions have grown by one in so many
EXPLAINED = 300  # works near the top whose words are kept
CONSIDERED = 60  # terms of a work, of which the first that say something are told
MOST_CACHED = 100_000  # works of reviews that one process keeps in numbers


def learn(desk: Desk, *, wait: bool = False) -> bool:
    """Make a new order, where the review wants one and has enough new decisions; gives whether.

    Args:
        desk: at the review.
        wait: learn here and now; else in the background, where nobody waits for it.
    """
    if not _due(desk):
        return False
    job_id = jobs.begin(desk, KIND, Role.REVIEWER)
    if wait:
        jobs.run(desk.store, job_id, _learn, desk.review_id, desk.person_id)
    else:
        jobs.submit(desk.store, job_id, _learn, desk.review_id, desk.person_id)
    return True


def order_of(
    store: Store, connection: Connection, review_id: int, settings: StageSettings, stage: Stage
) -> rankings.StoredRanking:
    """The order in which works are handed out; empty where they come as imported."""
    as_imported = rankings.StoredRanking(works=(), chance=frozenset(), why={})
    if not settings.order.learnt or stage is not STAGE:
        return as_imported
    newest = rankings.newest(connection, review_id, stage)
    if newest is None:
        return as_imported
    return _order(str(store.engine.url), newest.id, _NoKey(connection)) or as_imported


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenWork:
    """A work that nobody has settled yet, as it stands in the order.

    Attributes:
        is_by_chance: it was drawn at random for its place.
        words: that speak for it, of works near the top.
    """

    work: ToScreen
    is_by_chance: bool = False
    words: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenWorks:
    """What is still to be read, in the order in which it is handed out.

    Attributes:
        is_learnt: whether the order follows from decisions; else it is that of the import.
        learnt_from: how many works had been decided when it was learnt.
    """

    works: tuple[OpenWork, ...]
    is_learnt: bool
    learnt_from: int


def open_works(desk: Desk) -> OpenWorks:
    """All open works in the order of now; those that came in since it was learnt stand last."""
    with desk.reading() as c:
        settings = stage_settings.current(c, desk.review_id, STAGE)
        order = order_of(desk.store, c, desk.review_id, settings, STAGE)
        newest = rankings.newest(c, desk.review_id, STAGE) if order.works else None
        waiting = decisions.works_in_state(c, desk.review_id, STAGE, state=State.OPEN)
    place = {work_id: at for at, work_id in enumerate(order.works)}
    ordered = sorted(waiting, key=lambda work: (place.get(work.id, len(place)), work.id))
    return OpenWorks(
        works=tuple(
            OpenWork(
                work=work,
                is_by_chance=work.id in order.chance,
                words=tuple(order.why.get(work.id, ())),
            )
            for work in ordered
        ),
        is_learnt=newest is not None,
        learnt_from=newest.learnt_from if newest else 0,
    )


class _NoKey:
    """A connection that is no part of what a cached result depends on."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _NoKey)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=8)
def _order(address: str, ranking_id: int, no_key: _NoKey) -> rankings.StoredRanking | None:
    del address  # part of the key
    return rankings.load(no_key.connection, ranking_id)


def _due(desk: Desk) -> bool:
    """Whether enough was decided since the last order, and none is in the making."""
    with desk.reading() as c:
        changes = stage_settings.history(c, desk.review_id, STAGE)
        if not changes or not changes[0].settings.order.learnt:
            return False
        newest = rankings.newest(c, desk.review_id, STAGE)
        tally = decisions.tally(c, desk.review_id, STAGE)
        count = sum(tally.values()) - tally[State.OPEN]
    job = jobs.newest(desk, KIND)
    if job is not None and job.going:
        return False
    if newest is None or newest.at < changes[0].at:  # another model, or another share
        return True
    return count >= newest.learnt_from + max(1, newest.learnt_from // PATIENCE)


def _learn(store: Store, tell: jobs.JobProgress, review_id: int, person_id: int) -> None:
    tell(0.0, "Learning from the decisions")
    with store.reading(review_id, person_id) as c:
        settings = stage_settings.current(c, review_id, STAGE)
        relevance = rankings.relevance(c, review_id, STAGE)
        review = reviews.get(c, review_id)
        criteria = "\n".join((review.question, *review.criteria))
        features = _features.get(c, str(store.engine.url), review_id, criteria)
    model = between_means if settings.order is Order.SECOND else line_between
    ranking = rank(features, relevance, seed=review_id, random_share=settings.chance, model=model)
    stored = rankings.StoredRanking(
        works=ranking.order,
        chance=ranking.random,
        why=_explanations(features, ranking, question_words([criteria])),
    )
    with store.writing(review_id, person_id, Role.REVIEWER, areas=Area.SCREENING) as w:
        rankings.store(w, STAGE, stored, learnt_from=len(relevance), seed=review_id)
    tell(1.0, "Done")


class _FeaturesCache:
    """Reviews in numbers, kept until their works or criteria change.

    They are large (6 KB a work), so those longest unused go before there are more works than
    `most`, and what a review was before goes before it is described anew.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self.entries: dict[tuple[str, int], tuple[object, Features]] = {}

    def get(self, c: Connection, address: str, review_id: int, criteria: str) -> Features:
        """The review in numbers."""
        state = (rankings.fingerprint(c, review_id), criteria)
        past_state, features = self.entries.pop((address, review_id), (None, None))
        if features is None or past_state != state:
            features = None
            self._make_room(state[0][0])
            features = describe(rankings.texts(c, review_id), criteria=criteria)
        self.entries[address, review_id] = (state, features)
        return features

    def _make_room(self, works: int) -> None:
        sizes = {name: len(features.rows_by_id) for name, (_, features) in self.entries.items()}
        for name in sizes:
            if sum(sizes[entry] for entry in self.entries) + works <= self.most:
                return
            del self.entries[name]


_features = _FeaturesCache(MOST_CACHED)


def _explanations(
    features: Features, ranking: Ranking, question: Collection[str]
) -> dict[int, tuple[str, ...]]:
    """The words that speak for the works near the top; none for those drawn at random."""
    if ranking.line is None:
        return {}
    top = [work_id for work_id in ranking.order[:EXPLAINED] if work_id not in ranking.random]
    return {
        work_id: explain(terms(features, ranking.line, work_id, CONSIDERED), question)
        for work_id in top
    }
