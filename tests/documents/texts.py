"""Texts of pages for tests of properties, and pages made of them."""

from hypothesis import strategies as st

from evidence.documents.characters import page_of
from evidence.documents.pages import LINE_END_HYPHEN, Page, PageSize

_SIGNS = f"abcdeABZéüÄßøﬁ−–-'’ \n.,0123{LINE_END_HYPHEN}\u00a0אבج中文𝑥"
TEXTS = st.lists(st.sampled_from([*_SIGNS, "e\u0301", "ב\u05b8"]), max_size=120).map("".join)
_WORD = st.text(alphabet="abcdefgéüß", min_size=1, max_size=9)
PROSE = st.lists(_WORD, min_size=1, max_size=60).map(" ".join)


def page_with(text: str, number: int = 1) -> Page:
    """A page with this text in one endless line."""
    characters = [(letter, at, 10.0, at + 1.0, 20.0) for at, letter in enumerate(text)]
    size = PageSize(width=len(text) + 1, height=100)
    page = page_of(number, size, 0, characters)
    assert page.text == (text if text.strip() else "")
    return page
