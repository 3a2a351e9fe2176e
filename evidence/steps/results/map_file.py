"""The map of a review as one file that anyone can open."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from evidence.errors import Invalid
from evidence.exports.map_colours import MapColours
from evidence.exports.map_file import map_file
from evidence.steps.desk import Desk
from evidence.steps.results import map_document as documents
from evidence.steps.results.map_document import Wanted
from evidence.store.area_versions import Area, made_from
from evidence.synthesis.dimensions import Dimension
from evidence.synthesis.map_document import Json, LongTexts, map_document, sealed
from evidence.synthesis.map_view import MapView, default_view, from_address, to_address
from evidence.synthesis.public_map import (
    Document,
    document_dimensions,
    without_dimensions,
    without_texts,
)

ENDING = "html"
MEDIA_TYPE = "text/html"
NOTHING_CODED = "No study of this review is coded completely yet."
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
        without: ids of dimensions that stay out, `question:design` or, shorter, `design`. What
            their codes say of a study as a whole (a review, ongoing, of low weight) stays counted.
        texts: which long texts readers get.
    """

    title: str = ""
    view: str = ""
    rows: str = ""
    columns: str = ""
    segment: str = ""
    without: tuple[str, ...] = ()
    texts: LongTexts = field(default_factory=LongTexts)
    colours: MapColours = field(default_factory=MapColours)


@dataclass(frozen=True, slots=True, kw_only=True)
class MapChoices:
    """What authors choose from.

    Attributes:
        title: of the review.
        dimensions: id and title of each.
    """

    title: str
    dimensions: tuple[tuple[str, str], ...]


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
def make(desk: Desk, how: Wanted, wishes: MapWishes) -> MadeMap:
    """The file with the complete codings that the person at the desk may see.

    Args:
        desk: of the person who takes the file away.
        how: what `map_document.wanted` gives.
        wishes: of the authors.

    Raises:
        Invalid: nothing is coded, too little would be left, or a wish cannot be met.
    """
    content = documents.content(desk, how, abstracts=wishes.texts.abstracts)
    if content is None or not content.studies:
        raise Invalid(NOTHING_CODED)
    return file_of(map_document(content, wishes.texts), wishes)


def file_of(document: Document, wishes: MapWishes) -> MadeMap:
    """The file of a map's document.

    Raises:
        Invalid: too little would be left, or a wish cannot be met.
    """
    public = public_document(document, wishes)
    title, studies = str(public["title"]), len(document["studies"]["id"])
    return MadeMap(
        name=f"{_words_of_name(title)}map{_number_of(public)}.{ENDING}",
        data=map_file(public, wishes.colours),
        studies=studies,
    )


@made_from(Area.RECORDS | Area.RESULTS)
def choices(desk: Desk, how: Wanted) -> MapChoices:
    """What the file could have.

    Raises:
        Invalid: nothing is coded.
    """
    content = documents.content(desk, how)
    if content is None or not content.studies:
        raise Invalid(NOTHING_CODED)
    return MapChoices(
        title=content.title,
        dimensions=tuple((dimension.id, dimension.title) for dimension in content.dimensions),
    )


def public_document(document: Document, wishes: MapWishes) -> Json:
    """The document without what authors keep to themselves, and with the view they chose.

    Raises:
        Invalid: a dimension is not on the map, too few are left, or the view cannot be read.
    """
    dimensions = document_dimensions(document)
    hidden = _hidden(dimensions, wishes.without)
    left = tuple(each for each in dimensions if each.id not in hidden)
    if len(left) < _ROWS_AND_COLUMNS:
        raise Invalid("A map needs rows and columns; leave out fewer questions.")
    view = _view(document, left, wishes)
    public = without_texts(without_dimensions(document, hidden), wishes.texts)
    title = wishes.title.strip() or document["title"]
    return sealed({**public, "title": title, "view": to_address(view)})


def _hidden(dimensions: Sequence[Dimension], without: Sequence[str]) -> set[str]:
    ids = [dimension.id for dimension in dimensions]
    hidden = {each if each in ids else f"{_PREFIX}{each}" for each in without}
    unknown = sorted(hidden - set(ids))
    if unknown:
        raise Invalid(
            f"This map has no “{unknown[0].removeprefix(_PREFIX)}”. It has: {', '.join(ids)}."
        )
    return hidden


def _view(document: Document, dimensions: Sequence[Dimension], wishes: MapWishes) -> MapView:
    studies = set(document["studies"]["id"])
    if wishes.view:
        view = _readable(wishes.view.rpartition("#")[2], dimensions, studies)
    else:
        own = from_address(document["view"], dimensions, studies)
        # What is left of a view of which a part stays out is none that anybody chose.
        view = default_view(dimensions) if own.told else own.view
    if not (wishes.rows or wishes.columns or wishes.segment):
        return view
    rows, columns = wishes.rows or view.rows, wishes.columns or view.columns
    if rows == columns:
        rows, columns = (rows, view.rows) if wishes.rows else (view.columns, columns)
    segment = wishes.segment or (view.segment if view.segment not in {rows, columns} else None)
    changed = replace(view, rows=rows, columns=columns, segment=segment)
    return _readable(to_address(changed), dimensions, studies)


def _readable(address: str, dimensions: Sequence[Dimension], studies: set[int]) -> MapView:
    asked = from_address(address, dimensions, studies)
    if asked.told:
        raise Invalid(" ".join(asked.told))
    return asked.view


def _number_of(document: Document) -> str:
    return f"-version-{document['frozen']['number']}" if "frozen" in document else ""


def _words_of_name(title: str) -> str:
    words = _NOT_IN_NAMES.sub("-", title).strip("-").lower()[:_LONGEST_NAME].strip("-")
    return f"{words}-" if words else ""
