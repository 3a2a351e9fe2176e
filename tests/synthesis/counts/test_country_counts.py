import pytest

from evidence.synthesis.counts import country_names as module
from evidence.synthesis.counts.country_counts import country_counts
from evidence.synthesis.counts.country_names import (
    REGION,
    country_codes,
    country_name,
    names_countries,
)
from evidence.synthesis.study_counts import Count, Counts


def code_of(label: str) -> str | None:
    return country_codes({"x": label})["x"]


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("United Kingdom", "gbr"),
        ("UK", "gbr"),
        ("U.K.", "gbr"),
        ("England", "gbr"),
        ("northern ireland", "gbr"),
        ("USA", "usa"),
        ("U.S.", "usa"),
        ("The United States of America", "usa"),
        ("Hong Kong", "hkg"),
        ("Hong Kong (China)", "hkg"),
        ("Korea", "kor"),
        ("Korea, Republic of", "kor"),
        ("North Korea", "prk"),
        ("Côte d’Ivoire", "civ"),
        ("COTE D'IVOIRE", "civ"),
        ("Turkey", "tur"),
        ("Türkiye", "tur"),
        ("Czech Republic", "cze"),
        ("Netherlands (two cities)", "nld"),
        ("The Gambia", "gmb"),
        ("Bosnia & Herzegovina", "bih"),
        ("Republic of the Congo", "cog"),
        ("Niger", "ner"),
        ("Nigeria", "nga"),
        ("Guinea", "gin"),
        ("NOR", "nor"),
        ("Europe", REGION),
        ("Europe (several countries)", REGION),
        ("EU", REGION),
        ("Low- and middle-income countries", REGION),
        ("Worldwide", REGION),
        ("Atlantis", None),
        ("Not stated", None),
        ("Another country", None),
        ("Georgia Avenue", None),
        ("", None),
        ("()", None),
    ],
)
def test_names_of_countries_are_known_by_a_table(label: str, code: str | None) -> None:
    assert code_of(label) == code


def test_ids_speak_for_labels_in_other_languages_only_where_most_are_those_of_countries() -> None:
    named = country_codes({"deu": "Deutschland, Ost", "nor": "Norge", "can": "Kanada", "x": "?"})
    assert named == {"deu": "deu", "nor": "nor", "can": "can", "x": None}
    unsure = country_codes({"can": "Cannot tell", "yes": "Yes", "no": "No"})
    assert set(unsure.values()) == {None}


@pytest.mark.parametrize(
    ("labels", "are_countries"),
    [
        (("UK", "USA", "Other", "Not stated"), True),
        (("Europe", "Asia"), False),
        (("Trial", "Survey", "Chad"), False),
        ((), False),
    ],
)
def test_a_question_is_of_countries_where_half_of_its_codes_name_places(
    labels: tuple[str, ...], *, are_countries: bool
) -> None:
    assert names_countries({label: label for label in labels}) is are_countries


def line(label: str, *studies: int, depth: int = 0) -> Count:
    return Count(id=label, label=label, studies=frozenset(studies), depth=depth)


def test_studies_are_sorted_into_countries_regions_and_what_is_neither() -> None:
    lines = (
        line("UK", 1, 2),
        line("England", 2, 3),
        line("Europe", 1, 4, 5),
        line("France", 4, depth=1),
        line("Elsewhere", 5, depth=1),
        line("Norway"),
        line("Atlantis", 6),
        line("Asia", 9),
    )
    counts = country_counts(
        Counts(title="Country", lines=lines, without=frozenset({7, 8}), total=9)
    )
    assert counts.countries == {"gbr": {1, 2, 3}, "fra": {4}}
    assert dict(counts.regions) == {"Europe": {1}, "Asia": {9}}
    assert dict(counts.others) == {"Elsewhere": {5}, "Atlantis": {6}}
    assert counts.painted == {1, 2, 3, 4}
    everywhere = counts.painted.union(
        *(ids for _, ids in (*counts.regions, *counts.others)), counts.without
    )
    assert everywhere == set(range(1, 10))


def test_no_name_means_two_countries() -> None:
    names: dict[str, str] = {}
    for code, name, others in module._rows():
        for each in (name, *others):
            folded = module._folded(each)
            assert folded, each
            assert names.setdefault(folded, code or name) == (code or name), each
    assert country_name("gbr") == "United Kingdom"
