import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.citations.names import given_first, name, names
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
