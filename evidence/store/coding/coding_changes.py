"""Lines of the history of a coding as they are written, and that what comes twice is taken once.

Each thing done at the desk has an id that the browser made. A browser that did not hear of an
answer sends it again, also much later; then it changes nothing.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, exists, insert, select

from evidence.store.engine import Write
from evidence.store.id_batches import AT_ONCE
from evidence.store.schema import coding, coding_change


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """How a page sent something.

    Attributes:
        client_id: made where it was done; the same id is taken once. "" for what came from no page.
        version_id: the version of the scheme that was seen.
    """

    client_id: str
    version_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A field, as the table coding_change names it, and what it held and shall hold."""

    field: str
    before: str
    after: str


BY_NO_PAGE = Sent(client_id="", version_id=None)


def kept_of(
    connection: Connection,
    person_id: int,
    study_id: int,
    scheme_id: int,
    client_ids: Collection[str],
) -> set[str]:
    """Which of these were kept already in a person's coding of a study."""
    found: set[str] = set()
    wanted = sorted(set(client_ids))
    for start in range(0, len(wanted), AT_ONCE):
        query = (
            select(coding_change.c.client_id)
            .join(coding, coding.c.id == coding_change.c.coding_id)
            .where(
                coding.c.study_id == study_id,
                coding.c.scheme_id == scheme_id,
                coding.c.person_id == person_id,
                coding.c.is_agreed.is_(False),
                coding_change.c.client_id.in_(wanted[start : start + AT_ONCE]),
                coding_change.c.person_id == person_id,
                coding_change.c.is_kept,
            )
        )
        found.update(connection.execute(query).scalars())
    return found


def came_before(write: Write, coding_id: int, client_id: str) -> bool:
    """Whether the same was kept before, as when a browser did not hear of it."""
    return _is_known(write, coding_id, client_id, is_kept=True)


def clashed_before(write: Write, coding_id: int, client_id: str) -> bool:
    """Whether the same was not kept before; it is in the history already, and is told again."""
    return _is_known(write, coding_id, client_id, is_kept=False)


def note(
    write: Write,
    coding_id: int,
    sent: Sent,
    change: Change,
    about: Mapping[str, int],
    not_kept: str | None = None,
) -> None:
    """Add a line to the history of the coding.

    Args:
        write: of its person.
        coding_id: of the coding.
        sent: how it came.
        change: which field, from what to what.
        about: `answer_id`, `finding_id`, `arm_id`, `time_point_id` or `quotation_id`.
        not_kept: why what stood there stays, in words, or "" where somebody was quicker; None where
            the change is kept.
    """
    write.connection.execute(
        insert(coding_change).values(
            coding_id=coding_id,
            field=change.field,
            before=change.before,
            after=change.after,
            client_id=sent.client_id,
            version_id=sent.version_id,
            is_kept=not_kept is None,
            reason=not_kept or "",
            **about,
            **write.by_and_at,
        )
    )


def _is_known(write: Write, coding_id: int, client_id: str, *, is_kept: bool) -> bool:
    same = exists().where(
        coding_change.c.coding_id == coding_id,
        coding_change.c.client_id == client_id,
        coding_change.c.person_id == write.person_id,
        coding_change.c.is_kept.is_(is_kept),
    )
    return bool(client_id and write.connection.execute(select(same)).scalar_one())
