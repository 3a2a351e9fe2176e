from pathlib import Path

import pytest

from evidence.citations.record import Name, Reference
from evidence.deduplication import from_references, read_csv
from evidence.errors import Invalid
from evidence.problems import Code

HEADER = "record_id,title,author,year,journal,volume,number,pages,doi,abstract,isbn,type,source\n"


def test_a_table_is_read_by_the_names_of_its_columns() -> None:
    row = 'r1,"A title, with comma","Ito, K.",2001,J,3,4,5-6,10.1/x,text,1234-5678,article,A\n'

    columns, ids, problems = read_csv([HEADER, row])

    assert ids == ["r1"]
    assert columns.title == ["A title, with comma"]
    assert (columns.authors[0], columns.issue[0], columns.issn[0]) == ("Ito, K.", "4", "1234-5678")
    assert columns.source == ["A"]
    assert problems == []


def test_a_table_without_needed_columns_is_refused_with_their_names() -> None:
    with pytest.raises(Invalid, match="lacks the columns title, year"):
        read_csv(["record_id,author,journal\n", "1,x,y\n"])


def test_an_empty_table_is_refused() -> None:
    with pytest.raises(Invalid, match="record_id"):
        read_csv([])


def test_only_the_needed_columns_suffice() -> None:
    columns, _, _ = read_csv(["record_id,title,author,year,journal\n", "1,t,a,2000,j\n"])

    assert list(columns.doi) == [""]


def test_a_row_of_another_width_is_kept_and_told() -> None:
    columns, ids, problems = read_csv(
        ["record_id,title,author,year,journal\n", "1,t\n", "\n", "2,t,a,2000,j,more\n"]
    )

    assert ids == ["1", "2"]
    assert columns.year == ["", "2000"]
    assert [(p.code, p.line) for p in problems] == [
        (Code.ROW_RAGGED, 2),
        (Code.ROW_RAGGED, 4),
    ]


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "records.csv"
    path.write_bytes(b"\xef\xbb\xbf" + HEADER.encode() + b"1,t,a,2000,j,,,,,,,,\n")

    assert read_csv(path)[1] == ["1"]


def test_lines_are_named_where_a_value_spans_several() -> None:
    lines = ["record_id,title,author,year,journal\n", '1,"two\n', 'lines",a,2000,j\n', "2,t\n"]

    assert [p.line for p in read_csv(lines)[2]] == [4]


def test_references_become_columns() -> None:
    reference = Reference(
        title="T",
        authors=(Name("Ito", "Ken"), Name("World Health Organization")),
        year=2001,
        journal_short="J Short",
        issn=("1234-5678",),
        isbn=("9780000000000",),
    )

    columns = from_references([reference])

    assert columns.authors == ["Ito, Ken; World Health Organization;"]
    assert (columns.year[0], columns.journal[0]) == ("2001", "J Short")
    assert columns.issn == ["1234-5678 9780000000000"]


def test_of_thousands_of_authors_the_first_are_kept() -> None:
    many = Reference(title="T", authors=tuple(Name(f"Family{n}", "A") for n in range(3_000)))

    assert from_references([many]).authors[0].count(";") < 100


@pytest.mark.parametrize("sign", [";", "\t"])
def test_a_table_parted_by_other_signs_is_read(sign: str) -> None:
    lines = ["record_id,title,author,year,journal\n", "1,a title,b,2001,J\n"]

    columns, ids, _ = read_csv([line.replace(",", sign) for line in lines])

    assert (ids, columns.title) == (["1"], ["a title"])


def test_ids_that_stand_twice_are_told_with_their_lines() -> None:
    lines = ["record_id,title,author,year,journal\n", "1,a,b,2001,J\n", "1,c,d,2002,J\n"]

    columns, _, problems = read_csv(lines)

    assert len(columns) == 2
    assert [(p.code, p.line) for p in problems] == [(Code.KEY_REPEATED, 3)]
    assert "1 stands in more than one row" in str(problems[0])


def test_a_file_that_is_not_utf8_is_read_and_told(tmp_path: Path) -> None:
    path = tmp_path / "records.csv"
    path.write_bytes(HEADER.encode() + "1,Café,Müller,2000,j,,,,,,,,\n".encode("cp1252"))

    columns, _, problems = read_csv(path)

    assert (columns.title, columns.authors) == (["Café"], ["Müller"])
    assert [p.code for p in problems] == [Code.ENCODING_GUESSED]


def test_a_doi_in_an_address_only_counts_as_one() -> None:
    references = [
        Reference(urls=("https://review.example/p/7", "https://review.example/doi/10.9999/A.7")),
        Reference(doi="10.9999/own", urls=("https://doi.org/10.9999/other",)),
    ]
    header = "record_id,title,author,year,journal,url\n"

    columns, _, _ = read_csv([header, "1,t,a,2000,j,https://doi.org/10.9999/b.8\n"])

    assert list(from_references(references).doi) == ["10.9999/a.7", "10.9999/own"]
    assert list(columns.doi) == ["10.9999/b.8"]
