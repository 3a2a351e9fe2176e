import numpy as np

from evidence.citations.record import Name, Reference
from evidence.deduplication import from_references
from evidence.deduplication.compare import compare
from evidence.deduplication.facts import Fact, facts
from evidence.deduplication.prepare import prepare


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


def test_a_title_is_within_another_in_spite_of_misread_letters_and_lost_spaces() -> None:
    whole = "Measuring the hidden labour of repair cafes"
    damaged = "Winner of the prize for essays: Measvring thehidden labour of repajr cafes"
    half = "Winner of the prize for essays: Measvring the hidden rents of kitchens"

    within = {Fact.TITLE_WITHIN, Fact.TITLE_OVERLAPS}
    assert within <= _known(Reference(title=whole), Reference(title=damaged))
    assert not within & _known(Reference(title=whole), Reference(title=half))


def test_a_title_within_another_says_nothing_where_other_authors_are_given() -> None:
    whole = Reference(title="Measuring the hidden labour of cafes", authors=(Name("Vance"),))
    title = "Winner of the prize for essays: Measvring thehidden labour of cafes"

    assert Fact.TITLE_WITHIN in _known(whole, Reference(title=title, authors=(Name("Vance"),)))
    assert Fact.TITLE_WITHIN not in _known(whole, Reference(title=title, authors=(Name("Osei"),)))


def test_several_authors_are_at_least_three_names() -> None:
    three = (Name("Vance", "A."), Name("Ilic", "B."), Name("Osei", "K."))

    assert Fact.AUTHORS_SEVERAL in _known(Reference(authors=three), Reference(authors=three[::-1]))
    assert Fact.AUTHORS_SEVERAL not in _known(
        Reference(authors=three[:2]), Reference(authors=three)
    )


def test_pages_that_count_from_1_on_one_side_only() -> None:
    proof, article = Reference(volume="3", pages="1-9"), Reference(volume="3", pages="412-421")

    known = _known(proof, article)

    assert Fact.PAGES_FROM_1 in known
    assert Fact.PAGES_EARLY not in known
    assert Fact.PAGES_FROM_1 not in _known(proof, Reference(volume="3", pages="1-12"))
