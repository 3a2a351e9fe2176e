from collections.abc import Callable

import pytest

from evidence.coding.findings import Finding
from evidence.coding.scheme import Axis, Scheme
from evidence.synthesis.dimensions import Dimension, of_axis, of_question
from evidence.synthesis.map_filters import CodeFilter, Filters
from evidence.synthesis.map_view import NONE_OF_THESE, FilterMode, Shares
from evidence.synthesis.studies import CodedStudy
from evidence.synthesis.whole_crosstab import WholeCrosstab, whole_crosstab

Studies = Callable[..., CodedStudy]
Findings = Callable[..., Finding]
NONE = NONE_OF_THESE


@pytest.fixture
def interventions(scheme: Scheme) -> Dimension:
    return of_axis(scheme, Axis.INTERVENTION)


@pytest.fixture
def outcomes(scheme: Scheme) -> Dimension:
    return of_axis(scheme, Axis.OUTCOME)


@pytest.fixture
def country(scheme: Scheme) -> Dimension:
    asked = scheme.question("country")
    assert asked
    return of_question(asked)


def cells(tab: WholeCrosstab) -> dict[tuple[str | None, str | None], set[int]]:
    """Without totals."""
    return {place: set(ids) for place, ids in tab.studies_at.items() if None not in place}


def test_a_study_that_is_coded_twice_stands_in_both_and_once_in_totals(
    study: Studies, country: Dimension
) -> None:
    tab = whole_crosstab([study(codes={"country": {"uk", "us"}}), study()], country, country)
    assert cells(tab) == {
        **{(row, column): {1} for row in ("uk", "us") for column in ("uk", "us")},
        (NONE, NONE): {2},
    }
    assert tab.studies("uk") == {1}
    assert tab.studies() == {1, 2}


def test_none_of_these_is_said_of_the_study_not_of_a_finding(
    study: Studies, finding: Findings, interventions: Dimension, country: Dimension
) -> None:
    studies = [
        study(finding("ips"), finding(""), codes={"country": {"uk"}}),
        study(finding(""), codes={"country": {"uk"}}),
        study(codes={"country": {"us"}}),
        study(finding("ips")),
    ]
    tab = whole_crosstab(studies, interventions, country)
    assert cells(tab) == {
        ("work", "uk"): {1},
        ("ips", "uk"): {1},
        (NONE, "uk"): {2},
        (NONE, "us"): {3},
        ("work", NONE): {4},
        ("ips", NONE): {4},
    }
    assert tab.studies(NONE) == {2, 3}
    assert tab.studies(None, NONE) == {4}
    assert not tab.apart


def test_a_code_above_others_counts_for_itself_alone_and_those_below_for_it(
    study: Studies, finding: Findings, interventions: Dimension, outcomes: Dimension
) -> None:
    tab = whole_crosstab(
        [study(finding("work", "esteem")), study(finding("ips", "esteem"))], interventions, outcomes
    )
    assert cells(tab) == {("work", "esteem"): {1, 2}, ("ips", "esteem"): {2}}


def test_headings_of_both_without_a_finding_that_has_both_are_only_in_totals(
    study: Studies, finding: Findings, interventions: Dimension, outcomes: Dimension
) -> None:
    tab = whole_crosstab(
        [study(finding("education", ""), finding("", "esteem"))], interventions, outcomes
    )
    assert cells(tab) == {}
    assert tab.studies("education") == tab.studies(None, "esteem") == tab.studies() == {1}
    assert tab.apart == {1}


def test_filters_on_findings_leave_only_those_that_pass(
    study: Studies, finding: Findings, interventions: Dimension, outcomes: Dimension
) -> None:
    only_esteem = CodeFilter(dimension=outcomes, mode=FilterMode.ANY, codes=("esteem",))
    studies = [study(finding("ips", "symptoms"), finding("", "esteem")), study()]
    tab = whole_crosstab(studies, interventions, outcomes, Filters(codes=(only_esteem,)))
    assert cells(tab) == {(NONE, "esteem"): {1}}
    assert tab.studies() == {1}


def test_shares_are_of_the_row_the_column_or_all(study: Studies, country: Dimension) -> None:
    studies = [study(codes={"country": set(codes)}) for codes in (["uk"], ["uk", "us"], ["us"], [])]
    tab = whole_crosstab(studies, country, country)
    assert tab.base("uk", "us", Shares.ROW) == {1, 2}
    assert tab.base("uk", "us", Shares.COLUMN) == {2, 3}
    assert tab.base("uk", NONE, Shares.COLUMN) == {4}
    assert tab.base(None, "us", Shares.ROW) == tab.base("uk", "us", Shares.ALL) == {1, 2, 3, 4}
