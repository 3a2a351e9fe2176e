"""What the review itself knows of its map: the question, searches, how it was coded."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace

from evidence.steps.coding.schemes import TakenScheme
from evidence.steps.desk import Desk
from evidence.store import Connection
from evidence.store.coding import coders
from evidence.store.records import sources
from evidence.store.records.sources import Source
from evidence.store.review import about, reviews
from evidence.synthesis.map_settings import MapTexts
from evidence.synthesis.review_about import suggested_citation

SEARCHED = frozenset({"database", "register"})


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownTexts:
    """What a review says of itself.

    Attributes:
        title: of the review.
        label: such as that it is a demonstration; stands on whatever leaves the review.
        searches: what was searched, and when last.
        texts: what stands on the about page where nobody wrote something else.
    """

    title: str
    label: str
    searches: tuple[tuple[str, str], ...]
    texts: MapTexts


def known(desk: Desk, taken: TakenScheme, study_ids: Iterable[int]) -> KnownTexts:
    """What the review knows of a map of these studies, which were coded with this scheme."""
    with desk.reading() as c:
        review = reviews.get(c, desk.review_id)
        texts = known_of_review(c, desk.review_id)
        listed = sources.listing(c, desk.review_id)
        standing = coders.of_studies(c, desk.review_id, taken.id)
    agreed = [standing[study_id].is_agreed for study_id in study_ids if study_id in standing]
    return KnownTexts(
        title=review.title,
        label=review.label,
        searches=tuple(_newest_by_name(listed).items()),
        texts=replace(texts, coding=_coding(taken, agreed)),
    )


def known_of_review(connection: Connection, review_id: int) -> MapTexts:
    """What a review knows of itself, whatever is on its map; so not how that was coded."""
    review = reviews.get(connection, review_id)
    entered = next(iter(about.history(connection, review_id, limit=1)), None)
    texts = MapTexts(
        question=review.question,
        criteria="\n".join(review.criteria),
        searched_to=searched_to(sources.listing(connection, review_id)),
    )
    if entered is None:
        return texts
    return replace(
        texts,
        licence=entered.about.licence,
        citation=suggested_citation(entered.about, review.title, entered.at.year),
        contact=entered.about.contact,
    )


def with_own(known_texts: MapTexts, own: MapTexts) -> MapTexts:
    """What people wrote, and where they wrote nothing what the review knows."""
    written = {name: text for name, text in asdict(own).items() if text}
    return MapTexts(**{**asdict(known_texts), **written})


def searched_to(listed: Iterable[Source]) -> str:
    """The day to which all databases and registers were searched: of the newest search of each, the
    earliest; empty while the date of one is not known.
    """
    searches = [source for source in listed if source.kind in SEARCHED]
    return min(_newest_by_name(searches).values(), default="")


def _newest_by_name(listed: Iterable[Source]) -> dict[str, str]:
    """When each source was searched last, by its name as people know it.

    What brings an earlier search up to date is a search of the same source, whatever its name.
    """
    by_id = {source.id: source for source in listed}
    dates: dict[str, list[str]] = defaultdict(list)
    for source in by_id.values():
        first = source
        seen = {first.id}
        while first.update_of in by_id and first.update_of not in seen:
            first = by_id[first.update_of]
            seen.add(first.id)
        dates[first.database or first.name].append(source.date_searched)
    return {name: max(of_source) for name, of_source in dates.items()}


def _coding(taken: TakenScheme, agreed: Sequence[bool]) -> str:
    """How the studies were coded, and by how many people."""
    scheme = taken.scheme
    text = f"Coded with “{scheme.title}”, version {scheme.version}."
    by_several, by_one = sum(agreed), len(agreed) - sum(agreed)
    if by_several and by_one:
        text += (
            f" Of {len(agreed):,} studies, {by_several:,} have a coding that several people agreed "
            f"on, and {by_one:,} that of one person."
        )
    elif agreed:
        by = "several people, who agreed" if by_several else "one person"
        text += f" Each study was coded by {by}."
    return text
