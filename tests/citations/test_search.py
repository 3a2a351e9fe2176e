"""What people type into a box for searching, understood; and texts compared as they mean it."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from evidence.citations import search
from evidence.citations.search import AllOf, AnyOf, Doi, Node, Not, Phrase, parse
from evidence.citations.search_folding import folded, holds, pattern, spelled_out

SIGNS = [*"ab ()-\"“”'\\%_[]{}|*?.,:;10/äßøÅé\u0301가漢\n\t", "OR", "NOT", " 10.1000/", " doi: "]


def words_of(node: Node | None) -> int:
    if node is None:
        return 0
    if isinstance(node, Phrase | Doi):
        return 1
    if isinstance(node, Not):
        return words_of(node.part)
    assert len(node.parts) > 1
    return sum(map(words_of, node.parts))


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("", None),
        ("rats", Phrase("rats")),
        ("rats mice", AllOf((Phrase("rats"), Phrase("mice")))),
        ("rats AND mice", AllOf((Phrase("rats"), Phrase("mice")))),
        ('"two  words"', Phrase("two words")),
        ("„zwei Wörter“", Phrase("zwei Wörter")),
        ("a OR b c", AnyOf((Phrase("a"), AllOf((Phrase("b"), Phrase("c")))))),
        ("(a OR b) c", AllOf((AnyOf((Phrase("a"), Phrase("b"))), Phrase("c")))),
        ("a -b", AllOf((Phrase("a"), Not(Phrase("b"))))),
        ('NOT "b c"', Not(Phrase("b c"))),
        ("NOT (a OR b)", Not(AnyOf((Phrase("a"), Phrase("b"))))),
        ("self-efficacy or not", AllOf((Phrase("self-efficacy"), Phrase("or"), Phrase("not")))),
        ("effect(s)", Phrase("effect(s)")),
        ("a - b", AllOf((Phrase("a"), Phrase("b")))),
    ],
)
def test_a_search_is_understood(typed: str, tree: Node | None) -> None:
    assert parse(typed).tree == tree
    assert parse(typed).remarks == ()


@pytest.mark.parametrize(
    "typed",
    [
        "10.1016/S0140-6736(99)02000-1",
        "doi:10.1016/s0140-6736(99)02000-1",
        "DOI: 10.1016/s0140-6736(99)02000-1",
        "https://doi.org/10.1016/S0140-6736(99)02000-1",
        "http://dx.doi.org/10.1016/s0140-6736%2899%2902000-1",
        "doi.org/10.1016/s0140-6736(99)02000-1",
        '"10.1016/s0140-6736(99)02000-1"',
        "(10.1016/s0140-6736(99)02000-1)",
    ],
)
def test_a_doi_is_known_in_any_spelling(typed: str) -> None:
    assert parse(typed).tree == Doi("10.1016/s0140-6736(99)02000-1")


@pytest.mark.parametrize(
    ("typed", "remark"),
    [
        ('"a b', search.OPEN_QUOTE),
        ("OR a", search.LOOSE_OR),
        ("a OR", search.LOOSE_OR),
        ("a OR OR b", search.LOOSE_OR),
        ("a NOT", search.LOOSE_NOT),
        ("(a", search.LOOSE_BRACKETS),
        ("a )", search.LOOSE_BRACKETS),
        ("(" * 12 + "a" + ")" * 12, search.TOO_DEEP),
    ],
)
def test_what_does_not_fit_is_told(typed: str, remark: str) -> None:
    assert remark in parse(typed).remarks
    assert parse(typed).tree is not None


@given(st.lists(st.sampled_from(SIGNS)).map("".join) | st.text())
@example("(" * 2000)
@example("-" * 50 + "(")
def test_any_text_can_be_typed(text: str) -> None:
    parsed = parse(text)
    assert words_of(parsed.tree) <= parsed.words
    re.compile("|".join(map(pattern, text.split())))


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("muller", "Müller"),
        ("Müller", "MULLER"),
        ("Mueller", "Müller"),
        ("müller", "Mueller"),
        ("ostergaard", "Østergaard"),
        ("Østergaard", "Oestergaard"),
        ("STRASSE", "Straße"),
        ("straße", "Strasse"),
        ("naive", "nai\u0308ve"),
        ("naïve", "naive"),
        ("Łódź", "Lodz"),
        ("αλφα", "ΆΛΦΑ"),
        ("patients' health-related", "Patients’ health‐related"),
        ("two lines", "of two\nlines"),
        ("Müller, Anna", '[["Müller","Anna"]]'),
        ("한국", "한국어"),
    ],
)
def test_accents_capitals_and_dashes_do_not_matter(typed: str, written: str) -> None:
    assert holds([[typed]], [written])
    assert re.search(pattern(typed), written)  # what PostgreSQL is asked


@pytest.mark.parametrize(
    ("typed", "written"),
    [("blue", "blu"), ("a b", "ab"), ("cat", "cut"), ("Anna Eva", '[["Anna",""],["Eva",""]]')],
)
def test_other_letters_do_matter(typed: str, written: str) -> None:
    assert not holds([[typed]], [written])
    assert not re.search(pattern(typed), written)


@given(st.text(st.sampled_from("aeuoéèüöøæßñçłabcABC ąž-’'α")), st.data())
def test_any_part_of_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    text = " ".join(text.split())
    start = data.draw(st.integers(0, len(text)))
    part = text[start : data.draw(st.integers(start, len(text)))].strip()
    for typed in (part, part.upper(), part.lower(), folded(part)):
        if len(typed) == len(part):  # ß is SS in capitals, and an S alone is no half of it
            assert holds([[typed]], ["something else", text])
            assert re.search(pattern(typed), text)
    assert folded(folded(part)) == folded(part)
    assert spelled_out(part).isascii() or "α" in part.lower()


def test_signs_that_no_database_takes_are_passed_over() -> None:
    assert search.parse("gardens\0 \ud800 work") == search.parse("gardens work")
