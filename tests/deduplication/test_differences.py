from hypothesis import given
from hypothesis import strategies as st

from evidence.deduplication.differences import Piece, Side, differences


def test_words_that_only_one_side_has_are_told() -> None:
    assert differences("Care in remote areas", "Care in rural  Areas, revisited") == (
        Piece(Side.BOTH, "Care in"),
        Piece(Side.LEFT, "remote areas"),
        Piece(Side.RIGHT, "rural Areas, revisited"),
    )


def test_capitals_are_no_difference() -> None:
    assert differences("CARE NOW", "Care now") == (Piece(Side.BOTH, "CARE NOW"),)


def test_an_empty_side() -> None:
    assert differences("", "Care") == (Piece(Side.RIGHT, "Care"),)
    assert differences("", "") == ()


@given(st.text(), st.text())
def test_each_side_can_be_read_off_the_pieces(a: str, b: str) -> None:
    pieces = differences(a, b)

    left = " ".join(p.text for p in pieces if p.side is not Side.RIGHT)
    right = " ".join(p.text for p in pieces if p.side is not Side.LEFT)
    assert left == " ".join(a.split())
    assert right.casefold() == " ".join(b.split()).casefold()
