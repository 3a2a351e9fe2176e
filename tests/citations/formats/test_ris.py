import pytest

from evidence.citations.formats import read_text
from evidence.citations.record import Record, Reference


def one(*rows: str) -> Record:
    (record,) = read_text("\n".join(["TY  - JOUR", "TI  - T", *rows, "ER  - "]), "a.ris").records
    return record


def reference(*rows: str) -> Reference:
    return one(*rows).reference


def test_all_tags_stay_in_order_with_repeats_and_unknown_ones() -> None:
    record = one("KW  - a", "ZZ  - b", "KW  - c", "KW  - ")
    assert record.fields == (
        *(("TY", "JOUR"), ("TI", "T"), ("KW", "a"), ("ZZ", "b"), ("KW", "c"), ("KW", "")),
    )


def test_the_key_is_the_id() -> None:
    assert one("ID  - k1", "ID  - k2").key == "k1"
    assert one("AN  - k1").key == ""


def test_a_title_may_be_none() -> None:
    (record,) = read_text("TY  - JOUR\nTI  - None\nER  - ", "a.ris").records
    assert record.reference.title == "None"


def test_second_authors_are_editors_of_books_only() -> None:
    chapter = "TY  - CHAP\nTI  - T\nT2  - B\nA2  - Okafor, N.\nER  - "
    assert len(read_text(chapter, "a.ris").records[0].reference.editors) == 1
    assert reference("A2  - Achenbach, T., Rescorla").editors == ()


def test_a_chapter_stands_in_its_book() -> None:
    chapter = "TY  - CHAP\nTI  - T\nT2  - The Book\nJF  - Not This\nER  - "
    assert read_text(chapter, "a.ris").records[0].reference.journal == "The Book"


def test_full_and_short_journal_names_are_told_apart() -> None:
    embase = reference("JF  - Nature Inventions", "JO  - Nat. Inv.")
    assert (embase.journal, embase.journal_short) == ("Nature Inventions", "Nat. Inv.")
    ebsco = reference("JO  - Inventions", "JF  - INVENTIONS")
    assert (ebsco.journal, ebsco.journal_short) == ("INVENTIONS", "")
    lilacs = reference("JO  - Rev. inv.")
    assert (lilacs.journal, lilacs.journal_short) == ("Rev. inv.", "")


def test_a_number_is_a_pmid_only_where_the_database_means_one() -> None:
    assert reference("C2  - 30704343", "DB  - Scopus").pmid == "30704343"
    assert reference("C2  - 30704343").pmid == ""
    assert reference("C5  - 38773066", "DB  - Embase", "DB  - Medline").pmid == "38773066"
    assert reference("AN  - 21553931", "DP  - NLM").pmid == "21553931"
    assert reference("AN  - 21553931").pmid == ""
    assert reference("N1  - PMID: 21553931\nPMCID: PMC77").pmcid == "PMC77"


def test_identifiers_in_long_notes_are_of_other_publications() -> None:
    assert reference("N1  - " + "References: Okafor N. " * 20 + "PMID: 1234").pmid == ""


def test_several_addresses_in_one_line_are_parted() -> None:
    urls = reference("UR  - http://a.example/x;http://b.example/y https://c.example").urls
    assert urls == ("http://a.example/x", "http://b.example/y", "https://c.example")


def test_what_is_no_address_is_left_to_the_fields() -> None:
    record = one("UR  - <Go to ISI>://WOS:1", "L1  - C:\\papers\\x.pdf")
    assert record.reference.urls == ()
    assert ("UR", "<Go to ISI>://WOS:1") in record.fields


def test_affiliations_in_the_issue_are_reported() -> None:
    text = "TY  - JOUR\nTI  - T\nIS  - " + "Invented University, " * 5 + "\nER  - "
    reading = read_text(text, "a.ris")
    assert reading.records[0].reference.issue == ""
    assert reading.problems[0].detail.startswith("issue “Invented University")


def test_problems_tell_the_line() -> None:
    text = "TY  - JOUR\nTI  - T\nER  - \n\nTY  - JOUR\nAB  - no title\nER  - \n"
    (problem,) = read_text(text, "a.ris").problems
    assert problem.line == 5


def test_stars_of_main_topics_are_left_to_the_fields() -> None:
    record = one("KW  - *athlete", "KW  - a; b", "KW  - a")
    assert record.reference.keywords == ("athlete", "a", "b")
    assert ("KW", "*athlete") in record.fields


def people(*rows: str) -> list[str]:
    return [str(person) for person in reference(*rows).authors]


