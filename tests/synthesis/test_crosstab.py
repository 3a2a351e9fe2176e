from collections.abc import Callable
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.coding.findings import Direction, Finding
from evidence.coding.scheme import Axis, Of, Scheme
from evidence.synthesis.crosstab import UNCOLOURED, CrossTab, crosstab
from evidence.synthesis.dimensions import (
    Dimension,
    Heading,
    Property,
    of_axis,
    of_property,
    of_question,
)
from evidence.synthesis.studies import CodedStudy

Studies = Callable[..., CodedStudy]
Findings = Callable[..., Finding]


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


def shown(tab: CrossTab) -> dict[tuple[str, str, str | None], set[int]]:
    return {(cell.row, cell.column, cell.colour): set(cell.studies) for cell in tab.cells}


def test_no_phantom_cell_for_what_no_finding_links(
    study: Studies, finding: Findings, interventions: Dimension, outcomes: Dimension
) -> None:
    one = study(finding("ips", "symptoms"), finding("education", "esteem"))
    tab = crosstab([one], interventions.to_depth(1), outcomes)
    assert shown(tab) == {("work", "symptoms", None): {1}, ("education", "esteem", None): {1}}
    assert tab.studies("work", "esteem") == tab.studies("education", "symptoms") == frozenset()


def test_a_map_of_codes_of_studies_says_so(
    scheme: Scheme, interventions: Dimension, outcomes: Dimension, country: Dimension
) -> None:
    ticked = replace(outcomes, id="question:outcomes", of=Of.STUDY)
    assert crosstab([], interventions, ticked).coded_together
    assert crosstab([], replace(interventions, of=Of.STUDY), ticked).coded_together
    for rows, columns in ((interventions, outcomes), (country, outcomes), (ticked, country)):
        assert not crosstab([], rows, columns).coded_together


def test_colour_of_a_finding_belongs_to_that_finding_only(
    study: Studies, finding: Findings, interventions: Dimension, outcomes: Dimension
) -> None:
    one = study(
        finding("ips", "symptoms", Direction.BETTER), finding("ips", "esteem", Direction.WORSE)
    )
    tab = crosstab([one], interventions, outcomes, of_property(Property.DIRECTION))
    assert tab.studies("ips", "symptoms", "better") == {1}
    assert tab.studies("ips", "symptoms", "worse") == set()


def test_a_study_in_two_colours_of_a_cell_counts_once_in_the_cell(
    study: Studies, finding: Findings, interventions: Dimension, outcomes: Dimension
) -> None:
    one = study(finding(direction=Direction.BETTER), finding(direction=Direction.WORSE))
    tab = crosstab([one], interventions, outcomes, of_property(Property.DIRECTION))
    assert tab.studies("ips", "symptoms", "better") == {1}
    assert tab.studies("ips", "symptoms", "worse") == {1}
    assert tab.studies("ips", "symptoms") == {1}


def test_parents_count_the_studies_of_their_children_once(
    study: Studies, finding: Findings, interventions: Dimension, outcomes: Dimension
) -> None:
    both = study(finding("ips"), finding("sheltered"))
    general = study(finding("work"))
    tab = crosstab([both, general], interventions, outcomes)
    assert tab.studies("work", "symptoms") == {1, 2}
    assert tab.studies("ips") == {1}
    assert tab.studies() == {1, 2}


def test_codes_of_the_study_combine_with_all_its_findings(
    study: Studies, finding: Findings, country: Dimension, outcomes: Dimension
) -> None:
    one = study(
        finding(outcome="symptoms"), finding(outcome="esteem"), codes={"country": {"uk", "us"}}
    )
    tab = crosstab([one], country, outcomes)
    assert set(shown(tab)) == set(product(["uk", "us"], ["symptoms", "esteem"], [None]))


def test_a_study_without_a_colour_is_on_the_map_uncoloured(
    study: Studies, finding: Findings, interventions: Dimension, outcomes: Dimension
) -> None:
    """EPPI-Mapper leaves it out, which shows a gap where there is none."""
    tab = crosstab([study(finding())], interventions, outcomes, country_of("uk"))
    assert tab.studies("ips", "symptoms", UNCOLOURED) == {1}
    assert tab.studies("ips", "symptoms") == {1}
    assert tab.colours == {"uk": "Uk", UNCOLOURED: "Not coded"}


