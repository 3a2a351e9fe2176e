"""Versions of the map: editors freeze it, and everybody can look at what was frozen.

A version has the codings that count, whoever freezes it: no draft, nothing that waits for
reconciling. But who is coding a study of it does not see there what others say of it, either; so
for them such studies are left out when they look. Nothing changes a version or takes it away.
"""

import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass, replace

from evidence.errors import Invalid
from evidence.steps.coding import schemes
from evidence.steps.desk import Desk
from evidence.steps.results import coded_studies, map_abstracts, map_document
from evidence.steps.results.map_abstracts import MapAbstracts
from evidence.steps.results.map_document import NOTHING_CODED, PackedMap, packed_map
from evidence.steps.review import reviews
from evidence.store import Connection, Role
from evidence.store.area_versions import NOTHING, Area, made_from
from evidence.store.practice.practice_stamp import STAMPED, practice_stamp
from evidence.store.results import direction_rules, map_settings, map_versions
from evidence.store.results.map_versions import MapVersion, NewVersion
from evidence.store.review import reviews as kept_reviews
from evidence.store.schema.column_types import clean
from evidence.synthesis.changes.told_changes import with_changes
from evidence.synthesis.map_document import FORMAT, Json, as_json, sealed
from evidence.synthesis.map_document import map_document as document_of
from evidence.synthesis.public_map import Document, without_studies, without_texts

LONGEST_NOTE = 2_000  # letters
LARGEST = 50_000_000  # bytes of a packed document; 5,000 studies with all their texts take 4
ATTEMPTS = 3
MADE_FROM = Area.RECORDS | Area.RESULTS
BUSY = "The review is being changed right now, so nothing was frozen. Please try again in a moment."


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenVersion:
    """A version, as one person may see it now.

    Attributes:
        hidden: ids of the studies of which nothing may reach the person yet, on it or not.
    """

    number: int
    hidden: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownVersion:
    """What one person is shown of a version.

    Attributes:
        document: with all its texts, and `frozen`, which says of which version it is.
        hidden: how many studies are left out, because the person is coding them or still to.
    """

    version: MapVersion
    document: Document
    hidden: int


def listing(desk: Desk) -> list[MapVersion]:
    """The versions of the map, newest first."""
    with desk.reading() as c:
        return map_versions.listing(c, desk.review_id)


def freeze(desk: Desk, note: str = "") -> MapVersion:
    """Keep the map as it is now as its next version.

    Args:
        desk: of an editor.
        note: what the version is for.

    Raises:
        Invalid: nothing is coded, nothing changed since the newest version, the note or the map is
            too large, or the review changes all the time.
    """
    desk.require(Role.EDITOR)
    note = clean(note).strip()
    if len(note) > LONGEST_NOTE:
        raise Invalid(f"The note is too long; please use at most {LONGEST_NOTE:,} letters.")
    for _ in range(ATTEMPTS):
        before = reviews.versions(desk, MADE_FROM)
        how = map_document.wanted(desk)
        new = _new_version(desk, how, note)
        with desk.writing(Role.EDITOR, areas=NOTHING) as w:
            now = kept_reviews.versions(w.connection, w.review_id, MADE_FROM)
            if now == before and _is_shown_so(w.connection, w.review_id, how):
                _refuse_the_same(w.connection, w.review_id, new)
                return map_versions.get(w.connection, w.review_id, map_versions.add(w, new))
    raise Invalid(BUSY)


def seen(desk: Desk, number: int) -> SeenVersion:
    """A version, with the studies that the person at the desk is coding, or still to, with a scheme
    whose codes are on it.

    Raises:
        NotFound: there is no such version.
    """
    with desk.reading() as c:
        version = map_versions.get(c, desk.review_id, number)
    unheard = (coded_studies.unheard_with(desk, each) for each in version.scheme_ids)
    hidden = {study for of_scheme in unheard for study in of_scheme}
    return SeenVersion(number=number, hidden=tuple(sorted(hidden)))


@made_from(Area.RESULTS)
def shown(desk: Desk, of: SeenVersion) -> ShownVersion:
    """A version without what is hidden from the person at the desk.

    Args:
        desk: of who looks.
        of: what `seen` gives for this desk.

    Raises:
        NotFound: there is no such version.
        Invalid: another Waymark wrote it in a format that this one does not read.
    """
    with desk.reading() as c:
        version = map_versions.get(c, desk.review_id, of.number)
        frozen = _read(map_versions.document(c, desk.review_id, of.number), of.number)
    left: Document = without_studies(frozen, of.hidden)
    hidden = version.studies - len(left["studies"]["id"])
    mark = {"number": version.number, "date": f"{version.at:%Y-%m-%d}", "note": version.note}
    caption = " ".join(filter(None, [str(left["caption"]), _of_hidden(hidden)]))
    document = sealed({**left, "caption": caption, "frozen": mark})
    return ShownVersion(version=version, document=document, hidden=hidden)


