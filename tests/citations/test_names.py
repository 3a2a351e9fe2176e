import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.citations.names import given_first, may_be_one, name, names, names_in_any_order
from evidence.citations.record import Name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Okafor, Nneka", Name("Okafor", "Nneka")),
        ("Shannon,Claude E.", Name("Shannon", "Claude E.")),
        ("Fanning E.", Name("Fanning", "E.")),
        ("Brown C D", Name("Brown", "C D")),
        ("van der Berg JP", Name("van der Berg", "JP")),
        ("Garcia Lopez MJ", Name("Garcia Lopez", "MJ")),
        ("J.-P. Invented", Name("Invented", "J.-P.")),
        ("Pieter J. van der Berg", Name("van der Berg", "Pieter J.")),
        ("Ana B.-C. Okafor", Name("Okafor", "Ana B.-C.")),
        ("King, Martin, Jr.", Name("King", "Martin, Jr.")),
        ("Smith, J., et al.", Name("Smith", "J.")),
        (", John", Name("John")),
        ("R&amp;D Group", Name("R&D Group")),
    ],
)
def test_a_name_is_parted_where_its_order_is_clear(text: str, expected: Name) -> None:
    assert name(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Abbas Mohamed",
        "Morel Chantal M",
        "JUNCHANG LÜ",
        "朱 宏",
        "World Health Organization",
        "H B",
        "Silva Maria J. da",
        "Invented St. Garden",
    ],
)
def test_a_name_stays_whole_where_its_order_is_not(text: str) -> None:
    assert name(text) == Name(text)


def test_several_names_in_one_value_are_parted() -> None:
    assert names(["Silva, A.; Souza, R.", "Lima, B.\nNg, L.", "", "et al."]) == (
        Name("Silva", "A."),
        Name("Souza", "R."),
        Name("Lima", "B."),
        Name("Ng", "L."),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ludwig van Invented", Name("van Invented", "Ludwig")),
        ("Nneka Okafor", Name("Okafor", "Nneka")),
        ("Smith JA", Name("Smith", "JA")),
        ("Arbor A", Name("Arbor", "A")),  # the initial is also the first letter of the family name
        ("A Arbor", Name("Arbor", "A")),
        ("Plato", Name("Plato")),
        ("University of Inventions", Name("University of Inventions")),
    ],
)
def test_bibtex_puts_the_given_name_first(text: str, expected: Name) -> None:
    assert given_first(text) == expected


@given(st.text(max_size=80))
def test_no_name_is_made_up(text: str) -> None:
    for each in names([text]):
        assert set(str(each)) <= set(text) | {" ", ","} or "&" in text or not text.isascii()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Roe A., van der Berg P.J.", (Name("Roe", "A."), Name("van der Berg", "P.J."))),
        ("Roe, A., Doe, B.C.", (Name("Roe", "A."), Name("Doe", "B.C."))),
        (
            "Roe, A., Doe, B.-C., King, M.",
            (Name("Roe", "A."), Name("Doe", "B.-C."), Name("King", "M.")),
        ),
        ("King, M., Jr.", (Name("King", "M., Jr."),)),
        ("Roe, A.", (Name("Roe", "A."),)),
        ("Garden Inc., Research Dept.", (name("Garden Inc., Research Dept."),)),
    ],
)
def test_a_list_in_which_only_commas_part_names_is_one(
    text: str, expected: tuple[Name, ...]
) -> None:
    assert names([text]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nneka Okafor", Name("Okafor", "Nneka")),
        ("Jean-Luc Arbor", Name("Arbor", "Jean-Luc")),
        ("Nneka Maria Okafor", Name("Okafor", "Nneka Maria")),
        ("Nneka M Okafor", Name("Okafor", "Nneka M")),
        ("Ludwig van Garden", Name("van Garden", "Ludwig")),
        ("Gilles Van Garden", Name("Van Garden", "Gilles")),
        ("Ana de la Cruz", Name("de la Cruz", "Ana")),
        ("José Arbor y Garden", Name("Arbor y Garden", "José")),
        ("OKAFOR Nneka", Name("OKAFOR", "Nneka")),
        ("Nneka OKAFOR", Name("OKAFOR", "Nneka")),
        ("Martin Arbor Jr.", Name("Arbor", "Martin, Jr.")),
        ("Иван Садов", Name("Садов", "Иван")),
        ("Joerg Arbor*", Name("Arbor", "Joerg")),
    ],
)
def test_of_a_name_without_a_comma_the_last_word_is_the_family_name(
    text: str, expected: Name
) -> None:
    people, guessed = names_in_any_order([text])
    assert people == (expected,)
    assert len(guessed) == 1
    assert str(expected) in guessed[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("N. Okafor", Name("Okafor", "N.")),
        ("Okafor NB", Name("Okafor", "NB")),
        ("Okafor NB Jr", Name("Okafor", "NB, Jr")),
        ("Okafor, Nneka†", Name("Okafor", "Nneka")),
        ("World Health Organization", Name("World Health Organization")),
        ("Invented Garden Press", Name("Invented Garden Press")),
        ("Universidad de Jardines", Name("Universidad de Jardines")),
        ("Gesellschaft der Gärten", Name("Gesellschaft der Gärten")),
        ("The Garden Team", Name("The Garden Team")),
        ("{Garden Dreams}", Name("Garden Dreams")),
        ("Garden Dreams,", Name("Garden Dreams")),
        ("Plato", Name("Plato")),
        ("朱 宏", Name("朱 宏")),
        ("One Two Three Four", Name("One Two Three Four")),
        ("Morel Chantal M", Name("Morel Chantal M")),
        ("H B", Name("H B")),
    ],
)
def test_nothing_is_guessed_of_clear_names_and_of_institutions(text: str, expected: Name) -> None:
    assert names_in_any_order([text]) == ((expected,), [])


def test_the_others_of_a_list_show_how_its_names_are_written() -> None:
    behind, guessed = names_in_any_order(["Arbor A", "Arbor Garden D", "Berg BC"])
    assert behind == (Name("Arbor", "A"), Name("Arbor Garden", "D"), Name("Berg", "BC"))
    assert guessed == []
    family_first, guessed = names_in_any_order(["Arbor Ada; Berg Bea M; Cruz Cleo Dora"])
    assert [str(person) for person in family_first] == [
        *("Arbor, Ada", "Berg, Bea M", "Cruz, Cleo Dora"),
    ]
    assert len(guessed) == 3


def test_two_names_may_be_one_persons() -> None:
    assert may_be_one(Name("Arbor", "B. M."), Name("Arbor", "Bea Maria"))
    assert may_be_one(Name("Arbor", "BM"), Name("Arbor", "Bea"))
    assert may_be_one(Name("Arbor"), Name("Arbor", "Bea"))
    assert not may_be_one(Name("Arbor", "Ada"), Name("Arbor", "Bea"))
