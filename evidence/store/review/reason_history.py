"""What the history of a review says of its reasons: what they were called, and which was merged."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select

from evidence.store.events import EventKind
from evidence.store.schema import event


def earlier_words(connection: Connection, review_id: int) -> dict[str, str]:
    """What reasons were called before they were renamed, with what each of them is called now.

    Where two had the same words one after the other, the later one has them here.
    """
    words_now: dict[str, str] = {}
    for _, before, after in _changes(connection, review_id, EventKind.REASON_RENAMED):
        for earlier, now in words_now.items():
            if now == before:
                words_now[earlier] = after
        words_now[before] = after
    return words_now


def merges(connection: Connection, review_id: int) -> dict[str, str]:
    """Each merged reason with the one into which it was merged itself, in their words of now.

    Of a chain, A into B and then B into C, these are A with B and B with C.
    """
    kinds = EventKind.REASON_RENAMED, EventKind.REASONS_MERGED, EventKind.REASONS_CHANGED
    merged: dict[str, str] = {}
    for kind, before, after in _changes(connection, review_id, *kinds):
        if kind == EventKind.REASONS_MERGED:
            merged[before] = after
            merged.pop(after, None)  # what others are merged into was in use
        elif kind == EventKind.REASON_RENAMED:
            names = {before: after}
            merged = {names.get(one, one): names.get(into, into) for one, into in merged.items()}
        else:  # one that stands in the list again is a reason of its own again
            merged = {one: into for one, into in merged.items() if one not in after}
    return merged


def _changes(
    connection: Connection, review_id: int, *kinds: EventKind
) -> Iterator[tuple[str, Any, Any]]:
    """The kind of each change of these kinds, with what was before and after, the oldest first."""
    query = (
        select(event.c.kind, event.c.before, event.c.after)
        .where(event.c.review_id == review_id, event.c.kind.in_([kind.value for kind in kinds]))
        .order_by(event.c.id)
    )
    for row in connection.execute(query):
        yield row.kind, row.before, row.after
