"""Pages of words: from characters with boxes, and as JSON."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.documents.characters import Character, Frame, letter_of, page_of
from evidence.documents.pages import (
    LINE_END_HYPHEN,
    UNKNOWN,
    Box,
    from_json,
    readable,
    to_json,
    word_pieces,
)
from tests.documents.texts import TEXTS, page_with

FRAME = Frame(left=0, bottom=0, right=100, top=50, rotation=0)


def row(text: str, left: float = 10, top: float = 10) -> list[Character]:
    """Letters beside each other, each 2 points wide and 5 high."""
    return [
        (letter, left + 2 * at, 45 - top, left + 2 * at + 2, 50 - top)
        for at, letter in enumerate(text)
    ]


def test_words_know_their_text_and_where_they_stand() -> None:
    page = page_of(1, FRAME, row("An oak\ntree"))
    assert page.text == "An oak\ntree"
    assert [(word.text, word.start, word.end) for word in page.words] == [
        ("An", 0, 2),
        ("oak", 3, 6),
        ("tree", 7, 11),
    ]
    assert page.words[1].boxes == (Box(16, 10, 22, 15),)


def test_a_word_over_a_line_end_has_two_boxes_and_two_pieces() -> None:
    characters = [*row("hy" + LINE_END_HYPHEN, 80, 10), *row("phen", 10, 20)]
    (word,) = page_of(1, FRAME, characters).words
    assert word.boxes == (Box(80, 10, 86, 15), Box(10, 20, 18, 25))
    assert word.pieces == ("hy" + LINE_END_HYPHEN, "phen")
    assert readable(word.text) == "hyphen"


def test_hyphens_at_line_ends_are_told_and_others_are_not() -> None:
    page = page_with(f"well-known long{LINE_END_HYPHEN}term 2010-\n2015 so -\nend-")
    assert [page.text[at - 1 : at + 2] for at in page.hyphens] == [f"g{LINE_END_HYPHEN}t", "0-\n"]


def test_what_stands_beyond_the_edges_of_the_page_is_not_read() -> None:
    page = page_of(1, FRAME, [*row("in"), *row(" "), *row("out", left=101), *row("up", top=-9)])
    assert page.text == "in "
    assert page_of(1, FRAME, [*row(" \n"), *row("out", left=101)]).text == ""


def test_boxes_end_at_the_edges_of_the_page() -> None:
    (word,) = page_of(1, FRAME, [("W", -5, -5, 20, 60)]).words
    assert word.boxes == (Box(0, 0, 20, 50),)


@pytest.mark.parametrize(
    ("rotation", "size", "box"),
    [
        (0, (100, 50), Box(10, 15, 20, 20)),
        (90, (50, 100), Box(30, 10, 35, 20)),
        (180, (100, 50), Box(80, 30, 90, 35)),
        (270, (50, 100), Box(15, 80, 20, 90)),
    ],
)
def test_boxes_turn_with_the_page(rotation: int, size: tuple[int, int], box: Box) -> None:
    """Ten points right of the left edge, and thirty above the lower one."""
    frame = Frame(left=-5, bottom=200, right=95, top=250, rotation=rotation)
    page = page_of(1, frame, [("W", 5, 230, 15, 235)])
    assert (page.width, page.height, page.rotation) == (*size, rotation)
    assert page.words[0].boxes == (box,)


@pytest.mark.parametrize("strange", [math.nan, math.inf, -math.inf])
def test_a_letter_without_a_place_is_not_read(strange: float) -> None:
    page = page_of(1, FRAME, [*row("a"), ("b", strange, 1, 2, 2), ("c", 1, 1, 2, strange)])
    assert page.text == "a"
    json.dumps(to_json(page), allow_nan=False)


@pytest.mark.parametrize("code", [0, 3, 0x7F, 0xD800, 0xFFFF])
def test_codes_without_a_meaning_are_told_as_unknown(code: int) -> None:
    assert letter_of(code) == UNKNOWN


def test_line_breaks_and_letters_of_any_plane_stay() -> None:
    assert [letter_of(ord(letter)) for letter in "\né𝑥ש"] == list("\né𝑥ש")


@given(TEXTS)
def test_words_are_all_that_is_not_blank(text: str) -> None:
    page = page_with(text)
    assert [word.text for word in page.words] == text.split()
    assert all(page.text[word.start : word.end] == word.text for word in page.words)
    assert page.has_text == bool(text.strip())


@given(st.text(alphabet=f"ab{LINE_END_HYPHEN}", min_size=1))
def test_the_pieces_of_a_word_are_the_word(text: str) -> None:
    pieces = word_pieces(text)
    assert "".join(pieces) == text
    assert all(LINE_END_HYPHEN not in piece[:-1] for piece in pieces)
    assert len(page_with(text).words[0].boxes) == len(pieces)


@given(TEXTS)
def test_a_page_comes_back_from_json(text: str) -> None:
    page = page_with(text)
    assert from_json(json.loads(json.dumps(to_json(page)))) == page
