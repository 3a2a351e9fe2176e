"""Which source of a review found what alone, and which found the same."""

from evidence.steps.desk import Desk
from evidence.store.area_versions import Area, made_from
from evidence.store.records import works
from evidence.store.results import prisma_counts
from evidence.synthesis import source_overlap as counting
from evidence.synthesis.source_overlap import SearchedSource, SourceOverlap


@made_from(Area.RECORDS | Area.SCREENING)
def source_overlap(
    desk: Desk,
    included: bool = False,  # noqa: FBT001, FBT002 - part of a cache key
) -> SourceOverlap:
    """The sources of a review against each other.

    Args:
        desk: of a person in the review.
        included: only works that were included at full text.
    """
    with desk.reading() as c:
        listed = prisma_counts.sources(c, desk.review_id)
        pairs = works.sources_of_works(c, desk.review_id, included=included)
    return counting.source_overlap(
        (SearchedSource(id=each.id, name=each.name, records=each.records) for each in listed), pairs
    )
