"""Judgements by domain, whatever tool, scheme or file they come from.

"No information" is a state of its own, neither good nor bad (RoB 2, doi:10.1136/bmj.l4898); so is
a judgement that nobody made. Levels are never added up to points.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How a judgement is drawn; its words are those of the tool or the scheme."""

    FAVOURABLE = "favourable"
    MIDDLING = "middling"
    UNFAVOURABLE = "unfavourable"
    CRITICAL = "critical"
    NO_INFORMATION = "no information"
    UNRANKED = "unranked"  # an answer of which nobody said how good it is
    NOT_APPLICABLE = "not applicable"
    NOT_JUDGED = "not judged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What was judged of one domain.

    Attributes:
        words: as the tool, the scheme or the file has them.
    """

    level: Level
    words: str


NOT_JUDGED = Judgement(level=Level.NOT_JUDGED, words="Not judged")


CRITICAL_WORD, CRITICAL_MARK = " (critical)", " *"
"""What stands behind the name of a critical item in tables, and behind its short name in pictures;
`CRITICAL_NOTE` says what the mark means."""
CRITICAL_NOTE = "* critical item."


class Unit(StrEnum):
    """What a row of judgements is about."""

    STUDY = "study"
    RESULT = "result"
    REVIEW = "review"

    def counted(self, number: int) -> str:
        """A number of them in words, as in "3 studies"."""
        several = {Unit.STUDY: "studies", Unit.RESULT: "results", Unit.REVIEW: "reviews"}
        return f"{number:,} {self if number == 1 else several[self]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """What is judged.

    Attributes:
        name: in full.
        short: as it stands above a column.
        is_critical: whether a weakness in it alone lowers the confidence in a review.
    """

    name: str
    short: str
    is_critical: bool = False

    @property
    def marked_name(self) -> str:
        """The name in full, and that it is critical."""
        return f"{self.name}{CRITICAL_WORD}" if self.is_critical else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedRow:
    """The judgements of one study, result or review.

    Attributes:
        study: its label.
        result: which of its results is judged; empty where the whole is.
        judgements: one for each domain, in their order.
        overall: None where there is no overall judgement at all.
        by_rule: what a published rule makes of the judgements; None where there is none, or where
            something is open.
        weight: that the study has in a meta-analysis, in any unit; None where none is given.
        study_id: 0 for a study that is no study of a review.
    """

    study: str
    result: str = ""
    judgements: tuple[Judgement, ...]
    overall: Judgement | None = None
    by_rule: Judgement | None = None
    weight: float | None = None
    study_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementTable:
    """All judgements of one appraisal.

    Attributes:
        title: of the tool or the scheme.
        overall: what the overall judgement is called; empty where there is none.
        notes: what must be known beside it, such as what could not be read; sentences.
        weights_are: what the weights of the rows are, as in "people analysed".
    """

    title: str
    unit: Unit
    domains: tuple[Domain, ...]
    rows: tuple[JudgedRow, ...]
    overall: str = ""
    notes: tuple[str, ...] = ()
    weights_are: str = "weights as given, of one meta-analysis"

    @property
    def has_weights(self) -> bool:
        """Whether every row has a weight, so that bars can be weighted."""
        return bool(self.rows) and all(row.weight is not None for row in self.rows)

    def words_by_level(self) -> dict[Level, tuple[str, ...]]:
        """The words that stand for each level that occurs, in the order of levels."""
        words: dict[Level, dict[str, None]] = {level: {} for level in Level}
        for row in self.rows:
            shown = (
                row.by_rule if row.by_rule and row.overall in {None, NOT_JUDGED} else row.overall
            )
            for judgement in (*row.judgements, *((shown,) if shown else ())):
                words[judgement.level][judgement.words] = None
        return {level: tuple(some) for level, some in words.items() if some}


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How often one level was judged in a domain.

    Attributes:
        words: of the judgements with this level.
        number: of rows, whatever their weights.
        share: of all rows, or of all weight, 0 to 1.
    """

    level: Level
    words: str
    number: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainShares:
    """A domain, or the overall judgement, with the shares of its levels, which come to 1."""

    domain: Domain
    is_overall: bool
    shares: tuple[Share, ...]


def domain_shares(table: JudgementTable, *, weighted: bool = False) -> tuple[DomainShares, ...]:
    """How often each level was judged, domain by domain, the overall judgement last.

    All shares have one base, all rows: also those that were not judged, and those without
    information.

    Args:
        table: what was judged; without any row there are no shares.
        weighted: by the weights of one meta-analysis; else every row counts the same.

    Raises:
        ValueError: it is to be weighted, and a row has no weight.
    """
    if weighted and not table.has_weights:
        raise ValueError("a row has no weight")
    weights = [(row.weight or 0) if weighted else 1 for row in table.rows]
    return tuple(
        DomainShares(domain=domain, is_overall=is_overall, shares=tuple(_shares(column, weights)))
        for domain, is_overall, column in _columns(table)
    )


def _columns(table: JudgementTable) -> Iterator[tuple[Domain, bool, list[Judgement]]]:
    for at, domain in enumerate(table.domains):
        yield domain, False, [row.judgements[at] for row in table.rows]
    if table.overall:
        overall = Domain(name=table.overall, short=table.overall)
        yield overall, True, [row.overall or NOT_JUDGED for row in table.rows]


def _shares(column: Sequence[Judgement], weights: Sequence[float]) -> Iterator[Share]:
    total = sum(weights)
    for level in Level:
        here = [at for at, judgement in enumerate(column) if judgement.level is level]
        if here:
            yield Share(
                level=level,
                words=" / ".join(dict.fromkeys(column[at].words for at in here)),
                number=len(here),
                share=sum(weights[at] for at in here) / total,
            )
