"""Overlap of sources: every work counts once for each source that found it."""

from evidence.synthesis.overlap import overlap


def test_alone_and_shared_are_counted_by_work() -> None:
    found = overlap([(1, 10), (1, 20), (2, 10), (3, 20), (3, 20), (4, 30)])
    assert [(s.source, s.works, s.alone) for s in found.shares] == [
        (10, 2, 1),
        (20, 2, 1),
        (30, 1, 1),
    ]
    assert found.shared_by(20, 10) == 1
    assert found.shared_by(10, 30) == 0
    assert found.shared_by(30, 30) == 1


def test_nothing_overlaps_with_nothing() -> None:
    assert overlap([]).shares == ()
