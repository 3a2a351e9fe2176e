"""Studies counted by what is coded of them with every scheme of the map, for pictures."""

from collections.abc import Sequence

from evidence.coding.findings import Reporting
from evidence.coding.scheme import Axis
from evidence.errors import Invalid
from evidence.steps.results.directions import DirectionStudies
from evidence.synthesis.counts.code_matrix import (
    CodeMatrix,
    code_matrix,
    is_yes_no,
    questions_of_same_codes,
    yes_no_after,
)
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
from evidence.synthesis.whole_crosstab import WholeCrosstab, whole_crosstab

Together = tuple[Dimension, ...]
"""Questions of one scheme that are asked of the same codes."""


def questions(found: DirectionStudies) -> dict[str, str]:
    """What studies can be counted by: titles by id; countries and designs stand first."""
    return {each.id: each.title for each in sorted(found.dimensions, key=_rank)}


def frequencies(found: DirectionStudies, dimension_id: str) -> Counts:
    """Studies by the headings of one dimension.

    Raises:
        Invalid: the review has nothing of that id.
    """
    return by_option(found.studies, _dimension(found, dimension_id))


def countries(found: DirectionStudies, dimension_id: str) -> CountryCounts | None:
    """Studies by country; None where the dimension is not one of countries.

    Raises:
        Invalid: the review has nothing of that id.
    """
    dimension = _dimension(found, dimension_id)
    if not _names_countries(dimension):
        return None
    return country_counts(by_option(found.studies, dimension))


def years(found: DirectionStudies, dimension_id: str = "") -> tuple[StudyYears, ...]:
    """The years of all studies, and of each heading of a dimension, if one is named.

    Raises:
        Invalid: the review has nothing of that id.
    """
    return study_years(found.studies, _dimension(found, dimension_id) if dimension_id else None)


def crosstab(found: DirectionStudies, rows: str, columns: str) -> WholeCrosstab:
    """Studies by two dimensions.

    Raises:
        Invalid: the review has nothing of one of these ids.
    """
    return whole_crosstab(found.studies, _dimension(found, rows), _dimension(found, columns))


def outcomes(found: DirectionStudies) -> Dimension | None:
    """The outcomes that the scheme of results lists; None where it has none."""
    return found.axis(Axis.OUTCOME)


def reporting(found: DirectionStudies, dimension: Dimension) -> dict[tuple[int, str], Reporting]:
    """How far each study gives the result of each outcome, by their ids."""
    return outcome_reporting(found.studies, dimension)


def code_questions(found: DirectionStudies) -> dict[str, str]:
    """What can be shown study by study, by the id of the question, or of the first of several that
    are asked of the same codes.

    What is coded of a study stands first; then several questions together, and questions that yes
    and no directly follow.
    """

    def rank(together: Together) -> tuple[bool, bool, bool]:
        is_coded = any(question.codes(study) for question in together for study in found.studies)
        belongs = yes_no_after(found.dimensions, together[-1])
        return not is_coded, len(together) == 1, not belongs

    ranked = sorted(questions_of_same_codes(found.dimensions), key=rank)
    return {each[0].id: ", ".join(question.title for question in each) for each in ranked}


def yes_no_questions(found: DirectionStudies, dimension_id: str) -> dict[str, bool]:
    """The questions with yes and no that can stand beside codes, by id; whether they directly
    follow the question with the codes, and so mostly belong to it.

    Raises:
        Invalid: no such question can be shown study by study.
    """
    after = yes_no_after(found.dimensions, _together(found, dimension_id)[-1])
    return {each.id: each in after for each in found.dimensions if is_yes_no(each)}


def codes(
    found: DirectionStudies, dimension_id: str, yes_no: Sequence[str] | None = None
) -> CodeMatrix:
    """Studies by the codes of a question, and of others that are asked of the same codes.

    Args:
        found: the studies.
        dimension_id: of the question, or of the first of several.
        yes_no: ids of questions that stand beside; None for those that directly follow.

    Raises:
        Invalid: no such question can be shown study by study.
    """
    if yes_no is None:
        usual = yes_no_questions(found, dimension_id)
        yes_no = [each for each, follows in usual.items() if follows]
    beside = [_dimension(found, each) for each in yes_no]
    return code_matrix(found.studies, _together(found, dimension_id), beside)


def _together(found: DirectionStudies, dimension_id: str) -> Together:
    """The questions of the same codes that begin with this one."""
    for together in questions_of_same_codes(found.dimensions):
        if together[0].id == dimension_id:
            return together
    raise Invalid(f"{dimension_id!r} cannot be shown study by study.")


def _dimension(found: DirectionStudies, dimension_id: str) -> Dimension:
    dimension = found.dimension(dimension_id)
    if dimension is None:
        known = ", ".join(f"{name} ({title})" for name, title in questions(found).items())
        raise Invalid(
            f"Studies of this review cannot be counted by “{dimension_id}”, but by: {known}."
        )
    return dimension


def _names_countries(dimension: Dimension) -> bool:
    return names_countries({heading.id: heading.label for heading in dimension.headings})


def _rank(dimension: Dimension) -> int:
    """What people ask for most stands first."""
    if _names_countries(dimension):
        return 0
    return 1 if "design" in dimension.id else 2
