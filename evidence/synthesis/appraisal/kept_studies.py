"""Which studies are kept by how they were appraised, or by how far they go behind the map, and what
is said of those left out.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from evidence.synthesis.appraisal.judgements import (
    NOT_JUDGED,
    JudgedRow,
    Judgement,
    JudgementTable,
    Level,
    Unit,
)
from evidence.synthesis.stages.stage_rule import Outcome
from evidence.synthesis.stages.study_stages import ReviewStage, StudyStages, rule_sentences

NOT_APPRAISED = "Not appraised"
_RANKED = (Level.FAVOURABLE, Level.MIDDLING, Level.UNFAVOURABLE, Level.CRITICAL)
_ORDER = tuple(Level)
_RESULT_BY_RESULT = "Of a study that was judged result by result the worst judgement counts."
_NO_OVERALL = "The scheme has no rule for an overall judgement; a domain stands for itself alone."


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedQuestion:
    """A domain of an appraisal, or its overall judgement, with what was judged of each study.

    Attributes:
        id: stable, for addresses.
        name: of the scheme and of the domain.
        ratings: the words of all judgements that were made, the best first.
        by_study: the words of each study that was judged, by its id.
        notes: what must be known of it; sentences.
        unrated: what is said of a study that nobody judged.
        usual: the words that are kept at first; empty for all.
    """

    id: str
    name: str
    ratings: tuple[str, ...]
    by_study: Mapping[int, str]
    notes: tuple[str, ...] = ()
    unrated: str = NOT_APPRAISED
    usual: tuple[str, ...] = ()

    def rating(self, study: int) -> str:
        """How a study was judged."""
        return self.by_study.get(study, self.unrated)

    @property
    def choices(self) -> tuple[str, ...]:
        """All that can be kept, studies that nobody appraised last."""
        return (*(each for each in self.ratings if each != self.unrated), self.unrated)

    @property
    def at_first(self) -> tuple[str, ...]:
        """What is kept before somebody chooses."""
        return self.usual or self.choices


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptStudies:
    """The studies that are kept.

    Attributes:
        studies: their ids.
        sentence: which they are, how many of how many, and how many are left out.
    """

    studies: frozenset[int]
    sentence: str


def judged_questions(
    key: str, table: JudgementTable, notes: Sequence[str] = ()
) -> tuple[JudgedQuestion, ...]:
    """What studies can be kept by: the overall judgement first, then the domains in their order.

    What was judged of no study is left away.

    Args:
        key: of the scheme; begins the ids.
        table: what was judged with it.
        notes: what must be known of its judgements; sentences.
    """
    by_result = (_RESULT_BY_RESULT,) if table.unit is Unit.RESULT else ()
    is_alone = len(table.domains) == 1 and not table.overall
    no_overall = () if table.overall or is_alone else (_NO_OVERALL,)
    overall = [(table.overall, [row.overall or NOT_JUDGED for row in table.rows])]
    domains = [
        (domain.short, [row.judgements[at] for row in table.rows])
        for at, domain in enumerate(table.domains)
    ]
    return tuple(
        JudgedQuestion(
            id=f"{key}:{name}",
            name=name if is_alone else f"{table.title}, {name}",
            ratings=_ratings(judgements),
            by_study=_by_study(table.rows, judgements),
            notes=(*by_result, *no_overall, *notes),
        )
        for name, judgements in (*(overall if table.overall else ()), *domains)
        if _ratings(judgements)
    )


def stage_questions(stages: StudyStages) -> tuple[JudgedQuestion, ...]:
    """What studies can be kept by of the stages behind the map; at first those that go on."""
    notes = tuple(rule_sentences(stages))
    by_stage = {
        stage: {
            study.study_id: _OUTCOME_WORDS[gate.outcome]
            for study in stages.studies
            if (gate := study.gate(stage)) is not None and gate.outcome is not Outcome.UNTOLD
        }
        for stage in ReviewStage
    }
    ratings = tuple(_OUTCOME_WORDS.values())
    stays = {
        study.study_id: _BEFORE_GATE
        for study in stages.studies
        if study.in_depth.outcome is not Outcome.GOES_ON
    }
    of_each = {
        ReviewStage.IN_DEPTH: (by_stage[ReviewStage.IN_DEPTH], ratings),
        ReviewStage.SOUND: (
            by_stage[ReviewStage.SOUND] | stays,
            (*ratings, *((_BEFORE_GATE,) if stays else ())),
        ),
    }
    return tuple(
        JudgedQuestion(
            id=f"stage:{stage}",
            name=STAGE_CHOICES[stage],
            ratings=ratings,
            by_study=by_study,
            notes=notes,
            unrated=CANNOT_BE_TOLD,
            usual=(GOES_ON,),
        )
        for stage, (by_study, ratings) in of_each.items()
        if stages.rules.rule(stage).is_set
    )


GOES_ON, CANNOT_BE_TOLD = "Goes on", "Cannot be told yet"
STAGE_CHOICES = {
    ReviewStage.IN_DEPTH: "Stage: in-depth review",
    ReviewStage.SOUND: "Stage: in-depth and sound",
}
_OUTCOME_WORDS = {Outcome.GOES_ON: GOES_ON, Outcome.STAYS: "Stays behind"}
_BEFORE_GATE = "Not in the in-depth review"


def kept_studies(
    studies: Sequence[int], question: JudgedQuestion, ratings: Collection[str]
) -> KeptStudies:
    """Keep the studies with one of these judgements.

    Args:
        studies: ids of all, each once.
        question: by which they are kept.
        ratings: the words that are kept, NOT_APPRAISED among them.
    """
    kept = frozenset(study for study in studies if question.rating(study) in ratings)
    named = [each for each in question.choices if each in ratings]
    left_out = len(studies) - len(kept)
    sentence = (
        f"Only studies with {question.name}: {_either(named)} ({len(kept):,} of {len(studies):,}); "
        f"{left_out:,} left out."
    )
    return KeptStudies(studies=kept, sentence=" ".join((sentence, *question.notes)))


def _ratings(judgements: Sequence[Judgement]) -> tuple[str, ...]:
    made = sorted(_made(judgements), key=lambda each: _ORDER.index(each.level))
    return tuple(dict.fromkeys(each.words for each in made))


def _by_study(rows: Sequence[JudgedRow], judgements: Sequence[Judgement]) -> dict[int, str]:
    of_study: dict[int, list[Judgement]] = {}
    for row, judgement in zip(rows, judgements, strict=True):
        of_study.setdefault(row.study_id, []).append(judgement)
    worst = {study: _worst(list(_made(some))) for study, some in of_study.items()}
    return {study: judgement.words for study, judgement in worst.items() if judgement}


def _made(judgements: Sequence[Judgement]) -> Iterator[Judgement]:
    return (each for each in judgements if each.level is not Level.NOT_JUDGED)


def _worst(judgements: Sequence[Judgement]) -> Judgement | None:
    """The worst that says how good something is; without any, the last in the order of levels."""
    ranked = [each for each in judgements if each.level in _RANKED]
    return max(ranked or judgements, key=lambda each: _ORDER.index(each.level), default=None)


def _either(words: Sequence[str]) -> str:
    ours = {NOT_APPRAISED, CANNOT_BE_TOLD}
    told = [word.lower() if word in ours else word for word in words]
    return " or ".join(filter(None, (", ".join(told[:-1]), *told[-1:]))) or "nothing"
