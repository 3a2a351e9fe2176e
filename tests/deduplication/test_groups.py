import numpy as np

from evidence.deduplication.facts import Mask
from evidence.deduplication.groups import group
from evidence.deduplication.prepare import Integers


def _never(a: Integers, _b: Integers) -> Mask:
    return np.zeros(len(a), dtype=bool)


class _Apart:
    """Keeps the given pairs apart."""

    def __init__(self, *pairs: tuple[int, int]) -> None:
        self.pairs = set(pairs)

    def __call__(self, a: Integers, b: Integers) -> Mask:
        asked = zip(a.tolist(), b.tolist(), strict=True)
        return np.array([pair in self.pairs for pair in asked], dtype=bool)


def test_pairs_form_groups() -> None:
    assert group([(0, 1), (1, 2), (5, 6)], [], [], _never) == [[0, 1, 2], [5, 6]]


def test_no_chain_joins_what_the_rules_keep_apart_and_the_surest_pair_wins() -> None:
    assert group([(0, 1), (1, 2)], [], [], _Apart((0, 2))) == [[0, 1]]
    assert group([(1, 2), (0, 1)], [], [], _Apart((0, 2))) == [[1, 2]]


def test_a_person_parts_even_along_a_chain() -> None:
    assert group([(0, 1), (1, 2), (2, 3)], [], [(0, 3)], _never) == [[0, 1, 2]]


def test_a_person_joins_what_the_rules_do_not() -> None:
    assert group([], [(3, 4)], [], _never) == [[3, 4]]


def test_a_person_joins_against_the_rules_also_along_a_chain() -> None:
    assert group([(0, 1), (0, 2)], [(1, 2)], [], _Apart((1, 2))) == [[0, 1, 2]]
    assert group([(0, 1)], [(1, 2)], [], _Apart((0, 2))) == [[0, 1, 2]]


def test_of_two_decisions_that_contradict_along_a_chain_the_parting_one_holds() -> None:
    assert group([], [(0, 1), (1, 2)], [(0, 2)], _never) == [[0, 1]]


def test_other_groups_are_left_alone_when_one_is_cut() -> None:
    edges = [(0, 1), (1, 2), (7, 8), (8, 9)]

    assert group(edges, [], [(0, 2)], _never) == [[0, 1], [7, 8, 9]]
