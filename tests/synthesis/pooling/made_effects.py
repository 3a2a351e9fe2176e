"""Short ways to write effects down, and effects that nobody thought of."""

from hypothesis import strategies as st

from evidence.synthesis.pooling.results import NotPooled, Pooled
from evidence.synthesis.pooling.study_effects import StudyEffect

Pairs = list[tuple[float, float]]


def effects(*pairs: tuple[float, float]) -> list[StudyEffect]:
    """Effects of studies 1, 2, … from pairs of estimate and variance."""
    return [
        StudyEffect(study=str(at), estimate=estimate, variance=variance)
        for at, (estimate, variance) in enumerate(pairs, start=1)
    ]


def pooled(result: Pooled | NotPooled) -> Pooled:
    assert isinstance(result, Pooled), result
    return result


def many(fewest: int = 2, most: int = 12) -> st.SearchStrategy[Pairs]:
    """Pairs of estimate and variance; whole hundredths, so that shrinking gives plain numbers."""
    estimates = st.integers(-300, 300).map(lambda number: number / 100)
    variances = st.integers(1, 200).map(lambda number: number / 100)
    return st.lists(st.tuples(estimates, variances), min_size=fewest, max_size=most)
