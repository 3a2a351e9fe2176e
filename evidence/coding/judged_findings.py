"""What a scheme that judges findings asks of each of them, and how findings are called.

RoB 2 judges a result, not a trial (BMJ 2019;366:l4898). Answers name the finding by its uid where
others name an arm; the findings themselves are coded with the scheme on which results rest.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from evidence.coding.answer_rows import AnswerRow, gather
from evidence.coding.answers import Answer
from evidence.coding.overall_judgement import proposals, unreasoned
from evidence.coding.scheme import Axis, Scheme

NONE_JUDGED = "No finding is judged yet; choose one of the study's findings, and answer for it."


class Stands(StrEnum):
    """Whether a finding that is judged counts, where that needs saying."""

    PLAIN = ""  # of the only coding that is in question
    AGREED = "agreed"  # of the agreed coding, which counts
    OWN = "own"  # of the judging person's coding, where another one counts
    OTHER = "other"  # of a coding of somebody else, where another one counts


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedFinding:
    """A finding that is judged, or can be.

    Attributes:
        label: as people know it.
        removed: it was taken away from its coding; what was judged of it is kept.
        stands: whether it counts.
        became: the uid of the agreed finding that was taken from it; "" where there is none.
    """

    uid: str
    label: str
    removed: bool = False
    stands: Stands = Stands.PLAIN
    became: str = ""


def finding_label(
    fields: Mapping[str, str], scheme: Scheme, times: Mapping[str, str], number: int
) -> str:
    """As people know a finding: "Self-esteem · RSES · 18 months · Clubhouse".

    Args:
        fields: of the finding.
        scheme: with which it was coded.
        times: labels of the study's time points by uid.
        number: where it stands among the findings, for one of which nothing is said yet.
    """
    return finding_name(fields, scheme, times) or f"Finding {number}"


def finding_name(fields: Mapping[str, str], scheme: Scheme, times: Mapping[str, str]) -> str:
    """As `finding_label`; empty for a finding of which nothing is said yet."""
    outcome, intervention = (_axis_label(scheme, axis, fields) for axis in _IN_NAMES)
    time = fields.get("time", "")
    parts = (outcome, fields.get("measure", ""), times.get(time, time), intervention)
    return " · ".join(part.strip() for part in parts if part.strip())


_IN_NAMES = (Axis.OUTCOME, Axis.INTERVENTION)


def judged_uids(rows: Iterable[AnswerRow]) -> tuple[str, ...]:
    """The findings of which something is said, or the arms, in the order of their first rows."""
    return tuple(dict.fromkeys(row.arm for row in rows if row.arm and row.says_something))


def reasons_missing_of_each(
    scheme: Scheme, rows: Sequence[AnswerRow], labels: Mapping[str, str]
) -> tuple[str, ...]:
    """Answers that lack the reason they need, of the whole study and of each arm or finding.

    Args:
        scheme: its version now.
        rows: what was answered.
        labels: of arms and findings, by uid.
    """
    return tuple(
        f"{labels.get(uid, uid)}: {message}" if uid else message
        for uid, answers, noted in answers_of_each(rows, scheme)
        for question, message in unreasoned(scheme, answers, noted)
        if question.per_arm or not uid
    )


def proposals_of_each(
    scheme: Scheme, rows: Sequence[AnswerRow], labels: Mapping[str, str]
) -> tuple[str, ...]:
    """What rules propose for judgements that are still open, of each judged finding."""
    if not scheme.judges_findings:
        return proposals(scheme, gather(rows, scheme))
    return tuple(
        f"{labels.get(uid, uid)}: {message}" if uid else message
        for uid, answers, _ in answers_of_each(rows, scheme)
        for message in proposals(scheme, answers)
    )


def answers_of_each(
    rows: Sequence[AnswerRow], scheme: Scheme
) -> Iterator[tuple[str, tuple[Answer, ...], frozenset[str]]]:
    """What is said for the whole study, then for each arm or finding: its uid, the answers, and the
    questions with a note. Questions that are not asked of each count for all.
    """
    for_all = {question.id for question in scheme.questions if not question.per_arm}
    shared = [row for row in rows if row.question in for_all]
    for uid in ("", *judged_uids(rows)):
        own = [replace(row, arm="") for row in rows if row.arm == uid and row not in shared]
        answers = gather([*shared, *own], scheme)
        noted = frozenset(row.question for row in (*shared, *own) if row.note.strip())
        yield uid, answers, noted


def _axis_label(scheme: Scheme, axis: Axis, fields: Mapping[str, str]) -> str:
    code = fields.get(axis.value, "")
    option = scheme.axis_option(axis, code) if code else None
    return option.label if option else code
