"""The pages of a figure that stand in a report; what nobody would leaf through is told instead."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from evidence.charts.picture import Picture

MOST_PAGES = 6
"""Of one figure; the whole is a file of its own, from the page that draws it."""


@dataclass(frozen=True, kw_only=True)
class ReportFigures:
    """The figures of a report, each drawn once.

    Attributes:
        pictures: by the id of their tokens.
        about: of which studies each of them is, in words; those of all are not there.
    """

    pictures: Mapping[str, Picture]
    about: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _drawn(self) -> dict[str, tuple[str, ...]]:
        return {}

    def pages(self, token_id: str) -> tuple[str, ...]:
        """The first pages of a figure as SVG; none where there is no such figure."""
        picture = self.pictures.get(token_id)
        if picture is None:
            return ()
        if token_id not in self._drawn:
            self._drawn[token_id] = picture.draw("light")
        return self._drawn[token_id][:MOST_PAGES]

    def caption(self, token_id: str) -> str:
        """What a figure shows and of which studies, so that two alike are told apart."""
        title = self.pictures[token_id].title
        about = self.about.get(token_id)
        named = f"{title} ({about})" if about and about not in title else title
        return f"{named} {self.left_out(token_id)}".rstrip()

    def left_out(self, token_id: str) -> str:
        """How many pages do not stand in the report, in a sentence; empty where all do."""
        self.pages(token_id)
        total = len(self._drawn.get(token_id, ()))
        if total <= MOST_PAGES:
            return ""
        return (
            f"Pages 1 to {MOST_PAGES} of {total:,}. The whole figure is a file of its own, from "
            "the page of Results that draws it."
        )
