"""Which of several decisions that one file has of one person on one work counts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from evidence.steps.screening.because import because
from evidence.store.screening.brought_decisions import BroughtDecision

CONTRADICT = "the file has contradicting decisions of one person and does not say which is later"


@dataclass(frozen=True, slots=True)
class Choice:
    """The decision that counts, and the others of the same person on the same work."""

    row: BroughtDecision
    others: Sequence[BroughtDecision] = ()


def choose(rows: Iterable[BroughtDecision]) -> tuple[list[Choice], list[str]]:
    """For each work the decision that counts, of one person at one stage.

    The latest counts, if the file says when all were made. Those that say the same make one, with
    the reasons of all. Of works on which neither holds nothing counts; these are told in sentences.
    """
    by_work: dict[int, list[BroughtDecision]] = defaultdict(list)
    for row in rows:
        by_work[row.surviving_id].append(row)
    choices: list[Choice] = []
    told: list[str] = []
    for group in by_work.values():
        latest = _latest(group)
        if len({row.verdict for row in latest}) > 1:
            told += [because(row.line, row.title, CONTRADICT) for row in group]
            continue
        named = dict.fromkeys(reason for row in latest for reason in row.reasons)
        row = replace(latest[0], reasons=tuple(named))
        choices.append(Choice(row, [other for other in group if other.id != row.id]))
    return choices, told


def _latest(group: Sequence[BroughtDecision]) -> Sequence[BroughtDecision]:
    """The latest of these, several if at one time; all, where the file does not say when."""
    times = [_moment(row.decided_at) for row in group]
    known = [time for time in times if time is not None]
    if len(known) < len(group):
        return group
    return [row for row, time in zip(group, times, strict=True) if time == max(known)]


def _moment(text: str) -> float | None:
    """When something was, in seconds since 1970; None where that cannot be read."""
    try:
        return float(text)
    except ValueError:
        pass
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp()
