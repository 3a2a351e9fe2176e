"""Dividing works among people at random."""

import random
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacancy:
    """How many people a work lacks.

    Attributes:
        readers: who reads or has read it already.
    """

    people: int
    readers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Who gets what.

    Attributes:
        pairs: (work, person).
        short: works that still lack people, because too few were there to choose from.
    """

    pairs: tuple[tuple[int, int], ...]
    short: int


def split(
    works: Mapping[int, Vacancy], shares: Mapping[int, float], seed: int, most: int | None = None
) -> Split:
    """Divide works so that each person gets their share of the readings, as nearly as it can be.

    The works are shuffled; each goes to those who are furthest behind their share and do not have
    it yet, chance deciding between equals. The same works, shares and seed give the same result.

    Args:
        works: by id.
        shares: how much of the whole each person takes on; 2 is twice as much as 1.
        seed: of the random order.
        most: so many works are divided and no more.
    """
    chance = random.Random(seed)  # noqa: S311 - a draw that must be repeatable, not secret
    order = sorted(works)
    chance.shuffle(order)
    order = order[:most]
    load = dict.fromkeys(sorted(shares), 0)
    pairs: list[tuple[int, int]] = []
    short = 0
    for work_id in order:
        vacancy = works[work_id]
        able = [person for person in load if shares[person] > 0 and person not in vacancy.readers]
        chance.shuffle(able)
        able.sort(key=lambda person: (load[person] + 1) / shares[person])
        readers = able[: vacancy.people]
        for person in readers:
            load[person] += 1
        pairs += [(work_id, person) for person in readers]
        short += len(readers) < vacancy.people
    return Split(pairs=tuple(pairs), short=short)
