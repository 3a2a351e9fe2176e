"""Overlap of sources: every work counts once for each source that found it."""

from hypothesis import given
from hypothesis import strategies as st

from evidence.synthesis.source_overlap import FoundTogether, SearchedSource, source_overlap

SOURCES = tuple(SearchedSource(id=n, name=f"Source {n}", records=n) for n in (10, 20, 30, 40))
PAIRS = st.lists(
    st.tuples(st.integers(1, 12), st.sampled_from([each.id for each in SOURCES])), max_size=60
)


def test_alone_and_shared_are_counted_by_work() -> None:
    found = source_overlap(SOURCES, [(1, 10), (1, 20), (2, 10), (3, 20), (3, 20), (4, 30)])
    assert [(each.source.id, each.works, each.alone) for each in found.sources] == [
        (10, 2, 1),
        (20, 2, 1),
        (30, 1, 1),
        (40, 0, 0),
    ]
    assert found.pairs.shared_by(20, 10) == 1
    assert found.pairs.shared_by(10, 30) == 0
    assert found.pairs.shared_by(30, 30) == 1
    assert (found.works, found.alone) == (4, 3)
    assert found.combinations[-1] == FoundTogether(sources=frozenset({10, 20}), works=1)


def test_nothing_overlaps_with_nothing() -> None:
    found = source_overlap((), [])
    assert (found.sources, found.combinations, found.works) == ((), (), 0)
    assert [each.works for each in source_overlap(SOURCES, []).sources] == [0, 0, 0, 0]


@given(PAIRS)
def test_each_work_is_in_one_combination_and_in_each_of_its_sources(
    pairs: list[tuple[int, int]],
) -> None:
    found = source_overlap(SOURCES, pairs)
    assert sum(each.works for each in found.combinations) == found.works
    for each in found.sources:
        of_source = [c.works for c in found.combinations if each.source.id in c.sources]
        assert each.works == sum(of_source) == len({w for w, s in pairs if s == each.source.id})
    sizes = [each.works for each in found.combinations]
    assert sizes == sorted(sizes, reverse=True)
