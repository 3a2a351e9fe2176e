"""Every study of the map at the stages behind it, for the person who looks."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from evidence.steps.coding import schemes
from evidence.steps.desk import Desk
from evidence.steps.results import directions, kept_studies, schemes_of_map
from evidence.steps.results.directions import DirectionStudies
from evidence.steps.results.stages import stage_rules
from evidence.store.coding import studies
from evidence.synthesis.appraisal.kept_studies import JudgedQuestion
from evidence.synthesis.appraisal.scheme_judgements import judged_options
from evidence.synthesis.dimensions import Dimension
from evidence.synthesis.stages.stage_rule import RuleQuestion
from evidence.synthesis.stages.study_stages import (
    QUESTION,
    StudyStages,
    stage_dimension,
    study_stages,
    with_stage_codes,
)
from evidence.synthesis.studies import CodedStudy

JUDGED = "judged:"
"""Begins the id of a question on what was judged; the id of its scheme follows, and its name."""


def of_review(
    desk: Desk, found: DirectionStudies, judged: Sequence[JudgedQuestion] | None = None
) -> StudyStages | None:
    """All included studies at the stages; None where the review has no rule for one.

    What the person may not hear yet of a study cannot be told of it.

    Args:
        desk: of the person who looks.
        found: the studies with what is coded of them.
        judged: how they were appraised; None to ask for it here, of complete codings.
    """
    rules = stage_rules.current(desk)
    if not rules.is_set:
        return None
    questions = rule_questions(desk, found, judged)
    with desk.reading() as c:
        listed = studies.listing(c, desk.review_id)
    included = ((s.id, s.label) for s in listed if any(report.included for report in s.reports))
    return study_stages(rules, questions, included)


def of_person(desk: Desk) -> StudyStages | None:
    """All included studies at the stages, as far as the person at the desk may see them; None
    where the review has no rule for one.
    """
    if not stage_rules.current(desk).is_set:
        return None
    found = directions.of_complete_codings(desk, schemes_of_map.unheard(desk))
    return of_review(desk, found) if found else None


def with_stages(
    desk: Desk, found: DirectionStudies, judged: Sequence[JudgedQuestion] | None = None
) -> DirectionStudies:
    """The studies with their stage among what they can be sorted and kept by."""
    stages = of_review(desk, found, judged)
    if stages is None:
        return found
    return replace(
        found,
        studies=with_stage_codes(found.studies, stages),
        dimensions=(*found.dimensions, stage_dimension(stages)),
        stages=stages,
    )


def rule_questions(
    desk: Desk, found: DirectionStudies, judged: Sequence[JudgedQuestion] | None = None
) -> dict[str, RuleQuestion]:
    """All questions on which conditions can be: what is coded, then what is judged."""
    if judged is None:
        judged = kept_studies.of_complete_codings(desk, kept_studies.unheard(desk))
    of_codes = (
        _coded(dimension, found.studies)
        for dimension in found.dimensions
        if dimension.id != f"question:{QUESTION}"  # a rule does not ask for what follows from it
    )
    return {each.id: each for each in (*of_codes, *_judged(desk, judged))}


def _coded(dimension: Dimension, of: Sequence[CodedStudy]) -> RuleQuestion:
    """What is coded of studies; a code of one of its findings is a study's, too."""
    codes = {}
    for study in of:
        own = set(dimension.codes(study))
        own.update(*(dimension.codes(study, finding) for finding in study.findings))
        codes[study.id] = frozenset(own)
    return RuleQuestion(
        id=dimension.id,
        title=dimension.title,
        labels=dimension.labels(),
        covers={heading.id: heading.covers for heading in dimension.headings},
        codes=codes,
    )


def _judged(desk: Desk, judged: Sequence[JudgedQuestion]) -> Iterator[RuleQuestion]:
    """How studies were appraised; the best judgement first, those nobody made among them."""
    by_id = {str(taken.id): taken.scheme for taken in schemes.taken(desk)}
    for question in judged:
        key, _, name = question.id.partition(":")
        if key not in by_id:
            continue
        possible = judged_options(by_id[key]).get(name, ())
        yield RuleQuestion(
            id=f"{JUDGED}{by_id[key].id}/{name}",
            title=question.name,
            labels={each: each for each in (*possible, *question.ratings)},
            covers={},
            codes={study: frozenset({words}) for study, words in question.by_study.items()},
        )
