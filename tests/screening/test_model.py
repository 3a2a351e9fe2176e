import numpy as np
import pytest

from evidence.screening.features import Features, Text, describe
from evidence.screening.learner import score
from evidence.screening.model import BRIEF, scores, terms
from evidence.screening.priority import Ranking, rank


@pytest.fixture(scope="module")
def features(texts: tuple[Text, ...]) -> Features:
    return describe(texts)


@pytest.fixture(scope="module")
def ranking(features: Features, relevant: dict[int, bool]) -> Ranking:
    return rank(features, {key: relevant[key] for key in range(100, 140)}, seed=1)


def test_terms_say_why_a_work_is_near_the_top(features: Features, ranking: Ranking) -> None:
    assert ranking.line is not None
    strongest = terms(features, ranking.line, ranking.order[0], most=4)

    assert all(term.weight > 0 for term in strongest)
    garden = {"garden", "soil", "planting", "allotment", "horticulture", "greenhouse", "seeds"}
    assert (garden | {"compost"}) & {word for term in strongest for word in term.word.split()}


def test_terms_say_why_a_work_is_near_the_end(features: Features, ranking: Ranking) -> None:
    assert ranking.line is not None
    strongest = terms(features, ranking.line, ranking.order[-1], most=3)

    assert all(term.weight < 0 for term in strongest)


def test_all_terms_together_part_works_of_the_same_length(
    features: Features, ranking: Ranking
) -> None:
    assert ranking.line is not None
    reached = scores(features, ranking.line)

    def told_and_scored(work: int) -> tuple[float, float]:
        every = terms(features, ranking.line, work, most=10_000)  # type: ignore[arg-type]
        return sum(term.weight for term in every), float(reached[features.rows_by_id[work]])

    first, middle, last = (
        told_and_scored(ranking.order[at]) for at in (0, 50, len(ranking.order) - 1)
    )
    for other in (middle, last):
        assert first[0] - other[0] == pytest.approx(first[1] - other[1], abs=1e-4)
    assert first[1] > middle[1] > last[1]


SOIL, OIL = "soil seeds compost", "piston clutch diesel"


@pytest.fixture(scope="module")
def mixed_lengths() -> Features:
    """Works 1 to 5 are about soil, 6 to 20 are not; 30 to 32 say little."""
    texts = [
        Text(id=at, title=SOIL if at <= 5 else OIL, abstract=f"{SOIL if at <= 5 else OIL} " * 9)
        for at in range(1, 21)
    ]
    brief = {30: "", 31: "soil seeds", 32: "piston clutch"}
    return describe([*texts, *(Text(id=at, title=title) for at, title in brief.items())])


def test_a_work_that_says_nothing_scores_as_the_mean_of_the_others(mixed_lengths: Features) -> None:
    line = rank(mixed_lengths, {1: True, 6: False}, seed=1).line

    assert line is not None
    own = score(mixed_lengths.rows, line)
    rows = mixed_lengths.rows_by_id
    of_others = [own[row] for work, row in rows.items() if work != 30]
    assert scores(mixed_lengths, line)[rows[30]] == pytest.approx(np.mean(of_others), abs=1e-5)


def test_a_work_that_says_nothing_is_neither_first_nor_last(mixed_lengths: Features) -> None:
    decided = {1: True, 2: True, 6: False, 7: False}
    order = rank(mixed_lengths, decided, seed=1).order

    assert set(order[:4]) == {3, 4, 5, 31}
    assert order[4] == 30
    assert set(order[5:]) == {*range(8, 21), 32}


def test_the_fewer_words_the_nearer_to_the_mean(mixed_lengths: Features) -> None:
    line = rank(mixed_lengths, {1: True, 6: False}, seed=1).line

    assert line is not None
    own, drawn = score(mixed_lengths.rows, line), scores(mixed_lengths, line)
    rows = mixed_lengths.rows_by_id
    mean = drawn[rows[30]]
    for long, brief in ((2, 31), (8, 32)):
        kept = [(drawn[rows[at]] - mean) / (own[rows[at]] - mean) for at in (long, brief)]
        assert kept == pytest.approx([30 / (30 + BRIEF), 2 / (2 + BRIEF)], abs=1e-3)


def test_terms_are_words_of_the_work(
    features: Features, ranking: Ranking, texts: tuple[Text, ...]
) -> None:
    assert ranking.line is not None
    by_id = {text.id: text for text in texts}
    for work in ranking.order[:5]:
        words = set(by_id[work].whole.lower().split())
        found = terms(features, ranking.line, work)
        assert {word for term in found for word in term.word.split()} <= words
        weights = [abs(term.weight) for term in found]
        assert np.all(np.diff(weights) <= 0)


def test_a_work_without_text_has_no_terms() -> None:
    texts = [Text(id=1, title=""), *(Text(id=n, title="red apple") for n in (2, 3))]
    features = describe([*texts, *(Text(id=n, title="blue pear") for n in (4, 5))])
    line = rank(features, {2: True, 4: False}, seed=1).line

    assert line is not None
    assert terms(features, line, 1) == ()


def test_a_work_that_is_not_there_has_no_terms(features: Features, ranking: Ranking) -> None:
    assert ranking.line is not None
    with pytest.raises(KeyError):
        terms(features, ranking.line, 9)
