"""Terms are marked alike in the browser (JavaScript) and on the server, and never take long."""

import json
import random
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from playwright._impl._driver import compute_driver_executable

from evidence.ui.screening.highlighting import spans
from tests.conftest import ROOT

TERMS_JS = ROOT / "evidence" / "ui" / "screening" / "deck" / "terms.js"
RUN = Path(__file__).with_name("terms_in_node.js")
LONG = 50_000  # signs; no source gives a text so long
LIMIT = 2.0  # seconds, for all terms on such a text

Case = tuple[str, Mapping[str, Sequence[str]]]
Marks = list[list[str]]


def in_node(cases: Sequence[Case]) -> list[tuple[Marks, float]]:
    node, _ = compute_driver_executable()
    done = subprocess.run(
        [str(node), str(RUN), str(TERMS_JS)],
        input=json.dumps(cases),
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return [(marks, milliseconds / 1000) for marks, milliseconds in json.loads(done.stdout)]


def in_python(text: str, terms: Mapping[str, Sequence[str]]) -> Marks:
    return [[span.kind, text[span.start : span.end]] for span in spans(text, terms)]


KNOWN: list[tuple[str, list[str], list[str]]] = [
    ("Mice in a garden", ["garden*"], ["garden"]),
    ("behaviour and behavior", ["behavio*r"], ["behaviour", "behavior"]),
    ("reemployment, employment", ["*employ*"], ["reemployment", "employment"]),
    ("abcde abde", ["a*c*e"], ["abcde"]),
    ("supported \n employment", ["supported  employment"], ["supported \n employment"]),
    ("long-term longterm", ["long-term"], ["long-term"]),
    ("c++ c++x xc++", ["c++"], ["c++"]),
    ("a.b axb", ["a.b"], ["a.b"]),
    ("ΣΑΣ σας", ["σασ"], ["ΣΑΣ", "σας"]),
    ("word_work", ["work"], ["work"]),
    ("old people, older people", ["old", "old people"], ["old people"]),
    ("any thing", ["*", "**", " ", "* *"], []),
    ("🌱𝐀bc x", ["x"], ["x"]),
    ("aba", ["ab*ba"], []),
    ("a - b", ["a * b", "a - b"], ["a - b"]),
]


def test_both_mark_what_is_meant() -> None:
    answers = in_node([(text, {"include": terms}) for text, terms, _ in KNOWN])
    for (text, terms, expected), (marks, _) in zip(KNOWN, answers, strict=True):
        meant = [["include", word] for word in expected]
        assert in_python(text, {"include": terms}) == meant, terms
        assert marks == meant, terms


def test_both_agree_on_invented_texts_and_terms() -> None:
    draw = random.Random(10)  # noqa: S311
    signs = "aaaaaabbb***    -_.*äÄßſΣςİı²½५ \u00a0\n\u0301🌱𝐀+(["

    def some(longest: int) -> str:
        return "".join(draw.choices(signs, k=draw.randint(0, longest)))

    cases: list[Case] = [
        (
            some(40),
            {
                "include": [some(6) for _ in range(draw.randint(0, 4))],
                "exclude": [some(4) for _ in range(draw.randint(0, 4))],
            },
        )
        for _ in range(5000)
    ]
    for (text, terms), (marks, _) in zip(cases, in_node(cases), strict=True):
        assert in_python(text, terms) == marks, (text, terms)
    assert sum(bool(marks) for marks, _ in in_node(cases)) > 1000


@pytest.mark.parametrize(
    "text",
    [
        "a" * LONG,
        "a " * (LONG // 2),
        " " * LONG,
        "ab" * (LONG // 2),
        "-" * LONG,
        "a-" * (LONG // 2),
    ],
    ids=["one word", "many words", "blanks", "pairs", "signs", "parts"],
)
def test_no_text_and_no_term_freezes_the_page(text: str) -> None:
    text *= LONG // len(text)
    stars = ["*a*b", "a*a*ab", "*a*a", "*" * 79 + "b", "a*" * 40 + "b", "* b", "a a* a*b", "*-*-b",
             "a-a-a-a-a-b", "-*b", "*a*a*a*a*a*a*a*a*a*a*b"]  # fmt: skip
    terms = {"include": stars, "exclude": stars}
    begin = time.perf_counter()
    marks = in_python(text, terms)
    assert time.perf_counter() - begin < 4 * LIMIT
    ((in_browser, seconds),) = in_node([(text, terms)])
    assert seconds < LIMIT
    assert in_browser == marks
