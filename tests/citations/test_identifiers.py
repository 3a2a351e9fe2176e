import pytest

from evidence.citations import identifiers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://doi.org/10.9999/ABC.1", "10.9999/abc.1"),
        ("http://dx.doi.org/10.9999/abc(1)?nosfx=y", "10.9999/abc(1)"),
        ("https://journal.example/doi/full/10.9999/abcd.12345?af=R", "10.9999/abcd.12345"),
        ("https://journal.example/content/pdf/10.9999/s001-1.pdf", "10.9999/s001-1"),
        ("https://preprints.example/10.9999/2020.01.02v2.full.pdf", "10.9999/2020.01.02"),
        ("https://journal.example/article?id=10.9999/x.1&type=printable", "10.9999/x.1"),
        ("https://base.example/record?e=2&doi=10.9999%2fj.x.1&partner=4", "10.9999/j.x.1"),
        (
            "https://journal.example/doi/10.9999/(SICI)1<1::A>3.0.CO;2-2/abstract;jsessionid=AB",
            "10.9999/(sici)1<1::a>3.0.co;2-2",
        ),
        ("https://journal.example/a/10.9999/182/", "10.9999/182"),
        ("https://journal.example/10.html", ""),
        ("https://journal.example/issue/10.2/4", ""),
        ("", ""),
    ],
)
def test_a_doi_is_found_in_an_address(text: str, expected: str) -> None:
    assert identifiers.doi_of_address(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10.5555/Inv.1", "10.5555/inv.1"),
        ("https://dx.doi.org/10.5555/inv.1", "10.5555/inv.1"),
        ("https://doi.org/10.5555%2Finv.1?utm=x#top", "10.5555/inv.1"),
        ("doi: 10.5555/inv.1.", "10.5555/inv.1"),
        ("artn e866 10.5555/inv.1", "10.5555/inv.1"),
        ("10.1016/S0025-7753%2817%2930624-3", "10.1016/s0025-7753(17)30624-3"),
        ("(see 10.5555/S0140-6736(99)00001-2).", "10.5555/s0140-6736(99)00001-2"),
        (
            "10.1002/(SICI)1097-0142(19990301)85:5&lt;1023::AID-CNCR3&gt;3.0.CO;2-R",
            "10.1002/(sici)1097-0142(19990301)85:5<1023::aid-cncr3>3.0.co;2-r",
        ),
        ("10.5555/inv.1     LK  - https://example.org", "10.5555/inv.1"),
        ("10.1000.10/123456", "10.1000.10/123456"),
        ("10.55/too-short", ""),
        ("no identifier", ""),
        ("", ""),
    ],
)
def test_a_doi_is_found_in_what_sources_write(text: str, expected: str) -> None:
    assert identifiers.doi(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("33355555", "33355555"),
        ("PMID: 33355555", "33355555"),
        ("PUBMED 38407106,EMBASE 643589775", "38407106"),
        ("https://pubmed.ncbi.nlm.nih.gov/31793055/", "31793055"),
        ("https://www.ncbi.nlm.nih.gov/pubmed/31793055", "31793055"),
        ("WOS:000296", ""),
        ("0", ""),
    ],
)
def test_a_pmid_is_a_number_or_is_named(text: str, expected: str) -> None:
    assert identifiers.pmid(text) == expected


def test_a_bare_number_in_a_note_is_no_pmid() -> None:
    assert identifiers.pmid_named("Cited by 12") == ""


def test_a_pmcid_is_found_with_or_without_blank() -> None:
    assert identifiers.pmcid("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC123/") == "PMC123"
    assert identifiers.pmcid("pmc 77") == "PMC77"
    assert identifiers.pmcid("NIHMS364253") == ""


def test_serial_numbers_are_told_apart() -> None:
    told = ["1999-7777(Electronic),0222-6666(Print)", "0012186x", "978-0-12-801731-9; 0865713421"]
    assert identifiers.issns(told) == ("1999-7777", "0222-6666", "0012-186X")
    assert identifiers.isbns(told) == ("9780128017319", "0865713421")


def test_two_issns_side_by_side_are_no_isbn() -> None:
    assert identifiers.isbns(["1895-5770 1895-5770"]) == ()
    assert identifiers.issns(["1895-5770 1895-5770"]) == ("1895-5770",)
