import numpy as np
import pytest

from evidence.screening.features import Text, describe
from evidence.screening.priority import rank
from evidence.screening.second_model import between_means
from evidence.screening.simulation import simulate


def test_the_line_points_from_one_mean_to_the_other() -> None:
    words = {1: "red apple", 2: "red pear", 3: "blue stone", 4: "blue sand", 5: "red sand"}
    features = describe(Text(id=key, title=title) for key, title in words.items())
    decided = {1: True, 2: True, 3: False}
    line = rank(features, decided, seed=1, model=between_means).line

    assert line is not None
    rows = features.rows.toarray()
    assert line[:-1] == pytest.approx((rows[0] + rows[1]) / 2 - rows[2], abs=1e-6)
    assert line[-1] == 0
    assert rank(features, decided, seed=1, model=between_means).order == (5, 4)


def test_it_finds_what_is_like_the_relevant_ones(
    texts: tuple[Text, ...], relevant: dict[int, bool]
) -> None:
    order = simulate(describe(texts), relevant, (103, 100), seed=1, model=between_means).order

    assert sorted(order) == sorted(relevant)
    assert sum(relevant[key] for key in order[2:20]) >= 10


def test_one_kind_of_decision_is_enough(texts: tuple[Text, ...]) -> None:
    features = describe(texts)

    assert rank(features, {}, seed=1, model=between_means).line is None
    assert rank(features, {100: False}, seed=1, model=between_means).line is None
    only = rank(features, {103: True}, seed=1, model=between_means)
    assert only.line is not None
    assert np.isfinite(only.line).all()
    assert only.order[0] in {113, 123, 133, 143, 153, 163, 173, 183, 193, 203, 213}


def test_criteria_alone_are_enough(texts: tuple[Text, ...]) -> None:
    features = describe(texts, criteria="gardens, soil and compost")
    order = rank(features, {}, seed=1, model=between_means).order

    assert order[0] % 10 == 3
