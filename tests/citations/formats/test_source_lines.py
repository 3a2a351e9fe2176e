"""Lines that say in one where a work stands, in the ways of the databases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.citations.formats import read_text
from evidence.citations.formats.source_lines import parse_source

LINES = """
Invented Health & Work January/February 2010;14(1):56 => Invented Health & Work|14|1|56|2010
Annals of Invention November/December 2010;6:611-613 => Annals of Invention|6||611-613|2010
Journal: With a Subtitle June 2019;1(6):123-456 => Journal: With a Subtitle|1|6|123-456|2019-06
Invented Archives 12, Winter 2007: 7-14. => Invented Archives|12||7-14|2007
Invented Archives, 2013(1): 3-28. => Invented Archives|2013|1|3-28|2013
Invented Work. 12(3):349-69, 2021 Mar 14. => Invented Work|12|3|349-369|2021-03-14
Invented Work. 12 Suppl 1:S3-9, 2021 Mar. => Invented Work|12|Suppl 1|S3-S9|2021-03
Invented Work. 12(3 Pt 2):349-69, 2021. => Invented Work|12|3 Pt 2|349-369|2021
Invented Work. 201(2-3):327-334, November 15, 2004. => Invented Work|201|2-3|327-334|2004-11-15
Invented Work. 1-10, 2021 Mar 14. => Invented Work|||1-10|2021-03-14
Invented Work. 12 (3) (pp 349-369), 2021. => Invented Work|12|3|349-369|2021
Invented Work. Vol.12(3), Mar 2021, pp. 349-369. => Invented Work|12|3|349-369|2021-03
Invented Work. 12(3):349-69; discussion 370-1, 2021 Mar. => Invented Work|12|3|349-369|2021-03
Invented Reviews. 3:CD001234, 2021 03 14. => Invented Reviews|3||CD001234|2021-03-14
Hydrology. 2007 15 June; 433-441. => Hydrology|||433-441|2007-06-15
Invented Proceedings. 2005; 9pp.. => Invented Proceedings||||2005
Invented Patents. 1288(3), Nov. 16, 2004. => Invented Patents|1288|3||2004-11-16
Work (2014) 3:3 (152-160). Date of Publication: July 2014 => Work|3|3|152-160|2014-07
Invented Work (2021) 12 Article Number: 33. => Invented Work|12||33|2021
Invented Work (2014) 3:SUPPL. 1 (S12-S13) => Invented Work|3|SUPPL. 1|S12-S13|2014
Revista; 8(1); 132-145 => Revista|8|1|132-145|
Revista; (67); 88-98 => Revista||67|88-98|
Rev. inv;70(1): 12-20, jan.-fev. 2017. tab => Rev. inv|70|1|12-20|2017
J Inv Res;139: 179-184, 2021 07. => J Inv Res|139||179-184|2021-07
J Inv. 2019 Jan 1;46(Suppl_1):V4. doi: 10.5555/1 => J Inv|46|Suppl_1|V4|2019-01-01
J Inv. 2023 Apr 25;120(17):e2217872120. Epub 2023 Apr 17. => J Inv|120|17|e2217872120|2023-04-25
J Inv (Wien). 2020 May 23. doi: 10.5555/2. => J Inv (Wien)||||2020-05-23
Invented Work, v102 n3 p349-369 Mar 2010 => Invented Work|102|3|349-369|2010-03
Invented Work, Mar2010, Vol. 12 Issue 3, p349-369, 21p => Invented Work|12|3|349-369|2010-03
Invented Work, vol. 12, no. 3, 2010, pp. 349-69. => Invented Work|12|3|349-369|2010
Invented Work 12, no. 3 (2010): 349-69. => Invented Work|12|3|349-369|2010
Zeitschrift, Bd. 12, H. 3 (2010), S. 349-369 => Zeitschrift|12|3|349-369|2010
Zeitschrift, Nr. 3/2010, S. 12-15 => Zeitschrift||3|12-15|2010
发明,2010,12(03):349-369 => 发明|12|03|349-369|2010
Invention 2000. 12(3):1-9, 2010. => Invention 2000|12|3|1-9|2010
Invented Work XII, 2007: 7-14. => Invented Work|XII||7-14|2007
J Inv. 2006 Aug;27(7):1521-7. => J Inv|27|7|1521-1527|2006-08
J Inv. 1981 Nov 6;246(18):2073-4. Epub 1981 Nov 1. => J Inv|246|18|2073-2074|1981-11-06
Invented Work. 12(3):1534-55, 2014 Nov. => Invented Work|12|3|1534-1555|2014-11
Invented Work, 12(3), 1534-55, 2014. => Invented Work|12|3|1534-1555|2014
Inv. Work (2014) 12:3 (1521-7). Date of Publication: 2014-05 => Inv. Work|12|3|1521-1527|2014-05
Invented Work. 12(3):7-9, 2014-05. => Invented Work|12|3|7-9|2014-05
J Inv. 2024 Apr 3:S1234-5678(24)00089-5. doi: 10.5555/3. => J Inv||||2024-04-03
J Inv. 2024 Apr 3;12(3). pii: S1234-5678(24)00089-5. => J Inv|12|3||2024-04-03
Invented Work => Invented Work||||
"""

CHAPTERS = """
Arbor, Ada [Editor, Reprint Author], Berg, Bo J. [Editor]. A Book.:371-397, 2004.
Arbor, Ada [Ed]; Berg, Bo J. [Ed]. (2004). A Book. (pp. 371-397). xii, 500 pp. Nowhere: Press.
In: Arbor, Ada and Berg, Bo J. (eds.) A Book. 2nd ed. Nowhere: Press, 2004, pp. 371-397
Arbor, Ada [Ed.], Berg, Bo J. [Ed.]. A Book. Press. 2004: 1-500. Chapter pagination: 371-397.
"""


@pytest.mark.parametrize("text", LINES.strip().splitlines())
def test_a_line_is_read_in_whatever_order_it_is_written(text: str) -> None:
    written, _, expected = text.partition(" => ")
    source = parse_source(written)
    parts = (source.container, source.volume, source.issue, source.pages, source.date)
    assert "|".join(parts) == expected
    assert source.is_read


@pytest.mark.parametrize("text", CHAPTERS.strip().splitlines())
def test_chapters_have_editors_and_a_book(text: str) -> None:
    source = parse_source(text)
    assert [str(editor) for editor in source.editors] == ["Arbor, Ada", "Berg, Bo J."]
    assert (source.container, source.pages, source.date) == ("A Book", "371-397", "2004")
    assert source.is_chapter


def test_the_first_sentence_behind_listed_editors_is_the_book() -> None:
    source = parse_source("In: Arbor, Ada; Berg, Bo. Un libro. Nada, Editorial, 2004. p.371-397.")
    assert [str(editor) for editor in source.editors] == ["Arbor, Ada", "Berg, Bo"]
    assert (source.container, source.pages, source.date) == ("Un libro", "371-397", "2004")


UNREAD = "Invented Work 12 gardens and 13 apples with 4 trees"


def test_a_line_that_cannot_be_read_is_told_unless_nothing_is_missing() -> None:
    head = "Title,Author Names,Source,Publication Year,Volume\nT,Arbor A.,"
    (problem,) = read_text(f"{head}{UNREAD},,", "a.csv").problems
    assert (problem.code.value, problem.line) == ("source-unreadable", 2)
    assert read_text(f"{head}{UNREAD},2001,3", "a.csv").problems == ()
    ovid = f"VN  - Ovid Technologies\nTI  - T\nSO  - {UNREAD}\n"
    assert [one.code.value for one in read_text(ovid, "a.txt").problems] == ["source-unreadable"]


@pytest.mark.parametrize(
    ("head", "line", "expected"),
    [
        (
            "PMID- 7\nTI  - T\nSO  - ",
            "J Inv. 2006 Aug;27(7):1521-7.",
            ("J Inv", "27", "1521-1527", 2006),
        ),
        (
            "PMID- 7\nTI  - T\nTA  - J Inv\nDP  - 2007\nSO  - ",
            "J Inv. 2006 Aug;27(7):1521-7.",
            ("J Inv", "27", "1521-1527", 2007),
        ),
        (
            "PMID- 7\nTI  - T\nTA  - Inv\nDP  - 2007\nVI  - 9\nSO  - ",
            "J Inv. 2006;27(7):1521-7.",
            ("Inv", "9", "", 2007),
        ),
        ("PMID- 7\nBTI - A book\nDP  - 2007\nSO  - ", "A book. 2006;2:1-7.", ("", "", "", 2007)),
        (
            "Record #1 of 1\nID: CN-1\nTI: T\nSO: ",
            "J Inv 2006; 27(7): 1-9",
            ("J Inv", "27", "1-9", 2006),
        ),
        (
            "Record #1 of 1\nID: CN-1\nTI: T\nYR: 2001\nVL: 3\nSO: ",
            "Garden 2000 (7)",
            ("Garden 2000 (7)", "3", "", 2001),
        ),
    ],
)
def test_pubmed_and_cochrane_fall_back_to_the_line_where_parts_are_missing(
    head: str, line: str, expected: tuple[object, ...]
) -> None:
    reading = read_text(f"{head}{line}\n\n", "a.txt")
    (record,) = reading.records
    found = record.reference
    assert (found.journal, found.volume, found.pages, found.year) == expected
    assert "source-unreadable" not in [problem.code for problem in reading.problems]


@pytest.mark.parametrize(
    "head", ["PMID- 7\nTI  - T\nSO  - ", "Record #1 of 1\nID: CN-1\nTI: T\nSO: "]
)
def test_a_line_of_pubmed_or_cochrane_that_cannot_be_read_is_told(head: str) -> None:
    problem = read_text(f"{head}{UNREAD}\n\n", "a.txt").problems[0]
    assert problem.code.value == "source-unreadable"


@given(st.text(alphabet="Ab12 .,;:()[]-–pvnS/é", max_size=60))
def test_no_line_makes_trouble(text: str) -> None:
    source = parse_source(text)
    assert len(source.container) <= len(text) * 4
