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
from evidence.synthesis.map_document import LongTexts, MapContent, map_document
from evidence.synthesis.map_view import MapView, default_view, from_address, to_address

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
    public = public_content(content, wishes)
    return MadeMap(
        name=f"{_words_of_name(public.title)}map.{ENDING}",
        data=map_file(map_document(public, wishes.texts), wishes.colours),
        studies=len(public.studies),
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


def public_content(content: MapContent, wishes: MapWishes) -> MapContent:
    """The content without what authors keep to themselves, and with the view they chose.

    Raises:
        Invalid: a dimension is not on the map, too few are left, or the view cannot be read.
    """
    hidden = _hidden(content.dimensions, wishes.without)
    dimensions = tuple(each for each in content.dimensions if each.id not in hidden)
    if len(dimensions) < _ROWS_AND_COLUMNS:
        raise Invalid("A map needs rows and columns; leave out fewer questions.")
    ids = {dimension.id for dimension in dimensions}
    marks = tuple(m for m in content.gaps.not_applicable if {m[0], m[2]} <= ids)
    return replace(
        content,
        title=wishes.title.strip() or content.title,
        dimensions=dimensions,
        silent_dimensions=tuple(each for each in content.dimensions if each.id in hidden),
        gaps=replace(content.gaps, not_applicable=marks),
        notes=tuple(n for n in content.notes if n.dimension not in hidden),
        view=_view(content, dimensions, wishes),
    )


def _hidden(dimensions: Sequence[Dimension], without: Sequence[str]) -> set[str]:
    ids = [dimension.id for dimension in dimensions]
    hidden = {each if each in ids else f"{_PREFIX}{each}" for each in without}
    unknown = sorted(hidden - set(ids))
    if unknown:
        raise Invalid(
            f"This map has no “{unknown[0].removeprefix(_PREFIX)}”. It has: {', '.join(ids)}."
        )
    return hidden


def _view(content: MapContent, dimensions: Sequence[Dimension], wishes: MapWishes) -> MapView:
    studies = {study.id for study in content.studies}
    if wishes.view:
        view = _readable(wishes.view.rpartition("#")[2], dimensions, studies)
    else:
        own = from_address(to_address(content.view), dimensions, studies)
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


def _words_of_name(title: str) -> str:
    words = _NOT_IN_NAMES.sub("-", title).strip("-").lower()[:_LONGEST_NAME].strip("-")
    return f"{words}-" if words else ""
