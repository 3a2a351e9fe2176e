"""docs/problems.md: every code is there, and what is said of it is true."""

import re
from pathlib import Path

import pytest

from evidence.citations.formats import read_text
from evidence.problems import EXPLANATIONS, Code, Effect, Problem

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "problems.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## (\S+)\n(.*?)(?=^## |\Z)", DOCUMENT, re.MULTILINE | re.DOTALL))
EXAMPLES = {
    code: (bad, good)
    for code, text in SECTIONS.items()
    for bad, good in re.findall(
        r"Bad:\n\n```\w+\n(.*?)\n```\n\nGood:\n\n```\w+\n(.*?)\n```", text, re.DOTALL
    )
}
# These are about bytes, or about the review; no text of a document can show them.
WITHOUT_EXAMPLE = {
    *(Code.FILE_EMPTY, Code.FILE_TOO_LARGE, Code.FILE_BINARY, Code.FILE_KNOWN),
    *(Code.ENCODING_GUESSED, Code.SIGNS_DAMAGED, Code.ARCHIVE_REFUSED, Code.SHEET_LEFT_OUT),
    Code.ENTRY_LEFT_OUT,
}


def test_every_code_is_documented_and_no_other() -> None:
    assert list(SECTIONS) == [code.value for code in Code]


@pytest.mark.parametrize("code", Code)
def test_the_words_of_a_code_are_those_that_people_see(code: Code) -> None:
    assert EXPLANATIONS[code].message in SECTIONS[code.value]
    assert f"What to do: {EXPLANATIONS[code].remedy}" in SECTIONS[code.value]


def test_every_code_about_an_entry_has_a_bad_and_a_good_example() -> None:
    assert set(EXAMPLES) == {code.value for code in Code if code not in WITHOUT_EXAMPLE}


@pytest.mark.parametrize("code", EXAMPLES)
def test_the_bad_example_gives_its_code_and_the_good_one_no_problem(code: str) -> None:
    bad, good = EXAMPLES[code]
    assert [problem.code for problem in read_text(bad, "bad").problems] == [code]
    assert read_text(good, "good").problems == ()


def test_a_problem_tells_place_and_remedy() -> None:
    problem = Problem(code=Code.TITLE_MISSING, file="a.ris", line=7, detail="key k1")
    assert str(problem).startswith("a.ris, line 7: The record has no title. (key k1) ")
    assert problem.effect is Effect.NOTED
    assert str(Problem(code=Code.FILE_EMPTY, file="a.ris")).startswith("a.ris: The file is empty. ")
