"""The reasons that a file names, found among all that the review ever had.

One that was merged into another is that other one; a file never parts the two again. One that was
renamed is found by its earlier words, too, unless another reason has these by now.
"""

from collections.abc import Iterable, Mapping

from evidence.screening.name_matching import by_folded_label, folded_label
from evidence.steps.review import reasons as reason_steps
from evidence.store import Connection, Write
from evidence.store.review import reason_history, reasons


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


def add_lacking(write: Write, labels: Iterable[str]) -> None:
    """Add the reasons that the review does not have in use to the end of its list."""
    more = lacking(write.connection, write.review_id, labels)
    if more:
        in_use = [one.label for one in reasons.listing(write.connection, write.review_id)]
        reason_steps.write_reasons(write, [*in_use, *more])


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
