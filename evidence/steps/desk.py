"""Where a person sits: at one review, in one store."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace

from evidence.store import Connection, Role, Store, Write
from evidence.store.area_versions import EVERYTHING, Area

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

    def reading(self, role: Role = Role.READER) -> AbstractContextManager[Connection]:
        """A connection for this person's queries about this review."""
        return self.store.reading(self.review_id, self.person_id, role)

    @contextmanager
    def at_one_moment(self) -> Iterator["Desk"]:
        """The same desk, at which nothing changes while others go on working: for what is read in
        many queries and must fit together. By it nothing is written.
        """
        with self.store.at_one_moment() as store:
            yield replace(self, store=store)

    def require(self, role: Role) -> None:
        """Refuse an act that needs more than this person's role, before anything is done for it.

        Raises:
            NotAllowed: the act needs more than the person's role.
        """
        with self.reading(role):
            pass

    def writing(self, role: Role, *, areas: Area = EVERYTHING) -> AbstractContextManager[Write]:
        """A transaction of this person on this review, for an act that needs this role.

        What it names as `areas` is all that it may change (store/area_versions.py).

        Raises:
            NotAllowed: the act needs more than the person's role.
        """
        return self.store.writing(self.review_id, self.person_id, role, areas=areas)
