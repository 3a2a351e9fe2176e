"""The reasons that a file names, found among all that the review ever had.

One that was merged into another is that other one; a file never parts the two again. One that was
renamed is found by its earlier words, too, unless another reason has these by now.
"""

from collections.abc import Iterable, Mapping

from evidence.screening.name_matching import by_folded_label, folded_label
from evidence.steps.review import reasons as reason_steps
from evidence.store import Connection, Write, events
from evidence.store.events import EventKind
from evidence.store.review import reason_history, reasons
from evidence.store.screening.brought_decisions import BroughtDecision
from evidence.store.screening.waiting_reasons import waiting_reasons

REASONS = "reasons"  # in the event of a file: the ids of those that it brought into the list


def ids_by_label(connection: Connection, review_id: int) -> dict[str, int]:
    """Each reason that the review ever had, by its folded label and those that it had before it was
    renamed, with the one it counts as.
    """
    return {label: one.id for label, (one, _) in _counted(connection, review_id).items()}


def lacking(connection: Connection, review_id: int, labels: Iterable[str]) -> tuple[str, ...]:
    """Which reasons the list of a review needs for these labels, each once.

    One that left the list is named in its own words, and one that was merged by those of the
    other.
    """
    counted = _counted(connection, review_id)
    needed: list[str] = []
    for form, label in by_folded_label(labels).items():
        if form not in counted:
            needed.append(label)
        elif not counted[form][1]:
            needed.append(counted[form][0].label)
    return tuple(dict.fromkeys(needed))


def renamed(
    connection: Connection, review_id: int, labels: Iterable[str]
) -> tuple[tuple[str, str], ...]:
    """Those of these labels that the review has in other words, with its words.

    Such reasons were renamed or merged here; what differs in case or blanks only is not among them.
    """
    counted = _counted(connection, review_id)
    return tuple(
        (label, counted[form][0].label)
        for form, label in by_folded_label(labels).items()
        if form in counted and folded_label(counted[form][0].label) != form
    )


def add_lacking(write: Write, labels: Iterable[str]) -> list[int]:
    """Add the reasons that the review does not have in use to the end of its list; gives their
    ids.
    """
    more = lacking(write.connection, write.review_id, labels)
    if not more:
        return []
    before = reasons.listing(write.connection, write.review_id)
    reason_steps.write_reasons(write, [*(one.label for one in before), *more])
    after = reasons.listing(write.connection, write.review_id)
    return [one.id for one in after if one not in before]


def brought_by(connection: Connection, review_id: int, file_id: int) -> list[reasons.Reason]:
    """The reasons that a file brought into the list, and which are in it still."""
    brought: set[int] = set()
    for event in events.of_kind(connection, review_id, EventKind.DECISIONS_IMPORTED):
        if event.after and event.after["file"] == file_id:
            brought.update(event.after.get(REASONS, ()))
    return [one for one in reasons.listing(connection, review_id) if one.id in brought]


def unused_without(
    connection: Connection,
    review_id: int,
    brought: Iterable[reasons.Reason],
    file_id: int,
    rows: Iterable[BroughtDecision],
) -> list[reasons.Reason]:
    """Those of these reasons that nothing rests on once the decisions of these rows are taken back.

    Something rests on a reason where a decision that counts has it, where a decision of another
    file waits that names it, and where another reason was merged into it.
    """
    gone = {(row.work_id, row.person_id, row.stage.value, False) for row in rows}
    awaited = {folded_label(label) for label in waiting_reasons(connection, review_id, but=file_id)}
    return [
        one
        for one in brought
        if folded_label(one.label) not in awaited
        and not reasons.has_merged(connection, one.id)
        and reasons.newest_decisions_with(connection, one.id) <= gone
    ]


def take_out(write: Write, unused: Iterable[reasons.Reason]) -> None:
    """Take reasons out of the list; they stand on decisions that were made with them."""
    listed = reasons.listing(write.connection, write.review_id)
    out = {one.id for one in unused}
    reason_steps.write_reasons(write, [one.label for one in listed if one.id not in out])


def not_found(labels: Iterable[str], known: Mapping[str, int]) -> list[str]:
    """Those of these labels that are no reason of the review; `known` is of `ids_by_label`."""
    return [label for label in labels if folded_label(label) not in known]


def _counted(connection: Connection, review_id: int) -> dict[str, tuple[reasons.Reason, bool]]:
    """By folded label the reason that counts, and whether it is in use."""
    counted: dict[str, tuple[reasons.Reason, bool]] = {}
    for label, one, in_use in reasons.counted(connection, review_id):
        counted.setdefault(folded_label(label), (one, in_use))
    of_now = dict(counted)
    for earlier, now in reversed(reason_history.earlier_words(connection, review_id).items()):
        counted.setdefault(folded_label(earlier), of_now[folded_label(now)])
    return counted
