"""Effect directions: what the studies say about each outcome, without pooling unlike contrasts."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from evidence.coding.scheme import Axis, Of, QuestionKind
from evidence.steps.desk import Desk
from evidence.steps.results import appraisals, schemes_of_map
from evidence.steps.results.coded_studies import CodedStudies
from evidence.steps.results.schemes_of_map import UnheardByScheme
from evidence.store.area_versions import Area, made_from
from evidence.synthesis.appraisal.judgements import Level
from evidence.synthesis.appraisal.scheme_judgements import scheme_judgements
from evidence.synthesis.dimensions import Dimension
from evidence.synthesis.direction_groups import (
    Appraisal,
    DirectionGroups,
    Grouping,
    appraisal_of,
    appraisal_of_level,
    direction_groups,
)
from evidence.synthesis.direction_rules import USUAL, DirectionRules
from evidence.synthesis.direction_words import DirectionWord, direction_words
from evidence.synthesis.directions import contrasts_of
from evidence.synthesis.map_cells import roles_of
from evidence.synthesis.map_dimensions import map_dimensions, with_codes_of
from evidence.synthesis.stages.study_stages import StudyStages
from evidence.synthesis.studies import CodedStudy

SEVERAL = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectionStudies:
    """The studies with all that is coded of them, and what they can be sorted by.

    Attributes:
        coded: with the scheme of results, which has the findings.
        studies: with what other schemes say of them, such as an appraisal.
        dimensions: of all schemes.
        judged: the overall judgement of studies whose codes have no role that says it.
        stages: how far the studies go behind the map, where this was asked and there is a rule.
    """

    coded: CodedStudies
    studies: tuple[CodedStudy, ...]
    dimensions: tuple[Dimension, ...]
    judged: Mapping[int, Appraisal] = field(default_factory=dict)
    stages: StudyStages | None = None

    def people(self, question_id: str) -> dict[int, str]:
        """How many people studies had, as typed, by the answers to a question.

        Args:
            question_id: in the scheme of results; empty for none.
        """
        return {
            text.study: text.value
            for text in self.coded.texts
            if question_id and text.question_id == question_id and text.value
        }

    def dimension(self, dimension_id: str) -> Dimension | None:
        """The dimension with this id."""
        return next((each for each in self.dimensions if each.id == dimension_id), None)

    def axis(self, axis: Axis) -> Dimension | None:
        """The axis of findings."""
        return self.dimension(f"axis:{axis.value}")


@made_from(Area.RECORDS | Area.RESULTS)
def of_complete_codings(desk: Desk, unheard_of: UnheardByScheme) -> DirectionStudies | None:
    """The studies that are coded completely; None while the review has no scheme."""
    return _studies(desk, unheard_of, drafts=False)


@made_from(Area.RECORDS | Area.CODING | Area.RESULTS)
def with_drafts(desk: Desk, person_id: int, unheard_of: UnheardByScheme) -> DirectionStudies | None:
    """The studies that are coded, if only in a draft that this person may see."""
    del person_id  # of the desk; by it the answer is kept for this person alone
    return _studies(desk, unheard_of, drafts=True)


def _studies(desk: Desk, unheard_of: UnheardByScheme, *, drafts: bool) -> DirectionStudies | None:
    each_scheme = [coded for _, coded in schemes_of_map.coded(desk, unheard_of, drafts=drafts)]
    if not each_scheme:
        return None
    first, *others = each_scheme
    return DirectionStudies(
        coded=first,
        studies=with_codes_of(first.studies, [(each.scheme, each.studies) for each in others]),
        dimensions=map_dimensions(first.scheme, [each.scheme for each in others]),
        judged={study: word for each in each_scheme for study, word in _overall(each)},
    )


def _overall(coded: CodedStudies) -> Iterator[tuple[int, Appraisal]]:
    """The overall judgement of each study that a scheme has one of."""
    table = scheme_judgements(coded.scheme, list(appraisals.of_studies(coded)))
    for row in table.rows:
        if row.overall and row.overall.level is not Level.NOT_JUDGED:
            yield row.study_id, appraisal_of_level(row.overall.level)


def contrasts(found: DirectionStudies) -> dict[str, int]:
    """How many findings each type of contrast has, in the scheme's order."""
    counted = contrasts_of(found.studies)
    dimension = found.axis(Axis.CONTRAST)
    order = dimension.labels() if dimension else {}
    return {code: counted[code] for code in [*order, *counted] if code in counted}


