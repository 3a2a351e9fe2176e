"""Areas of a review, which change apart from each other; each has a version of its own.

An answer that is kept in memory (ui/shell/cache.py) carries the versions of the areas it was made
from, and is true for as long as no write touches one of them.
"""

from collections.abc import Callable
from enum import Flag, auto
from typing import Any, TypeVar, cast

Step = TypeVar("Step", bound=Callable[..., Any])


class Area(Flag):
    """What a write touches, and what an answer is made from.

    RESULTS is what maps and counts of studies are made from beside records: studies, complete
    codings, and whether a report of a study is included.
    """

    RECORDS = auto()
    LABELS = auto()
    SCREENING = auto()
    CODING = auto()
    RESULTS = auto()

    @property
    def columns(self) -> list[str]:
        """The columns of `review` that hold the versions of these areas."""
        return [f"{str(area.name).lower()}_version" for area in self]


NOTHING = Area(0)
"""Touched by a write of which no kept answer tells: preferences, background jobs."""

EVERYTHING = ~NOTHING
"""Touched by a write that does not say what it touches."""


def made_from(areas: Area) -> Callable[[Step], Step]:
    """Says of a step that its answer is made from these areas only, so that it may be kept."""

    def mark(step: Step) -> Step:
        vars(step)["areas"] = areas
        return step

    return mark


def areas_of(step: Callable[..., Any]) -> Area:
    """What the answer of a step is made from; everything, where the step does not say it."""
    return cast("Area", getattr(step, "areas", EVERYTHING))
