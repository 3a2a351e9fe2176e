"""The sample of a pilot is drawn fairly, and the same draw can be made again."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.screening import pilot_sample


@given(st.sets(st.integers(1, 10**9), min_size=1, max_size=60), st.data())
def test_a_sample_holds_only_candidates_and_none_twice(
    works: set[int], data: st.DataObject
) -> None:
    size = data.draw(st.integers(1, len(works)))
    sample = pilot_sample.draw(sorted(works), size, seed=3)
    assert len(set(sample)) == size
    assert set(sample) <= works
    assert sample == pilot_sample.draw(sorted(works), size, seed=3)


def test_every_work_is_as_likely_as_any_other() -> None:
    drawn = Counter(work for seed in range(2000) for work in pilot_sample.draw(range(10), 3, seed))
    assert all(count == pytest.approx(600, abs=100) for count in drawn.values())
