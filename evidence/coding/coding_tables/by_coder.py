"""The table of studies for people: one row per study and coder, a column per question."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from evidence.coding.coding_tables.columns import BY_CODER
from evidence.coding.coding_tables.exported import ExportedAnswer, ExportedCoding, ExportedStudy
from evidence.coding.coding_tables.judged_labels import judged_labels
from evidence.coding.coding_tables.vocabulary import KnownQuestion, Vocabulary, qualified
from evidence.coding.scheme import Of

Cell = str | int | None
AGREED = " (agreed coding)"


def by_coder_head(vocabulary: Vocabulary) -> tuple[str, ...]:
    """The columns of the questions about studies, in words."""
    return tuple(headings(vocabulary))


def headings(vocabulary: Vocabulary) -> dict[str, str]:
    """The columns of the questions about studies, in words, with what each asks."""
    return vocabulary.headings([column.name for column in BY_CODER.columns])


def by_coder_rows(study: ExportedStudy, vocabulary: Vocabulary) -> Iterator[tuple[Cell, ...]]:
    """A row for each coder of a study; one without a coder where no coding of it leaves."""
    reports = "; ".join(report.title for report in study.reports)
    start: tuple[Cell, ...] = (study.id, study.label, study.kind, study.year, reports)
    asked = vocabulary.about(Of.STUDY)
    coders: dict[tuple[int, bool], list[ExportedCoding]] = defaultdict(list)
    for coding in study.codings:
        coders[coding.coder_id, coding.is_agreed].append(coding)
    if not coders:
        yield (*start, "", "", 0, *("" for _ in asked))
    arms = {arm.uid: arm.label for arm in study.arms} | judged_labels(study, vocabulary)
    for codings in coders.values():
        by_question: dict[str, list[ExportedAnswer]] = defaultdict(list)
        for coding in codings:
            for answer in coding.answers:
                by_question[qualified(coding.scheme, answer.question)].append(answer)
        states = "; ".join(f"{coding.scheme}: {coding.state}" for coding in codings)
        findings = sum(len(coding.findings) for coding in codings)
        said = (_said(known, by_question.get(known.id, ()), arms) for known in asked)
        coder = f"{codings[0].coder}{AGREED if codings[0].is_agreed else ''}"
        yield (*start, coder, states, findings, *said)


def _said(known: KnownQuestion, answers: Sequence[ExportedAnswer], arms: Mapping[str, str]) -> str:
    """What was answered, for the whole study first, then arm by arm; without notes."""
    by_arm: dict[str, list[str]] = defaultdict(list)
    for answer in answers:
        if answer.code and answer.chosen:
            by_arm[answer.arm].append(known.label(answer.code))
        elif answer.value.strip():
            by_arm[answer.arm].append(answer.value)
    joined = {arm: "; ".join(dict.fromkeys(texts)) for arm, texts in by_arm.items()}
    whole = joined.pop("", "")
    of_arms = (f"{arms.get(arm, '') or arm}: {texts}" for arm, texts in joined.items())
    return "; ".join(filter(None, (whole, *of_arms)))
