"""Texts of pages for tests of properties, and pages made of them."""

from hypothesis import strategies as st

from evidence.documents.characters import Frame, page_of, text_of
from evidence.documents.pages import LINE_END_HYPHEN, Page

_SIGNS = f"abcdeABZéüÄßøﬁ−–-'’ \n.,0123{LINE_END_HYPHEN}\u00a0אבج中文𝑥"
TEXTS = st.lists(st.sampled_from([*_SIGNS, "e\u0301", "ב\u05b8"]), max_size=120).map("".join)
_WORD = st.text(alphabet="abcdefgéüß", min_size=1, max_size=9)
PROSE = st.lists(_WORD, min_size=1, max_size=60).map(" ".join)


def page_with(text: str, number: int = 1) -> Page:
    """A page with this text in one endless line."""
    characters = [(letter, at, 80.0, at + 1.0, 90.0) for at, letter in enumerate(text)]
    frame = Frame(left=0, bottom=0, right=len(text) + 1, top=100, rotation=0)
    page = page_of(number, frame, characters)
    assert page.text == text_of(frame, characters) == (text if text.strip() else "")
    return page
