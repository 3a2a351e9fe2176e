"""Words from right to left in the order of reading."""

import pytest

from evidence.documents.characters import Character
from evidence.documents.right_to_left import in_reading_order

SIGN = (10.0, 10.0, 30.0, 20.0)


def drawn(*signs: str) -> list[Character]:
    """Signs beside each other, from right to left, each with the letters that it stands for."""
    return [
        (letter, 90.0 - 20 * at, 10.0, 110.0 - 20 * at, 20.0)
        for at, letters in enumerate(signs)
        for letter in letters
    ]


@pytest.mark.parametrize(
    ("given", "read"),
    [
        (("يبيبَح",), "حَبيبي"),  # one sign for a word, turned round by PDFium
        ((" םולש ",), " שלום "),
        (("12 םולש",), "שלום 12"),
        (("ب", "لا", "د"), "بلاد"),  # lam and alef are one sign, in their order
        (("ש", "ל", "ו", "ם"), "שלום"),
        (("word",), "word"),
        ((), ""),
    ],
)
def test_letters_come_in_the_order_in_which_they_are_read(
    given: tuple[str, ...], read: str
) -> None:
    assert "".join(character[0] for character in in_reading_order(drawn(*given))) == read


def test_words_in_one_sign_stay_in_their_order_whatever_the_place_of_the_blank() -> None:
    first, blank, second = drawn("בא"), (" ", 0.0, 0.0, 0.0, 0.0), drawn("דג")
    ordered = in_reading_order([*first, blank, *second])
    assert "".join(character[0] for character in ordered) == "גד אב"
