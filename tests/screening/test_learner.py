import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.sparse import csr_array

from evidence.screening.learner import Lessons, learn, score


def lessons(seed: int, records: int = 60, features: int = 25) -> Lessons:
    chance = np.random.default_rng(seed)
    values = chance.random((records, features)) * (chance.random((records, features)) < 0.3)
    sides = np.where(values[:, 0] + values[:, 1] > values[:, 2], 1, -1)
    weights = np.where(sides > 0, 2.0, 0.5)
    return Lessons(
        rows=csr_array(values.astype(np.float32)),
        sides=sides.astype(np.float32),
        weights=weights.astype(np.float32),
    )


def loss(line: np.ndarray, given: Lessons) -> float:
    short = np.maximum(0, 1 - given.sides * (given.rows.toarray() @ line[:-1] + line[-1]))
    return float(line @ line + given.weights @ short**2) / 2


@pytest.mark.parametrize("seed", range(5))
def test_the_line_is_the_one_that_a_general_optimiser_finds(seed: int) -> None:
    given = lessons(seed)
    wanted = minimize(loss, np.zeros(given.rows.shape[1] + 1), args=(given,), tol=1e-9)

    line = learn(given)

    assert loss(line, given) == pytest.approx(wanted.fun, rel=1e-3)
    assert np.corrcoef(score(given.rows, line), given.rows @ wanted.x[:-1])[0, 1] > 0.999


def test_a_start_near_the_goal_leads_to_the_same_line() -> None:
    given = lessons(11)
    line = learn(given)

    again = learn(given, start=line)

    assert loss(again, given) == pytest.approx(loss(line, given), rel=1e-3)


def test_one_record_is_enough() -> None:
    one = Lessons(
        rows=csr_array(np.array([[1, 0]], np.float32)),
        sides=np.array([1], np.float32),
        weights=np.array([1], np.float32),
    )

    line = learn(one)

    assert score(one.rows, line)[0] > 0
    assert line[1] == 0


def test_records_without_a_feature_are_learnt_from_as_far_as_they_go() -> None:
    empty = Lessons(
        rows=csr_array(np.zeros((3, 4), np.float32)),
        sides=np.array([1, -1, -1], np.float32),
        weights=np.ones(3, np.float32),
    )

    line = learn(empty)

    assert not line[:-1].any()
    assert line[-1] < 0
