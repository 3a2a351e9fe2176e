"""Studies counted by anything that is coded, and by year."""

from dataclasses import replace

from evidence.steps.results.coded_studies import CodedStudies
from evidence.synthesis.dimensions import dimensions
from evidence.synthesis.study_counts import Counts, by_option, by_year


def dimension_titles(coded: CodedStudies) -> dict[str, str]:
    """What studies can be counted by: titles by id, in the scheme's order."""
    return {dimension.id: dimension.title for dimension in dimensions(coded.scheme)}


def default_dimensions(coded: CodedStudies) -> list[str]:
    """What people want to see first: stream, country and design, as far as the scheme has them."""
    ids = list(dimension_titles(coded))
    usual = [f"question:{name}" for name in ("stream", "country", "design")]
    return [dimension_id for dimension_id in usual if dimension_id in ids] or ids[:3]


def studies_by(coded: CodedStudies, dimension_id: str) -> Counts:
    """Studies by the options of one dimension; lines without a study are left out."""
    (dimension,) = (d for d in dimensions(coded.scheme) if d.id == dimension_id)
    counts = by_option(coded.studies, dimension)
    return replace(counts, lines=tuple(line for line in counts.lines if line.studies))


def years(coded: CodedStudies) -> Counts:
    """Studies by the year of their first report."""
    return by_year(coded.studies)
