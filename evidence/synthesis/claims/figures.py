"""The figures of a claim, as they are printed: “at least 70”, “30-40”, “61”."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

PERCENT = "%"
ENDLESS = Decimal("Infinity")
HALF = Decimal("0.5")
_NUMBER = r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d{1,15}(?:\.\d{1,6})?"
_PRINTED = re.compile(
    rf"(?P<word>[a-z][a-z ]*)?\s*(?P<low>{_NUMBER})(?:\s*(?:-|–|to)\s*(?P<high>{_NUMBER}))?"
)
AT_LEAST = frozenset({"at least", "over", "more than"})
AT_MOST = frozenset({"at most", "up to", "under", "less than", "fewer than"})
ABOUT = frozenset({"about", "around", "nearly"})


class FigureRole(StrEnum):
    """What a figure is among those of its claim. The codes stand in databases and never change."""

    STATED = "stated"
    PART = "part"
    TOTAL = "total"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """What a printed value says.

    Attributes:
        low, high: the value, or the ends of a range; of “at least” the high one is endless.
        unit: what the last printed digit counts: 1 for 61, 0.1 for 60.6.
    """

    low: Decimal
    high: Decimal
    unit: Decimal

    @property
    def exact(self) -> Decimal | None:
        """The value, where it is one."""
        return self.low if self.low == self.high else None

    def agrees(self, other: "Amount") -> bool:
        """Whether both can be roundings of one value: less than half a unit of each is allowed."""
        slack = HALF * self.unit + HALF * other.unit
        return self.low < other.high + slack and other.low < self.high + slack


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure of a claim.

    Attributes:
        measure: what is counted; by it the same figure is recognised in other claims.
        value: as it is printed.
        unit: such as `%` or `people`.
        group: of whom it is, where groups are compared; empty for all.
        base: of whom a percentage is.
        base_number: how many they are; None where nobody says it.
        role: whether it is a part of a total, or the total, of this claim.
    """

    measure: str
    value: str
    unit: str = PERCENT
    group: str = ""
    base: str = ""
    base_number: int | None = None
    role: FigureRole = FigureRole.STATED

    @property
    def amount(self) -> Amount | None:
        """What the printed value says; None where it is no number."""
        return read_amount(self.value)

    @property
    def key(self) -> tuple[str, str, str]:
        """By which the same figure is recognised in other claims."""
        return (_alike(self.measure), _alike(self.group), _alike(self.unit))

    @property
    def is_percentage(self) -> bool:
        """Whether it is a share of something, also as `% more` or `% lower`."""
        return PERCENT in self.unit

    @property
    def printed(self) -> str:
        """The value with its unit and its base."""
        value = f"{self.value} {self.unit}".strip()
        if not self.base:
            return value
        number = f" ({self.base_number:,})" if self.base_number is not None else ""
        return f"{value} of {self.base}{number}"


def read_amount(text: str) -> Amount | None:
    """What a printed value says; None where it is no number.

    Args:
        text: a number, a range, or one of them after “at least”, “less than”, “about” and the like.
    """
    match = _PRINTED.fullmatch(" ".join(text.casefold().split()))
    if match is None:
        return None
    word = (match["word"] or "").strip()
    low = _decimal(match["low"])
    high = _decimal(match["high"] or match["low"])
    unit = Decimal(1).scaleb(min(_places(low), _places(high)))
    if high < low or word not in {"", *AT_LEAST, *AT_MOST, *ABOUT}:
        return None
    if word in AT_LEAST:
        high = ENDLESS
    if word in AT_MOST:
        low = -ENDLESS
    return Amount(low=low, high=high, unit=unit)


def why_no_figure(figure: Figure) -> str:
    """What a figure lacks, in a sentence; empty where it can be kept."""
    if not figure.measure:
        return "Say of every figure what it counts."
    if figure.amount is None:
        return (
            f"“{figure.value}” is no figure. Write a number or a range, if need be after “at "
            "least”, “over”, “up to”, “less than” or “about”."
        )
    if figure.is_percentage and not figure.base:
        return (
            f"“{figure.measure}: {figure.value} {figure.unit}” lacks its base: say of whom or of "
            "what it is."
        )
    if figure.base_number is not None and figure.base_number < 1:
        return f"“{figure.measure}”: a base has at least one person or thing."
    return ""


def figures_in_words(figures: tuple[Figure, ...]) -> str:
    """All figures in a line; those of several groups on one measure stand against each other.

    Args:
        figures: of one claim, in their order.
    """
    by_measure: dict[str, list[Figure]] = {}
    for figure in figures:
        by_measure.setdefault(figure.measure, []).append(figure)
    return "; ".join(f"{measure}: {_against(some)}" for measure, some in by_measure.items())


def _against(figures: list[Figure]) -> str:
    between = " v " if any(figure.group for figure in figures) else ", "
    return between.join(
        f"{figure.printed} ({figure.group})" if figure.group else figure.printed
        for figure in figures
    )


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _places(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _alike(text: str) -> str:
    return " ".join(text.casefold().split())
