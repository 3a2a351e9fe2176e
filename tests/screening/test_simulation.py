from random import Random

import pytest

from evidence.errors import Invalid
from evidence.screening.features import Text, describe
from evidence.screening.order_measures import measure
from evidence.screening.screened_table import read_table
from evidence.screening.simulation import draw_prior, simulate
from tests.conftest import SHARED


def test_a_review_is_read_to_its_end_once(
    texts: tuple[Text, ...], relevant: dict[int, bool]
) -> None:
    found = simulate(describe(texts), relevant, (103, 100), seed=1)

    assert found.order[:2] == (103, 100)
    assert sorted(found.order) == sorted(relevant)
    assert all(relevant[key] for key in found.order[2:13])
    assert not found.random


def test_it_never_looks_ahead(texts: tuple[Text, ...], relevant: dict[int, bool]) -> None:
    """What is decided on works that come later changes nothing of what came before."""
    features = describe(texts)
    order = simulate(features, relevant, (103, 100), seed=1).order
    turned = relevant | {key: not relevant[key] for key in order[40:]}

    assert simulate(features, turned, (103, 100), seed=1).order[:41] == order[:41]


def test_random_works_are_a_share(texts: tuple[Text, ...], relevant: dict[int, bool]) -> None:
    found = simulate(describe(texts), relevant, (103, 100), seed=1, random_share=0.2)

    assert len(found.random) == 24
    assert sorted(found.order) == sorted(relevant)


def test_it_begins_with_nothing(texts: tuple[Text, ...], relevant: dict[int, bool]) -> None:
    found = simulate(describe(texts), relevant, (), seed=5)

    assert sorted(found.order) == sorted(relevant)
    first = next(at for at, key in enumerate(found.order) if relevant[key])
    assert all(relevant[key] for key in found.order[first : first + 12])


def test_one_of_each_kind_is_drawn_as_the_reference_does() -> None:
    relevant = {row: row % 7 == 0 for row in range(100)}
    chance = Random(3)  # noqa: S311
    wanted = (
        chance.choice([row for row in relevant if relevant[row]]),
        chance.choice([row for row in relevant if not relevant[row]]),
    )

    assert draw_prior(relevant, 3) == wanted
    assert draw_prior(dict.fromkeys(range(9), False), 3)[0] in range(9)


@pytest.mark.parametrize("known", [(1,), (103, 9)])
def test_a_prior_work_must_be_there(
    texts: tuple[Text, ...], relevant: dict[int, bool], known: tuple[int, ...]
) -> None:
    with pytest.raises(Invalid, match="decision on each work"):
        simulate(describe(texts), relevant, known, seed=1)


def test_measures_of_an_order() -> None:
    found = [True, False, True, *[False] * 16, True]
    measured = measure(found)

    assert measured is not None
    assert measured.atd == pytest.approx((1 + 3 + 20) / 3 / 20)
    assert measured.loss == pytest.approx((8 - 2) / 17)
    assert measured.wss95 == pytest.approx(-0.05)
    assert measured.recall10 == pytest.approx(1 / 3)


def test_measures_at_their_ends() -> None:
    best, worst, every = measure([True, *[False] * 9]), measure([False, True]), measure([True] * 3)

    assert best is not None
    assert best.loss == 0
    assert worst is not None
    assert worst.loss == 1
    assert every is not None
    assert every.loss == 0
    assert measure([False]) is None
    assert measure([]) is None


def test_19_of_20_are_95_percent() -> None:
    measured = measure([*[True] * 19, False, True])

    assert measured is not None
    assert measured.wss95 == pytest.approx(2 / 21 - 0.05)


NSAIDS = SHARED / "bench" / "screening" / "Cohen_NSAIDS.csv"
BLOCKERS = SHARED / "bench" / "screening" / "Cohen_CalciumChannelBlockers.csv"


@pytest.mark.skipif(not NSAIDS.exists(), reason="the public sets lie beside the repository")
def test_a_real_review_is_found_as_soon_as_measured() -> None:
    """ASReview's default model has 0.109 and 0.730 here (mean of three beginnings)."""
    table = read_table(NSAIDS.read_bytes(), NSAIDS.name)
    features = describe(record.text for record in table.records)
    known = draw_prior(table.relevant, 1)
    order = simulate(features, table.relevant, known, seed=1).order[2:]

    measured = measure([table.relevant[row] for row in order])

    assert measured is not None
    assert measured.atd < 0.115
    assert measured.wss95 > 0.65


@pytest.mark.journey
@pytest.mark.skipif(not BLOCKERS.exists(), reason="the public sets lie beside the repository")
def test_relevant_records_without_any_text_are_not_the_last_of_a_real_review() -> None:
    """Four of its 100 relevant records have neither title nor abstract; ASReview reaches 0.258."""
    table = read_table(BLOCKERS.read_bytes(), BLOCKERS.name)
    texts = [record.text for record in table.records]
    silent = {text.id for text in texts if not text.whole.strip() and table.relevant[text.id]}
    known = draw_prior(table.relevant, 1)
    order = simulate(describe(texts), table.relevant, known, seed=1).order[2:]

    measured = measure([table.relevant[row] for row in order])

    assert len(silent) == 4
    assert max(order.index(row) for row in silent) < 0.7 * len(order)
    assert measured is not None
    assert measured.wss95 > 0.35
