import numpy as np
import pytest

from evidence.screening.features import Features, Text, describe
from evidence.screening.learner import score
from evidence.screening.model import terms
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


def test_all_terms_together_are_the_score(features: Features, ranking: Ranking) -> None:
    assert ranking.line is not None
    for work in (ranking.order[0], ranking.order[50], ranking.order[-1]):
        every = terms(features, ranking.line, work, most=10_000)
        (wanted,) = score(features.rows[[features.rows_by_id[work]]], ranking.line)
        assert sum(term.weight for term in every) + ranking.line[-1] == pytest.approx(
            float(wanted), abs=1e-4
        )


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
