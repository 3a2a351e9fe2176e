"""Which studies results are about, by their stage or how they were appraised; nothing of it is
stored.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from evidence.coding.scheme import Purpose
from evidence.steps.coding import schemes
from evidence.steps.coding.schemes import TakenScheme
from evidence.steps.desk import Desk
from evidence.steps.results import appraisals
from evidence.steps.results.appraisals import Appraisal, Unheard
from evidence.steps.results.directions import DirectionStudies
from evidence.store.area_versions import Area, made_from
from evidence.synthesis.appraisal.kept_studies import (
    JudgedQuestion,
    judged_questions,
    kept_studies,
    stage_questions,
)
from evidence.synthesis.appraisal.scheme_judgements import scheme_judgements

UnheardOfEach = tuple[tuple[int, Unheard], ...]
"""For each scheme that judges, by its id, what may not reach a person yet."""


def unheard(desk: Desk) -> UnheardOfEach:
    """What the person at the desk may not hear yet of the judgements with each scheme."""
    return tuple((each.id, appraisals.unheard(desk, each.id)) for each in _judging(desk))


@made_from(Area.RECORDS | Area.RESULTS)
def of_complete_codings(desk: Desk, unheard_of: UnheardOfEach) -> tuple[JudgedQuestion, ...]:
    """What studies can be kept by, of complete codings."""
    return tuple(
        question
        for scheme_id, untold in unheard_of
        for question in _questions(
            scheme_id, appraisals.of_complete_codings(desk, scheme_id, untold)
        )
    )


@made_from(Area.RECORDS | Area.CODING | Area.RESULTS)
def with_drafts(
    desk: Desk, person_id: int, unheard_of: UnheardOfEach
) -> tuple[JudgedQuestion, ...]:
    """What studies can be kept by, if only by a draft that this person may see."""
    return tuple(
        question
        for scheme_id, untold in unheard_of
        for question in _questions(
            scheme_id, appraisals.with_drafts(desk, person_id, scheme_id, untold)
        )
    )


def choices(
    found: DirectionStudies, judged: Sequence[JudgedQuestion]
) -> tuple[JudgedQuestion, ...]:
    """All that studies can be kept by: the stages behind the map, then how they were appraised."""
    return (*(stage_questions(found.stages) if found.stages else ()), *judged)


def kept_directions(
    found: DirectionStudies, question: JudgedQuestion, ratings: Collection[str]
) -> DirectionStudies:
    """The studies with one of these judgements; their sentence says which these are."""
    kept = kept_studies([study.id for study in found.studies], question, ratings)
    return replace(
        found,
        coded=found.coded.only(kept.studies, kept.sentence),
        studies=tuple(study for study in found.studies if study.id in kept.studies),
    )


def _judging(desk: Desk) -> Iterator[TakenScheme]:
    """The schemes with options that say how good something is; appraisals before others."""
    taken: Sequence[TakenScheme] = schemes.of_studies(desk)
    for each in sorted(taken, key=lambda one: one.scheme.purpose is not Purpose.APPRAISAL):
        if scheme_judgements(each.scheme, []).domains:
            yield each


def _questions(scheme_id: int, appraisal: Appraisal) -> tuple[JudgedQuestion, ...]:
    hidden = len(appraisal.coded.hidden)
    studies = "study is" if hidden == 1 else "studies are"
    note = (
        f"Judgements of {hidden:,} {studies} hidden from you until your own coding is complete; "
        "they count as not appraised."
    )
    return judged_questions(str(scheme_id), appraisal.table, [note] if hidden else ())
