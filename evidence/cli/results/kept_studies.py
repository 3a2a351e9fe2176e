"""Which studies of a review a command is about, by their stage or how they were appraised."""

from collections.abc import Sequence
from typing import Annotated

import typer

from evidence.errors import WaymarkError
from evidence.steps.desk import Desk
from evidence.steps.results import directions, schemes_of_map
from evidence.steps.results import kept_studies as steps
from evidence.steps.results.directions import DirectionStudies
from evidence.steps.results.map_document import NOTHING_CODED
from evidence.steps.results.stages import study_stages

AppraisedBy = Annotated[
    str, typer.Option(help="Keep studies by a judgement: its name or id, as the page has it.")
]
AppraisedAs = Annotated[
    list[str] | None, typer.Option(help="A judgement that is kept; once for each.")
]


def coded_studies(desk: Desk, by: str, ratings: Sequence[str]) -> DirectionStudies:
    """What complete codings say of the studies that are wanted, stages included.

    Raises:
        WaymarkError: nothing is coded, there is no such judgement, or no study is left.
    """
    found = directions.of_complete_codings(desk, schemes_of_map.unheard(desk))
    if found is None or not found.studies:
        raise WaymarkError(NOTHING_CODED)
    return kept_directions(desk, study_stages.with_stages(desk, found), by, ratings)


def kept_directions(
    desk: Desk, found: DirectionStudies, by: str, ratings: Sequence[str]
) -> DirectionStudies:
    """The studies that are wanted; all without a judgement.

    Raises:
        WaymarkError: there is no such judgement, or no study is left.
    """
    if not by and not ratings:
        return found
    judged = steps.of_complete_codings(desk, steps.unheard(desk))
    questions = steps.choices(found, judged)
    question = next((each for each in questions if by in {each.id, each.name}), None)
    if question is None:
        names = "; ".join(f"“{each.name}”" for each in questions)
        raise WaymarkError(
            f"Nothing is judged by “{by}”; --appraised-by can be: {names or 'nothing yet'}."
        )
    unknown = [each for each in ratings if each not in question.choices]
    if unknown or not ratings:
        choices = "; ".join(f"“{each}”" for each in question.choices)
        raise WaymarkError(
            f"{question.name} was never judged “{unknown[0]}”; --appraised-as can be: {choices}."
            if unknown
            else f"Say which judgements are kept: --appraised-as can be: {choices}."
        )
    kept = steps.kept_directions(found, question, ratings)
    if not kept.studies:
        raise WaymarkError(kept.coded.kept)
    return kept
