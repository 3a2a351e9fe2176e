"""Publishing: the map and the report of a review, frozen under an address with a secret.

What is published is made for somebody who has nothing to do with the review: of studies it has the
codings that count, and neither drafts nor what waits for reconciling. Reports that were left out,
and names of people, are in it only where they were chosen.
"""

import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime

from evidence.errors import Invalid
from evidence.exports.map_file import document_of
from evidence.exports.public_page import policy_of
from evidence.exports.report_html import report_html
from evidence.report.statements import Statement
from evidence.steps.desk import Desk
from evidence.steps.results import map_document, map_file, map_texts, map_versions, report
from evidence.steps.results.map_file import MapWishes
from evidence.steps.results.publishing import public_subjects
from evidence.steps.results.publishing.public_pages import SUBJECTS
from evidence.steps.results.publishing.public_subjects import PublicSubject
from evidence.steps.results.report import FilledReport
from evidence.steps.results.report_facts import facts
from evidence.steps.review import reviews
from evidence.store import Role
from evidence.store.area_versions import NOTHING
from evidence.store.results import map_settings, publications
from evidence.store.results.publications import NewFile, Publication, PublishedVersion, new_file
from evidence.store.review import people
from evidence.store.review import reviews as kept_reviews
from evidence.store.schema.column_types import clean
from evidence.synthesis.map_document import LongTexts
from evidence.synthesis.public_map import PublicServices

