"""A claim as it was published, and whether the work that it cites supports it."""

import re
from dataclasses import dataclass
from enum import StrEnum

from evidence.synthesis.claims.figures import Figure, why_no_figure

_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")


class ClaimKind(StrEnum):
    """What a claim rests on. The codes stand in databases and never change."""

    RESEARCH = "research figure"
    COSTS = "costs"
    CASE = "case story"
    TESTIMONY = "testimony"


class ClaimVerdict(StrEnum):
    """Whether the cited work supports a claim. The codes stand in databases and never change."""

    SUPPORTS = "supports"
    PARTLY = "partly"
    DOES_NOT = "does not"
    CANNOT_TELL = "cannot be told"
    NOT_LOOKED_UP = "not looked up"


VERDICT_WORDS = {
    ClaimVerdict.SUPPORTS: "The cited work supports it",
    ClaimVerdict.PARTLY: "The cited work supports it partly",
    ClaimVerdict.DOES_NOT: "The cited work does not support it",
    ClaimVerdict.CANNOT_TELL: "Whether the cited work supports it cannot be told",
    ClaimVerdict.NOT_LOOKED_UP: "Nobody has looked up whether the cited work supports it",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedWork:
    """A work that a claim cites, or to which somebody traced it.

    Attributes:
        work: id of a work of the review; None where it is none of them.
        citation: the work as the source names it, or in other words.
        year: of the work, as the source prints it; empty where it prints none.
    """

    work: int | None = None
    citation: str = ""
    year: str = ""

    @property
    def is_named(self) -> bool:
        """Whether it names anything."""
        return self.work is not None or bool(self.citation)


NO_WORK = NamedWork()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimJudgement:
    """What somebody says of a claim.

    Attributes:
        verdict: whether the cited work supports it.
        reason: why they say so.
        traced: in which work they looked.
    """

    verdict: ClaimVerdict = ClaimVerdict.NOT_LOOKED_UP
    reason: str = ""
    traced: NamedWork = NO_WORK


NOT_JUDGED = ClaimJudgement()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A claim as it was published.

    Attributes:
        uid: by which it stays the same when its words change.
        text: what is claimed, in the review's own words.
        kind: what it rests on.
        figures: that it gives, in their order.
        people: how many the figures are about; None where the source does not say it.
        year: of the figures, as the claim gives it.
        population: about whom it is.
        comparator: with what it compares.
        source: the document that claims it.
        place: where in the document.
        source_year: of the document.
        cited: the work that the document cites for it.
    """

    uid: str
    text: str
    kind: ClaimKind = ClaimKind.RESEARCH
    figures: tuple[Figure, ...] = ()
    people: int | None = None
    year: str = ""
    population: str = ""
    comparator: str = ""
    source: str = ""
    place: str = ""
    source_year: str = ""
    cited: NamedWork = NO_WORK

    @property
    def where(self) -> str:
        """Document and place."""
        return ", ".join(filter(None, (self.source, self.place)))


def years(text: str) -> tuple[int, ...]:
    """The years in a text, such as those of `2004/05` or `1991 to 2006`."""
    return tuple(map(int, _YEAR.findall(text)))


def why_no_claim(claim: Claim) -> str:
    """What a claim lacks, in a sentence; empty where it can be kept."""
    if not claim.text:
        return "Say in your own words what is claimed."
    if not claim.source:
        return "Name the document that claims it."
    if claim.people is not None and claim.people < 1:
        return "How many the figures are about is a whole number from 1 on, or left empty."
    return next(filter(None, map(why_no_figure, claim.figures)), "")


def why_no_judgement(judgement: ClaimJudgement) -> str:
    """What a judgement lacks, in a sentence; empty where it can be kept."""
    if judgement.verdict is not ClaimVerdict.NOT_LOOKED_UP and not judgement.reason:
        return "Give a reason for the judgement: what the cited work says, or why it cannot tell."
    return ""
