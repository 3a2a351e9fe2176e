"""Names in files are matched to people who are there, only where that is sure."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.screening.name_matching import by_folded_label, folded_label, folded_name, match_name

TEAM = ("Eva Müller", "Anna Adler", "Ben Busch", "Łukasz Nowak", "Jean-Luc O’Neil")


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("Eva Müller", "Eva Müller"),
        ("eva muller", "Eva Müller"),
        ("MÜLLER, Eva", "Eva Müller"),
        ("Mu\u0308ller Eva", "Eva Müller"),
        ("Müller, E.", "Eva Müller"),
        ("E Müller", "Eva Müller"),
        ("nowak lukasz", "Łukasz Nowak"),
        ("O'Neil, Jean Luc", "Jean-Luc O’Neil"),
        ("ONeil JL", None),  # initials without dots may be a word
        ("Anna", None),  # part of a name is not sure
        ("Adler", None),
        ("anna.adler@example.org", None),
        ("eva_m", None),
        ("", None),
        ("A. B.", None),
        ("Adler, B.", None),
        (", Anna A", None),
    ],
)
def test_who_is_surely_meant(name: str, person: str | None) -> None:
    assert match_name(name, TEAM).person == person


def test_the_team_comes_before_people_of_other_reviews() -> None:
    match = match_name("eva muller", ["Eva Müller"], ["Eva Muller", "Eva Müller"])
    assert match.person == "Eva Müller"
    assert match.candidates == ("Eva Müller", "Eva Muller")


def test_people_of_other_reviews_are_found_by_their_whole_name_only() -> None:
    assert match_name("Stein, Ada", ["Ben Busch"], ["Ada Stein"]).person == "Ada Stein"
    assert match_name("Stein, A.", ["Ben Busch"], ["Ada Stein"]).person is None


def test_a_name_that_begins_with_a_comma_is_no_trouble() -> None:
    assert match_name("Anna B.", [", Anna Berg"]).candidates == (", Anna Berg",)


def test_two_who_may_be_meant_are_asked_about() -> None:
    for name in ("Meyer, E.", "Meyer"):
        match = match_name(name, ["Eva Meyer", "Emil Meyer"])
        assert match.person is None
        assert set(match.candidates) == {"Eva Meyer", "Emil Meyer"}
    assert match_name("EVA MEYER", ["Eva Meyer", "Meyer Eva"]).person is None
    assert match_name("Eva Meyer", ["Eva Meyer", "Meyer Eva"]).person == "Eva Meyer"
    assert match_name("Meyer, E.", ["Eva Meyer"], ["Emil Meyer"]).person is None


def test_a_part_of_a_name_makes_a_candidate() -> None:
    assert match_name("anna", TEAM).candidates == ("Anna Adler",)
    assert match_name("Zoe", TEAM).candidates == ()


@given(st.sampled_from(TEAM), st.randoms(use_true_random=False))
@settings(max_examples=200)
def test_case_order_and_punctuation_change_nothing(person: str, chance: object) -> None:
    words = person.replace("-", " ").split()
    chance.shuffle(words)  # type: ignore[attr-defined]
    name = chance.choice([", ", " ", ". "]).join(words)  # type: ignore[attr-defined]
    assert match_name(chance.choice([str.upper, str.lower])(name), TEAM).person == person  # type: ignore[attr-defined]


@given(st.text(max_size=40), st.lists(st.text(min_size=1, max_size=20), max_size=4, unique=True))
@settings(max_examples=300)
def test_only_people_who_are_there_are_named(name: str, team: list[str]) -> None:
    match = match_name(name, team)
    assert set(match.candidates) <= set(team)
    assert match.person is None or match.person in match.candidates


def test_labels_differ_by_more_than_case_and_spaces() -> None:
    assert folded_label(" Not  WORK ") == folded_label("not work")
    assert folded_label("not work") != folded_label("not-work")
    assert by_folded_label(["Not work", "NOT WORK", "Adults"]) == {
        "not work": "Not work",
        "adults": "Adults",
    }


def test_names_are_alike_whatever_their_case_spaces_and_accents() -> None:
    forms = {folded_name(name) for name in ("Zoë  Øst", "zoe ost", "ZOEOST", "Zoe\u0308 Ost")}
    assert len(forms) == 1
    assert folded_name("Anna 1") != folded_name("Anna 2")
    assert folded_name("Eva Meyer") != folded_name("Meyer Eva")
