"""The reasons for exclusion of a review."""

from collections.abc import Sequence

from evidence.errors import Invalid
from evidence.steps.desk import Desk
from evidence.store import Role, Write, events
from evidence.store.events import EventKind
from evidence.store.review import reasons
from evidence.store.review.reasons import Reason


def listing(desk: Desk) -> list[Reason]:
    """The exclusion reasons in use."""
    with desk.reading() as c:
        return reasons.listing(c, desk.review_id)


def replace(desk: Desk, labels: Sequence[str], shown: Sequence[str] | None = None) -> None:
    """Make these the reasons in use; decisions keep the reasons they were made with.

    Args:
        desk: of an editor.
        labels: in their order; one that was merged or retired is in use again.
        shown: the list that the person saw when they began to write; None takes any.

    Raises:
        Invalid: somebody changed the list meanwhile; or a label is too long.
    """
    with desk.writing(Role.EDITOR) as w:
        if shown is not None:
            now = [reason.label for reason in reasons.listing(w.connection, w.review_id)]
            if now != list(shown):
                raise Invalid(
                    "Somebody changed the reasons meanwhile. They are now: "
                    f"{'; '.join(now) or 'none'}. What you wrote stands below still; put both "
                    "together, and save again."
                )
        write_reasons(w, labels)


def rename(desk: Desk, reason_id: int, label: str) -> None:
    """Give a reason other words, on the decisions made with it, too.

    Raises:
        Invalid: no words, or those of another reason.
        NotFound: it is not in use in this review.
    """
    label = " ".join(label.split())
    if not label:
        raise Invalid("Please write the new words of the reason.")
    with desk.writing(Role.EDITOR) as w:
        reasons.rename(w, reason_id, label)


def merge(desk: Desk, reason_id: int, into_id: int) -> None:
    """Let a reason count as another one, on the decisions made with it, too.

    No decision is changed: each keeps the reason it was made with. Writing the reason into the list
    again takes the two apart.

    Raises:
        Invalid: the two are one.
        NotFound: one of them is not in use in this review.
    """
    with desk.writing(Role.EDITOR) as w:
        reasons.merge(w, reason_id, into_id)


def write_reasons(write: Write, labels: Sequence[str]) -> None:
    """Make these the reasons in use, within a write; an event tells it where any changes."""
    before = [reason.label for reason in reasons.listing(write.connection, write.review_id)]
    after = list(dict.fromkeys(labels))
    if before != after:
        reasons.replace(write, after)
        events.note(write, EventKind.REASONS_CHANGED, "", before=before, after=after)
