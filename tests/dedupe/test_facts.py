import numpy as np

from evidence.citations.record import Reference
from evidence.dedupe import from_references
from evidence.dedupe.compare import compare
from evidence.dedupe.facts import Fact, facts
from evidence.dedupe.prepare import prepare


def _known(a: Reference, b: Reference) -> set[Fact]:
    records = prepare(from_references([a, b]))
    known = facts(records, compare(records, np.array([0]), np.array([1])))
    assert set(known) == set(Fact)
    return {fact for fact, holds in known.items() if holds[0]}


def test_of_two_empty_records_only_what_is_missing_holds() -> None:
    missing = {fact for fact in Fact if fact.name.endswith("_MISSING")}

    assert _known(Reference(), Reference()) == {
        *missing,
        Fact.TITLE_RECURRING,
        Fact.PLACE_UNKNOWN,
    }


def test_a_value_on_one_side_is_missing_and_never_other() -> None:
    full = Reference(
        title="Care in remote areas",
        year=2001,
        journal="Rural Care",
        volume="3",
        issue="1",
        pages="10-19",
        doi="10.1000/x",
        pmid="7",
        abstract="Far away.",
    )

    assert not {fact for fact in _known(full, Reference()) if fact.name.endswith("_OTHER")}


def test_pages_and_places() -> None:
    article = Reference(volume="3", issue="1", pages="240-245")
    erratum = Reference(volume="3", issue="25", pages="240-240")

    known = _known(article, erratum)

    assert {Fact.PAGES_SAME, Fact.ENDS_OTHER, Fact.ISSUE_OTHER, Fact.VOLUME_SAME} <= known
    assert not known & {Fact.PAGES_FULL, Fact.SPOT_SAME}


def test_pages_before_there_was_a_volume_are_no_other_pages() -> None:
    known = _known(Reference(pages="1-9"), Reference(volume="3", pages="515-523"))

    assert {Fact.PAGES_MISSING, Fact.VOLUME_ONE_SIDED} <= known


def test_versions_of_a_doi() -> None:
    known = _known(Reference(doi="10.1002/cd1.pub2"), Reference(doi="10.1002/cd1.pub3"))

    assert {Fact.DOI_OTHER, Fact.DOI_VERSION_OTHER} <= known
