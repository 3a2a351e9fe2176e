"""Numbers are compared with scipy.stats, which the code does not use."""

from math import ceil
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import hypergeom

from evidence.errors import Invalid
from evidence.screening.features import describe
from evidence.screening.priority import rank, shuffled
from evidence.screening.stopping_tests import (
    Sample,
    cautious_p_value,
    check_size,
    needed_size,
    p_value,
    recall,
    sample_of,
    still_unread,
)
from tests.screening.conftest import invented


def check(before: int, unread: int, size: int, relevant: int) -> Sample:
    """A random check of what was unread when it began."""
    return Sample(
        size=size,
        relevant=relevant,
        among=unread,
        relevant_among=relevant,
        read=size,
        before=before,
    )


def test_the_p_value_is_that_of_the_published_formula() -> None:
    """38 found in order, then 300 of 1,000 unread ones read at random, one of them relevant.

    39 found: recall is below 95 % from 42 relevant works on, so at least 42 − 38 = 4 of the
    1,000 would be relevant, one or none of them in the sample.
    """
    wanted = hypergeom.cdf(1, 1000, 4, 300)

    assert p_value(check(38, 1000, 300, 1), 0.95) == pytest.approx(wanted)
    assert wanted == pytest.approx(0.651, abs=0.001)


def test_the_p_value_by_hand() -> None:
    """19 found, 10 unread, 5 read at random, none relevant: two must be among the other five."""
    assert p_value(check(19, 10, 5, 0), 0.95) == pytest.approx(5 / 10 * 4 / 9)


@given(
    before=st.integers(0, 300),
    unread=st.integers(1, 2000),
    part=st.floats(0, 1),
    relevant=st.integers(0, 20),
    target=st.sampled_from([0.8, 0.9, 0.95, 0.99, 1.0]),
)
def test_the_p_value_is_that_of_scipy(
    before: int, unread: int, part: float, relevant: int, target: float
) -> None:
    size = int(part * unread)
    relevant = min(relevant, size)
    sample = check(before, unread, size, relevant)
    found = before + relevant
    marked = int(found / target + 1e-9) + 1 - before
    if not found or size == unread:
        wanted = float(size < unread)
    elif marked > unread - size + relevant:
        wanted = 0.0
    else:
        wanted = hypergeom.cdf(relevant, unread, marked, size)

    assert p_value(sample, target) == pytest.approx(wanted, abs=1e-9)


def test_a_recall_at_the_target_is_not_below_it() -> None:
    """57 of 60 are exactly 95 %, so it takes 61 to be below: four of the unread."""
    assert p_value(check(57, 100, 50, 0), 0.95) == pytest.approx(hypergeom.cdf(0, 100, 4, 50))


def test_without_anything_found_nothing_can_be_said() -> None:
    assert p_value(check(0, 100, 50, 0), 0.95) == 1
    assert cautious_p_value([False] * 50, 100, 0.95) == 1
    assert cautious_p_value([], 100, 0.95) == 1


def test_when_all_is_read_nothing_is_missed() -> None:
    assert p_value(check(3, 50, 50, 1), 0.95) == 0
    assert cautious_p_value([True, False, False], 3, 0.95) == 0
    assert cautious_p_value([], 0, 0.95) == 0
    assert p_value(check(0, 0, 0, 0), 0.95) == 0


def test_when_too_few_are_unread_to_miss_the_target_it_cannot_be_missed() -> None:
    assert p_value(check(99, 10, 6, 0), 0.95) == 0
    assert cautious_p_value([*[True] * 99, *[False] * 6], 109, 0.95) == 0


@given(reading=st.lists(st.booleans(), min_size=1, max_size=60), unread=st.integers(0, 60))
def test_the_cautious_test_takes_the_clearest_of_all_last_parts(
    reading: list[bool], unread: int
) -> None:
    total, found, read = len(reading) + unread, sum(reading), len(reading)
    wanted = 1.0
    if not unread:
        wanted = 0.0
    elif found:
        for begin in range(read):
            hits = sum(reading[begin:])
            marked = int(found / 0.9 + 1e-9) + 1 - (found - hits)
            drawn, among = read - begin, total - begin
            possible = marked <= unread + hits
            p = hypergeom.cdf(hits, among, marked, drawn) if possible else 0.0
            wanted = min(wanted, p)

    assert cautious_p_value(reading, total, 0.9) == pytest.approx(wanted, abs=1e-9)


def test_the_interval_is_what_the_sample_does_not_contradict() -> None:
    """Of 1,000 works 200 were read at random, 10 of them relevant; 40 were found in all."""
    found = recall(Sample(size=200, relevant=10, among=1000, relevant_among=40, read=500))
    many = [
        marked
        for marked in range(40, 541)
        if hypergeom.cdf(10, 1000, marked, 200) > 0.025
        and hypergeom.sf(9, 1000, marked, 200) > 0.025
    ]

    assert found.estimate == pytest.approx(40 / 50)
    assert found.low == pytest.approx(40 / max(many))
    assert found.high == pytest.approx(40 / min(many))
    assert found.most == max(many)


