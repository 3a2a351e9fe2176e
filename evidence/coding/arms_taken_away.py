"""What somebody said for an arm of a study that was taken away since: kept, and told to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from textwrap import shorten

from evidence.coding.answer_rows import AnswerRow
from evidence.coding.scheme import Scheme

MOST = 10  # answers that are told of one arm
LONGEST = 120  # characters of each text


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmTakenAway:
    """An arm that is not there any more, and what one coding says for it.

    Attributes:
        label: as it was called last.
        by: who took it away.
        rows: each says something.
    """

    label: str
    by: str
    rows: tuple[AnswerRow, ...]


def arms_in_words(scheme: Scheme, away: Iterable[ArmTakenAway]) -> tuple[str, ...]:
    """A sentence for each arm with what was said for it; the history has all of long texts."""
    return tuple(_sentence(scheme, each) for each in away)


def _sentence(scheme: Scheme, away: ArmTakenAway) -> str:
    said = [_said(scheme, row) for row in away.rows[:MOST]]
    if len(away.rows) > MOST:
        said.append(f"and {len(away.rows) - MOST:,} more")
    kept = "What you said for it is kept, and counts nowhere until it is said for another arm"
    return f"Arm taken away by {away.by}: “{_cut(away.label)}”. {kept}: {'; '.join(said)}."


def _said(scheme: Scheme, row: AnswerRow) -> str:
    question = scheme.question(row.question)
    name = _cut(question.name) if question else "a question that is no longer in the scheme"
    parts = [question.label(row.code) if question and row.code else row.code]
    parts += [row.value, f"note: {row.note}" if row.note else ""]
    return f"{name} – {', '.join(_cut(part) for part in parts if part)}"


def _cut(text: str) -> str:
    return shorten(text, LONGEST, placeholder=" …")
