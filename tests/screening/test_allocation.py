"""Works are divided fairly, by chance, and the same for the same seed."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from evidence.screening.allocation import Lacking, split

ONE = {work: Lacking(people=1) for work in range(90)}


def loads(given_: tuple[tuple[int, int], ...]) -> Counter[int]:
    return Counter(person for _, person in given_)


def test_shares_are_kept() -> None:
    assert loads(split(ONE, {1: 1, 2: 1, 3: 1}, 5).given) == {1: 30, 2: 30, 3: 30}
    assert loads(split(ONE, {1: 2, 2: 1, 3: 0}, 5).given) == {1: 60, 2: 30}


def test_a_seed_gives_one_result_and_another_seed_another() -> None:
    shares = {1: 1.0, 2: 1.0}
    assert split(ONE, shares, 5) == split(dict(reversed(ONE.items())), {2: 1.0, 1: 1.0}, 5)
    assert split(ONE, shares, 5) != split(ONE, shares, 6)


def test_no_more_than_asked_are_divided() -> None:
    assert len(split(ONE, {1: 1}, 5, most=10).given) == 10


@given(
    st.dictionaries(
        st.integers(0, 200),
        st.builds(
            Lacking, people=st.integers(1, 3), has=st.frozensets(st.integers(1, 5), max_size=3)
        ),
        max_size=60,
    ),
    st.dictionaries(st.integers(1, 5), st.sampled_from([0.0, 0.5, 1.0, 2.0]), max_size=5),
    st.integers(0, 100),
)
def test_nobody_gets_a_work_twice_and_no_work_too_many(
    works: dict[int, Lacking], shares: dict[int, float], seed: int
) -> None:
    made = split(works, shares, seed)
    assert len(set(made.given)) == len(made.given)
    readers: dict[int, set[int]] = {work: set() for work in works}
    for work, person in made.given:
        assert shares[person] > 0
        assert person not in works[work].has
        readers[work].add(person)
    assert all(len(readers[work]) <= one.people for work, one in works.items())
    assert made.short == sum(len(readers[work]) < one.people for work, one in works.items())
