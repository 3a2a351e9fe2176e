"""Sets of principles are read from files, or every fault is told; grades are the source's own."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.citations.formats.plain_tables import csv_pieces
from evidence.errors import Invalid
from evidence.settings import ROOT
from evidence.synthesis.principles.principle_set import (
    NOT_GRADED,
    Principle,
    PrincipleName,
    PrincipleSet,
    PrincipleVersion,
    faults_in,
)
from evidence.synthesis.principles.read_principles import COLUMNS, csv_rows, read_principles

FILE = ROOT / "data" / "principles" / "individual-placement-and-support.yaml"


def shipped() -> PrincipleSet:
    return read_principles(FILE.read_text("utf-8"), FILE.name, "ips")


def test_the_seven_have_the_grades_of_their_source_and_the_eight_have_none() -> None:
    seven, eight = shipped().versions
    grades = [each.grade for each in seven.principles]
    assert [grades.count(grade) for grade in seven.grades] == [3, 3, 1]
    assert seven.grades == ("strong", "moderately strong", "weak")
    assert len(eight.principles) == 8
    assert {each.grade_words for each in eight.principles} == {NOT_GRADED}
    assert not eight.grades


def test_each_of_the_seven_is_among_the_eight_and_one_is_new() -> None:
    ips = shipped()
    assert ips.without_match() == (PrincipleName(version="2012", number="8"),)
    seventh = PrincipleName(version="2004", number="7")
    assert ips.corresponding(seventh) == (PrincipleName(version="2012", number="6"),)
    assert ips.corresponding(PrincipleName(version="2012", number="6")) == (seventh,)


def test_faults_of_yaml_have_file_and_line() -> None:
    text = FILE.read_text("utf-8").replace("grade: weak", "gade: weak")
    line = text[: text.index("gade")].count("\n") + 1
    with pytest.raises(Invalid) as refused:
        read_principles(text, "mine.yaml", "x")
    assert f"mine.yaml:{line}:" in str(refused.value)
    assert "did you mean “grade”?" in str(refused.value)


BEGUN = "title: x\nversions:\n  - name: a\n    principles:\n      - {number: 1, text: y}\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "is empty"),
        (BEGUN.replace("y}", "y, grade: z}"), "graded “z”; the source of this version gives no"),
        (f"{BEGUN}      - {{number: 1, text: z}}", "2 principles with the number “1”"),
        (f"{BEGUN}corresponds:\n  - [a/1, b/1]", "“b/1” corresponds to something and is no"),
        (f"{BEGUN}corresponds:\n  - [a/1]", "mine.yaml:7: Two principles correspond"),
        (
            f"{BEGUN}      - {{number: 2, text: y}}\ncorresponds:\n  - [a/1, a/2]",
            "of the same version",
        ),
        ("title: [", "cannot be read from here on"),
    ],
)
def test_what_is_wrong_with_a_file_is_told(text: str, told: str) -> None:
    with pytest.raises(Invalid, match=None) as refused:
        read_principles(text, "mine.yaml", "x")
    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("version,number\n1,1\n", "mine.csv:1: there is no column “principle”"),
        ("version,number,principle\na,1,x\na,,y\n", "mine.csv:3: “number” is empty"),
        ("version,number,principle,corresponds to\na,1,x,b\n", "mine.csv:2: “b” names no"),
    ],
)
def test_what_is_wrong_with_a_table_is_told_with_its_line(text: str, told: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_principles(text, "mine.csv", "x")
    assert told in str(refused.value)


WORD = st.text("aé1 2,\"'", min_size=1, max_size=4).map(str.strip).filter(bool)


@st.composite
def sets(draw: st.DrawFn) -> PrincipleSet:
    versions = []
    for name in draw(st.lists(WORD, min_size=1, max_size=3, unique=True)):
        numbers = draw(st.lists(WORD, min_size=1, max_size=4, unique=True))
        grades = [draw(st.sampled_from(["", "strong", "weak"])) for _ in numbers]
        versions.append(
            PrincipleVersion(
                name=name,
                source=draw(WORD),
                grades=tuple(dict.fromkeys(filter(None, grades))),
                principles=tuple(
                    Principle(number=number, text=draw(WORD), grade=grade)
                    for number, grade in zip(numbers, grades, strict=True)
                ),
            )
        )
    made = PrincipleSet(uid="x", title="mine", versions=tuple(versions))
    names = [name for name, _ in made.walk()]
    pairs = [(a, b) for a in names for b in names if a.version != b.version and a < b]
    some = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=4)) if pairs else []
    return PrincipleSet(uid="x", title="mine", versions=tuple(versions), pairs=tuple(some))


@settings(max_examples=25)
@given(sets())
def test_a_table_that_was_taken_along_is_read_again(made: PrincipleSet) -> None:
    assert not faults_in(made)
    text = b"".join(csv_pieces(COLUMNS, csv_rows(made))).decode("utf-8")
    read = read_principles(text, "mine.csv", "x")
    assert read.versions == made.versions
    assert {frozenset(pair) for pair in read.pairs} == {frozenset(pair) for pair in made.pairs}
