"""The protocol as it stands now, and the versions that were frozen."""

from evidence.errors import Invalid
from evidence.steps.desk import Desk
from evidence.steps.records import sources
from evidence.steps.records.sources import check_date
from evidence.steps.results import directions, schemes_of_map
from evidence.steps.results.protocol.search_waves import wave_searches
from evidence.steps.results.stages import study_stages
from evidence.steps.review import about
from evidence.store import Role
from evidence.store.area_versions import NOTHING
from evidence.store.results import protocol_versions
from evidence.store.results.protocol_versions import ProtocolVersion
from evidence.store.review import reviews
from evidence.synthesis.protocol.protocol import Protocol, ProtocolSearch
from evidence.synthesis.protocol.search_waves import SearchWave, wave_numbers
from evidence.synthesis.stages.study_stages import ReviewStage

LONGEST_NOTE = 5_000  # characters
NOTHING_NEW = "Nothing has changed since the last version, so none was frozen."
CHANGED_MEANWHILE = (
    "Something in the protocol was changed while you looked at it, so nothing was frozen. Look at "
    "what differs now, then freeze it again."
)


def current(desk: Desk) -> Protocol:
    """What the review plans now, from where each part is entered."""
    with desk.reading() as c:
        review = reviews.get(c, desk.review_id)
    told = about.current(desk)
    stages = _rules(desk)
    return Protocol(
        title=review.title,
        question=review.question,
        background=told.background,
        definitions=told.definitions,
        criteria=tuple(review.criteria),
        searches=_searches(desk),
        in_depth=stages.get(ReviewStage.IN_DEPTH, ""),
        sound=stages.get(ReviewStage.SOUND, ""),
        registration=told.registration,
        protocol=told.protocol,
        deviations=told.deviations,
    )


def listing(desk: Desk) -> list[ProtocolVersion]:
    """All versions, newest first."""
    with desk.reading() as c:
        return protocol_versions.listing(c, desk.review_id)


def freeze(desk: Desk, dated: str, note: str, seen: Protocol | None = None) -> int:
    """Keep the protocol as it stands now; gives the number of the version.

    Args:
        desk: of an editor.
        dated: the day from which it holds, such as `2026-11-22`; it may be long ago.
        note: what changed, and why.
        seen: the protocol that the person looked at; None takes any.

    Raises:
        Invalid: no day, no note, nothing new, or somebody changed something meanwhile.
    """
    dated, note = dated.strip(), note.strip()
    if not dated:
        raise Invalid("Write the day from which this version holds, such as 2026-11-22.")
    check_date(dated)
    if not note:
        raise Invalid("Say what this version changes, and why; for the first one, what it is.")
    if len(note) > LONGEST_NOTE:
        raise Invalid(f"The note can have up to {LONGEST_NOTE:,} letters.")
    now = current(desk)
    if seen is not None and now != seen:
        raise Invalid(CHANGED_MEANWHILE)
    with desk.writing(Role.EDITOR, areas=NOTHING) as w:
        newest = next(iter(protocol_versions.listing(w.connection, desk.review_id)), None)
        if newest is not None and newest.protocol == now:
            raise Invalid(NOTHING_NEW)
        return protocol_versions.add(w, dated, note, now)


def _rules(desk: Desk) -> dict[ReviewStage, str]:
    """The rules of the stages behind the map in words."""
    found = directions.of_complete_codings(desk, schemes_of_map.unheard(desk))
    stages = study_stages.of_review(desk, found) if found else None
    return dict(stages.words) if stages else {}


def _searches(desk: Desk) -> tuple[ProtocolSearch, ...]:
    listed = sources.listing(desk)
    numbers = wave_numbers(wave_searches(listed))
    return tuple(
        ProtocolSearch(
            name=each.source.name,
            wave=SearchWave(number=numbers[each.source.id], searches=()).name,
            kind=each.source.kind,
            database=each.source.database,
            platform=each.source.platform,
            searched=each.source.date_searched,
            strategy=each.source.search_string,
            notes=each.source.notes,
        )
        for each in listed
    )
