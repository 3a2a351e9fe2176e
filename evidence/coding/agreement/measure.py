"""From codings of the same studies to figures: for each code, each question, and the scheme."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from evidence.agreement import PAIR, Judged
from evidence.coding.agreement import figures
from evidence.coding.agreement.compared import (
    ONE_OF,
    TICKED,
    ComparedStudy,
    PreparedStudy,
    blank_units,
    prepare,
    questions_compared,
    ranks,
    tick_units,
    value_units,
)
from evidence.coding.agreement.figures import Figure, Level, Subject
from evidence.coding.scheme import Option, Purpose, Question, QuestionKind, Scheme

ALL_CODES = "All codes"
USED_CODES = "Codes that somebody used"
STEP = " › "  # between a code and the one below it

Ticks = Counter[tuple[Hashable, ...]]
"""How often who ticked a code: of each person True or False."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoderAgreement:
    """How far some people agree who coded the same studies.

    Attributes:
        studies: how many at least two of them coded.
        figures: of the scheme, then question by question, each followed by its codes.
    """

    coders: tuple[str, ...]
    studies: int
    figures: tuple[Figure, ...]

    @property
    def scheme_figures(self) -> tuple[Figure, ...]:
        """Those over all codes of the scheme, and over those that somebody used; or none."""
        levels = {Level.SCHEME, Level.SCHEME_USED}
        return tuple(each for each in self.figures if each.subject.level in levels)


def agreement(
    scheme: Scheme, studies: Iterable[ComparedStudy], coders: Sequence[str]
) -> CoderAgreement:
    """How far these people agree, all of them together."""
    return _agreement(scheme, prepare(scheme, studies), tuple(coders))


def agreement_by_pair(
    scheme: Scheme, studies: Iterable[ComparedStudy], coders: Sequence[str]
) -> tuple[CoderAgreement, ...]:
    """How far each two of them agree; who coded no study in common makes no pair."""
    prepared = prepare(scheme, studies)
    by_pair = (_agreement(scheme, prepared, pair) for pair in combinations(coders, PAIR))
    return tuple(each for each in by_pair if each.studies)


@dataclass(frozen=True, slots=True)
class _Judgements:
    """What was said to one question.

    Attributes:
        values: how often which answers met, where one is asked for.
        ticks: for each code, how often who gave it.
    """

    values: Judged
    ticks: Mapping[str, Ticks]

    def pooled(self, *, used_only: bool = False) -> Ticks:
        """The judgements on all codes together, or on those that somebody gave."""
        pool: Ticks = Counter()
        for ticks in self.ticks.values():
            if not used_only or any(any(who) for who in ticks):
                pool.update(ticks)
        return pool


def _agreement(
    scheme: Scheme, prepared: Sequence[PreparedStudy], coders: tuple[str, ...]
) -> CoderAgreement:
    twice = [each for each in prepared if sum(coder in each.coded for coder in coders) >= PAIR]
    questions = questions_compared(scheme)
    judgements = {question.id: _judged(question, twice, coders) for question in questions}
    own = [
        figure
        for question in questions
        for figure in _figures(question, scheme, judgements[question.id])
    ]
    every = (*_of_scheme(scheme, questions, judgements.values()), *own)
    if len(coders) > PAIR:
        every = tuple(figures.of_several(figure) for figure in every)
    return CoderAgreement(coders=coders, studies=len(twice), figures=every)


def _of_scheme(
    scheme: Scheme, questions: Sequence[Question], judgements: Iterable[_Judgements]
) -> Iterator[Figure]:
    """The figures over all codes; of a single question that takes one answer, and of decisions,
    they would be the question's own in other words.
    """
    with_codes = [question for question in questions if question.options]
    alone = len(with_codes) == 1 and with_codes[0].kind in ONE_OF
    if not with_codes or alone or scheme.purpose is Purpose.SCREENING:
        return
    everything: Ticks = Counter()
    used: Ticks = Counter()
    for each in judgements:
        everything.update(each.pooled())
        used.update(each.pooled(used_only=True))
    for level, name, pool in (
        (Level.SCHEME, ALL_CODES, everything),
        (Level.SCHEME_USED, USED_CODES, used),
    ):
        subject = Subject(level=level, name=name, within=scheme.title)
        yield figures.of_ticks(subject, pool, clustered=True)


def _figures(question: Question, scheme: Scheme, judgements: _Judgements) -> Iterator[Figure]:
    subject = Subject(
        level=Level.QUESTION, name=question.name, question=question.id, within=scheme.title
    )
    if question.kind in TICKED:
        yield figures.of_ticks(subject, judgements.pooled(), clustered=True)
    elif question.kind is QuestionKind.NUMBER:
        yield figures.of_numbers(subject, judgements.values)
    else:
        codes = [option.id for option in question.walk() if option.selectable]
        yield figures.of_values(subject, judgements.values, codes, ranks(question, scheme))
    above = {option.id: within for option, within in _with_headings(question)}
    for code, ticks in judgements.ticks.items():
        yield figures.of_ticks(
            Subject(
                level=Level.CODE,
                name=question.label(code),
                question=question.id,
                code=code,
                within=above[code],
            ),
            ticks,
        )


def _with_headings(question: Question) -> Iterator[tuple[Option, str]]:
    """Each option, and the question and options above it."""

    def below(options: Iterable[Option], within: str) -> Iterator[tuple[Option, str]]:
        for option in options:
            yield option, within
            yield from below(option.options, f"{within}{STEP}{option.label}")

    yield from below(question.options, question.name)


def _judged(
    question: Question, studies: Sequence[PreparedStudy], coders: Sequence[str]
) -> _Judgements:
    if question.kind in TICKED:
        return _Judgements({}, _ticks(question, studies, coders))
    values: Counter[tuple[Hashable, ...]] = Counter()
    for study in studies:
        for _, by_coder in value_units(question, study, coders):
            values[tuple(by_coder.values())] += 1
    ticks: dict[str, Ticks] = {}
    for option in question.walk():
        gave: Ticks = Counter()
        for answers, times in values.items():
            gave[tuple(answer == option.id for answer in answers)] += times
        if option.selectable or any(any(who) for who in gave):
            ticks[option.id] = gave
    return _Judgements(values, ticks)


def _ticks(
    question: Question, studies: Sequence[PreparedStudy], coders: Sequence[str]
) -> dict[str, Ticks]:
    """For each code, how often who ticked it; what takes time are ticks, not codes times studies.

    Each study has blank units for all codes at once; those of codes that somebody ticked there, or
    that not all could tick, are taken off again.
    """
    blank: Counter[int] = Counter()  # by how many were asked
    not_blank: dict[str, Counter[int]] = defaultdict(Counter)
    ticks: dict[str, Ticks] = {option.id: Counter() for option in question.walk()}
    for study in studies:
        asked = len(study.asked(question, coders))
        if asked < PAIR:
            continue
        units = blank_units(question, study)
        blank[asked] += units
        used = {code for each, code in study.study.not_common if each == question.id}
        for code, _, who in tick_units(question, study, coders):
            used.add(code)
            if code in ticks:
                ticks[code][who] += 1
        for code in used:
            not_blank[code][asked] += units
    for code, of_code in ticks.items():
        for asked, units in blank.items():
            of_code[(False,) * asked] += units - not_blank[code][asked]
    headings = {option.id for option in question.walk() if not option.selectable}
    return {
        code: +of_code
        for code, of_code in ticks.items()
        if code not in headings or any(any(who) for who in of_code)
    }
