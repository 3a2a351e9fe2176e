"""People in one cell, in the ways of different databases."""

import pytest

from evidence.citations.formats.table_names import split
from evidence.citations.record import Name


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (  # PubMed; an initial that begins the family name, and a family name of several words
            "Okafor NB, Arbor A, Novak-de la Rosa R, Silva X, O'Invented P.",
            [
                Name("Okafor", "NB"),
                Name("Arbor", "A"),
                Name("Novak-de la Rosa", "R"),
                Name("Silva", "X"),
                Name("O'Invented", "P"),
            ],
        ),
        ("Okafor N.", [Name("Okafor", "N.")]),  # Embase, with nobody beside
        ("Okafor Arbor N.", [Name("Okafor Arbor", "N.")]),
        ("Okafor N.B.", [Name("Okafor", "N.B.")]),
        ("Okafor NB.", [Name("Okafor", "NB")]),  # PubMed
        (
            "Jane Okafor, Ana Silva, Eva Novak",
            [Name("Okafor", "Jane"), Name("Silva", "Ana"), Name("Novak", "Eva")],
        ),
    ],
)
def test_commas_part_people_in_either_order(cell: str, expected: list[Name]) -> None:
    assert list(split(cell)) == expected