def contrast_labels(found: DirectionStudies) -> dict[str, str]:
    """The labels of the types of contrast; a code that the scheme lost is its own label."""
    dimension = found.axis(Axis.CONTRAST)
    own = {code: code or "not given" for code in contrasts_of(found.studies)}
    return own | (dimension.labels() if dimension else {})


def interventions(found: DirectionStudies) -> dict[str, str]:
    """The interventions that findings name, and those above them, with labels."""
    dimension = found.axis(Axis.INTERVENTION)
    if dimension is None:
        return {}
    named = {finding.intervention for study in found.studies for finding in study.findings}
    labels = dimension.labels()
    return {h.id: labels[h.id] for h in dimension.headings if h.covers & named}


def people_questions(found: DirectionStudies) -> dict[str, str]:
    """The questions that can say how many people a study had, with titles."""
    return {
        question.id: question.name
        for question in found.coded.scheme.questions
        if question.kind is QuestionKind.NUMBER and question.of is Of.STUDY
    }


def designs(found: DirectionStudies) -> dict[str, str]:
    """The questions about studies by which they can be grouped, with titles; a design first."""
    of_studies = [each for each in found.dimensions if each.of is Of.STUDY and each.axis is None]
    return {each.id: each.title for each in sorted(of_studies, key=_is_no_design)}


def _is_no_design(dimension: Dimension) -> bool:
    return "design" not in dimension.id


def groups(
    found: DirectionStudies,
    contrast: str,
    *,
    chosen: Collection[str] = (),
    designs_id: str = "",
    depth: int = 0,
    rules: DirectionRules = USUAL,
) -> DirectionGroups:
    """Each study's direction on each outcome, by design.

    Args:
        found: the studies.
        contrast: findings of this type count.
        chosen: ids of interventions whose findings count, with all below them; all without any.
        designs_id: of the question by which studies are grouped; empty for one group.
        depth: how many levels of outcomes are told apart; 0 for all.
        rules: how directions are read.
    """
    outcomes = _to_depth(found, Axis.OUTCOME, depth)
    interventions_axis = found.axis(Axis.INTERVENTION)
    headings = interventions_axis.headings if interventions_axis else ()
    codes = frozenset(code for h in headings if h.id in chosen for code in h.covers)
    return direction_groups(
        found.studies,
        _under_questions(found, outcomes),
        contrast,
        Grouping(
            designs=found.dimension(designs_id),
            appraisals={study.id: _appraisal(found, study) for study in found.studies},
            people=found.people(rules.people_question),
        ),
        interventions=codes if chosen else None,
        rules=rules,
    )


def _appraisal(found: DirectionStudies, study: CodedStudy) -> Appraisal:
    """By the roles of a study's codes, else by its overall judgement."""
    by_roles = appraisal_of(roles_of(study, found.dimensions))
    return found.judged.get(study.id, by_roles) if by_roles is Appraisal.NOT_JUDGED else by_roles


def _under_questions(found: DirectionStudies, outcomes: Dimension) -> Dimension:
    """The outcomes under the names of their questions, where several questions list outcomes."""
    questions = found.coded.scheme.axis(Axis.OUTCOME)
    if len(questions) < SEVERAL:
        return outcomes
    names = {option.id: question.name for question in questions for option in question.walk()}
    return replace(
        outcomes,
        headings=tuple(
            replace(h, above=(names[h.id], *h.above)) if h.id in names else h
            for h in outcomes.headings
        ),
    )


def words(
    found: DirectionStudies,
    contrast: str,
    *,
    depth: int = 0,
    rules: DirectionRules = USUAL,
    without_studies: bool = False,
) -> tuple[DirectionWord, ...]:
    """What studies say of each intervention and outcome, in a word.

    Args:
        found: the studies.
        contrast: findings of this type count.
        depth: how many levels of outcomes are told apart; 0 for all.
        rules: of the protocol.
        without_studies: whether outcomes that no study reports on are among them.
    """
    return direction_words(
        found.studies,
        _to_depth(found, Axis.INTERVENTION, 0),
        _to_depth(found, Axis.OUTCOME, depth),
        contrast,
        rules,
        without_studies=without_studies,
    )


def levels(found: DirectionStudies) -> int:
    """How many levels the tree of outcomes has."""
    return 1 + max((h.depth for h in _to_depth(found, Axis.OUTCOME, 0).headings), default=0)


def _to_depth(found: DirectionStudies, axis: Axis, depth: int) -> Dimension:
    dimension = found.axis(axis)
    if dimension is None:
        return Dimension(id=f"axis:{axis.value}", title="", of=Of.FINDING, headings=())
    return dimension.to_depth(depth) if depth else dimension