@pytest.mark.parametrize("marked", [1, 4, 20, 60])
@pytest.mark.parametrize("size", [5, 40, 150])
def test_the_interval_covers_the_truth_as_often_as_it_says(marked: int, size: int) -> None:
    """Over all samples there can be, when all else that is known is the sample."""
    covered = 0.0
    for relevant in range(min(size, marked) + 1):
        sample = Sample(size=size, relevant=relevant, among=200, relevant_among=relevant, read=size)
        seen = recall(sample)
        truth = relevant / marked
        if seen.low - 1e-12 <= truth <= seen.high + 1e-12:
            covered += hypergeom.pmf(relevant, 200, marked, size)

    assert covered >= 0.95


def test_what_was_found_before_counts() -> None:
    seen = recall(check(50, 100, 60, 0))

    assert seen.high == 1
    assert seen.low == pytest.approx(50 / seen.most)
    assert seen.most - 50 == max(
        marked for marked in range(41) if hypergeom.cdf(0, 100, marked, 60) > 0.025
    )
    assert seen.estimate is None


def test_an_interval_at_its_ends() -> None:
    nothing = recall(Sample(size=0, relevant=0, among=100, relevant_among=5, read=30))
    everything = recall(Sample(size=100, relevant=5, among=100, relevant_among=5, read=100))
    none = recall(Sample(size=0, relevant=0, among=0, relevant_among=0, read=0))
    barren = recall(check(0, 100, 50, 0))

    assert (nothing.estimate, nothing.high) == (None, 1)
    assert nothing.low == pytest.approx(5 / 75)
    assert (everything.estimate, everything.low, everything.high) == (1, 1, 1)
    assert (none.low, none.high) == (1, 1)
    assert barren.low == 0


@pytest.mark.parametrize(("found", "unread"), [(20, 500), (100, 900), (3, 50), (400, 10_000)])
def test_the_size_of_a_check_is_the_smallest_that_passes(found: int, unread: int) -> None:
    size = check_size(found, unread, 0.95)

    assert p_value(check(found, unread, size, 0), 0.95) <= 0.05
    assert p_value(check(found, unread, size - 1, 0), 0.95) > 0.05


def test_the_size_of_a_check_at_its_ends() -> None:
    assert check_size(0, 80, 0.95) == 80
    assert check_size(100, 3, 0.95) == 0
    assert check_size(10, 0, 0.95) == 0


@pytest.mark.parametrize(
    ("relevant", "found", "among"), [(0, 20, 1000), (2, 30, 800), (5, 5, 60), (0, 400, 10_000)]
)
def test_the_needed_size_is_the_smallest_that_can_pass(
    relevant: int, found: int, among: int
) -> None:
    drawn = Sample(size=5, relevant=relevant, among=among, relevant_among=found, read=max(found, 5))
    marked = int(found / 0.95 + 1e-9) + 1
    wanted = next(
        n for n in range(5, among + 1) if hypergeom.cdf(relevant, among, marked, n) < 0.05
    )

    assert needed_size(drawn, 0.95) == wanted


def test_the_needed_size_at_its_ends() -> None:
    nothing = Sample(size=5, relevant=0, among=100, relevant_among=0, read=20)
    nearly = Sample(size=5, relevant=0, among=100, relevant_among=60, read=98)

    assert needed_size(nothing, 0.95) == 100
    assert needed_size(nearly, 0.95) == 5  # what is unread cannot miss the target any more


@pytest.mark.parametrize("target", [0, -1, 1.01])
def test_a_target_that_is_none_is_refused(target: float) -> None:
    with pytest.raises(Invalid, match="recall that is wanted"):
        p_value(check(1, 10, 5, 0), target)


@pytest.mark.parametrize(
    "wrong",
    [
        {"size": 5, "relevant": 6, "among": 9, "relevant_among": 6, "read": 9},
        {"size": 5, "relevant": 2, "among": 9, "relevant_among": 1, "read": 9},
        {"size": 5, "relevant": 0, "among": 9, "relevant_among": 1, "read": 4},
        {"size": 5, "relevant": 0, "among": 9, "relevant_among": 1, "read": 10},
    ],
)
def test_a_sample_that_cannot_be_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(Invalid):
        Sample(**wrong)


# ── the sample that a review has ──────────────────────────────────────────────────────────────────


def test_the_sample_is_the_decided_head_of_the_random_order() -> None:
    order = shuffled(range(20), 7)
    decided = {key: key % 2 == 0 for key in (*order[:6], *order[9:12])}

    sample = sample_of(range(20), decided, seed=7)

    assert sample.size == 6
    assert sample.relevant == sum(decided[key] for key in order[:6])
    assert (sample.among, sample.read, sample.before) == (20, 9, 0)
    assert sample.relevant_among == sum(decided.values())


