"""How closely services follow a model: scores of the items of a scale, summed, and their bands.

It works with any scheme that judges services and whose questions have scores from 1 to 5 as
options. Questionnaires and quarters are none, whatever they ask, so that no form counts twice.
Each scale is looked at alone: totals of two scales mean different things and are never put
together.
An item that is missing or cannot be rated leaves its total unclassified. Where several people
assess a service on one day, each keeps their own total; there is no mean of them.

The bands are those of the Supported Employment Fidelity Scale of 25 items (form of 2008; the scale
was validated by Bond and others 2012, doi:10.1176/appi.ps.201100476). Read in a source: items go
from 1 to 5 and sum to 125 at most; fair is 74 to 99 (title of the UK form); 100 and more is called
good (IPS Grow). General knowledge that agrees with these, but was not read in a source: exemplary
from 115 on, and "not supported employment" up to 73. That the lowest total is 25 is computed.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from evidence.coding.scheme import OptionRole, Question, QuestionKind, Scheme
from evidence.synthesis.practice.service_form import ServiceForm

LOWEST, HIGHEST = 1, 5  # of one item


@dataclass(frozen=True, slots=True, kw_only=True)
class FidelityBand:
    """A range of totals with a name.

    Attributes:
        lowest: the total from which on it holds, up to the next band.
    """

    name: str
    lowest: int


BANDS: Mapping[str, tuple[FidelityBand, ...]] = {
    "supported-employment-fidelity-25": (
        FidelityBand(name="not supported employment", lowest=25),
        FidelityBand(name="fair", lowest=74),
        FidelityBand(name="good", lowest=100),
        FidelityBand(name="exemplary", lowest=115),
    )
}
"""By the id of the scheme, the lowest first; a scale that is not here has totals without bands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FidelityItem:
    """A question of a scale that is answered by a score.

    Attributes:
        scores: what each option is worth, by its id.
        unrated: ids of options that say that it could not be rated.
    """

    id: str
    name: str
    section: str
    scores: Mapping[str, int]
    unrated: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class FidelityScale:
    """A scheme as a scale.

    Attributes:
        scheme_id: by which the review knows it.
        name: the id of the scheme, by which bands are known.
        asks_more: ids of its questions that have no score.
        faults: questions whose options look like scores and are outside 1 to 5, in sentences.
    """

    scheme_id: int
    name: str
    title: str
    items: tuple[FidelityItem, ...]
    asks_more: frozenset[str] = frozenset()
    faults: tuple[str, ...] = ()

    @property
    def lowest(self) -> int:
        """The lowest total that there can be."""
        return LOWEST * len(self.items)

    @property
    def highest(self) -> int:
        """The highest total that there can be."""
        return HIGHEST * len(self.items)

    @property
    def sections(self) -> tuple[str, ...]:
        """The titles of its sections that have items."""
        return tuple(dict.fromkeys(item.section for item in self.items))

    @property
    def bands(self) -> tuple[FidelityBand, ...]:
        """The ranges of its totals; empty where none are known."""
        return BANDS.get(self.name, ())

    def band(self, total: int) -> str:
        """The name of the band of a total; empty where the scale has none."""
        return next((b.name for b in reversed(self.bands) if total >= b.lowest), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionSum:
    """What the items of a section come to.

    Attributes:
        total: None where an item has no score.
        rated: how many of its items have a score.
    """

    title: str
    total: int | None
    rated: int
    items: int

    @property
    def words(self) -> str:
        """The sum with its range, or how many items are rated."""
        if self.total is None:
            return f"no sum: {self.rated} of {self.items} items rated"
        return f"{self.total} of {LOWEST * self.items} to {HIGHEST * self.items}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What one assessor scored a service at, at one time.

    Attributes:
        uid: of the form.
        service: its uid; the name is the one that the service has now.
        occasion: the day or quarter; empty where nobody said.
        assessor: in words; empty where nobody said.
        scores: by id of the item; without those that have none.
        unrated: ids of the items that could not be rated.
        notes: what was written beside an item, by its id.
        faults: answers that the scale does not know, in sentences.
        is_complete: the assessor was done.
    """

    uid: str
    service: str
    service_name: str
    scale: FidelityScale
    occasion: str
    assessor: str
    scores: Mapping[str, int]
    unrated: frozenset[str] = frozenset()
    notes: Mapping[str, str]
    faults: tuple[str, ...] = ()
    is_complete: bool = True

    @property
    def open_items(self) -> tuple[FidelityItem, ...]:
        """The items without a score, in their order."""
        return tuple(item for item in self.scale.items if item.id not in self.scores)

    @property
    def total(self) -> int | None:
        """The sum of all items; None where one has no score or an answer is of another version."""
        if self.open_items or self.faults:
            return None
        return sum(self.scores.values())

    @property
    def band(self) -> str:
        """The band of its total; empty where it has no total or the scale no bands."""
        return "" if self.total is None else self.scale.band(self.total)

    @property
    def sections(self) -> tuple[SectionSum, ...]:
        """What each section comes to."""
        return tuple(self._sum_of(title) for title in self.scale.sections)

    def score_words(self, item: FidelityItem) -> str:
        """The score of an item, or why it has none."""
        if item.id in self.scores:
            return str(self.scores[item.id])
        return "cannot rate" if item.id in self.unrated else "not answered"

    @property
    def why_unclassified(self) -> str:
        """Why there is no total, in a sentence; empty where there is one."""
        if self.faults:
            return " ".join(self.faults)
        if not self.open_items:
            return ""
        names = "; ".join(f"{item.name} ({self.score_words(item)})" for item in self.open_items)
        return f"Not classified, because items have no score: {names}."

    @property
    def words(self) -> str:
        """Total, range and band in a sentence, or why there is none."""
        if self.total is None:
            return self.why_unclassified
        band = f": {self.band}" if self.band else "; this scale has no bands here"
        return f"{self.total} of {self.scale.lowest} to {self.scale.highest}{band}."

    def _sum_of(self, title: str) -> SectionSum:
        items = [item for item in self.scale.items if item.section == title]
        scores = [self.scores[item.id] for item in items if item.id in self.scores]
        total = sum(scores) if len(scores) == len(items) else None
        return SectionSum(title=title, total=total, rated=len(scores), items=len(items))


def fidelity_scale(scheme_id: int, scheme: Scheme) -> FidelityScale | None:
    """A scheme as a scale; None where no question is answered by scores from 1 to 5, and for
    questionnaires and quarters, whose forms count as what services say.
    """
    if not scheme.assesses_services:
        return None
    items, faults, others = [], [], set()
    for section in scheme.sections:
        for question in section.questions:
            item = _item(question, section.title)
            outside = _outside(question)
            if item is not None:
                items.append(item)
            elif outside:
                faults.append(
                    f"“{question.name}” has scores outside {LOWEST} to {HIGHEST} "
                    f"({', '.join(outside)}) and is left out."
                )
            if item is None:
                others.add(question.id)
    if not items:
        return None
    return FidelityScale(
        scheme_id=scheme_id,
        name=scheme.id,
        title=scheme.title,
        items=tuple(items),
        asks_more=frozenset(others),
        faults=tuple(faults),
    )


def assessment(scale: FidelityScale, form: ServiceForm, service_name: str) -> Assessment:
    """A form that was filled in, as an assessment on a scale."""
    by_id = {item.id: item for item in scale.items}
    scores: dict[str, int] = {}
    unrated, faults = set(), []
    for answer in form.answers:
        item = by_id.get(answer.question)
        if item is None:
            if answer.question not in scale.asks_more:
                faults.append(
                    f"“{answer.question}” is not an item of this version of the scale, so the form "
                    "was filled in with another one and is not summed."
                )
        elif not answer.is_answered:
            continue
        elif len(answer.codes) == 1 and answer.codes[0] in item.scores:
            scores[item.id] = item.scores[answer.codes[0]]
        elif len(answer.codes) == 1 and answer.codes[0] in item.unrated:
            unrated.add(item.id)
        else:
            given = ", ".join(answer.codes) or answer.value
            faults.append(
                f"“{given[:40]}” is no score of “{item.name}”; choose {LOWEST} to {HIGHEST} or "
                "“cannot rate”."
            )
    return Assessment(
        uid=form.uid,
        service=form.service,
        service_name=service_name,
        scale=scale,
        occasion=form.occasion,
        assessor=form.filled_by,
        scores=scores,
        unrated=frozenset(unrated),
        notes={answer.question: answer.note for answer in form.answers if answer.note},
        faults=tuple(faults),
        is_complete=form.is_complete,
    )


def _item(question: Question, section: str) -> FidelityItem | None:
    if question.kind is not QuestionKind.ONE:
        return None
    scores = {
        option.id: int(option.label)
        for option in question.options
        if re.fullmatch(rf"[{LOWEST}-{HIGHEST}]", option.label.strip())
    }
    unrated = {o.id for o in question.options if o.role is OptionRole.NO_INFORMATION}
    if not scores or len(scores) + len(unrated) != len(question.options):
        return None
    return FidelityItem(
        id=question.id,
        name=question.name,
        section=section,
        scores=scores,
        unrated=frozenset(unrated),
    )


def _outside(question: Question) -> tuple[str, ...]:
    """Labels of options that are numbers and no scores."""
    labels = [option.label.strip() for option in question.options]
    numbers = [label for label in labels if re.fullmatch(r"-?\d+", label, re.ASCII)]
    return tuple(each for each in numbers if not LOWEST <= int(each) <= HIGHEST)


def finished(assessments: Iterable[Assessment]) -> tuple[Assessment, ...]:
    """Those whose assessor was done."""
    return tuple(each for each in assessments if each.is_complete)
