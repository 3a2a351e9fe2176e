"""The searches of a review in waves, with what each wave gave new."""

from collections.abc import Sequence
from dataclasses import dataclass

from evidence.screening.verdicts import State
from evidence.steps.desk import Desk
from evidence.steps.records import sources
from evidence.steps.records.sources import SourceWithFiles
from evidence.store.results import flow_works
from evidence.synthesis.flow.prisma_flow import SourceKind
from evidence.synthesis.protocol.search_waves import (
    SearchWave,
    WaveSearch,
    doubts,
    search_waves,
    wave_numbers,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WavesOfReview:
    """All searches in waves.

    Attributes:
        listed: the searches, in the order they were made.
        numbers: the wave of each search, by its id.
        doubts: what looks wrong, in sentences.
    """

    waves: tuple[SearchWave, ...]
    listed: tuple[SourceWithFiles, ...]
    numbers: dict[int, int]
    doubts: tuple[str, ...]


def of_review(desk: Desk) -> WavesOfReview:
    """The waves now; what is included is what is included at full text."""
    listed = sources.listing(desk)
    searches = wave_searches(listed)
    with desk.reading() as c:
        records = flow_works.records(c, desk.review_id)
        works = flow_works.works(c, desk.review_id, [kind.value for kind in SourceKind])
        reports = flow_works.reports_of_studies(c, desk.review_id)
    both = (State.INCLUDE, State.INCLUDE)
    included = {work.id for work in works if (work.title_abstract, work.full_text) == both}
    waves = search_waves(
        searches, [(each.source_id, each.work_id) for each in records], included, reports
    )
    return WavesOfReview(
        waves=waves,
        listed=tuple(listed),
        numbers=wave_numbers(searches),
        doubts=tuple(doubts(searches)),
    )


def wave_searches(listed: Sequence[SourceWithFiles]) -> tuple[WaveSearch, ...]:
    """Searches, as far as waves ask for them."""
    return tuple(
        WaveSearch(
            id=each.source.id,
            name=each.source.name,
            searched=each.source.date_searched,
            update_of=each.source.update_of,
            chosen=each.source.wave,
            is_imported=bool(each.files),
        )
        for each in listed
    )
