"""From codings of the same studies to figures: for each code, each question, and the scheme."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from evidence.agreement_formulas import PAIR
from evidence.coding.agreement import figures
from evidence.coding.agreement.compared import (
    ONE_OF,
    TICKED,
    ComparedStudy,
    PreparedStudy,
    prepare,
    questions_compared,
    ranks,
)
from evidence.coding.agreement.figures import Figure, Level, Subject
from evidence.coding.agreement.judgements import Judgements, Ticks, pooled
from evidence.coding.scheme import Option, Purpose, Question, QuestionKind, Scheme

ALL_CODES = "All codes"
USED_CODES = "Codes that somebody used"
STEP = " › "  # between a code and the one below it


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
    (agreed,) = _agreements(scheme, studies, [tuple(coders)])
    return agreed


def agreement_with_pairs(
    scheme: Scheme, studies: Iterable[ComparedStudy], coders: Sequence[str]
) -> tuple[CoderAgreement, tuple[CoderAgreement, ...]]:
    """How far these people agree together, and each two of them; who coded no study in common
    makes no pair.
    """
    groups = [tuple(coders), *combinations(coders, PAIR)]
    together, *by_pair = _agreements(scheme, studies, groups)
    return together, tuple(each for each in by_pair if each.studies)


class _Group:
    """Some people, with what they said to each question."""

    def __init__(self, scheme: Scheme, coders: tuple[str, ...]) -> None:
        self.coders = coders
        self.studies = 0
        self.judgements = [Judgements(each, coders) for each in questions_compared(scheme)]

    def add(self, study: PreparedStudy) -> None:
        if sum(coder in study.coded for coder in self.coders) < PAIR:
            return
        self.studies += 1
        for each in self.judgements:
            each.add(study)


def _agreements(
    scheme: Scheme, studies: Iterable[ComparedStudy], groups: Iterable[tuple[str, ...]]
) -> list[CoderAgreement]:
    """The agreement of each group of people; studies pass by once, so they need not all be kept."""
    counted = [_Group(scheme, coders) for coders in groups]
    for study in prepare(scheme, studies):
        for group in counted:
            group.add(study)
    return [_agreement(scheme, group) for group in counted]


def _agreement(scheme: Scheme, group: _Group) -> CoderAgreement:
    ticks = [each.ticks() for each in group.judgements]
    own = [
        figure
        for each, of_codes in zip(group.judgements, ticks, strict=True)
        for figure in _figures(each, of_codes, scheme)
    ]
    every = (*_of_scheme(scheme, ticks), *own)
    if len(group.coders) > PAIR:
        every = tuple(figures.of_several(figure) for figure in every)
    return CoderAgreement(coders=group.coders, studies=group.studies, figures=every)


def _of_scheme(scheme: Scheme, ticks: Iterable[Mapping[str, Ticks]]) -> Iterator[Figure]:
    """The figures over all codes; of a single question that takes one answer, and of decisions,
    they would be the question's own in other words.
    """
    with_codes = [question for question in questions_compared(scheme) if question.options]
    alone = len(with_codes) == 1 and with_codes[0].kind in ONE_OF
    if not with_codes or alone or scheme.purpose is Purpose.SCREENING:
        return
    everything: Ticks = Counter()
    used: Ticks = Counter()
    for of_codes in ticks:
        everything.update(pooled(of_codes))
        used.update(pooled(of_codes, used_only=True))
    for level, name, pool in (
        (Level.SCHEME, ALL_CODES, everything),
        (Level.SCHEME_USED, USED_CODES, used),
    ):
        subject = Subject(level=level, name=name, within=scheme.title)
        yield figures.of_ticks(subject, pool, clustered=True)


def _figures(
    judgements: Judgements, ticks: Mapping[str, Ticks], scheme: Scheme
) -> Iterator[Figure]:
    question = judgements.question
    subject = Subject(
        level=Level.QUESTION, name=question.name, question=question.id, within=scheme.title
    )
    if question.kind in TICKED:
        yield figures.of_ticks(subject, pooled(ticks), clustered=True)
    elif question.kind is QuestionKind.NUMBER:
        yield figures.of_numbers(subject, judgements.values)
    else:
        codes = [option.id for option in question.walk() if option.selectable]
        yield figures.of_values(subject, judgements.values, codes, ranks(question, scheme))
    for option, within in _with_headings(question):
        if option.id in ticks:
            code = Subject(
                level=Level.CODE,
                name=option.label,
                question=question.id,
                code=option.id,
                within=within,
            )
            yield figures.of_ticks(code, ticks[option.id])


def _with_headings(question: Question) -> Iterator[tuple[Option, str]]:
    """Each option, and the question and options above it."""

    def below(options: Iterable[Option], within: str) -> Iterator[tuple[Option, str]]:
        for option in options:
            yield option, within
            yield from below(option.options, f"{within}{STEP}{option.label}")

    yield from below(question.options, question.name)
