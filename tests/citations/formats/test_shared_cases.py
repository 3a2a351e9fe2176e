"""../shared/cases: small inputs that once came out wrong, with the right values."""

from collections.abc import Sequence

import pytest

from evidence.citations.formats import read
from evidence.citations.record import Reading, Record
from tests.conftest import SHARED

CASES = SHARED / "cases" / "citations"
pytestmark = pytest.mark.skipif(
    not CASES.is_dir(), reason="../shared/cases is not beside the repository"
)


def reading(name: str) -> Reading:
    result = read((CASES / name).read_bytes(), name)
    assert result.seen == len(result.records)
    return result


def records(name: str) -> Sequence[Record]:
    return reading(name).records


def people(names: Sequence[object]) -> str:
    return "; ".join(map(str, names))


def authors(name: str) -> list[str]:
    return [people(record.reference.authors) for record in records(name)]


def values(name: str, *fields: str) -> list[tuple[object, ...]]:
    return [tuple(getattr(record.reference, field) for field in fields) for record in records(name)]


def codes(name: str) -> list[str]:
    return [problem.code.value for problem in reading(name).problems]


def test_tags_behind_the_end() -> None:
    assert values("32_after_er.ris", "abstract", "keywords") == [
        ("Abstract of the first, written behind its end.", ()),
        ("Abstract of the second.", ("one",)),
    ]
    assert values("04_wiso_after_er.ris", "abstract") == [("Abstract - We investigate ...",)]


def test_two_types() -> None:
    assert values("31_two_ty.ris", "type") == [("article",), ("conference",)]


def test_a1_beside_au() -> None:
    name = "11_a1_au_mixed.ris"
    assert authors(name) == ["Oualpha, A; Brbeta, L; Oualpha Gamma, D; Forsdelta, B"]
    assert values(name, "pages") == [("E1392",)]


def test_people_and_dates_of_ris() -> None:
    name = "ris_people_and_dates.ris"
    first, chapter, article = records(name)
    assert first.reference.year == 1950
    assert people(chapter.reference.editors) == "Gamma, Dee; Delta, Eve"
    names = "Alpha, Catarina; Beta, C. J.; World Health Organization"
    assert people(article.reference.authors) == names
    assert codes(name) == ["name-guessed"]


def test_dates_of_ris() -> None:
    assert values("01_y1_vs_da.ris", "date", "year") == [("2014-04-01", 2014)]
    assert codes("01_y1_vs_da.ris") == ["dates-differ"]
    dates = [date for (date,) in values("41_dates.ris", "date")]
    assert dates == ["2014-01-17"] * 3 + ["2014-04-01"] * 2


def test_issue_of_endnote() -> None:
    assert values("12_m1_issue.ris", "issue")[0] == ("3",)


def test_identifiers_in_notes_of_ris() -> None:
    dois = [doi for (doi,) in values("43_doi_note.ris", "doi")]
    assert dois == ["10.1007/978-3-030-60067-9_3", "10.1007/978-3-030-60067-9"]


def test_source_lines_of_ovid() -> None:
    name = "ovid_source_lines.txt"
    assert authors(name)[:2] == ["Alpha, Bea A.", "Beta, Carl; Gamma, Dee"]
    assert values(name, "title")[0] == ("Ten Facts About Invented Work",)
    assert values(name, "journal", "volume", "issue", "pages", "year") == [
        ("Invented Health & Fitness Journal", "14", "1", "56", 2010),
        ("Annals of Invented Surgery", "6", "", "611-613", 2010),
        ("Invented Archives", "12", "", "7-14", 2007),
        ("Methods in invented analysis", "", "", "371-397", 2004),
        ("Invented Journal of Families: With a Subtitle", "1", "6", "123-456", 2019),
    ]
    assert people(records(name)[3].reference.editors) == "Alpha, Bea; Beta, Carl J."


def test_source_lines_of_tables() -> None:
    fields = ("volume", "issue", "pages", "year")
    assert values("embase_source_column.csv", *fields) == [
        ("3", "3", "152-160", 2014),
        ("12", "", "33", 2021),
    ]
    assert values("bvs_source_column.csv", *fields) == [("8", "1", "132-145", 2023)]


def test_csl_dates() -> None:
    dates = values("13_csl_dates.json", "date")
    assert all(date for (date,) in dates)
    assert (dates[2], dates[5]) == (("2009",), ("2009-01-01",))


def test_tables_of_other_programs() -> None:
    assert authors("16_jabref.csv")[0].count(";") == 3
    assert values("16_jabref.csv", "journal") == [("Conference Name (CN 2017)",)]
    assert authors("35_wos.csv") == ["Alpha, Bea; Gamma, Cid"]
    assert values("35_wos.csv", "year", "doi") == [(2021, "10.1000/w1")]
    assert values("46_zotero_extra.csv", "doi", "pmid") == [
        ("10.1007/978-3-030-60067-9_3", "123456"),
    ]


def test_lists_of_scopus() -> None:
    names = authors("39_scopus_names.csv")
    assert names[0] == "Alpha, J., Jr.; Beta, K."
    assert names[1] == "Alpha, J.; WHO Collaborating Group; Beta, K."
    assert names[2] == "Alpha, J.; Beta, K.; Madonna"
    assert names[4] == "Alpha, J.; Beta, K."


def test_dates_and_titles_of_bibtex() -> None:
    assert [date for (date,) in values("06_month_concat.bib", "date")][:2] == [
        "1955-05-03",
        "1997-09",
    ]
    assert codes("06_month_concat.bib") == []
    title = "Pressure for trust-based efficiency shaped the evolution of language"
    assert values("08_chapter_no_title.bib", "title") == [(title,)]
    title = "Tactile sensing for dexterous in-hand manipulation in robotics—A review"
    assert values("25_ifmmode.bib", "title")[0] == (title,)


def test_names_of_bibtex() -> None:
    names = authors("27_braced_last.bib")
    assert names[:3] == ["Delgado de Molina, A.", "Ben Arous, Gérard", "Van Assche, Gilles"]
    assert names[4] == "Skeith III, William E."
    assert authors("28_xname.bib")[:5] == [
        "de Montclos, Henri",
        "Harman, Hans",
        "van Beethoven, Ludwig; Plain, Jane",
        "de la Rousse, Jean; Robert and Sons, Inc.",
        "King, Martin Luther, Jr.",
    ]
    assert people(records("28_xname.bib")[5].reference.editors) == "de Montclos, Henri"


def test_latex_in_dois_and_addresses() -> None:
    dois = [doi for (doi,) in values("30_doi_latex.bib", "doi")]
    assert set(dois[:5]) == {"10.1175/1520-0485(1996)026<2712:teoiwu>2.0.co;2"}
    assert set(dois[5:9]) == {"10.1007/978-3-642-00000-1_12"}
    urls = [urls for (urls,) in values("30_doi_latex.bib", "urls")]
    assert urls[11:13] == [("http://a.b/c_d",), ("https://www.tiobe.com/tiobe-index/",)]
    assert values("45_doi_note.bib", "doi", "pmid") == [
        ("10.1007/978-3-030-60067-9_3", ""),
        ("10.1007/978-3-030-60067-9_3", "123456"),
    ]


def test_medline_and_web_of_science() -> None:
    assert values("nbib_article_number.nbib", "pages") == [("1042",)]
    assert values("47_pt.nbib", "type") == [("chapter",), ("book",), ("book",)]
    assert authors("ciw_names_in_capitals.ciw") == ["ALPHA, B; BETA, CJ"]
