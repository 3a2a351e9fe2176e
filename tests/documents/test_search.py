"""Search: case, accents, line ends and hyphens do not matter; places are those of the page."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.documents.pages import LINE_END_HYPHEN
from evidence.documents.search import Match, search, surroundings
from tests.documents.texts import TEXTS, page_with


def stretches(phrase: str, text: str) -> list[str]:
    """What of the text is found."""
    return [text[match.start : match.end] for match in search(phrase, [page_with(text)])]


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("recovery", "Recovery and RECOVERY", ["Recovery", "RECOVERY"]),
        ("muller", "Müller, Mueller, Muller", ["Müller", "Muller"]),
        ("Mueller", "Müller, Mueller, Muller", ["Müller", "Mueller"]),
        ("naïve", "naive nai\u0308ve", ["naive", "nai\u0308ve"]),
        ("strasse", "Straße", ["Straße"]),
        ("final", "a ﬁnal word", ["ﬁnal"]),
        ("paid work", "paid\nwork; paid  work; paid\u00a0work", ["paid\nwork", "paid  work",
                                                                 "paid\u00a0work"]),
        ("recovery", f"reco{LINE_END_HYPHEN}very", [f"reco{LINE_END_HYPHEN}very"]),
        ("recovery", "reco-\nvery", ["reco-\nvery"]),
        ("long-term", f"long{LINE_END_HYPHEN}term long-term longterm",
         [f"long{LINE_END_HYPHEN}term", "long-term", "longterm"]),
        ("long-", "long-term", ["long"]),
        ("2010-2015", "2010–2015 and 2010-\n2015", ["2010–2015", "2010-\n2015"]),
        ("1012", "10-12 1012", ["1012"]),
        ("covid-19", f"COVID{LINE_END_HYPHEN}19", [f"COVID{LINE_END_HYPHEN}19"]),
        ("-0.5", "d = −0.5, 10.5", ["−0.5"]),
        ("it's", "it’s", ["it’s"]),
        ("中文", "中\n文", ["中\n文"]),
        ("שלום", "שלום םולש", ["שלום", "םולש"]),
        ("aa", "aaaa", ["aa", "aa"]),
        ("", "anything", []),
        (" \n", "any thing", []),
        ("-", "a-b a - b", ["-"]),
    ],
)  # fmt: skip
def test_words_are_found_however_they_are_written(phrase: str, text: str, found: list[str]) -> None:
    assert stretches(phrase, text) == found


def test_all_pages_are_searched_in_their_order() -> None:
    pages = [page_with(text, number) for number, text in enumerate(["oak", "elm", "oak, oak"], 1)]
    assert list(search("oak", pages)) == [
        Match(page=1, start=0, end=3),
        Match(page=3, start=0, end=3),
        Match(page=3, start=5, end=8),
    ]


def test_a_match_is_shown_with_what_stands_around_it() -> None:
    page = page_with(f"We saw that reco{LINE_END_HYPHEN}very\ncame first.")
    (match,) = search("recovery", [page])
    assert surroundings(match, page) == ("We saw that ", "recovery", " came first.")


@given(TEXTS, st.data())
def test_any_words_of_a_page_are_found_where_they_stand(text: str, data: st.DataObject) -> None:
    letters = [at for at, sign in enumerate(text) if sign.isalpha()]
    if not letters:
        return
    start = data.draw(st.sampled_from(letters))
    end = data.draw(st.sampled_from([at for at in letters if at >= start])) + 1
    wanted = text[start:end]
    bare = "".join(c for c in unicodedata.normalize("NFD", wanted) if not unicodedata.combining(c))
    for phrase in (wanted, wanted.upper(), bare, wanted.replace(" ", "\n")):
        matches = list(search(phrase, [page_with(text)]))
        assert any(match.start < end and start < match.end for match in matches), phrase
        assert matches == sorted(matches)
