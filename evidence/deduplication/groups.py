"""From pairs to groups, such that no chain joins what is kept apart."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, islice, product

import numpy as np
from numpy.typing import NDArray

from evidence.deduplication.prepare import Integers

BATCH = 100_000  # pairs

Pair = tuple[int, int]
Apart = Callable[[Integers, Integers], NDArray[np.bool_]]


def group(
    edges: Sequence[Pair], joined: Collection[Pair], parted: Collection[Pair], apart: Apart
) -> list[list[int]]:
    """Join rows into groups. In a pair the smaller row comes first.

    Args:
        edges: pairs that the rules join, the surest first.
        joined: pairs that a person joined; they hold even against the rules.
        parted: pairs that a person parted; nothing joins them, no chain either.
        apart: whether the rules keep pairs of rows apart.

    Returns:
        Groups of two or more rows, each in ascending order, by their first row.
    """
    by_people = sorted(joined)
    components = _components([*by_people, *edges])
    forbidden = _forbidden(components, set(edges), by_people, apart)
    component = {row: number for number, rows in enumerate(components) for row in rows}
    troubled = {
        component[a]
        for a, b in (*forbidden, *parted)
        if a in component and component[a] == component.get(b)
    }
    groups = [sorted(rows) for number, rows in enumerate(components) if number not in troubled]
    if troubled:
        parts = {row: {row} for number in troubled for row in components[number]}
        _merge(parts, by_people, set(parted))
        _merge(parts, edges, {*parted, *forbidden})
        groups += {id(part): sorted(part) for part in parts.values() if len(part) > 1}.values()
    return sorted(groups)


def _components(edges: Iterable[Pair]) -> list[list[int]]:
    parent: dict[int, int] = {}

    def root(row: int) -> int:
        while parent.setdefault(row, row) != row:
            parent[row] = parent[parent[row]]
            row = parent[row]
        return row

    for a, b in edges:
        parent[root(b)] = root(a)
    members: dict[int, list[int]] = {}
    for row in parent:
        members.setdefault(root(row), []).append(row)
    return list(members.values())


def _forbidden(
    components: list[list[int]], edges: set[Pair], joined: Sequence[Pair], apart: Apart
) -> set[Pair]:
    """Pairs within a component that the rules keep apart, and that no person has overruled."""
    inner = (
        pair
        for rows in components
        if len(rows) > 2  # noqa: PLR2004 - two rows are joined by the pair itself
        for pair in combinations(sorted(rows), 2)
        if pair not in edges
    )
    apart_pairs = list(_apart_pairs(inner, apart))
    twins = {row: rows for rows in _components(joined) for row in rows}
    return {pair for pair in apart_pairs if not _overruled(pair, edges, twins)}


def _apart_pairs(pairs: Iterator[Pair], apart: Apart) -> Iterator[Pair]:
    """The pairs that are kept apart; in batches, since a large group has very many pairs."""
    while batch := list(islice(pairs, BATCH)):
        table = np.array(batch, dtype=np.int64)
        yield from (batch[at] for at in np.flatnonzero(apart(table[:, 0], table[:, 1])).tolist())


def _overruled(pair: Pair, edges: set[Pair], twins: Mapping[int, list[int]]) -> bool:
    """Whether a person joined one of the two to a record that is the same as the other."""
    a, b = (twins.get(row, [row]) for row in pair)
    if len(a) == len(b) == 1:
        return False
    return any(x == y or (min(x, y), max(x, y)) in edges for x, y in product(a, b))


def _merge(parts: dict[int, set[int]], edges: Iterable[Pair], forbidden: set[Pair]) -> None:
    """Join the parts at both ends of each edge, unless a forbidden pair would come together."""
    for a, b in edges:
        if a not in parts or b not in parts or parts[a] is parts[b]:
            continue
        crossing = ((min(x, y), max(x, y)) for x, y in product(parts[a], parts[b]))
        if forbidden.isdisjoint(crossing):
            small, large = sorted((parts[a], parts[b]), key=len)
            large |= small
            parts.update(dict.fromkeys(small, large))
