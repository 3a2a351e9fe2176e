"""The map of a review as one file that anyone can open."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from evidence.errors import Invalid
from evidence.exports.map_colours import MapColours
from evidence.exports.map_file import map_file
from evidence.steps.desk import Desk
from evidence.steps.results import map_document as documents
from evidence.steps.results import map_versions
from evidence.steps.results.map_document import NOTHING_CODED, Wanted
from evidence.steps.results.map_versions import SeenVersion
from evidence.steps.results.publishing.public_subjects import commented_cells
from evidence.store.area_versions import Area, made_from
from evidence.store.schema.column_types import clean
from evidence.synthesis.dimensions import Dimension
from evidence.synthesis.map_address import from_address, to_address
from evidence.synthesis.map_document import Json, LongTexts, map_document, sealed
from evidence.synthesis.map_view import MapView, default_view
from evidence.synthesis.practice.practice_map import places_in
from evidence.synthesis.practice.practice_view import PracticePlaces
from evidence.synthesis.public_map import (
    Document,
    PublicField,
    PublicServices,
    document_dimensions,
    with_services,
    without_dimensions,
    without_fields,
    without_texts,
)

ENDING = "html"
MEDIA_TYPE = "text/html"
_ROWS_AND_COLUMNS = 2
_PREFIX = "question:"
_NOT_IN_NAMES = re.compile(r"[^\w]+")
_LONGEST_NAME = 60  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class MapWishes:
    """What authors want of the file; everything may be left as it is.

    Attributes:
        title: above the map; empty for the review's.
        view: the address of the view to begin with, as “Copy link” gives it after the “#”; empty
            for the one of the map's settings.
        rows, columns, segment: ids of dimensions that stand there instead; empty for the view's.
        without: ids of dimensions that stay out, `question:design` or, shorter, `design`, and names
            of fields (PublicField). That a study is a review, or ongoing, stays told.
        texts: which long texts readers get.
        comments: whether it is published, with links from cells and studies to the form for
            comments; they stand only where it is served so.
        services: what readers get of services beside studies.
    """

    title: str = ""
    view: str = ""
    rows: str = ""
    columns: str = ""
    segment: str = ""
    without: tuple[str, ...] = ()
    texts: LongTexts = field(default_factory=LongTexts)
    colours: MapColours = field(default_factory=MapColours)
    comments: bool = False
    services: PublicServices = PublicServices.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class MapChoices:
    """What authors choose from.

    Attributes:
        title: of the review.
        dimensions: id and title of each.
        services: how many there are.
    """

    title: str
    dimensions: tuple[tuple[str, str], ...]
    services: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeMap:
    """A file.

    Attributes:
        name: with its ending.
        studies: how many are on the map.
    """

    name: str
    data: bytes
    studies: int


@made_from(Area.RECORDS | Area.RESULTS)
def make(
    desk: Desk,
    how: Wanted,
    wishes: MapWishes,
    version: SeenVersion | None = None,
    since: SeenVersion | None = None,
) -> MadeMap:
    """The file with the complete codings that the person at the desk may see.

    Args:
        desk: of the person who takes the file away.
        how: what `map_document.wanted` gives.
        wishes: of the authors.
        version: the frozen version of which the file is; None for the map as it is now. The same
            version and wishes give the same document, whatever changed since.
        since: the version since which it tells what changed; None for none.

    Raises:
        Invalid: nothing is coded, too little would be left, a wish cannot be met, or a version
            cannot be read.
        NotFound: there is no such version.
    """
    document = _document(desk, how, wishes, version)
    public = public_document(document, wishes, since.number if since else None)
    if since:
        hidden = version.hidden if version else ()
        since = replace(since, hidden=(*since.hidden, *hidden))
        public = map_versions.with_changes_since(
            desk, public, since, how, lambda before: _public_before(before, wishes)
        )
    return MadeMap(
        name=f"{_words_of_name(str(public['title']))}map{_number_of(public)}.{ENDING}",
        data=map_file(public, wishes.colours, commented_cells(public) if wishes.comments else None),
        studies=len(document["studies"]["id"]),
    )


def _document(desk: Desk, how: Wanted, wishes: MapWishes, version: SeenVersion | None) -> Document:
    if version:
        document = map_versions.shown(desk, version).document
        if not document["studies"]["id"]:
            raise Invalid(
                f"All studies of version {version.number} are hidden from you while you code them."
            )
        return document
    content = documents.content(desk, how, abstracts=wishes.texts.abstracts)
    if content is None or not content.studies:
        raise Invalid(NOTHING_CODED)
    return map_document(content, wishes.texts)


@made_from(Area.RECORDS | Area.RESULTS)
def choices(desk: Desk, how: Wanted, version: SeenVersion | None = None) -> MapChoices:
    """What the file could have; the arguments are those of `make`.

    Raises:
        Invalid: nothing is coded, or the version cannot be read.
        NotFound: there is no such version.
    """
    document = _document(desk, how, MapWishes(), version)
    return MapChoices(
        title=document["title"],
        dimensions=tuple((each["id"], each["title"]) for each in document["dimensions"]),
        services=len(document["practice"]["services"]["id"]) if "practice" in document else 0,
    )


def public_document(document: Document, wishes: MapWishes, since: int | None = None) -> Json:
    """The document without what authors keep to themselves, and with the view they chose.

    Args:
        document: of the map.
        wishes: of the authors.
        since: number of the version since which the document will tell what changed.

    Raises:
        Invalid: a dimension is not on the map, too few are left, or the view cannot be read.
    """
    dimensions = document_dimensions(document)
    hidden = _hidden(dimensions, wishes.without)
    left = tuple(each for each in dimensions if each.id not in hidden)
    if len(left) < _ROWS_AND_COLUMNS:
        raise Invalid("A map needs rows and columns; leave out fewer questions.")
    public = _let_out(document, hidden, wishes)
    view = _view(public, left, wishes, since)
    title = clean(wishes.title).strip() or document["title"]
    return sealed({**public, "title": title, "view": to_address(view)})


def _public_before(document: Document, wishes: MapWishes) -> Json:
    """An earlier document with what readers get of the later one; it may lack some of it."""
    hidden = {name for each in wishes.without for name in (each, f"{_PREFIX}{each}")}
    return _let_out(document, hidden, wishes)


def _let_out(document: Document, hidden: Collection[str], wishes: MapWishes) -> Json:
    fields = {PublicField(each) for each in wishes.without if each in set(PublicField)}
    served = with_services(document, wishes.services)
    public = without_texts(without_dimensions(served, hidden), wishes.texts)
    return without_fields(public, fields) if fields else public


def _hidden(dimensions: Sequence[Dimension], without: Sequence[str]) -> set[str]:
    ids = [dimension.id for dimension in dimensions]
    named = [each for each in without if each not in set(PublicField)]
    hidden = {each if each in ids else f"{_PREFIX}{each}" for each in named}
    unknown = sorted(hidden - set(ids))
    if unknown:
        raise Invalid(
            f"This map has no “{unknown[0].removeprefix(_PREFIX)}”. It has: "
            f"{', '.join([*ids, *PublicField])}."
        )
    return hidden


def _view(
    document: Document, dimensions: Sequence[Dimension], wishes: MapWishes, since: int | None
) -> MapView:
    named = _Named(dimensions, set(document["studies"]["id"]), since, places_in(document))
    if wishes.view:
        view = _readable(clean(wishes.view).rpartition("#")[2], named)
    else:
        own = from_address(document["view"], dimensions, named.studies, None, named.practice)
        # What is left of a view of which a part stays out is none that anybody chose.
        view = default_view(dimensions) if own.told else own.view
    if not (wishes.rows or wishes.columns or wishes.segment):
        return view
    rows, columns = wishes.rows or view.rows, wishes.columns or view.columns
    if rows == columns:
        rows, columns = (rows, view.rows) if wishes.rows else (view.columns, columns)
    segment = wishes.segment or (view.segment if view.segment not in {rows, columns} else None)
    changed = replace(view, rows=rows, columns=columns, segment=segment)
    return _readable(to_address(changed), named)


@dataclass(frozen=True, slots=True)
class _Named:
    """What an address can name."""

    dimensions: Sequence[Dimension]
    studies: set[int]
    since: int | None
    practice: PracticePlaces | None


def _readable(address: str, named: _Named) -> MapView:
    asked = from_address(address, named.dimensions, named.studies, named.since, named.practice)
    if asked.told:
        raise Invalid(" ".join(asked.told))
    return asked.view


def _number_of(document: Document) -> str:
    return f"-version-{document['frozen']['number']}" if "frozen" in document else ""


def _words_of_name(title: str) -> str:
    words = _NOT_IN_NAMES.sub("-", title).strip("-").lower()[:_LONGEST_NAME].strip("-")
    return f"{words}-" if words else ""
