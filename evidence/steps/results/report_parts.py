"""What live parts of a report come to, each filled once for facts of one moment."""

from dataclasses import dataclass, field

from evidence.charts.picture import Picture
from evidence.report.facts import ReviewFacts
from evidence.report.live_content import LiveContent, ReportFigure
from evidence.report.live_parts import live_content
from evidence.report.live_tokens import LiveToken
from evidence.report.part_values import PartValue, part_value
from evidence.steps.results.report_pictures import picture

MOST_KEPT = 2_000  # tokens; who writes one letter for letter asks for many


@dataclass(slots=True, kw_only=True)
class FilledParts:
    """The facts of a report, and what live parts came to.

    Attributes:
        facts: of one moment, as one person may hear them.
        hears_all: whether nothing is hidden from that person until their own coding is complete;
            else what they hear is no measure of what others wrote.
    """

    facts: ReviewFacts
    hears_all: bool = True
    contents: dict[str, LiveContent] = field(default_factory=dict)
    pictures: dict[str, Picture] = field(default_factory=dict)
    _values: dict[str, PartValue | None] = field(default_factory=dict)

    def content(self, token: LiveToken) -> LiveContent:
        """What a live part comes to."""
        if token.id not in self.contents:
            self._make_room()
            self.contents[token.id] = live_content(self.facts, token)
        return self.contents[token.id]

    def picture(self, token: LiveToken) -> Picture | None:
        """The picture of a figure; None for all else."""
        content = self.content(token)
        if isinstance(content, ReportFigure) and token.id not in self.pictures:
            self.pictures[token.id] = picture(self.facts, token)
        return self.pictures.get(token.id)

    def value(self, token: LiveToken) -> PartValue | None:
        """What a live part says, to be compared later; None where it cannot be filled."""
        if token.id not in self._values:
            drawn = self.picture(token)
            shown = f"{drawn.text}{drawn.table!r}" if drawn else ""
            self._values[token.id] = part_value(self.content(token), shown)
        return self._values[token.id]

    def _make_room(self) -> None:
        if len(self.contents) >= MOST_KEPT:
            for kept in (self.contents, self.pictures, self._values):
                kept.clear()
