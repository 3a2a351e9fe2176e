import pytest

from evidence.errors import Invalid
from evidence.problems import Code
from evidence.screening.screened_table import read_table

HEAD = "record_id,title,abstract,label_included\n"


def test_a_table_is_read() -> None:
    data = (
        "\ufeffRecord_ID,Title,Year,Abstract,Keywords,label_included\n"
        'r1,"A, b",2001,"Two\nlines",x; y;,1\n'
        "r2,,,,,0\n"
    )
    table = read_table(data.encode(), "t.csv")

    one, two = table.records
    assert (one.row, one.record_id, one.relevant) == (0, "r1", True)
    assert (one.text.title, one.text.abstract) == ("A, b", "Two\nlines")
    assert one.text.keywords == ("x", "y")
    assert (two.row, two.text.whole.strip(), two.relevant) == (1, "", False)
    assert table.problems == ()
    assert table.relevant == {0: True, 1: False}


def test_missing_columns_are_named() -> None:
    with pytest.raises(Invalid, match=r"t\.csv lacks the columns abstract, label_included\. Its"):
        read_table(b"record_id,title,year\n", "t.csv")
    with pytest.raises(Invalid, match="Its columns are: none"):
        read_table(b"", "t.csv")


def test_a_row_that_cannot_be_used_is_named_and_the_rest_is_kept() -> None:
    data = HEAD + 'a,t,"two\nlines",1\n\nb,t,x,maybe\nc,t\nd,t,x, 0.0 \n'
    table = read_table(data.encode(), "t.csv")

    assert [(one.row, one.record_id) for one in table.records] == [(0, "a"), (3, "d")]
    assert [(one.code, one.line, one.detail) for one in table.problems] == [
        (Code.ENTRY_UNREADABLE, 5, "label_included is “maybe” instead of 1 or 0"),
        (Code.ENTRY_UNREADABLE, 6, "2 cells for 4 columns"),
    ]


def test_ids_that_occur_twice_are_kept_and_told() -> None:
    table = read_table((HEAD + "a,t,x,1\na,t,x,0\n").encode(), "t.csv")

    assert len(table.records) == 2
    assert [(one.code, one.line) for one in table.problems] == [(Code.KEY_REPEATED, 3)]


def test_huge_fields_are_read() -> None:
    table = read_table((HEAD + f"a,t,{'word ' * 100_000},1\n").encode(), "t.csv")

    assert len(table.records[0].text.abstract) == 500_000


def test_a_field_beyond_all_measure_is_a_clear_word() -> None:
    data = HEAD + "a,t,x,1\n" + f'b,t,"{"word " * 2_000_001}",1\n'
    with pytest.raises(Invalid, match=r"t\.csv, line 3: .*quotation mark"):
        read_table(data.encode(), "t.csv")


def test_a_quotation_mark_that_is_never_closed_is_told_where_it_opens() -> None:
    table = read_table((HEAD + 'a,t,x,1\nb,t,"x,1\nc,t,x,0\n').encode(), "t.csv")

    assert [one.record_id for one in table.records] == ["a"]
    assert [one.line for one in table.problems] == [3]


def test_other_encodings_are_read() -> None:
    table = read_table((HEAD + "a,Überblick,schön,1\n").encode("cp1252"), "t.csv")

    assert table.records[0].text.title == "Überblick"
    assert [one.code for one in table.problems] == [Code.ENCODING_GUESSED]


def test_a_file_that_is_no_text_is_refused() -> None:
    with pytest.raises(Invalid, match="cannot be read: a PDF"):
        read_table(b"%PDF-1.7", "t.csv")


def test_signs_that_look_like_line_ends_are_none() -> None:
    table = read_table((HEAD + "a,t,one\u2028two\x0bthree,1\n").encode(), "t.csv")

    assert table.records[0].text.abstract == "one\u2028two\x0bthree"
