"""The studies behind a thing, as a statement that rests on it remembers them."""

import json
from collections.abc import Callable, Collection, Mapping

MOST = 5  # studies that a sentence names
GONE = "one that is gone"
NOT_KNOWN = " Which came or went is not known: when it was noted, only their number was kept."
_BETWEEN = "\n"


def studies_mark(studies: Collection[int]) -> str:
    """Their number, and below it their ids.

    Marks that were kept before ids were have the number only.
    """
    return f"{len(studies):,}{_BETWEEN}{json.dumps(sorted(studies), separators=(',', ':'))}"


def number_in(mark: str) -> str:
    """How many studies a mark is of."""
    return mark.partition(_BETWEEN)[0]


def studies_in(mark: str) -> frozenset[int] | None:
    """The ids of the studies that a mark is of; None where it has the number only."""
    ids = mark.partition(_BETWEEN)[2]
    return frozenset(json.loads(ids)) if ids else None


def is_same(before: str, after: str) -> bool:
    """Whether two marks are of the same studies; where one has no ids, of as many."""
    then, now = studies_in(before), studies_in(after)
    if then is None or now is None:
        return number_in(before) == number_in(after)
    return then == now


def exchanged(before: str, after: str) -> frozenset[int]:
    """The ids of the studies that went or came; none where it is not known."""
    then, now = studies_in(before), studies_in(after)
    return frozenset() if then is None or now is None else then ^ now


def exchange_words(before: str, after: str, labels: Mapping[int, str]) -> str:
    """Which studies came and which went, in sentences.

    Args:
        before: the mark that was kept.
        after: the mark of now.
        labels: of all studies of the review, by id.
    """
    then, now = studies_in(before), studies_in(after)
    if then is None or now is None:
        return NOT_KNOWN
    told = (("Came", now - then), ("Went", then - now))
    return "".join(f" {words}: {_listed(some, labels)}." for words, some in told if some)


def renumbered(mark: str, new: Callable[[int], int]) -> str:
    """The same mark in another installation, where studies have other ids."""
    ids = studies_in(mark)
    if ids is None:
        return mark
    return f"{number_in(mark)}{_BETWEEN}{json.dumps(sorted(map(new, ids)), separators=(',', ':'))}"


def _listed(studies: Collection[int], labels: Mapping[int, str]) -> str:
    every = sorted(labels.get(study, GONE) for study in studies)
    more = f" and {len(every) - MOST:,} more" if len(every) > MOST else ""
    return ", ".join(every[:MOST]) + more
