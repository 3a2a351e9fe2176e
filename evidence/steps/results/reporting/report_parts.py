"""What live parts of a report come to, each filled once for facts of one moment."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from evidence.charts.picture import Picture
from evidence.charts.svg_parts import SvgTheme
from evidence.report.facts import ReviewFacts, SectionText
from evidence.report.live_content import LiveContent, ReportFigure
from evidence.report.live_parts import OF_CHECKLIST, live_content
from evidence.report.live_tokens import LiveToken
from evidence.report.part_values import PartValue, is_other, part_value
from evidence.report.usual_sections import Section, usual_sections
from evidence.steps.coding import schemes
from evidence.steps.desk import Desk
from evidence.steps.results import schemes_of_map
from evidence.steps.results.report_facts import facts
from evidence.steps.results.report_pictures import picture
from evidence.steps.results.schemes_of_map import UnheardByScheme
from evidence.steps.review import membership
from evidence.store import events
from evidence.store.area_versions import Area, made_from
from evidence.store.coding import seen_codings
from evidence.store.events import EventKind

MOST_KEPT = 2_000  # tokens; who writes one letter for letter asks for many
JUDGED = (
    EventKind.RESULT_RULES_CHANGED,
    EventKind.CERTAINTY_JUDGED,
    EventKind.REVIEW_FINDING_CHANGED,
    EventKind.CONCLUSION_CHANGED,
    EventKind.STRENGTH_RULE_CHANGED,
    EventKind.THEMES_CHANGED,
    EventKind.INCLUSIONS_CHANGED,
    EventKind.MAP_SETTINGS_CHANGED,
    EventKind.MAP_CELL_MARKED,
    EventKind.COMMENT_ANSWERED,
    EventKind.ABOUT_CHANGED,
    EventKind.STAGE_RULE_CHANGED,
    EventKind.STAGE_OVERRULED,
    EventKind.SEARCH_ADDED,
    EventKind.PROTOCOL_FROZEN,
    EventKind.SERVICES_CHANGED,
    EventKind.SERVICE_FORMS_CHANGED,
    EventKind.SUFFICIENCY_CHANGED,
    EventKind.FRAMEWORK_CHANGED,
    EventKind.PROVISION_RATED,
    EventKind.CLAIM_CHANGED,
    EventKind.PRINCIPLES_CHANGED,
    EventKind.PRINCIPLE_LINKED,
)
"""What changes a report, but no area of a review."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearer:
    """For whom, and when, live parts are filled: the same for an equal one.

    Attributes:
        belongs: whether the person is in the team.
        unheard_of: studies of which they may not hear yet, by scheme.
        hears_all: whether others have not said anything of these studies.
        judged: number of the newest event of the kinds in JUDGED; 0 for none.
        today: the day, in UTC.
    """

    person_id: int
    belongs: bool
    unheard_of: UnheardByScheme
    hears_all: bool
    judged: int
    today: date


def hearer(desk: Desk, today: date | None = None) -> Hearer:
    """The person at the desk as they are now."""
    taken = schemes.taken(desk)
    with desk.reading() as c:
        judged = events.newest_id(c, desk.review_id, JUDGED)
        hidden = [seen_codings.hidden_studies(c, each.id, desk.person_id) for each in taken]
    return Hearer(
        person_id=desk.person_id,
        belongs=membership.standing(desk).belongs,
        unheard_of=schemes_of_map.unheard(desk),
        hears_all=not any(hidden),
        judged=judged,
        today=today or datetime.now(UTC).date(),
    )


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
    _usual: tuple[Section, ...] = ()
    _study_labels: Mapping[int, str] = field(default_factory=dict)
    _values: dict[str, PartValue | None] = field(default_factory=dict)
    _pages: dict[tuple[str, SvgTheme], tuple[str, ...]] = field(default_factory=dict)

    def look_through(self, sections: Sequence[SectionText]) -> None:
        """Let checklists look through these sections, which stand in the report now."""
        if self.facts.sections == tuple(sections):
            return
        self.facts = self.facts.with_sections(sections)
        for token_id in [each for each in list(self.contents) if each.startswith(OF_CHECKLIST)]:
            self.contents.pop(token_id, None)

    @property
    def usual(self) -> tuple[Section, ...]:
        """The sections of the report if nobody had edited it."""
        if not self._usual:
            self._usual = usual_sections(self.facts)
        return self._usual

    @property
    def _labels(self) -> Mapping[int, str]:
        """Of the studies, which stay as they are when sections change."""
        if not self._study_labels:
            self._study_labels = {study.id: study.label for study in self.facts.studies}
        return self._study_labels

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
        """What a live part says, to be compared later; None where it cannot be filled, and of a
        checklist, which changes with every section.
        """
        if token.name.startswith(OF_CHECKLIST):
            return None
        if token.id not in self._values:
            drawn = self.picture(token)
            shown = _shown(drawn) if drawn else ""
            self._values[token.id] = part_value(self.content(token), self._labels, shown)
        return self._values[token.id]

    def is_other(self, token: LiveToken, kept: PartValue) -> bool:
        """Whether a live part says something else than was kept; no, where it cannot be filled."""
        now, drawn = self.value(token), self.picture(token)
        shown_then = f"{drawn.text}{drawn.table!r}" if drawn else ""
        return now is not None and is_other(kept, now, self.content(token), shown_then)

    def pages(self, token: LiveToken, theme: SvgTheme) -> tuple[str, ...]:
        """The pages of a figure as SVG; none for all else."""
        drawn = self.picture(token)
        if drawn is not None and (token.id, theme) not in self._pages:
            self._pages[token.id, theme] = drawn.draw(theme)
        return self._pages.get((token.id, theme), ())

    def _make_room(self) -> None:
        if len(self.contents) >= MOST_KEPT:
            for kept in (self.contents, self.pictures, self._values, self._pages):
                kept.clear()


def _shown(drawn: Picture) -> str:
    """What a reader sees and hears of a figure, with its numbers."""
    table = drawn.table
    return json.dumps([drawn.title, drawn.text, table.head, table.rows], ensure_ascii=False)


@made_from(Area.RECORDS | Area.SCREENING | Area.RESULTS)
def of_person(desk: Desk, hears: Hearer) -> FilledParts:
    """The live parts of the report, as the person at the desk may hear them.

    Args:
        desk: of the person.
        hears: what `hearer` gives for them.
    """
    known = facts(desk, hears.today, hears.unheard_of)
    return FilledParts(facts=known, hears_all=hears.hears_all)
