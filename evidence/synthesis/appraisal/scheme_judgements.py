"""What was judged with a coding scheme, as a table of domains.

A question is a domain where one of its options says how good a study is or that an item is met
(`role`), or where an overall judgement follows from it by a rule. Options of questions that one
rule takes together mean the same, so that a role of one of them holds for all; where none has a
role, their order does, since a rule lists options from best to worst.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from evidence.coding.answers import Answer, answer_to, is_applicable
from evidence.coding.overall_judgement import proposed, rule_in_words
from evidence.coding.scheme import Judges, Option, OptionRole, Question, Scheme
from evidence.synthesis.appraisal.judgements import (
    NOT_JUDGED,
    Domain,
    JudgedRow,
    Judgement,
    JudgementTable,
    Level,
    Unit,
)
from evidence.synthesis.appraisal.review_confidence import (
    confidence_judgement,
    on_published_rule,
    review_confidence,
)

ROLE_LEVELS = {
    OptionRole.HIGH_QUALITY: Level.FAVOURABLE,
    OptionRole.SOME_CONCERNS: Level.MIDDLING,
    OptionRole.LOW_QUALITY: Level.UNFAVOURABLE,
    OptionRole.LOW_WEIGHT: Level.UNFAVOURABLE,
    OptionRole.NO_INFORMATION: Level.NO_INFORMATION,
    OptionRole.MET: Level.FAVOURABLE,
    OptionRole.PARTLY_MET: Level.MIDDLING,
    OptionRole.NOT_MET: Level.UNFAVOURABLE,
    OptionRole.NOT_APPLICABLE: Level.NOT_APPLICABLE,
}
"""A second option with the role "low quality" is worse than the first, and is critical."""
UNITS = {Judges.FINDING: Unit.RESULT, Judges.REVIEW: Unit.REVIEW}
NOT_ASKED = Judgement(level=Level.NOT_APPLICABLE, words="Not applicable")
NO_RULE = "The scheme has no rule for an overall judgement, so none is shown."
_OF_ITEMS = frozenset({OptionRole.MET, OptionRole.PARTLY_MET, OptionRole.NOT_MET})
_RANKED = frozenset({Level.FAVOURABLE, Level.MIDDLING, Level.UNFAVOURABLE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Appraised:
    """A study, review or result with what was answered of it.

    Attributes:
        result: how the result is called; empty where the whole is judged.
    """

    study_id: int
    study: str
    result: str = ""
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    """A question that is a domain, or the overall judgement, with the level of each option."""

    question: Question
    levels: Mapping[str, Level]

    @property
    def domain(self) -> Domain:
        question = self.question
        return Domain(name=question.text, short=question.name, is_critical=question.critical)


def scheme_judgements(
    scheme: Scheme, appraised: Sequence[Appraised], notes: Sequence[str] = ()
) -> JudgementTable:
    """The judgements that were made with a scheme.

    Args:
        scheme: its version now.
        appraised: in the order in which they are shown.
        notes: what must be known beside it; sentences.
    """
    judged = tuple(_judged_questions(scheme))
    overall = _overall(judged)
    domains = tuple(each for each in judged if each is not overall)
    rows = tuple(_row(scheme, each, domains, overall) for each in appraised)
    about_overall = tuple(_on_overall(scheme, appraised, overall, rows)) if judged else ()
    return JudgementTable(
        title=scheme.title,
        unit=UNITS.get(scheme.judges, Unit.STUDY),
        domains=tuple(each.domain for each in domains),
        rows=rows,
        overall=overall.question.name if overall else "",
        notes=(*notes, *about_overall),
    )


def judged_options(scheme: Scheme) -> dict[str, tuple[str, ...]]:
    """What can be judged in each domain, by its short name: words, the best first."""
    order = list(Level)
    return {
        judged.question.name: tuple(
            judged.question.label(code)
            for code in sorted(judged.levels, key=lambda code: order.index(judged.levels[code]))
        )
        for judged in _judged_questions(scheme)
    }


def _on_overall(
    scheme: Scheme,
    appraised: Sequence[Appraised],
    overall: _Judged | None,
    rows: Sequence[JudgedRow],
) -> Iterator[str]:
    """How the overall judgement follows, and how often people judged otherwise."""
    if overall is None:
        yield NO_RULE
        return
    question = overall.question
    if question.rule is None:
        yield f"{question.name} is judged by people; items are not added up."
        if any(each.critical for each in scheme.questions):
            yield from on_published_rule(rows)
        return
    yield f"{question.name}: by the rule, {rule_in_words(question.rule, scheme)}."
    proposals = [
        (proposed(question, each.answers), answer_to(question.id, each.answers).codes)
        for each in appraised
    ]
    unlike = sum(bool(follows and codes and codes != (follows,)) for follows, codes in proposals)
    if unlike:
        unit = UNITS.get(scheme.judges, Unit.STUDY)
        yield f"People judged {unit.counted(unlike)} otherwise than the rule."


def _judged_questions(scheme: Scheme) -> Iterator[_Judged]:
    for question in scheme.questions:
        together = _taken_together(question, scheme)
        levels = _levels(question, together)
        if together or _RANKED & set(levels.values()):
            yield _Judged(question=question, levels=levels)


def _overall(judged: Sequence[_Judged]) -> _Judged | None:
    """The last one that follows by a rule; without a rule, the only one beside items that says how
    good the study is, such as the confidence of AMSTAR 2.
    """
    ruled = [each for each in judged if each.question.rule is not None]
    if ruled:
        return ruled[-1]
    of_study = [each for each in judged if not _is_item(each.question)]
    return of_study[0] if len(of_study) == 1 < len(judged) else None


def _is_item(question: Question) -> bool:
    return any(option.role in _OF_ITEMS for option in question.walk())


def _taken_together(question: Question, scheme: Scheme) -> tuple[Question, ...]:
    """The questions that a rule takes together with this one, and those that follow from them."""
    named: dict[str, None] = {}
    for each in scheme.questions:
        if each.rule is not None and question.id in {each.id, *each.rule.of}:
            named.update(dict.fromkeys((*each.rule.of, each.id)))
    return tuple(found for name in named if (found := scheme.question(name)) is not None)


def _levels(question: Question, together: Sequence[Question]) -> dict[str, Level]:
    """The level of each option, by its id."""
    options = list(question.walk())
    shared: dict[str, OptionRole] = {}
    for each in (question, *together):
        for option in each.walk():
            if option.role in ROLE_LEVELS:
                shared.setdefault(option.id, option.role)
    if together and not shared:
        return _by_order(options)
    levels: dict[str, Level] = {}
    for option in options:
        role = shared.get(option.id)
        level = ROLE_LEVELS[role] if role else Level.UNRANKED
        if level is Level.UNFAVOURABLE and level in levels.values():
            level = Level.CRITICAL
        levels[option.id] = level
    return levels


def _by_order(options: Sequence[Option]) -> dict[str, Level]:
    """Levels of options that are listed from best to worst, without any role."""
    between = len(options) - len(_ENDS)
    levels = _FEW.get(len(options), (_ENDS[0], *[Level.MIDDLING] * between, *_ENDS[1:]))
    return {option.id: level for option, level in zip(options, levels, strict=True)}


_ENDS = (Level.FAVOURABLE, Level.UNFAVOURABLE, Level.CRITICAL)
_FEW = {
    0: (),
    1: (Level.FAVOURABLE,),
    2: (Level.FAVOURABLE, Level.UNFAVOURABLE),
    3: (Level.FAVOURABLE, Level.MIDDLING, Level.UNFAVOURABLE),
}


def _row(
    scheme: Scheme, appraised: Appraised, domains: Sequence[_Judged], overall: _Judged | None
) -> JudgedRow:
    def judgement(judged: _Judged) -> Judgement:
        if not is_applicable(judged.question, scheme, appraised.answers):
            return NOT_ASKED
        return _judgement(judged, answer_to(judged.question.id, appraised.answers).codes)

    judgements = tuple(judgement(each) for each in domains)
    follows = review_confidence([each.domain for each in domains], judgements)
    return JudgedRow(
        study=appraised.study,
        result=appraised.result,
        judgements=judgements,
        by_rule=confidence_judgement(follows) if follows else None,
        overall=judgement(overall) if overall else None,
        study_id=appraised.study_id,
    )


def _judgement(judged: _Judged, codes: Sequence[str]) -> Judgement:
    """The worst of what was chosen, with all its words; imports can hold several codes."""
    if not codes:
        return NOT_JUDGED
    order = list(Level)
    levels = [judged.levels.get(code, Level.UNRANKED) for code in codes]
    ranked = [level for level in levels if level in _RANKED | {Level.CRITICAL}]
    words = " / ".join(judged.question.label(code) for code in codes)
    return Judgement(level=max(ranked or levels, key=order.index), words=words)