NOBODY = 0  # no person has this number; so it hears what a stranger may hear
TOKEN_BYTES = 32
MAP, REPORT = "map", "report"
LARGEST = 100_000_000  # bytes of a part
LONGEST_TITLE = 500  # letters
LEFT_OUT = ("excluded-reports", "not-retrieved-reports")
NOT_PUBLISHED = "This list is not part of what was published."
DAY_OVER = "This last day is over already, in UTC. Choose a later one, or none."
NOTHING_CHOSEN = "Choose what to publish: the map, the report, or both."


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicChoice:
    """What is published.

    Attributes:
        title: above it; empty for the review's.
        map, report: whether they are part of it.
        map_version: number of the frozen version of the map; None for the map as it is now.
        texts: which long texts the map has.
        left_out: whether the report lists what was excluded in full text or not retrieved.
        names: whether readers see who published it, and in the report who judged claims.
        services: what the map has of services beside studies.
    """

    title: str = ""
    map: bool = True
    report: bool = True
    map_version: int | None = None
    texts: LongTexts = field(default_factory=LongTexts)
    left_out: bool = False
    names: bool = False
    services: PublicServices = PublicServices.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedPage:
    """An address with what stood under it.

    Attributes:
        versions: newest first.
    """

    publication: Publication
    versions: tuple[PublishedVersion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What is to be published, finished.

    Attributes:
        words: what stands around its parts.
    """

    title: str
    words: dict[str, str]
    files: tuple[NewFile, ...]


def snapshot(desk: Desk, choice: PublicChoice, today: date | None = None) -> Snapshot:
    """What would be published now, all of it from one moment; nothing is kept.

    Args:
        desk: of an editor.
        choice: what is to be published.
        today: the day that stands on it; None for this one, in UTC.

    Raises:
        Invalid: nothing is chosen, nothing is coded for a map, or it is too large.
        NotFound: the map has no such version.
        NotAllowed: the person does not edit the review.
    """
    desk.require(Role.EDITOR)
    if not (choice.map or choice.report):
        raise Invalid(NOTHING_CHOSEN)
    title = clean(choice.title).strip()
    if len(title) > LONGEST_TITLE:
        raise Invalid(f"The title is too long; please use at most {LONGEST_TITLE} letters.")
    with desk.at_one_moment() as still:
        title = title or reviews.get(still).title
        files = tuple(_files(still, replace(choice, title=title), today))
        words = _words(still, choice)
    for each in files:
        if each.size > LARGEST:
            raise Invalid(
                f"The {each.part} is too large to be published: {each.size:,} bytes, of at most "
                f"{LARGEST:,}."
            )
    return Snapshot(title=title, words=words, files=files)


def publish(
    desk: Desk,
    choice: PublicChoice,
    publication_id: int | None = None,
    today: date | None = None,
    last_day: date | None = None,
) -> PublishedPage:
    """Publish what stands now.

    Args:
        desk: of an editor.
        choice: what is published.
        publication_id: of the address under which it is the next version; None for a new one.
        today: as for `snapshot`.
        last_day: of a new address, which is read until the end of that day in UTC; None for no end.
            An address that is there keeps its own; `end_on` changes it.

    Raises:
        Invalid: as for `snapshot`, or the last day is over.
        NotFound: the review has no such address, or the map no such version.
    """
    desk.require(Role.EDITOR)
    if last_day and last_day < (today or datetime.now(UTC).date()):
        raise Invalid(DAY_OVER)
    made = snapshot(desk, choice, today)
    with desk.writing(Role.EDITOR, areas=NOTHING) as w:
        page_id = publication_id or publications.add(
            w, _new_token(), takes_comments=True, ends_on=str(last_day or "")
        )
        publications.add_version(w, page_id, made.title, made.words, asdict(choice), made.files)
    return page(desk, page_id)


def page(desk: Desk, publication_id: int) -> PublishedPage:
    """An address of the review.

    Raises:
        NotFound: it has no such one.
    """
    with desk.reading() as c:
        found = publications.get(c, desk.review_id, publication_id)
        return PublishedPage(publication=found, versions=tuple(publications.versions(c, found.id)))


def listing(desk: Desk) -> list[PublishedPage]:
    """The addresses of the review, newest first."""
    with desk.reading() as c:
        return [
            PublishedPage(publication=each, versions=tuple(publications.versions(c, each.id)))
            for each in publications.listing(c, desk.review_id)
        ]


def withdraw(desk: Desk, publication_id: int) -> None:
    """Let nobody read an address any more, from this moment on.

    Raises:
        NotFound: the review has no such one.
    """
    _change(desk, publication_id, withdrawn=True)


def put_back(desk: Desk, publication_id: int) -> None:
    """Let an address be read again that was withdrawn; what came in an archive gets a new one.

    Raises:
        NotFound: the review has no such one.
    """
    _change(desk, publication_id, withdrawn=False)


def end_on(desk: Desk, publication_id: int, day: date | None) -> None:
    """Let an address be read until the end of a day, in UTC; None for no end.

    Raises:
        NotFound: the review has no such one.
    """
    _change(desk, publication_id, ends_on=str(day) if day else "")


def take_comments(desk: Desk, publication_id: int, *, wanted: bool) -> None:
    """Say whether readers can write comments.

    Raises:
        NotFound: the review has no such address.
    """
    _change(desk, publication_id, takes_comments=wanted)


def address_of(found: Publication) -> str:
    """Where it is read, below the address at which the public pages are served."""
    return f"public/{found.token}/" if found.token else ""


def state_words(found: Publication, today: date) -> str:
    """Whether it is read on a day, in a word."""
    if not found.token:
        return "without an address"
    if found.withdrawn_at is not None:
        return "withdrawn"
    return "open" if found.is_open(today) else "ended"


def _new_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def _change(
    desk: Desk,
    publication_id: int,
    *,
    ends_on: str | None = None,
    withdrawn: bool | None = None,
    takes_comments: bool | None = None,
) -> None:
    """Change what is given; what is None stays."""
    with desk.writing(Role.EDITOR, areas=NOTHING) as w:
        now = publications.get(w.connection, w.review_id, publication_id)
        since = now.withdrawn_at
        if withdrawn is not None:
            since = (since or datetime.now(UTC)) if withdrawn else None
            if not withdrawn and not now.token:
                publications.give_address(w, publication_id, _new_token())
        publications.change(
            w,
            publication_id,
            ends_on=now.ends_on if ends_on is None else ends_on,
            withdrawn_at=since,
            takes_comments=now.takes_comments if takes_comments is None else takes_comments,
        )


def _files(desk: Desk, choice: PublicChoice, today: date | None) -> Iterator[NewFile]:
    reader = replace(desk, store=desk.store.for_the_public(), person_id=NOBODY)
    subjects: list[PublicSubject] = []
    if choice.map:
        version = choice.map_version and map_versions.seen(reader, choice.map_version)
        wishes = MapWishes(
            title=choice.title, texts=choice.texts, comments=True, services=choice.services
        )
        made = map_file.make(reader, map_document.wanted(reader), wishes, version or None)
        subjects += public_subjects.of_map(document_of(made.data))
        yield new_file(MAP, made.data, policy_of(made.data))
    if choice.report:
        known = facts(reader, today, agreed_as_seen_by=desk)
        if not choice.names:
            unnamed = (replace(each, judged_by="") for each in known.claims)
            known = replace(known, claims=tuple(unnamed))
        filled = _as_published(report.filled(reader, today, known), choice)
        written = report_html(filled.report, filled.pictures, is_published=True)
        subjects += public_subjects.of_report(filled.report)
        yield new_file(REPORT, written, policy_of(written))
    yield new_file(SUBJECTS, public_subjects.as_json(subjects))


def _as_published(filled: FilledReport, choice: PublicChoice) -> FilledReport:
    """The report under the title of what is published; lists that stay out are said to."""
    live = filled.report.live
    if not choice.left_out:
        said = Statement(text=NOT_PUBLISHED)
        live = {token: said if token in LEFT_OUT else each for token, each in live.items()}
    return replace(filled, report=replace(filled.report, title=choice.title, live=live))


def _words(desk: Desk, choice: PublicChoice) -> dict[str, str]:
    """What stands around the parts: what people wrote for the map, else what the review knows."""
    with desk.reading() as c:
        review = kept_reviews.get(c, desk.review_id)
        known = map_texts.known_of_review(c, desk.review_id)
        texts = map_texts.with_own(known, map_settings.current(c, desk.review_id).texts)
        person = people.find(c, desk.person_id)
    return {
        "label": review.label,
        "question": texts.question,
        "published_by": person.name if person and choice.names else "",
        "searched_to": texts.searched_to,
        "licence": texts.licence,
        "citation": texts.citation,
        "contact": texts.contact,
        "next_update": texts.next_update,
    }
