from dataclasses import replace

from evidence.citations.record import Name, Reference
from evidence.deduplication import merge

FULL = Reference(
    title="CARE IN REMOTE AREAS",
    authors=(Name("Ito", "K."),),
    year=2014,
    journal="Rural Care",
    volume="12",
    issue="3",
    pages="201-214",
)
RICH = Reference(
    title="Care in remote areas",
    authors=(Name("Ito", "Kenji"), Name("Low", "Tessa")),
    year=2013,
    journal="Rural Care",
    pages="1-14",
    doi="10.1/x",
    abstract="Background: far away.",
)


def test_a_missing_field_is_filled_from_its_twin() -> None:
    merged = merge([FULL, RICH])

    assert (merged.reference.doi, merged.origin["doi"]) == ("10.1/x", 1)
    assert merged.reference.abstract == "Background: far away."


def test_the_place_is_taken_from_one_record() -> None:
    merged = merge([RICH, FULL])

    place = merged.reference
    assert (place.year, place.volume, place.issue, place.pages) == (2014, "12", "3", "201-214")
    assert {merged.origin[name] for name in ("year", "volume", "issue", "pages")} == {1}


def test_a_title_in_mixed_case_and_the_longer_list_of_names_win() -> None:
    merged = merge([FULL, RICH])

    assert merged.reference.title == "Care in remote areas"
    assert merged.reference.authors == RICH.authors


def test_a_note_does_not_make_a_title_longer() -> None:
    noted = replace(RICH, title="Care in remote areas. [Review] [33 refs]")

    assert merge([noted, RICH]).reference.title == "Care in remote areas"


def test_what_most_records_say_wins_between_equals() -> None:
    references = [Reference(publisher=name) for name in ("Eins", "Zwei", "Eins")]

    assert merge(references).reference.publisher == "Eins"


def test_the_order_of_the_records_does_not_change_the_values() -> None:
    assert merge([FULL, RICH]).reference == merge([RICH, FULL]).reference


def test_fields_that_nobody_gives_have_no_origin() -> None:
    merged = merge([FULL])

    assert merged.reference == FULL
    assert "doi" not in merged.origin
    assert set(merged.origin.values()) == {0}


def test_nothing_merges_to_nothing() -> None:
    assert merge([]).reference == Reference()