@made_from(Area.RESULTS)
def packed_version(desk: Desk, of: SeenVersion) -> PackedMap:
    """A version as its viewer takes it, with the texts that the app shows.

    Args:
        desk: of who looks.
        of: what `seen` gives for this desk.

    Raises:
        NotFound: there is no such version.
        Invalid: another Waymark wrote it in a format that this one does not read.
    """
    return packed_map(without_texts(shown(desk, of).document, map_document.TEXTS_OF_THE_APP))


@made_from(Area.RESULTS)
def abstracts(desk: Desk, of: SeenVersion) -> MapAbstracts:
    """The abstracts of a version, which come after it, as they were when it was frozen.

    Args:
        desk: of who looks.
        of: what `seen` gives for this desk.

    Raises:
        NotFound: there is no such version.
        Invalid: another Waymark wrote it in a format that this one does not read.
    """
    studies = shown(desk, of).document["studies"]
    reports = (
        [(each.get("title", ""), each.get("abstract", "")) for each in of_study]
        for of_study in studies["reports"]
    )
    return map_abstracts.packed(dict(zip(studies["id"], reports, strict=True)))


@made_from(Area.RESULTS)
def packed_since(
    desk: Desk, now: PackedMap, since: SeenVersion, how: map_document.Wanted
) -> PackedMap:
    """A map of the app with what changed since a version.

    Args:
        desk: of who looks.
        now: the map, or a version of it.
        since: what `seen` gives for this desk.
        how: what `map_document.wanted` gives.

    Raises:
        NotFound: there is no such version.
        Invalid: another Waymark wrote it in a format that this one does not read, or the map is of
            that version or of an earlier one.
    """
    document = json.loads(gzip.decompress(now.packed))
    texts = map_document.TEXTS_OF_THE_APP
    return packed_map(
        with_changes_since(desk, document, since, how, lambda before: without_texts(before, texts))
    )


def with_changes_since(
    desk: Desk,
    document: Document,
    since: SeenVersion,
    how: map_document.Wanted,
    as_public: Callable[[Document], Document],
) -> Json:
    """A document with what changed since a version; of what is hidden in either nothing is told.

    Args:
        desk: of who looks.
        document: of the map.
        since: what `seen` gives for this desk.
        how: what `map_document.wanted` gives.
        as_public: leaves of the version what the document has, too.

    Raises:
        Invalid: the document is of that version or of an earlier one.
    """
    frozen = document.get("frozen")
    if frozen and since.number >= frozen["number"]:
        raise Invalid(
            f"What changed is told since an earlier version; version {since.number} is no earlier "
            f"one than version {frozen['number']}."
        )
    before = as_public(shown(desk, since).document)
    aside = {*since.hidden, *(study for _, unheard in how.unheard_of for study in unheard)}
    return with_changes(document, before, aside)


def _of_hidden(number: int) -> str:
    if not number:
        return ""
    studies = "1 study of this version is" if number == 1 else f"{number:,} of its studies are"
    return f"{studies} hidden from you until your own coding is complete."


def _new_version(desk: Desk, how: map_document.Wanted, note: str) -> NewVersion:
    scheme_ids = tuple(each.id for each in schemes.of_map(desk))
    heard = replace(how, unheard_of=tuple((scheme_id, ()) for scheme_id in scheme_ids))
    content = map_document.content(desk, heard, abstracts=True)
    if content is None or not content.studies:
        raise Invalid(NOTHING_CODED)
    document = document_of(content)
    packed = map_versions.packed(as_json(document))
    if len(packed) > LARGEST:
        raise Invalid(
            f"The map is too large to be frozen: {len(packed):,} bytes, of at most {LARGEST:,}."
        )
    return NewVersion(
        note=note,
        studies=len(content.studies),
        searched_to=content.searched_to,
        digest=str(document["version"]),
        scheme_ids=scheme_ids,
        packed=packed,
    )


def _is_shown_so(connection: Connection, review_id: int, how: map_document.Wanted) -> bool:
    """Whether settings, rules, marks and services of the map are still as they were read."""
    marks = map_settings.not_applicable(connection, review_id)
    return (
        map_settings.current(connection, review_id) == how.settings
        and direction_rules.current(connection, review_id) == how.rules
        and tuple(mark.cell for mark in marks) == how.not_applicable
        and practice_stamp(connection, review_id) == how.practice[:STAMPED]
    )


def _refuse_the_same(connection: Connection, review_id: int, new: NewVersion) -> None:
    """A second press of the button, or a colleague's, freezes nothing twice."""
    newest = next(iter(map_versions.listing(connection, review_id)), None)
    if newest and newest.digest == new.digest:
        raise Invalid(
            f"Nothing on the map changed since version {newest.number}, which {newest.person} "
            f"froze on {newest.at:%Y-%m-%d}; so there is nothing to freeze."
        )


def _read(text: str, number: int) -> Document:
    document: Document = json.loads(text)
    if document.get("format") != FORMAT:
        raise Invalid(
            f"Version {number} of the map is kept as “{document.get('format')}”, and this Waymark "
            f"reads “{FORMAT}” only. Please open it with the Waymark that froze it."
        )
    return document
