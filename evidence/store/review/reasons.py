"""The reasons for exclusion of a review."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Connection,
    Text,
    cast,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from evidence.errors import Invalid, NotFound
from evidence.store import events
from evidence.store.engine import Write
from evidence.store.events import EventKind
from evidence.store.review import reason_history
from evidence.store.schema import decision, reason

_counted = reason.alias("counted_reason")
LONGEST = 500  # letters of a reason or a term; PostgreSQL's index of them holds 2,700 bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a work is excluded."""

    id: int
    label: str


def listing(connection: Connection, review_id: int) -> list[Reason]:
    """The reasons in use, in their order."""
    query = (
        select(reason.c.id, reason.c.label)
        .where(reason.c.review_id == review_id, reason.c.retired.is_(False))
        .order_by(reason.c.position, reason.c.id)
    )
    return [Reason(**row) for row in connection.execute(query).mappings()]


def counted_labels(connection: Connection, review_id: int) -> dict[int, str]:
    """What each reason that a review ever had is called, by id, in the order of its list.

    One that was merged into another has the words of that one.
    """
    query = (
        select(reason.c.id, _counted.c.label)
        .join(_counted, _counted.c.id == func.coalesce(reason.c.merged_into, reason.c.id))
        .where(reason.c.review_id == review_id)
        .order_by(_counted.c.position, _counted.c.id, reason.c.id)
    )
    return {row.id: row.label for row in connection.execute(query)}


def counted(connection: Connection, review_id: int) -> list[tuple[str, Reason, bool]]:
    """Every label that a review ever had, with the reason it counts as, and whether that is in use.

    Labels in use come first, then those that were merged into one in use.
    """
    query = (
        select(reason.c.label.label("said"), _counted.c.id, _counted.c.label, _counted.c.retired)
        .join(_counted, _counted.c.id == func.coalesce(reason.c.merged_into, reason.c.id))
        .where(reason.c.review_id == review_id)
        .order_by(reason.c.retired, _counted.c.retired, reason.c.position, reason.c.id)
    )
    return [
        (row.said, Reason(id=row.id, label=row.label), not row.retired)
        for row in connection.execute(query)
    ]


