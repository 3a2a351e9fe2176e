from typing import Any

import pytest

from evidence.coding.scheme import Of
from evidence.synthesis.dimensions import Dimension, Heading
from evidence.synthesis.map_search.search_parser import SearchFault, parse_search
from evidence.synthesis.map_search.search_terms import CodeNames, written
from evidence.synthesis.map_search.searches import (
    AddressedSearches,
    read_searches,
    readable_searches,
)


def dimension(key: str, title: str, *headings: tuple[str, str, int]) -> Dimension:
    listed = tuple(
        Heading(id=code, label=label, depth=depth, covers=frozenset({code}))
        for code, label, depth in headings
    )
    return Dimension(id=key, title=title, of=Of.STUDY, headings=listed)


COUNTRY = dimension(
    "question:country",
    "Country",
    ("europe", "Europe", 0),
    ("norway", "Norway", 1),
    ("other", "Other", 1),
    ("asia", "Asia", 0),
    ("other2", "Other", 1),
    ("norway2", "Odd]\\label", 0),
)
SAME = dimension("question:same", "Same", ("a", "Twin", 0), ("b", "Twin", 0), ("c", "@x", 0))
NAMES = CodeNames([COUNTRY, SAME])


def understood(text: str, earlier: int = 0) -> str:
    node = parse_search(text, NAMES, [True] * earlier)
    return str(node) if isinstance(node, SearchFault) else written(node, NAMES)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("peer support", "peer and support"),
        ("a or b c", "a or (b and c)"),
        ("a b or c d", "(a and b) or (c and d)"),
        ("a not b or c", "(a and not b) or c"),
        ("not a b", "not a and b"),
        ("not (a or b)", "not (a or b)"),
        ("(a or b) c", "(a or b) and c"),
        ("((a))", "a"),
        ("Émile SELF-care", 'emile and "self care"'),
        ('title:"Peer supp*" author: Smith', 'title:"peer supp*" and author:smith'),
        ("YEAR:1990–2010 year:2000- year:-1999 year:1990-1990", None),
        ('"and" title:or', '"and" and title:"or"'),
        ("#1 and #3 not #2", "#1 and #3 and not #2"),
        ("[country:norway]", "[Country: Norway]"),
        ("[Country: Asia > Other]", "[Country: Asia > Other]"),
        ("[COUNTRY: europe›other]", "[Country: Europe > Other]"),
        (r"[Country: Odd\]\\label]", r"[Country: Odd\]\\label]"),
        ("[@question%3Asame~b]", "[@question%3Asame~b]"),
    ],
)
def test_what_a_text_means_is_written_in_full(text: str, meaning: str | None) -> None:
    years = "year:1990-2010 and year:2000- and year:-1999 and year:1990"
    assert understood(text, earlier=3) == (meaning or years)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("  ", "Write what to look for. (character 1)"),
        ("work or", "After “or” something must follow. (character 6)"),
        ("work AND and", "After “AND” something must follow. (character 6)"),
        ("or work", "Before “or” something must stand. (character 1)"),
        ("not", "After “not” something must follow. (character 1)"),
        ("()", "After “(” something must follow. (character 1)"),
        ("(a or (b)", "This “(” is not closed. (character 1)"),
        ("a) b", "This “)” closes nothing. (character 2)"),
        ("🙂 work", "“🙂” has no letter or digit to look for. (character 1)"),
        ('work "peer', "These quotation marks are not closed. (character 6)"),
        ('title:"peer', "These quotation marks are not closed. (character 7)"),
        ("[Country: Norway", "This “[” is not closed. (character 1)"),
        ("[Country: Mars]", "This map has no code “Country: Mars”. (character 1)"),
        ("title: or", "After “title:” a word or a phrase must follow. (character 1)"),
        ("year: (1990)", "After “year:” a year must follow. (character 1)"),
        ("year:2010-1990", "The years 2010-1990 run backwards. (character 6)"),
        ("wo*k", "In “wo*k” the * must stand at the end of a word, for any ending. (character 1)"),
        (
            "self-*",
            "In “self-*” the * must stand at the end of a word, for any ending. (character 1)",
        ),
        ("a -b", "Write “not b” to leave out, or “b”. (character 3)"),
        ("#7", "There is no earlier search #7. (character 1)"),
        ("#0", "There is no earlier search #0. (character 1)"),
        ("#1-3", "“#1-3” is not the number of a search. (character 1)"),
    ],
)
def test_a_fault_says_what_is_missing_and_where(text: str, fault: str) -> None:
    assert understood(text, earlier=2) == fault


def test_an_ambiguous_code_offers_names_that_are_none() -> None:
    fault = understood("[Country: Other]")
    assert "write [Country: Europe > Other] or [Country: Asia > Other]." in fault
    fault = understood("[Same: Twin]")
    assert "write [@question%3Asame~a] or [@question%3Asame~b]." in fault
    assert "Fields are study, title," in understood("colour:red")


def test_a_text_is_bounded_in_length_and_depth() -> None:
    assert "at most 1000 characters; this one has 1001" in understood("x" * 1001)
    assert understood("(" * 20 + "x" + ")" * 20) == "x"
    assert "20 deep, no deeper" in understood("not " * 21 + "x")


def test_a_search_refers_to_earlier_ones_that_can_be_read() -> None:
    searches = read_searches(["#1", "work", "#1 or #2", "#2"], NAMES)
    said: list[Any] = [s.asks.text if isinstance(s.asks, SearchFault) else "" for s in searches]
    assert said == [
        "There is no earlier search #1.",
        "",
        "Search #1 cannot be read.",
        "",
    ]


def test_no_number_of_an_address_changes_by_what_is_left_out() -> None:
    asked = AddressedSearches(texts=("work", "x" * 1001, "#1 or"), search=3)
    readable = readable_searches(asked, [COUNTRY])
    assert readable.texts == ("work", "", "#1 or")
    assert readable.search is None
    assert len(readable.told) == 4
    many = readable_searches(AddressedSearches(texts=("a",) * 51, search=50), [COUNTRY])
    assert (len(many.texts), many.search, len(many.told)) == (50, 50, 1)
