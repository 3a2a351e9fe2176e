"""Quotations: that the words stand there, and where they stand in a new version."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from evidence.documents.folding import fold_once
from evidence.documents.pages import LINE_END_HYPHEN
from evidence.documents.quotations import (
    AROUND,
    LONGEST,
    MOST_TOLD,
    Outcome,
    Quotation,
    Refound,
    check,
    find_again,
    quote,
)
from evidence.errors import Invalid
from tests.documents.texts import PROSE, TEXTS, page_with

TEXT = (
    "Work gave most of them a day with a shape. Half of the people who had a job said that it kept "
    f"them well; for the others the job was a bur{LINE_END_HYPHEN}den that came back each day.\n"
    "No significant difference was found between the groups after two years."
)
PAGE = page_with(TEXT)
STRANGE = st.text(alphabet="ЖЦЮ \n", min_size=1, max_size=200)


def quoted(words: str, text: str = TEXT) -> Quotation:
    start = text.index(words)
    return quote(page_with(text), start, start + len(words))


def slices(text: str, data: st.DataObject) -> tuple[int, int]:
    start = data.draw(st.integers(0, len(text)))
    return start, data.draw(st.integers(start, len(text)))


def stands_once(quotation: Quotation, text: str) -> bool:
    """Whether the words with all that stands around them stand once, in whatever writing.

    Of two places that are alike to the last letter nobody could tell later which was meant.
    """
    passage = quotation.prefix + quotation.exact + quotation.suffix
    letters, all_letters = (
        "".join(sign for sign in fold_once(part).text if sign.isalnum()) for part in (passage, text)
    )
    return bool(letters) and all_letters.find(letters) == all_letters.rfind(letters)


def starts(found: Refound) -> set[int]:
    return {place.start for place in found.places}


def test_a_quotation_has_the_words_and_what_stands_around_them() -> None:
    quotation = quoted("a job")
    assert TEXT[quotation.start : quotation.end] == quotation.exact == "a job"
    assert quotation.prefix.endswith("people who had ")
    assert quotation.suffix.startswith(" said that")
    assert len(quotation.prefix) == len(quotation.suffix) == AROUND


def test_blanks_at_the_edges_are_not_quoted() -> None:
    at = TEXT.index(" a job ")
    assert quote(PAGE, at, at + 7) == quoted("a job")


@pytest.mark.parametrize(
    ("start", "end"), [(3, 3), (4, 5), (9, 3), (-4, 3), (0, len(TEXT) + 1), (900, 901)]
)
def test_what_is_no_stretch_of_words_is_refused(start: int, end: int) -> None:
    with pytest.raises(Invalid, match="selected on page 1"):
        quote(PAGE, start, end)


def test_a_whole_book_is_no_quotation() -> None:
    page = page_with("a" * (LONGEST + 1))
    with pytest.raises(Invalid, match="at most"):
        quote(page, 0, LONGEST + 1)
    assert quote(page, 0, LONGEST).exact == "a" * LONGEST


def test_words_that_stand_there_pass_and_others_do_not() -> None:
    burden = quoted(f"bur{LINE_END_HYPHEN}den that")
    assert check(burden, [PAGE])
    assert check(replace(burden, exact="burden\n that"), [PAGE])
    for wrong in (
        replace(burden, exact="Burden that"),
        replace(burden, exact=""),
        replace(burden, start=burden.start + 1),
        replace(burden, end=burden.end + 2),
        replace(burden, start=-5),
        replace(burden, page=2),
        replace(burden, exact="", start=0, end=0),
    ):
        assert not check(wrong, [PAGE])


@pytest.mark.parametrize(
    "again",
    [
        "No significant difference was found between\nthe groups",
        "NO SIGNIFICANT DIFFERENCE WAS FOUND BETWEEN THE GROUPS",
        f"No signi{LINE_END_HYPHEN}ficant difference was found bet-\nween the groups",
        "No signiﬁcant diﬀerence was found between the groups",
    ],
)
def test_the_same_words_in_another_setting_are_found(again: str) -> None:
    quotation = quoted("No significant difference was found between the groups")
    pages = [page_with("A cover"), page_with(f"Other words. {again} in the end.", 2)]
    found = find_again(quotation, pages)
    assert found.outcome is Outcome.FOUND
    assert found.quotation is not None
    assert (found.quotation.page, found.quotation.exact) == (2, again)
    assert check(found.quotation, pages)


def test_a_hyphen_that_a_new_line_end_takes_does_not_hide_the_words() -> None:
    quotation = quoted("long-term effect", "We looked for a long-term effect of work.")
    text = f"We looked for a\nlong{LINE_END_HYPHEN}term effect of work."
    found = find_again(quotation, [page_with(text)])
    assert found.quotation is not None
    assert found.quotation.exact == f"long{LINE_END_HYPHEN}term effect"


def test_words_that_were_taken_out_are_gone() -> None:
    without = TEXT.replace("a job", "paid work")
    assert find_again(quoted("a job"), [page_with(without)]).outcome is Outcome.GONE
    assert find_again(quoted("a job"), []).outcome is Outcome.GONE


def test_a_short_word_in_other_surroundings_is_left_to_a_person() -> None:
    found = find_again(quoted("a job"), [page_with("Nobody offered him a job then.")])
    assert found.outcome is Outcome.AMBIGUOUS
    assert [place.exact for place in found.places] == ["a job"]
    assert found.quotation is None


def test_a_heading_of_every_page_is_ambiguous_with_its_own_page_first() -> None:
    pages = [page_with("Gardens and work\nsome text of this page", number) for number in (1, 2, 3)]
    found = find_again(quote(pages[1], 0, 7), pages)
    assert found.outcome is Outcome.AMBIGUOUS
    assert [place.page for place in found.places] == [2, 1, 3]


def test_the_surroundings_choose_among_the_same_words() -> None:
    text = "In spring the effect was small. In autumn the effect was small. Nobody knew why."
    second = quote(page_with(text), text.rindex("the effect"), text.rindex(" small"))
    found = find_again(second, [page_with("New words before it. " + text)])
    assert found.quotation is not None
    assert found.quotation.start == second.start + 21


def test_a_letter_that_stands_everywhere_is_told_with_a_few_places() -> None:
    pages = [page_with("e " * 5_000, number) for number in (1, 2)]
    found = find_again(quoted("e", "be"), pages)
    assert found.outcome is Outcome.AMBIGUOUS
    assert len(found.places) == MOST_TOLD


@given(TEXTS, st.data())
def test_any_stretch_of_a_page_makes_a_quotation_that_stands_there(
    text: str, data: st.DataObject
) -> None:
    start, end = slices(text, data)
    assume(text[start:end].strip())
    page = page_with(text)
    quotation = quote(page, start, end)
    assert quotation.exact == text[start:end].strip()
    assert check(quotation, [page_with("other", 2), page])
    found = find_again(quotation, [page])
    assert found.quotation in {quotation, None}
    assert found.outcome is Outcome.FOUND or len(found.places) > 1


@given(st.one_of(TEXTS, PROSE), STRANGE, st.data())
def test_a_quotation_moves_with_text_that_comes_before_it(
    text: str, new: str, data: st.DataObject
) -> None:
    """It is found at its new place, or a person is asked; it is never lost or put elsewhere."""
    start, end = slices(text, data)
    assume(text[start:end].strip())
    quotation = quote(page_with(text), start, end)
    assume(stands_once(quotation, text))
    at = data.draw(st.integers(0, quotation.start))
    moved = page_with(text[:at] + new + text[at:], 2)
    expected = quotation.start + len(new)
    found = find_again(quotation, [page_with("Ж"), moved])
    if found.outcome is Outcome.FOUND:
        assert (found.places[0].page, found.places[0].start) == (2, expected)
        assert found.places[0].exact == quotation.exact
    else:
        assert found.outcome is Outcome.AMBIGUOUS
        assert expected in starts(found) or len(found.places) == MOST_TOLD


@given(PROSE, STRANGE, st.data())
def test_words_that_stand_once_are_found_after_text_far_before_them(
    text: str, new: str, data: st.DataObject
) -> None:
    start, end = slices(text, data)
    assume(text[start:end].strip())
    quotation = quote(page_with(text), start, end)
    assume(stands_once(quotation, text))
    at = data.draw(st.integers(0, quotation.start - len(quotation.prefix)))
    found = find_again(quotation, [page_with(text[:at] + new + text[at:])])
    assert found.quotation is not None
    assert found.quotation.start == quotation.start + len(new)


@given(PROSE, st.data())
def test_words_are_found_when_all_lines_are_set_anew(text: str, data: st.DataObject) -> None:
    """Every blank may become a line break, and every word be hyphenated."""
    start, end = slices(text, data)
    assume(text[start:end].strip())
    quotation = quote(page_with(text), start, end)
    marks = data.draw(st.lists(st.booleans(), min_size=len(text), max_size=len(text)))
    places, anew = [], ""
    for at, (sign, mark) in enumerate(zip(text, marks, strict=True)):
        inside = at > 0 and text[at - 1].isalpha() and sign.isalpha()
        anew += LINE_END_HYPHEN if mark and inside else ""
        places.append(len(anew))
        anew += "\n" if mark and sign == " " else sign
    expected = places[quotation.start]
    found = find_again(quotation, [page_with(anew)])
    if found.outcome is Outcome.FOUND:
        assert found.places[0].start == expected
    else:
        assert found.outcome is Outcome.AMBIGUOUS
        assert expected in {place.start for place in found.places} or len(found.places) == MOST_TOLD
