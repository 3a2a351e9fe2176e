"""Three checks that find where claims conflict; each tells in a sentence what to look at.

They judge nothing: a person reads the sentence, and the documents.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import combinations

from evidence.synthesis.claims.claim import Claim, NamedWork, years
from evidence.synthesis.claims.figures import HALF, Figure, FigureRole

WorkKey = Callable[[NamedWork], str]


class Check(StrEnum):
    """What is checked. The value is its name on the screen."""

    OTHER_VALUE = "Same work and figure, another value"
    PARTS = "Parts against their total"
    DATES = "Dates"


CHECK_WORDS: Mapping[Check, str] = {
    Check.OTHER_VALUE: "Two claims cite or were traced to the same work and give another value for "
    "the same figure of the same group; each may be rounded by less than half a unit of its last "
    "digit.",
    Check.PARTS: "The parts of a total do not add up to it; half a unit of the last printed digit "
    "is allowed for each percentage, since it is rounded, and nothing for counts.",
    Check.DATES: "The year that a source prints for the work that it cites is not that of the "
    "work, or a figure is later than the work it is cited from, or that work later than the "
    "source.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimConflict:
    """What one of the checks found.

    Attributes:
        check: which.
        uids: of the claims it is about.
        text: in a sentence.
    """

    check: Check
    uids: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedClaim:
    """A claim with the works behind it.

    Attributes:
        works: keys of those that it cites or was traced to; the same work has the same key.
        cited_year: of the cited work, as the review has it; None where it has none.
    """

    claim: Claim
    works: frozenset[str] = frozenset()
    cited_year: int | None = None


def conflicts(claims: Sequence[TracedClaim]) -> tuple[ClaimConflict, ...]:
    """What the three checks find among these claims, check by check."""
    return (
        *(found for pair in combinations(claims, 2) for found in _other_values(*pair)),
        *(found for each in claims for found in parts_against_total(each.claim)),
        *(found for each in claims for found in dates(each)),
    )


def _other_values(first: TracedClaim, second: TracedClaim) -> Iterator[ClaimConflict]:
    if not first.works & second.works:
        return
    by_key = {figure.key: figure for figure in second.claim.figures}
    for figure in first.claim.figures:
        other = by_key.get(figure.key)
        if other is None or figure.amount is None or other.amount is None:
            continue
        if not figure.amount.agrees(other.amount):
            yield ClaimConflict(
                check=Check.OTHER_VALUE,
                uids=(first.claim.uid, second.claim.uid),
                text=_other_value_sentence((first.claim, figure), (second.claim, other)),
            )


def _other_value_sentence(first: tuple[Claim, Figure], second: tuple[Claim, Figure]) -> str:
    (claim, figure), (other_claim, other) = first, second
    of_group = f" ({figure.group})" if figure.group else ""
    bases = ""
    if figure.base.casefold() != other.base.casefold():
        bases = " Their bases differ, too."
    return (
        f"“{figure.measure}”{of_group} from the same work is {figure.printed} in "
        f"“{claim.source}” and {other.printed} in “{other_claim.source}”.{bases}"
    )


def parts_against_total(claim: Claim) -> Iterator[ClaimConflict]:
    """The parts of a total that do not add up to it, unit by unit.

    A part that is a range, or only bounded, adds up to nothing, so that its total is not checked.

    Args:
        claim: with figures of which some are parts and one of each unit is their total.
    """
    for total in (each for each in claim.figures if each.role is FigureRole.TOTAL):
        parts = [
            each
            for each in claim.figures
            if each.role is FigureRole.PART and each.unit == total.unit
        ]
        amounts = [part.amount for part in parts]
        values = [amount.exact for amount in amounts if amount and amount.exact is not None]
        whole = total.amount.exact if total.amount else None
        if whole is None or not parts or len(values) < len(parts):
            continue
        slack = HALF * sum(
            (amount.unit for amount in amounts if amount and total.is_percentage), Decimal(0)
        )
        added = sum(values, Decimal(0))
        if abs(added - whole) > slack:
            terms = " + ".join(part.value for part in parts)
            yield ClaimConflict(
                check=Check.PARTS,
                uids=(claim.uid,),
                text=f"In “{claim.source}”, {terms} is {added:,} {total.unit}; the total is "
                f"{total.value} {total.unit}{_allowed(slack)}.",
            )


def _allowed(slack: Decimal) -> str:
    return f", and rounding explains {slack:f} at most" if slack else ""


def dates(traced: TracedClaim) -> Iterator[ClaimConflict]:
    """Years that cannot be together: figure, cited work and source come in this order."""
    claim = traced.claim
    printed = max(years(claim.cited.year), default=None)
    cited = traced.cited_year or printed
    figure = max(years(claim.year), default=None)
    source = max(years(claim.source_year), default=None)
    for text in _date_sentences(
        f"“{claim.source}”", figure, printed, traced.cited_year, cited, source
    ):
        yield ClaimConflict(check=Check.DATES, uids=(claim.uid,), text=text)


def _date_sentences(
    where: str,
    figure: int | None,
    printed: int | None,
    known: int | None,
    cited: int | None,
    source: int | None,
) -> Iterator[str]:
    if printed and known and printed != known:
        yield f"{where} dates the work that it cites {printed}; the review has {known} for it."
    if figure and cited and figure > cited:
        yield (
            f"{where} gives {figure} as the year of its figure; the work that it cites for it is "
            f"of {cited}."
        )
    if cited and source and cited > source:
        yield f"{where} is of {source}; the work that it cites is of {cited}, which is later."
    if figure and source and figure > source and not (cited and cited > source):
        yield f"{where} is of {source}; the year of its figure is {figure}, which is later."
