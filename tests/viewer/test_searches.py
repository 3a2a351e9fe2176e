"""A search finds the same in Python, in the browser and by plain sets, and says the same faults."""

import unicodedata
from random import Random
from typing import Any

import pytest

from evidence.synthesis.map_document import MapContent, map_document, texts_of
from evidence.synthesis.map_search.folded_texts import whole_words
from evidence.synthesis.map_search.search_parser import SearchFault, parse_search, tokens_of
from evidence.synthesis.map_search.search_terms import CodeNames, written
from evidence.synthesis.map_search.searches import MapSearch, read_searches, studies_found
from tests.viewer import node
from tests.viewer.random_reviews import random_review
from tests.viewer.random_searches import SearchedReview, random_searches

UNSURE = {"Cn", "Cs"}  # not assigned yet, halves of a pair
REVIEWS = 120
SOME = 40  # a fault of writing or reading shows in many
SEARCHES = 12
PIECES = ["and", "OR", "not", "(", ")", "(", ")", '"', "“", "”", "[", "]", "[Design: ", "\\",
          "#", "#1", "#2", "#0", "#99", "#1-3", "title:", "year:", "author: ", "colour:", "2010",
          "2010-1990", "-", "–", "*", "wo*k", "work*", "self-*", "-work", "émile", "🙂", "🙂:",
          "%", ":", "a:b", " ", "\u00a0", "\t", "<b>", "İ", "ſ", "@", "[@a~b]", "&find=",
          "__proto__", "ﬁ", "2º", "ΣΊΣΥΦΟΣ"]  # fmt: skip


@pytest.mark.journey
def test_random_searches_find_what_plain_sets_find() -> None:
    contents = [random_review(seed).content for seed in range(REVIEWS)]
    asked = [
        random_searches(Random(seed), _searched(content), SEARCHES)  # noqa: S311
        for seed, content in enumerate(contents)
    ]
    answers = _in_node(contents, [[text for text, _ in searches] for searches in asked])
    some = 0
    for content, searches, answer in zip(contents, asked, answers, strict=True):
        names = CodeNames(content.dimensions)
        read = read_searches([text for text, _ in searches], names)
        found = _found(read, content)
        for number, (text, expected) in enumerate(searches):
            assert not isinstance(read[number].asks, SearchFault), (text, read[number].asks)
            assert found[number] == expected, text
            assert answer[number]["studies"] == _positions(expected, content), text
            assert answer[number]["count"] == len(expected)
            some += 0 < len(expected) < len(content.studies)
    assert some > REVIEWS * SEARCHES / 4  # else the examples are too poor to show anything


def test_what_was_understood_is_written_so_that_it_is_read_alike() -> None:
    contents = [random_review(seed).content for seed in range(SOME)]
    texts = [
        [text for text, _ in random_searches(Random(seed), _searched(content), SEARCHES)]  # noqa: S311
        for seed, content in enumerate(contents)
    ]
    answers = _in_node(contents, texts)
    for content, searches, answer in zip(contents, texts, answers, strict=True):
        names = CodeNames(content.dimensions)
        for search, said in zip(read_searches(searches, names), answer, strict=True):
            assert not isinstance(search.asks, SearchFault)
            text = written(search.asks, names)
            assert said["written"] == text
            assert parse_search(text, names, [True] * (search.number - 1)) == search.asks, text


def test_hostile_texts_are_read_or_refused_alike() -> None:
    random = Random(1)  # noqa: S311
    contents = [random_review(seed).content for seed in range(40)]
    texts = [["work", "and", *(_pieces(random) for _ in range(48))] for _ in contents]
    texts[0][2:6] = ["work " * 200, "x" * 1001, "not " * 21 + "x", "(" * 20 + "x" + ")" * 20]
    answers = _in_node(contents, texts)
    faults = set()
    readable = 0
    for content, searches, answer in zip(contents, texts, answers, strict=True):
        names = CodeNames(content.dimensions)
        read = read_searches(searches, names)
        found = _found(read, content)
        for search, ids, said in zip(read, found, answer, strict=True):
            fault = str(search.asks) if isinstance(search.asks, SearchFault) else None
            assert said["fault"] == fault, search.text
            assert said["studies"] == _positions(ids, content), search.text
            assert said["tokens"] == [
                [t.kind, t.text, t.at, t.end, t.is_closed] for t in tokens_of(search.text)
            ]
            readable += fault is None
            if isinstance(search.asks, SearchFault):
                faults.add(search.asks.text.split("“")[0])
    assert readable > 100
    assert len(faults) > 10


def test_any_text_is_folded_into_the_same_words() -> None:
    """Of characters that Unicode had when our Python was made; a newer browser knows more."""
    random = Random(1)  # noqa: S311
    signs = [sign for sign in map(chr, range(0x2FFFF)) if unicodedata.category(sign) not in UNSURE]
    odd = [*"aAzZ09 -_'\u0301\u0308\u03a3\u03c2\u0130\u00df\ufb01\u00bd\u2014\u2019"]
    signs += odd * 5000
    texts = ["".join(random.choices(signs, k=12)) for _ in range(20_000)]
    words = node.answer("folded_in_node.mjs", {"texts": texts})
    assert [list(whole_words(text)) for text in texts] == words


def _pieces(random: Random) -> str:
    blank = random.choice(["", " "])
    return blank.join(random.choices(PIECES, k=random.choice([0, 1, 2, 3, 5, 8])))


def _searched(content: MapContent) -> SearchedReview:
    return SearchedReview(content.studies, content.dimensions, texts_of(content))


def _found(searches: tuple[MapSearch, ...], content: MapContent) -> tuple[frozenset[int], ...]:
    return studies_found(searches, content.studies, content.dimensions, texts_of(content))


def _positions(ids: frozenset[int], content: MapContent) -> list[int]:
    return [place for place, study in enumerate(content.studies) if study.id in ids]


def _in_node(contents: list[MapContent], searches: list[list[str]]) -> list[Any]:
    maps = [
        {"document": map_document(content), "searches": texts}
        for content, texts in zip(contents, searches, strict=True)
    ]
    answers: list[Any] = node.answer("searched_in_node.mjs", {"maps": maps})
    return answers
