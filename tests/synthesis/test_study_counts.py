from collections.abc import Callable

from evidence.coding.findings import Direction, Finding
from evidence.coding.scheme import Axis, Scheme
from evidence.synthesis.dimensions import Property, of_axis, of_property, of_question
from evidence.synthesis.map_filters import CodeFilter, Filters
from evidence.synthesis.map_view import FilterMode
from evidence.synthesis.studies import CodedStudy
from evidence.synthesis.study_counts import by_option, by_year

Studies = Callable[..., CodedStudy]
Findings = Callable[..., Finding]


def test_options_are_counted_in_order_and_empty_ones_kept(study: Studies, scheme: Scheme) -> None:
    country = scheme.question("country")
    assert country
    studies = [study(codes={"country": {"us"}}), study(codes={"country": {"us"}}), study()]
    counts = by_option(studies, of_question(country))
    assert [(line.id, len(line.studies)) for line in counts.lines] == [("uk", 0), ("us", 2)]
    assert (counts.title, set(counts.without), counts.total) == ("Country", {3}, 3)


def test_a_parent_counts_each_study_once(study: Studies, finding: Findings, scheme: Scheme) -> None:
    studies = [study(finding("ips"), finding("sheltered")), study(finding("work"))]
    counts = by_option(studies, of_axis(scheme, Axis.INTERVENTION))
    assert {line.id: set(line.studies) for line in counts.lines} == {
        "work": {1, 2},
        "ips": {1},
        "sheltered": {1},
        "education": set(),
    }
    assert [line.depth for line in counts.lines] == [0, 1, 1, 0]


def test_properties_of_findings_are_counted_by_study(study: Studies, finding: Findings) -> None:
    one = study(finding(), finding(), finding(direction=Direction.WORSE))
    counts = by_option([one], of_property(Property.DIRECTION))
    shown = {line.id: len(line.studies) for line in counts.lines if line.studies}
    assert shown == {"better": 1, "worse": 1}


def test_a_code_the_scheme_does_not_list_leaves_the_study_without(
    study: Studies, scheme: Scheme
) -> None:
    country = scheme.question("country")
    assert country
    counts = by_option([study(codes={"country": {"atlantis"}})], of_question(country))
    assert set(counts.without) == {1}


def test_years_are_filled_from_first_to_last(study: Studies) -> None:
    counts = by_year([study(year=2001), study(year=1998), study(year=2001), study()])
    assert [(line.label, len(line.studies)) for line in counts.lines] == [
        ("1998", 1),
        ("1999", 0),
        ("2000", 0),
        ("2001", 2),
    ]
    assert set(counts.without) == {4}


def test_no_studies_give_no_years() -> None:
    assert by_year([]).lines == ()


def test_filters_leave_only_studies_and_findings_that_pass(
    study: Studies, finding: Findings, scheme: Scheme
) -> None:
    interventions = of_axis(scheme, Axis.INTERVENTION)
    outcomes = of_axis(scheme, Axis.OUTCOME)
    only_esteem = CodeFilter(dimension=outcomes, mode=FilterMode.ANY, codes=("esteem",))
    studies = [
        study(finding("ips", "symptoms"), finding("education", "esteem"), year=2001),
        study(finding("", "esteem"), year=2003),
        study(finding("ips", "symptoms"), year=2002),
    ]
    filters = Filters(codes=(only_esteem,))
    counts = by_option(studies, interventions, filters)
    assert {line.id: set(line.studies) for line in counts.lines if line.studies} == {
        "education": {1}
    }
    assert (set(counts.without), counts.total) == ({2}, 2)
    years = by_year(studies, filters)
    assert [(line.id, len(line.studies)) for line in years.lines] == [
        *(("2001", 1), ("2002", 0), ("2003", 1))
    ]
