"""The works of a review that records of a file surely describe."""

from collections.abc import Sequence

from evidence import deduplication
from evidence.citations.record import Reference
from evidence.steps.desk import Desk
from evidence.store.records import works

DISTINCT_TITLE = 25  # letters of a title that stands alone for its work


def work_ids(desk: Desk, references: Sequence[Reference]) -> list[int | None]:
    """For each reference the one work that surely describes the same publication."""
    with desk.reading() as c:
        ids, works_here = works.references_to_match(c, desk.review_id)
    count = len(references)
    result = deduplication.find(
        [*references, *works_here],
        ids=[*range(-count, 0), *ids],
        new=set(range(-count, 0)),
        settings=deduplication.DedupeSettings(),
    )
    matches: list[int | None] = [None] * count
    for group in result.groups:
        in_review = [id_ for id_ in group if id_ > 0]
        for id_ in group:
            if id_ < 0 and len(in_review) == 1:
                matches[id_ + count] = in_review[0]
    by_title = _by_title(ids, works_here)
    return [
        match or _only_one(by_title.get(_letters(reference.title), ()), reference.year)
        for match, reference in zip(matches, references, strict=True)
    ]


def _by_title(
    ids: Sequence[int], references: Sequence[Reference]
) -> dict[str, list[tuple[int, int]]]:
    """Works with their years by title, for exports that hold little more than titles."""
    by_title: dict[str, list[tuple[int, int]]] = {}
    for work_id, reference in zip(ids, references, strict=True):
        by_title.setdefault(_letters(reference.title), []).append((work_id, reference.year or 0))
    return by_title


def _only_one(candidates: Sequence[tuple[int, int]], year: int | None) -> int | None:
    """The work, where only one has this title and its year does not speak against it."""
    if len(candidates) != 1:
        return None
    ((work_id, its_year),) = candidates
    return work_id if not year or not its_year or year == its_year else None


def _letters(title: str) -> str:
    """The title's letters and digits; empty where it is too short to tell works apart."""
    letters = "".join(character for character in title.casefold() if character.isalnum())
    return letters if len(letters) >= DISTINCT_TITLE else ""
