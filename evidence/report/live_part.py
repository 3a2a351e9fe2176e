"""What a live part is, whatever it is filled with."""

from collections.abc import Callable
from dataclasses import dataclass

from evidence.report.facts import ReviewFacts
from evidence.report.live_content import LiveContent, PartKind
from evidence.report.live_tokens import Choice, LiveToken

Fill = Callable[[ReviewFacts, LiveToken], LiveContent]


@dataclass(frozen=True, slots=True, kw_only=True)
class LivePart:
    """One that can be asked for.

    Attributes:
        title: what it gives, for a list of all.
        takes: which of `by`, `of` and `as` may follow its name.
        chooses: what may be named after `for`.
    """

    title: str
    kind: PartKind
    fill: Fill
    takes: frozenset[str] = frozenset()
    chooses: frozenset[Choice] = frozenset()


def live_part(
    title: str,
    kind: PartKind,
    fill: Fill,
    takes: frozenset[str] = frozenset(),
    chooses: frozenset[Choice] = frozenset(),
) -> LivePart:
    """A live part in one line of a list of all."""
    return LivePart(title=title, kind=kind, fill=fill, takes=takes, chooses=chooses)
