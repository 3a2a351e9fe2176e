"""Counts of studies that documents report, with their parts: no counts of the review itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from evidence.synthesis.claims.claim import Claim
from evidence.synthesis.claims.figures import Figure, FigureRole

STUDIES = "studies"
"""The unit of a figure that counts studies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedCount:
    """How many studies a document says that there are.

    Attributes:
        claim: that says it, with document, place and years.
        total: how many, as it is printed.
        parts: that the same claim gives of them.
    """

    claim: Claim
    total: Figure
    parts: tuple[Figure, ...]

    @property
    def sum_of_parts(self) -> Decimal | None:
        """What the parts come to; None where one is no single number, or none is given."""
        values = [part.amount.exact if part.amount else None for part in self.parts]
        exact = [value for value in values if value is not None]
        return sum(exact, Decimal(0)) if exact and len(exact) == len(values) else None

    @property
    def parts_in_words(self) -> str:
        """`16 from the United States + 3 from Canada = 19`; what differs from the total is told."""
        if not self.parts:
            return "no parts are given"
        terms = " + ".join(f"{part.value} {part.measure}" for part in self.parts)
        total = self.sum_of_parts
        if total is None:
            return f"{terms}: cannot be added up"
        amount = self.total.amount
        right = amount is not None and amount.low <= total <= amount.high
        return f"{terms} = {total:f}" + ("" if right else f", which is not {self.total.value}")


def reported_counts(claims: Iterable[Claim]) -> tuple[ReportedCount, ...]:
    """The totals of studies among figures of claims, in their order."""
    return tuple(
        ReportedCount(
            claim=claim,
            total=total,
            parts=tuple(
                each
                for each in claim.figures
                if each.role is FigureRole.PART and each.unit == STUDIES
            ),
        )
        for claim in claims
        for total in claim.figures
        if total.role is FigureRole.TOTAL and total.unit == STUDIES
    )