def test_what_was_decided_before_is_no_part_of_the_sample() -> None:
    order = shuffled(range(20), 7)
    before = {order[0]: True, order[3]: False}
    decided = before | {order[1]: True, order[2]: False}

    sample = sample_of(range(20), decided, seed=7, before=before)

    assert (sample.size, sample.relevant) == (2, 1)
    assert (sample.among, sample.read, sample.relevant_among, sample.before) == (18, 2, 1, 1)


def test_reading_in_order_with_a_random_share_makes_a_random_sample() -> None:
    """Over many seeds, the share of relevant ones in the sample is that of the collection."""
    relevant = {number: number % 5 == 0 for number in range(150)}
    chance = Random(1)  # noqa: S311
    features = describe(invented(n, relevant=side, chance=chance) for n, side in relevant.items())
    shares, sizes = [], []
    for seed in range(30):
        decided: dict[int, bool] = {0: True, 1: False}
        while len(decided) < 75:
            ranking = rank(features, decided, seed=seed, random_share=0.3)
            decided |= {key: relevant[key] for key in ranking.order[:10]}
        sample = sample_of(relevant, decided, seed=seed, before=(0, 1))
        shares.append(sample.relevant / sample.size)
        sizes.append(sample.size)

    assert min(sizes) >= ceil(0.3 * 70) - 3
    assert sum(decided.values()) / len(decided) > 0.35  # the reading is far from random
    assert sum(shares) / len(shares) == pytest.approx(29 / 148, abs=0.04)


def read_in_order(seed: int, relevant: dict[int, bool], until: int) -> dict[int, bool]:
    """A reading of which a tenth is random; the rest follows an order better than chance."""
    chance = Random(seed)  # noqa: S311
    promise = {key: chance.gauss(2.0 * relevant[key], 1) for key in relevant}
    best = iter(sorted(relevant, key=lambda key: -promise[key]))
    drawn = iter(shuffled(tuple(relevant), seed))
    decided: dict[int, bool] = {}
    for turn in range(until):
        source = drawn if turn % 10 == 9 else best
        key = next(key for key in source if key not in decided)
        decided[key] = relevant[key]
    return decided


@pytest.mark.parametrize("until", [60, 150])
def test_the_interval_holds_while_people_read_in_order(until: int) -> None:
    relevant = {key: key < 20 for key in range(300)}
    held = 0
    for seed in range(200):
        decided = read_in_order(seed, relevant, until)
        seen = recall(sample_of(relevant, decided, seed=seed))
        held += seen.low - 1e-9 <= sum(decided.values()) / 20 <= seen.high + 1e-9

    assert held / 200 >= 0.95


@given(
    relevant=st.integers(0, 30),
    unread=st.integers(0, 400),
    read=st.integers(1, 400),
    data=st.data(),
    confidence=st.sampled_from([0.9, 0.95, 0.99]),
)
def test_the_bound_of_what_is_left_is_the_first_that_the_sample_contradicts(
    relevant: int, unread: int, read: int, data: st.DataObject, confidence: float
) -> None:
    size = data.draw(st.integers(0, read))
    found = data.draw(st.integers(0, min(relevant, size)))
    sample = Sample(
        size=size,
        relevant=found,
        among=read + unread,
        relevant_among=found + min(relevant, read - size),
        read=read,
    )
    left = still_unread(sample, confidence)

    def chance(more: int) -> float:
        marked = sample.relevant_among + more
        return float(hypergeom.cdf(found, sample.among, marked, size))

    assert 0 <= left.fewer_than <= unread + 1
    if left.fewer_than <= unread:
        assert chance(left.fewer_than) <= 1 - confidence + 1e-9
    if left.fewer_than > 0:
        assert chance(left.fewer_than - 1) > 1 - confidence - 1e-9


def test_the_likeliest_number_left_is_the_share_of_the_sample_by_hand() -> None:
    """3 of 100 random works are relevant, so about 30 of 1,000; 18 are found, 12 are left."""
    sample = Sample(size=100, relevant=3, among=1000, relevant_among=18, read=400)

    assert still_unread(sample).likeliest == 12


def test_the_bound_holds_as_often_as_it_says() -> None:
    """Draws from reviews whose truth is known: the bound is below it in at most 5 of 100."""
    chance, missed, draws = Random(5), 0, 400  # noqa: S311 - to be repeatable
    for _ in range(draws):
        truth = chance.randint(0, 60)
        works = [True] * truth + [False] * (1000 - truth)
        chance.shuffle(works)
        size = chance.randint(50, 600)
        relevant = sum(works[:size])
        sample = Sample(
            size=size, relevant=relevant, among=1000, relevant_among=relevant, read=size
        )
        missed += truth - relevant >= still_unread(sample).fewer_than
    assert missed <= 0.05 * draws + 3 * (0.05 * 0.95 * draws) ** 0.5