def test_both_tags_of_authors_count_in_the_order_of_the_file() -> None:
    assert people("A1  - Arbor A", "AU  - Berg B", "A1  - Cruz C") == [
        *("Arbor, A", "Berg, B", "Cruz, C"),
    ]
    assert people("AU  - Arbor, A.; Berg, B.", "A1  - Cruz, Cleo") == [
        *("Arbor, A.", "Berg, B.", "Cruz, Cleo"),
    ]


def test_authors_who_stand_under_both_tags_are_one_each() -> None:
    assert people("A1  - Arbor, A.", "A1  - Berg, B.", "AU  - Arbor, Ada", "AU  - Berg, Bea") == [
        *("Arbor, Ada", "Berg, Bea"),
    ]
    assert people("AU  - Wang, L.", "AU  - Wang, L.", "A1  - Wang, Li", "A1  - Wang, Lu") == [
        *("Wang, Li", "Wang, Lu"),
    ]
    assert people("AU  - Arbor, A.", "A1  - Arbor, B.") == ["Arbor, A.", "Arbor, B."]
    assert people("AU  - Wang, L.", "AU  - Wang, L.") == ["Wang, L."] * 2  # two persons, it says


@pytest.mark.parametrize(
    ("rows", "date"),
    [
        (("PY  - 2014", "DA  - OCT 21"), "2014-10-21"),
        (("Y1  - 2013/12/28", "PY  - 2014", "DA  - 2014/04/01"), "2014-04-01"),
        (("Y1  - 2013/12/28", "DA  - 01.04.2014"), "2014-04-01"),
        (("Y1  - 2014/03/02/", "DA  - 2014"), "2014-03-02"),
        (("PY  - 2014", "Y1  - 2014/03"), "2014-03"),
        (("Y1  - 2013", "DA  - in press"), "2013"),
    ],
)
def test_the_date_of_the_issue_counts_first(rows: tuple[str, ...], date: str) -> None:
    result = read_text("\n".join(["TY  - JOUR", "TI  - T", *rows, "ER  - "]), "a.ris")
    assert result.records[0].reference.date == date
    assert result.problems == ()


def test_another_year_in_py_is_told() -> None:
    text = "TY  - JOUR\nTI  - T\nPY  - 2013\nDA  - 2014/04/01\nER  - "
    (problem,) = read_text(text, "a.ris").problems
    assert (problem.code.value, problem.detail) == ("dates-differ", "PY says 2013, DA 2014-04-01")


@pytest.mark.parametrize(
    ("value", "issue"),
    [
        *((text, text) for text in ("3", "3-4", "12A", "Suppl 2", "S1", "3 Pt 2", "Spec No")),
        *(("No. 3", "No. 3"), ("2014", ""), ("Journal Article", ""), ("1228150341", "")),
        *(("(Okafor N.) Garden University", ""), ("Registerbasierte Studie in Schweden", "")),
    ],
)
def test_the_number_of_endnote_is_an_issue_if_it_looks_like_one(value: str, issue: str) -> None:
    assert reference("PY  - 2014", f"M1  - {value}").issue == issue
    assert reference("IS  - 7", f"M1  - {value}").issue == "7"


def test_the_number_of_a_report_is_no_issue() -> None:
    text = "TY  - RPRT\nTI  - T\nM1  - 3\nER  - "
    assert read_text(text, "a.ris").records[0].reference.issue == ""


@pytest.mark.parametrize(
    ("note", "doi", "pmid"),
    [
        ("DOI: 10.5555/one_2", "10.5555/one_2", ""),
        ("doi:10.5555/ONE PMID: 77", "10.5555/one", "77"),
        ("Citation Key: k\nDOI: https://doi.org/10.5555/one\nPMID: 77", "10.5555/one", "77"),
        ("Read twice.\n  DOI 10.5555/one", "10.5555/one", ""),
        ("A reply to doi: 10.5555/another", "", ""),
        ("See the DOI: 10.5555/another", "", ""),
        ("PMID: 77\n" + "References: Okafor N. " * 20, "", "77"),
    ],
)
def test_identifiers_at_the_start_of_a_line_of_a_note(note: str, doi: str, pmid: str) -> None:
    found = reference(f"N1  - {note}")
    assert (found.doi, found.pmid) == (doi, pmid)
    assert reference(f"N1  - {note}", "DO  - 10.5555/own").doi == "10.5555/own"


def test_eppi_reviewer_writes_family_names_first() -> None:
    assert people("AU  - Okafor Nneka", "KW  - eppi-reviewer4") == ["Okafor, Nneka"]
    assert people("AU  - Nneka Okafor", "KW  - eppi") == ["Okafor, Nneka"]