def names(reason_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Decisions of which this is the reason, or one of several."""
    several = func.replace(cast(decision.c.reason_ids, Text), " ", "")
    number = cast(reason_id, Text)
    places = (("[", "]"), ("[", ","), (",", ","), (",", "]"))
    return or_(
        decision.c.reason_id == reason_id,
        *(several.contains(literal(before) + number + after) for before, after in places),
    )


def newest_decisions_with(
    connection: Connection, reason_id: int
) -> set[tuple[int, int, str, bool]]:
    """Where somebody's newest decision on a work at a stage has this reason: work, person, stage,
    and whether it ends a conflict, which is told apart from the person's own vote.
    """
    later = decision.alias("later_decision")
    is_later = (
        (later.c.work_id == decision.c.work_id)
        & (later.c.person_id == decision.c.person_id)
        & (later.c.stage == decision.c.stage)
        & (later.c.resolves == decision.c.resolves)
        & (later.c.id > decision.c.id)
    )
    c = decision.c
    query = select(c.work_id, c.person_id, c.stage, c.resolves).where(
        names(literal(reason_id)), ~select(later.c.id).where(is_later).exists()
    )
    return {
        (row.work_id, row.person_id, row.stage, row.resolves) for row in connection.execute(query)
    }


def has_merged(connection: Connection, reason_id: int) -> bool:
    """Whether another reason was merged into this one."""
    query = select(reason.c.id).where(reason.c.merged_into == reason_id).limit(1)
    return connection.execute(query).first() is not None


def all_labels(connection: Connection, review_id: int) -> list[str]:
    """The labels of all reasons that a review ever had, those in use first."""
    query = select(reason.c.label).where(reason.c.review_id == review_id)
    return list(connection.execute(query.order_by(reason.c.retired, reason.c.id)).scalars())


def replace(write: Write, labels: Sequence[str]) -> None:
    """Make these the reasons in use; a retired reason still stands on decisions made with it.

    One that was merged into another, and stands in the list again, is a reason of its own again;
    what had been merged into it before that counts as it again.

    Raises:
        Invalid: one is too long.
    """
    check_length("reason", labels)
    c = write.connection
    rows = c.execute(select(reason.c.label).where(reason.c.review_id == write.review_id))
    stored_labels = set(rows.scalars())
    c.execute(update(reason).where(reason.c.review_id == write.review_id).values(retired=True))
    for position, label in enumerate(dict.fromkeys(labels)):
        if label in stored_labels:
            c.execute(
                update(reason)
                .where(reason.c.review_id == write.review_id, reason.c.label == label)
                .values(retired=False, position=position, merged_into=None)
            )
        else:
            values = write.for_review(label=label, position=position, retired=False)
            c.execute(insert(reason).values(**values))
    _follow_merges(write)


def _follow_merges(write: Write) -> None:
    """Let each merged reason count as the nearest one in use of those that it was merged into."""
    c, in_review = write.connection, reason.c.review_id == write.review_id
    query = select(reason.c.id, reason.c.label, reason.c.retired, reason.c.merged_into)
    by_label = {row.label: row for row in c.execute(query.where(in_review))}
    merges = reason_history.merges(c, write.review_id)
    for row in by_label.values():
        label = merges.get(row.label)
        while label is not None and by_label[label].retired:
            label = merges.get(label)
        if row.merged_into is not None and label is not None:
            into = by_label[label].id
            if into != row.merged_into:
                c.execute(update(reason).where(reason.c.id == row.id).values(merged_into=into))


def rename(write: Write, reason_id: int, label: str) -> None:
    """Give a reason in use other words; it is the same reason on every decision made with it.

    Raises:
        NotFound: the review has no such reason in use.
        Invalid: another reason, perhaps a retired one, has these words; or it is too long.
    """
    check_length("reason", [label])
    in_review = reason.c.review_id == write.review_id
    query = select(reason.c.label).where(in_review, reason.c.id == reason_id, ~reason.c.retired)
    before = write.connection.execute(query).scalar_one_or_none()
    if before is None:
        raise NotFound("reason", reason_id)
    if before == label:
        return
    if write.connection.execute(
        select(reason.c.id).where(in_review, reason.c.label == label)
    ).first():
        raise Invalid(
            f"“{label}” is or was a reason of this review already, and decisions may stand on it. "
            "Choose other words, or merge the two."
        )
    write.connection.execute(update(reason).where(reason.c.id == reason_id).values(label=label))
    events.note(write, EventKind.REASON_RENAMED, label, before=before, after=label)


def merge(write: Write, reason_id: int, into_id: int) -> None:
    """Let a reason in use count as another one, on the decisions made with it, too.

    No decision is changed: each keeps the reason it was made with, which leaves the list.

    Raises:
        NotFound: one of the two is no reason in use.
        Invalid: they are one.
    """
    if reason_id == into_id:
        raise Invalid("Please choose two different reasons.")
    labels = {one.id: one.label for one in listing(write.connection, write.review_id)}
    for number in (reason_id, into_id):
        if number not in labels:
            raise NotFound("reason", number)
    same = or_(reason.c.id == reason_id, reason.c.merged_into == reason_id)
    write.connection.execute(
        update(reason)
        .where(reason.c.review_id == write.review_id, same)
        .values(merged_into=into_id, retired=True)
    )
    events.note(
        write,
        EventKind.REASONS_MERGED,
        labels[into_id],
        before=labels[reason_id],
        after=labels[into_id],
    )


def check_length(what: str, texts: Sequence[str]) -> None:
    """Refuse what is longer than LONGEST; raises Invalid, which calls it `what`."""
    for text in texts:
        if len(text) > LONGEST:
            raise Invalid(
                f"A {what} has at most {LONGEST} letters; this one is longer: “{text[:60]}…”. "
                "Each stands in a line of its own."
            )
