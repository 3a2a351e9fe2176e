import pytest

from evidence.errors import Invalid
from evidence.synthesis.review_overlap.covered_area import covered_area
from evidence.synthesis.review_overlap.read_inclusions import ReadInclusions, read_inclusions

MATRIX = "Study,A,B\nOne,1,x\nTwo,yes,0\nThree,,TRUE\n"
ROWS = "Review,Study\nA,One\nA,Two\nB,One\nB,Three\n"


def read(text: str) -> ReadInclusions:
    return read_inclusions(text.encode(), "reviews.csv")


def test_a_matrix_and_rows_say_the_same() -> None:
    assert read(MATRIX).table == read(ROWS).table
    assert read(MATRIX).faults == read(ROWS).faults == ()


def test_an_inclusion_that_stands_twice_counts_once_and_is_told() -> None:
    result = read(ROWS + "A,One\nb,one\n")
    assert covered_area(result.table).inclusions == 4
    assert "2 inclusions stand more than once, and count once." in result.remarks
    assert {"“one” is taken as “One”.", "“b” is taken as “B”."} <= set(result.remarks)


def test_a_study_in_no_review_does_not_count_and_a_review_without_any_does() -> None:
    result = read("Study,A,B,C\nOne,1,1,\nTwo,,,\n")
    assert (result.table.studies, len(result.table.reviews)) == (("One",), 3)
    assert "In no review, so not counted: Two." in result.remarks
    assert "Without any study, and counted among the reviews: C." in result.remarks


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            "Study,A,B\nOne,1,maybe\nTwo,1,1\n",
            "reviews.csv, line 2, column B: “maybe” does not",
        ),
        ("Study,A\nOne,1\n,1\n", "reviews.csv, line 3: Study is missing"),
        ("Review,Study\nA,One\n,Two\n", "reviews.csv, line 3: Review is missing"),
    ],
)
def test_bad_cells_are_told_with_their_place(text: str, fault: str) -> None:
    (told,) = read(text).faults
    assert told.startswith(fault)


@pytest.mark.parametrize(
    ("text", "words"),
    [("Trial,A\nOne,1\n", "no column Study"), ("Study,A\n", "no row"), ("", "is empty"),
     ("Study,A\nOne,0\n", "no study that a review includes"),
     ("Review,Study\n,One\n", "line 2: Review is missing")],
)  # fmt: skip
def test_what_is_no_such_table_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        read(text)


def test_a_table_that_no_picture_can_show_is_refused() -> None:
    heads = ",".join(f"R{n}" for n in range(2001))
    with pytest.raises(Invalid, match="more than 200,000 cells"):
        read(f"Study,{heads}\n" + "".join(f"S{n},1\n" for n in range(100)))
