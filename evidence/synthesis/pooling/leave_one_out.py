"""What the pooled effect would be without each of the studies."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from evidence.synthesis.pooling.results import NotPooled, Pooled

MOST = 1_000
"""Studies up to which each is left out in turn; with more, none changes the result."""

Study = TypeVar("Study")


def leave_one_out(
    studies: Sequence[Study], pooling: Callable[[Sequence[Study]], Pooled | NotPooled]
) -> tuple[Pooled | NotPooled, ...]:
    """Pool as often as there are studies, each time without one of them, in their order.

    Empty for fewer than 2 studies, and for more than `MOST`, which the caller says in words.

    Args:
        studies: effects or 2x2 tables.
        pooling: how all of them were pooled.
    """
    if not 1 < len(studies) <= MOST:
        return ()
    return tuple(pooling([*studies[:at], *studies[at + 1 :]]) for at in range(len(studies)))
