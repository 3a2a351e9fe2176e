"""Tags behind the end of a RIS entry, and lines that open one twice: whose are they?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.citations.formats import read_text, ris, ris_count
from evidence.citations.record import Reading, Record
from evidence.problems import Code, Effect

FIRST = "TY  - JOUR\nTI  - One\nAU  - Arbor, A.\nER  - \n"
SECOND = "TY  - JOUR\nTI  - Two\nAB  - Its own\nER  - \n"


def reading(text: str) -> Reading:
    result = read_text(text, "a.ris")
    assert result.seen == len(result.records)
    return result


@pytest.mark.parametrize(
    ("tail", "field", "value"),
    [
        ("AB  - Behind\n", "abstract", "Behind"),
        ("\nAB  - Behind\n\n", "abstract", "Behind"),
        ("N2  - Behind\nit goes on\n", "abstract", "Behind\nit goes on"),
        ("DO  - 10.5555/behind\n", "doi", "10.5555/behind"),
        ("KW  - one\nKW  - two\n", "keywords", ("one", "two")),
        ("UR  - https://a.example/1\n\n", "urls", ("https://a.example/1",)),
        ("KW  - one\nAB  - Behind\nER  - \n", "abstract", "Behind"),
        ("AB  - Behind\nER  - \n\n", "abstract", "Behind"),
    ],
)
def test_tags_behind_the_end_belong_to_the_entry_before(
    tail: str, field: str, value: object
) -> None:
    one, two = reading(FIRST + tail + SECOND).records
    assert getattr(one.reference, field) == value
    assert (two.reference.title, two.reference.abstract) == ("Two", "Its own")
    (last,) = reading(FIRST + tail).records
    assert getattr(last.reference, field) == value
    assert all(part.strip() in last.raw for part in tail.split("\n") if part != "ER  - ")


def test_a_title_and_an_author_behind_the_end_of_an_entry_without_them() -> None:
    one, two = reading(
        f"TY  - JOUR\nPY  - 2001\nER  - \nTI  - One\nA1  - Berg, B.\n{SECOND}"
    ).records
    assert (one.reference.title, str(one.reference.authors[0])) == ("One", "Berg, B.")
    assert two.reference.authors == ()


def test_every_entry_of_a_file_may_have_a_tail() -> None:
    text = "".join(f"TY  - JOUR\nT1  - {n}\nER  - \nAB  - Of {n}\nKW  - k{n}\n" for n in range(9))
    records = reading(text).records
    assert [record.reference.abstract for record in records] == [f"Of {n}" for n in range(9)]
    assert [record.reference.keywords for record in records] == [(f"k{n}",) for n in range(9)]


@pytest.mark.parametrize(
    "next_entry",
    [
        "AU  - Berg, B.\nTI  - Two\nTY  - JOUR\nER  - \n",
        "TI  - Two\nAU  - Berg, B.\nER  - \n",
        "\nT1  - Two\nAU  - Berg, B.\n",
        "\n2. \nAU  - Berg, B.\nTI  - Two\n",
    ],
)
def test_tags_that_repeat_the_title_begin_another_entry(next_entry: str) -> None:
    one, two = reading(FIRST + next_entry).records
    assert [len(record.reference.authors) for record in (one, two)] == [1, 1]
    assert (one.reference.title, two.reference.title) == ("One", "Two")


def test_people_with_an_end_of_their_own_are_another_entry() -> None:
    _, two = reading(f"{FIRST}AU  - Berg, B.\nAB  - Two\nER  - \n{SECOND}").records[:2]
    assert (str(two.reference.authors[0]), two.reference.abstract) == ("Berg, B.", "Two")


def test_text_behind_a_tail_is_told() -> None:
    result = reading(f"{FIRST}AB  - Behind\n\nSome text\n\n{SECOND}")
    assert result.records[0].reference.abstract == "Behind"
    assert [problem.code for problem in result.problems] == [Code.TEXT_OUTSIDE]


@pytest.mark.parametrize("types", [("JOUR", "GEN"), ("CONF", "JOUR"), ("JOUR", "JOUR", "GEN")])
def test_two_types_in_two_lines_are_one_entry(types: tuple[str, ...]) -> None:
    rows = "".join(f"TY  - {code}\n" for code in types)
    result = reading(f"{rows}TI  - One\nER  - \n\n{rows}TI  - Two\n")
    assert [record.reference.title for record in result.records] == ["One", "Two"]
    words = {"JOUR": "article", "CONF": "conference"}
    assert {record.reference.type for record in result.records} == {words[types[0]]}
    assert [one.code for one in result.problems].count(Code.FIELD_REPEATED) == 2


ROWS = (
    *("TY  - JOUR", "TY - JOUR", "ER  - ", "ER", "ER -", "ER  - TY  - CONF", "TI  - t", "T1  - u"),
    *("AU  - A", "A1  - B", "AB  - x", "DO  - 10.5555/x", "KW  - k", "NL  - n", "text", "2. "),
    *("", "", "  ", "KW - narrow", "TI - narrow", "\xa0", "\x0b"),
)


@settings(max_examples=600)
@given(st.lists(st.sampled_from(ROWS), max_size=14), st.sampled_from(["", FIRST]))
def test_reader_and_count_agree(rows: list[str], before: str) -> None:
    clean = "\n".join([before, *rows]).encode()
    parts = list(ris.read(clean, "a.ris"))
    entries = [part for part in parts if isinstance(part, Record) or part.effect is Effect.LOST]
    assert len(entries) == ris_count.count(clean)
