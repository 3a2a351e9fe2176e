"""docs/problems.md: every code is there, and what is said of it is true."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from evidence.citations.formats import read
from evidence.problems import EXPLANATIONS, Code, Effect, Problem

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "problems.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## (\S+)\n(.*?)(?=^## |\Z)", DOCUMENT, re.MULTILINE | re.DOTALL))
REMARK = r"(?: \([^)]*\))?:\n\n"
EXAMPLES = {
    code: (bad, good)
    for code, text in SECTIONS.items()
    for *bad, good_kind, good_text in re.findall(
        rf"Bad{REMARK}```(\w+)\n(.*?)\n```\n\nGood{REMARK}```(\w+)\n(.*?)\n```", text, re.DOTALL
    )
    for good in [[good_kind, good_text]]
}
# These are about the review or a fault of ours, or of files that other rooms read.
IN_WORDS = {
    *(Code.FILE_TOO_LARGE, Code.FILE_KNOWN, Code.READING_FAILED),
    *(Code.ENTRY_LEFT_OUT, Code.ENTRY_TAKEN_BACK, Code.CODING_LEFT),
}


def example(kind: str, text: str) -> bytes:
    """The file that an example stands for."""
    if kind == "hex":
        return bytes.fromhex(text)
    if kind != "workbook":
        return text.encode()
    book = Workbook()
    for title, rows in re.findall(r"^\[(.*)\]\n((?:[^\[\n].*\n?)+)", text, re.MULTILINE):
        sheet = book.create_sheet(title)
        for row in rows.splitlines():
            sheet.append(row.split(" | "))
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def test_every_code_is_documented_and_no_other() -> None:
    assert list(SECTIONS) == [code.value for code in Code]


@pytest.mark.parametrize("code", Code)
def test_the_words_of_a_code_are_those_that_people_see(code: Code) -> None:
    assert EXPLANATIONS[code].message in SECTIONS[code.value]
    assert f"What to do: {EXPLANATIONS[code].remedy}" in SECTIONS[code.value]


def test_every_code_has_a_bad_and_a_good_example() -> None:
    assert set(EXAMPLES) == {code.value for code in Code if code not in IN_WORDS}
    for code in IN_WORDS:
        assert re.search(r"^Bad: \S.*\n\nGood: \S", SECTIONS[code.value], re.MULTILINE)


@pytest.mark.parametrize("code", EXAMPLES)
def test_the_bad_example_gives_its_code_and_the_good_one_no_problem(code: str) -> None:
    bad, good = EXAMPLES[code]
    assert [problem.code for problem in read(example(*bad), "bad").problems] == [code]
    assert read(example(*good), "good").problems == ()


def test_a_problem_tells_place_and_remedy() -> None:
    problem = Problem(code=Code.TITLE_MISSING, file="a.ris", line=7, detail="its key is “k1”")
    assert str(problem).startswith("a.ris, line 7: The record has no title: its key is “k1”. It ")
    assert problem.effect is Effect.NOTED
    assert str(Problem(code=Code.FILE_EMPTY, file="a.ris")).startswith("a.ris: The file is empty. ")
