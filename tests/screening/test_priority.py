from itertools import islice
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.errors import Invalid
from evidence.screening.features import Features, Text, describe
from evidence.screening.priority import rank, shuffled


@pytest.fixture(scope="module")
def features(texts: tuple[Text, ...]) -> Features:
    return describe(texts)


def some(relevant: dict[int, bool], of_each: int) -> dict[int, bool]:
    """Decisions on a few records of both kinds."""
    return {
        key: side
        for side in (True, False)
        for key in islice((key for key in relevant if relevant[key] is side), of_each)
    }


def test_what_is_like_the_relevant_comes_first(
    features: Features, relevant: dict[int, bool]
) -> None:
    decided = some(relevant, 2)

    ranking = rank(features, decided, seed=1)

    left = sum(relevant.values()) - 2
    assert all(relevant[key] for key in ranking.order[:left])
    assert set(ranking.order) == relevant.keys() - decided.keys()
    assert not ranking.random


CHANCES = st.randoms(use_true_random=False)


@settings(max_examples=25)
@given(chance=CHANCES, seed=st.integers(-3, 50), share=st.sampled_from([0.0, 0.1, 0.5]))
def test_the_order_follows_from_decisions_and_seed_alone(
    texts: tuple[Text, ...], relevant: dict[int, bool], chance: Random, seed: int, share: float
) -> None:
    decided = some(relevant, 4)
    mixed_texts, mixed_decisions = list(texts), list(decided.items())
    chance.shuffle(mixed_texts)
    chance.shuffle(mixed_decisions)

    one = rank(describe(texts), decided, seed=seed, random_share=share)
    two = rank(describe(mixed_texts), dict(mixed_decisions), seed=seed, random_share=share)

    assert one.order == two.order
    assert one.random == two.random


def test_without_anything_to_go_by_the_order_is_random_and_says_so(features: Features) -> None:
    nothing, irrelevant = rank(features, {}, seed=1), rank(features, {100: False}, seed=1)

    assert nothing.order == shuffled(tuple(features.rows_by_id), 1)
    assert nothing.random == set(features.rows_by_id)
    assert nothing.line is None
    assert irrelevant.order == tuple(key for key in nothing.order if key != 100)
    assert rank(features, {}, seed=2).order != nothing.order


def test_criteria_are_enough_to_begin(texts: tuple[Text, ...], relevant: dict[int, bool]) -> None:
    features = describe(texts, criteria="Include studies of people who work in a garden with soil.")

    ranking = rank(features, {}, seed=1)

    assert sum(relevant[key] for key in ranking.order[:12]) >= 8


def test_known_studies_are_enough_to_begin(
    texts: tuple[Text, ...], relevant: dict[int, bool]
) -> None:
    elsewhere = Text(id=1, title="Horticulture", abstract="compost, seeds and an allotment")

    outside = rank(describe(texts, relevant_studies=[elsewhere]), {}, seed=1)
    inside = rank(describe(texts), {103: True}, seed=1)

    for ranking in (outside, inside):
        assert sum(relevant[key] for key in ranking.order[:11]) >= 8


def test_with_relevant_records_only_the_undecided_stand_in_for_the_others(
    features: Features, relevant: dict[int, bool]
) -> None:
    decided = {key: True for key in relevant if relevant[key] and key < 140}

    ranking = rank(features, decided, seed=1)

    assert sum(relevant[key] for key in ranking.order[:8]) == 8


def test_decisions_on_records_that_are_gone_are_left_out(features: Features) -> None:
    assert rank(features, {103: True, 9: False}, seed=1).order == (
        rank(features, {103: True}, seed=1).order
    )


def test_when_all_is_decided_nothing_is_left(features: Features, relevant: dict[int, bool]) -> None:
    for decided in (relevant, dict.fromkeys(relevant, True), dict.fromkeys(relevant, False)):
        ranking = rank(features, decided, seed=1, random_share=0.2)
        assert ranking.order == ()
        assert ranking.scores == {}


def test_no_records_give_no_order() -> None:
    assert rank(describe([], criteria="gardens"), {}, seed=1).order == ()


def test_a_share_of_the_order_is_random(features: Features, relevant: dict[int, bool]) -> None:
    decided = some(relevant, 5)
    plain = rank(features, decided, seed=1)
    mixed = rank(features, decided, seed=1, random_share=0.1)

    assert sorted(mixed.order) == sorted(plain.order)
    assert len(mixed.random) == 11  # of 110
    assert [at for at, key in enumerate(mixed.order) if key in mixed.random][:3] == [9, 19, 29]
    rest = [key for key in mixed.order if key not in mixed.random]
    assert rest == [key for key in plain.order if key not in mixed.random]


@pytest.mark.parametrize("share", [-0.1, 1.1])
def test_a_share_that_is_none_is_refused(features: Features, share: float) -> None:
    with pytest.raises(Invalid, match="between 0 and 1"):
        rank(features, {}, seed=1, random_share=share)


def test_with_a_share_of_one_all_is_random(features: Features) -> None:
    ranking = rank(features, {103: True}, seed=1, random_share=1)

    assert ranking.random == set(ranking.order)
    assert ranking.order == shuffled(ranking.order, 1)


def test_ties_go_by_id() -> None:
    texts = [Text(id=number, title="same words here") for number in (5, 3, 9)]
    texts += [Text(id=number, title=f"other things there {number}") for number in (1, 2)]

    assert rank(describe(texts), {1: True, 2: False}, seed=1).order == (3, 5, 9)


def test_scores_go_down_the_order(features: Features, relevant: dict[int, bool]) -> None:
    ranking = rank(features, some(relevant, 3), seed=1)

    scores = [ranking.scores[key] for key in ranking.order]
    assert np.all(np.diff(scores) <= 0)


def test_a_record_keeps_its_turn_whatever_becomes_of_others() -> None:
    everybody = shuffled(range(50), 3)

    assert shuffled(range(0, 50, 2), 3) == tuple(key for key in everybody if key % 2 == 0)
    assert sorted(everybody) == list(range(50))
