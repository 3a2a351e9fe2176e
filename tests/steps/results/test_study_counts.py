"""What studies can be counted by, whatever scheme a question comes from."""

from dataclasses import replace

import pytest

from evidence.errors import Invalid
from evidence.settings import ROOT
from evidence.steps.coding import schemes
from evidence.steps.results import study_counts
from evidence.steps.results.coded_studies import CodedStudies
from evidence.steps.results.directions import DirectionStudies
from evidence.synthesis.map_dimensions import map_dimensions, with_codes_of
from evidence.synthesis.studies import CodedStudy

FIRST, PROCESS = (
    schemes.read((ROOT / "coding_schemes" / name).read_text(encoding="utf-8"), name)
    for name in ("recovery-vocational.yaml", "process-components.yaml")
)
DOOR = "question:process-components/component-described"


def study(number: int, **codes: str) -> CodedStudy:
    """An invented study; underscores stand for hyphens."""
    ticked = {name.replace("_", "-"): frozenset(ids.split()) for name, ids in codes.items()}
    return CodedStudy(id=number, label=f"Invented {number}", year=1990 + number, codes=ticked)


def found() -> DirectionStudies:
    """Three studies; of one it is coded with a second scheme which components it has."""
    own = (study(1, country="gbr usa"), study(2, country="europe"), study(3))
    process = (study(1, component_described="open-door peers", component_mechanism="open-door"),)
    return DirectionStudies(
        coded=CodedStudies(scheme=FIRST, studies=own, open=()),
        studies=with_codes_of(own, [(PROCESS, process)]),
        dimensions=map_dimensions(FIRST, [PROCESS]),
    )


def test_countries_stand_first_then_designs_and_all_questions_are_there() -> None:
    titles = study_counts.questions(found())
    assert list(titles)[:2] == ["question:country", "question:design"]
    assert {"question:population", DOOR} < set(titles)


def test_countries_of_a_question_are_sorted_from_regions() -> None:
    counts = study_counts.countries(found(), "question:country")
    assert counts is not None
    assert counts.countries == {"gbr": {1}, "usa": {1}}
    assert dict(counts.regions) == {"Europe (several countries)": {2}}
    assert counts.without == {3}
    assert study_counts.countries(found(), "question:design") is None


def test_components_of_another_scheme_stand_with_mechanisms_and_what_sets_apart() -> None:
    titles = study_counts.code_questions(found())
    assert next(iter(titles)) == DOOR
    assert [name.partition(" (")[0] for name in titles[DOOR].split(", ")] == [
        "Components described",
        "Mechanism described",
        "Differentiating feature",
    ]
    matrix = study_counts.codes(found(), DOOR)
    assert matrix.carried == {(1, "peers"): {0}, (1, "open-door"): {0, 1}}
    assert matrix.without == 2


def test_components_of_the_first_scheme_stand_with_yes_and_no_of_the_whole_study() -> None:
    own = study(4, components="open-door", mechanism_described="yes")
    matrix = study_counts.codes(replace(found(), studies=(own,)), "question:components")
    assert [name.partition(" (")[0] for name in matrix.yes_no] == [
        "Mechanism described",
        "Differentiating feature",
    ]
    assert matrix.answers == {(4, 0): True}
    alone = study_counts.codes(replace(found(), studies=(own,)), "question:components", ())
    assert alone.yes_no == ()
    usual = study_counts.yes_no_questions(found(), "question:components")
    assert [each for each, follows in usual.items() if follows] == [
        "question:mechanism-described",
        "question:differentiating-feature",
    ]


def test_two_questions_of_two_schemes_are_crossed() -> None:
    tab = study_counts.crosstab(found(), "question:country", DOOR)
    assert tab.studies("gbr", "open-door") == {1}


def test_years_have_a_row_for_each_code() -> None:
    everyone, *rows = study_counts.years(found(), "question:country")
    assert everyone.span == (1991, 1993)
    assert [row.label for row in rows] == [
        "United Kingdom",
        "United States",
        "Europe (several countries)",
        "Not coded",
    ]


def test_without_studies_there_is_nothing_to_count_and_nothing_fails() -> None:
    none = replace(found(), studies=())
    assert study_counts.frequencies(none, "question:country").total == 0
    assert study_counts.codes(none, DOOR).studies == ()
    assert study_counts.years(none)[0].span is None


def test_what_the_review_does_not_have_is_named() -> None:
    for ask in (study_counts.frequencies, study_counts.countries, study_counts.codes):
        with pytest.raises(Invalid, match="question:nonsense"):
            ask(found(), "question:nonsense")
