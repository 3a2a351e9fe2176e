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