def country_of(*ids: str) -> Dimension:
    headings = tuple(Heading(id=i, label=i.title(), covers=frozenset({i})) for i in ids)
    return Dimension(id="question:country", title="Country", of=Of.STUDY, headings=headings)


def test_a_map_of_studies_coloured_by_findings_keeps_studies_without_findings(
    study: Studies, country: Dimension
) -> None:
    without = study(codes={"country": {"uk"}})
    tab = crosstab([without], country, country, of_property(Property.DIRECTION))
    assert tab.studies("uk", "uk", UNCOLOURED) == {1}
    assert tab.unplaced == ()


def test_studies_that_cannot_be_placed_are_listed_with_the_reason(
    study: Studies,
    finding: Findings,
    interventions: Dimension,
    outcomes: Dimension,
    country: Dimension,
) -> None:
    placed, empty = study(finding(), codes={"country": {"uk"}}), study()
    half = study(finding(intervention=""), finding(outcome="", intervention="ips"))
    tab = crosstab([placed, empty, half], interventions, outcomes)
    assert [(one.study, one.reason) for one in tab.unplaced] == [
        (2, "no finding"),
        (3, "no finding that is coded on both"),
    ]
    by_country = crosstab([placed, half], country, outcomes)
    assert [one.reason for one in by_country.unplaced] == ["no code on “Country”"]


def test_codes_the_scheme_does_not_list_are_reported(
    study: Studies, finding: Findings, interventions: Dimension, outcomes: Dimension
) -> None:
    one = study(finding(), finding(outcome="retired"))
    tab = crosstab([one], interventions, outcomes)
    assert [(s.dimension, s.code, set(s.studies)) for s in tab.strays] == [
        ("Outcome", "retired", {1})
    ]


def test_cells_and_headings_keep_the_order_of_the_scheme(
    study: Studies, finding: Findings, interventions: Dimension, outcomes: Dimension
) -> None:
    studies = [study(finding("education", "esteem")), study(finding("ips", "relapse"))]
    tab = crosstab(studies, interventions, outcomes)
    assert [cell.row for cell in tab.cells] == ["work", "ips", "education"]
    assert tab.rows.headings == interventions.headings


def test_empty_rows_and_columns_can_be_left_out_without_losing_a_study(
    study: Studies, finding: Findings, interventions: Dimension, outcomes: Dimension
) -> None:
    full = crosstab([study(finding("ips", "esteem"))], interventions, outcomes)
    small = full.filled()
    assert [heading.id for heading in small.rows.headings] == ["work", "ips"]
    assert [heading.id for heading in small.columns.headings] == ["esteem"]
    assert small.cells == full.cells


def test_nothing_gives_an_empty_map(interventions: Dimension, outcomes: Dimension) -> None:
    tab = crosstab([], interventions, outcomes)
    assert tab.cells == ()
    assert tab.studies() == frozenset()


LINKS = st.lists(
    st.lists(
        st.tuples(
            st.sampled_from(["a", "b", "c", "unlisted"]),
            st.sampled_from(["x", "y", ""]),
            st.sampled_from(list(Direction)),
        ),
        max_size=5,
    ),
    max_size=8,
)


@given(LINKS)
def test_the_map_agrees_with_a_plain_count(links: list[list[tuple[str, str, Direction]]]) -> None:
    studies = [
        CodedStudy(
            id=number,
            label=str(number),
            year=None,
            codes={},
            findings=tuple(
                Finding(intervention=row, outcome=column, contrast="", direction=direction)
                for row, column, direction in found
            ),
        )
        for number, found in enumerate(links)
    ]
    rows, columns = axis(Axis.INTERVENTION, "abc"), axis(Axis.OUTCOME, "xy")
    tab = crosstab(studies, rows, columns, of_property(Property.DIRECTION))
    for row, column in product("abc", "xy"):
        expected = {
            s for s, found in enumerate(links) if any(f[:2] == (row, column) for f in found)
        }
        assert tab.studies(row, column) == expected
        colours = [cell.studies for cell in tab.cells if (cell.row, cell.column) == (row, column)]
        assert frozenset().union(*colours) == expected
    assert {one.study for one in tab.unplaced} == {s.id for s in studies} - tab.studies()


def axis(kind: Axis, ids: str) -> Dimension:
    headings = tuple(Heading(id=i, label=i, covers=frozenset({i})) for i in ids)
    return Dimension(id=f"axis:{kind.value}", title=kind.value, of=Of.FINDING, headings=headings)
