"""Where a person sits: at one review, in one store."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from evidence.store import Connection, Store, Write

Progress = Callable[[float, str], None]
"""Told how much is done (0 to 1) and what is being done, in plain words."""


def silent(done: float, doing: str) -> None:
    """A Progress for callers that show none."""
    del done, doing


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A person at a review."""

    store: Store
    review_id: int
    person_id: int

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection for queries."""
        return self.store.reading()

    def writing(self) -> AbstractContextManager[Write]:
        """A transaction of this person on this review."""
        return self.store.writing(self.review_id, self.person_id)
