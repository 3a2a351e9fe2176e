"""Studies counted by what is coded of them, and by year, for pictures."""

from evidence.coding.findings import Reporting
from evidence.coding.scheme import Axis
from evidence.steps.results.coded_studies import CodedStudies
from evidence.steps.results.evidence_map import dimensions_by_id
from evidence.synthesis.counts.country_counts import CountryCounts, country_counts
from evidence.synthesis.counts.country_names import names_countries
from evidence.synthesis.dimensions import Dimension
from evidence.synthesis.study_counts import (
    Counts,
    StudyYears,
    by_option,
    outcome_reporting,
    study_years,
)

_USUAL = ("question:country", "question:design", "question:stream")


def questions(coded: CodedStudies) -> dict[str, str]:
    """What studies can be counted by: titles by id; what people ask for most stands first."""
    titles = {each.id: each.title for each in dimensions_by_id(coded.scheme).values()}
    usual = [dimension for dimension in _USUAL if dimension in titles]
    return {dimension: titles[dimension] for dimension in [*usual, *titles]}


def frequencies(coded: CodedStudies, dimension_id: str) -> Counts:
    """Studies by the headings of one dimension."""
    return by_option(coded.studies, dimensions_by_id(coded.scheme)[dimension_id])


def countries(coded: CodedStudies, dimension_id: str) -> CountryCounts | None:
    """Studies by country; None where the dimension is not one of countries."""
    dimension = dimensions_by_id(coded.scheme)[dimension_id]
    if not names_countries({heading.id: heading.label for heading in dimension.headings}):
        return None
    return country_counts(by_option(coded.studies, dimension))


def years(coded: CodedStudies, dimension_id: str = "") -> tuple[StudyYears, ...]:
    """The years of all studies, and of each heading of a dimension, if one is named."""
    dimension = dimensions_by_id(coded.scheme)[dimension_id] if dimension_id else None
    return study_years(coded.studies, dimension)


def outcomes(coded: CodedStudies) -> Dimension | None:
    """The outcomes of the scheme; None where it has none."""
    return dimensions_by_id(coded.scheme).get(f"axis:{Axis.OUTCOME}")


def reporting(coded: CodedStudies, dimension: Dimension) -> dict[tuple[int, str], Reporting]:
    """How far each study gives the result of each outcome, by their ids."""
    return outcome_reporting(coded.studies, dimension)
