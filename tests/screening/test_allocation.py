"""Works are divided fairly, by chance, and the same for the same seed."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from evidence.screening.allocation import Vacancy, split

ONE = {work: Vacancy(people=1) for work in range(90)}


def loads(given_: tuple[tuple[int, int], ...]) -> Counter[int]:
    return Counter(person for _, person in given_)


def test_shares_are_kept() -> None:
    assert loads(split(ONE, {1: 1, 2: 1, 3: 1}, 5).pairs) == {1: 30, 2: 30, 3: 30}
    assert loads(split(ONE, {1: 2, 2: 1, 3: 0}, 5).pairs) == {1: 60, 2: 30}


def test_a_seed_gives_one_result_and_another_seed_another() -> None:
    shares = {1: 1.0, 2: 1.0}
    assert split(ONE, shares, 5) == split(dict(reversed(ONE.items())), {2: 1.0, 1: 1.0}, 5)
    assert split(ONE, shares, 5) != split(ONE, shares, 6)


def test_no_more_than_asked_are_divided() -> None:
    assert len(split(ONE, {1: 1}, 5, most=10).pairs) == 10


@given(
    st.dictionaries(
        st.integers(0, 200),
        st.builds(
            Vacancy, people=st.integers(1, 3), readers=st.frozensets(st.integers(1, 5), max_size=3)
        ),
        max_size=60,
    ),
    st.dictionaries(st.integers(1, 5), st.sampled_from([0.0, 0.5, 1.0, 2.0]), max_size=5),
    st.integers(0, 100),
)
def test_nobody_gets_a_work_twice_and_no_work_too_many(
    works: dict[int, Vacancy], shares: dict[int, float], seed: int
) -> None:
    made = split(works, shares, seed)
    assert len(set(made.pairs)) == len(made.pairs)
    readers: dict[int, set[int]] = {work: set() for work in works}
    for work, person in made.pairs:
        assert shares[person] > 0
        assert person not in works[work].readers
        readers[work].add(person)
    assert all(len(readers[work]) <= one.people for work, one in works.items())
    assert made.short == sum(len(readers[work]) < one.people for work, one in works.items())
