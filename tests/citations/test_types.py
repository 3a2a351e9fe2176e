from collections import Counter

from evidence.citations import types


def test_codes_lead_to_our_words() -> None:
    assert types.from_ris("JOUR") == "article"
    assert types.from_ris("Journal Article") == "article"
    assert types.from_bibtex("PhDThesis") == "thesis"


def test_an_unknown_code_is_other_and_none_is_empty() -> None:
    assert types.from_ris("BALLAD") == types.OTHER
    assert types.from_bibtex("ballad") == types.OTHER
    assert types.from_ris("") == ""


def test_no_code_has_two_meanings() -> None:
    for format_codes in (
        [code for row in types.TYPES.values() for code in row.ris],
        [code for row in types.TYPES.values() for code in row.bibtex],
    ):
        assert [code for code, uses in Counter(format_codes).items() if uses > 1] == []


def test_codes_are_written_as_they_are_looked_up() -> None:
    assert all(code.isupper() for row in types.TYPES.values() for code in row.ris)
    assert all(code.islower() for row in types.TYPES.values() for code in row.bibtex)
