"""How a review shows its map: numbers by which gaps are told, the view to begin with, texts."""

from dataclasses import dataclass, field
from typing import Self

from evidence.synthesis.practice.practice_map import PracticeJoin


@dataclass(frozen=True, slots=True, kw_only=True)
class MapTexts:
    """What the about page of a map says; an empty text stands for what the review knows itself.

    Attributes:
        question: of the review.
        criteria: what a study must meet, one line each.
        coding: how the studies were coded, and by how many people.
        searched_to: the day, month or year to which all databases were searched, as `2026-05-01`.
        licence: under which the map may be used.
        citation: how the map is to be cited.
        contact: whom to ask.
        next_update: when the map is brought up to date, or that it is not.
    """

    question: str = ""
    criteria: str = ""
    coding: str = ""
    searched_to: str = ""
    licence: str = ""
    citation: str = ""
    contact: str = ""
    next_update: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapSettings:
    """How a review shows its map.

    Attributes:
        few: a cell with so many studies and reviews, or fewer, is marked; 0 marks none.
        several: from so many primary studies on, a cell without a recent review of high quality is
            a synthesis gap.
        recent_since: the year from which on a review is recent; None for five years before the
            last search.
        view: the address of the view to begin with (map_view.py); empty for the usual one.
        joins: which questions to services and about studies ask for the same thing.
    """

    few: int = 0
    several: int = 5
    recent_since: int | None = None
    view: str = ""
    texts: MapTexts = field(default_factory=MapTexts)
    joins: tuple[PracticeJoin, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MapCell:
    """Two headings of two dimensions that cross in a cell, whichever of them are the rows.

    Attributes:
        dimensions: their ids, in alphabetical order.
        headings: the id of a heading of each.
    """

    dimensions: tuple[str, str]
    headings: tuple[str, str]

    @classmethod
    def where(cls, rows: str, row: str, columns: str, column: str) -> Self:
        """The cell in which a row and a column cross."""
        first, second = sorted([(rows, row), (columns, column)])
        return cls(dimensions=(first[0], second[0]), headings=(first[1], second[1]))
