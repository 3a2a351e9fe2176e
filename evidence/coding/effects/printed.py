"""Numbers as a report prints them: 2.50 is known to two decimals, 2.5 to one.

The text is kept because the decimals say how far a number was rounded; what follows from rounded
numbers is only known within bounds, and a check that forgot this would blame honest reports.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite

from evidence.coding.effects.refusals import Fault
from evidence.errors import Invalid

_NUMBER = re.compile(
    r"[+-]?(?:[0-9]+(?:\.(?P<decimals>[0-9]*))?|\.(?P<bare>[0-9]+))(?P<exponent>e[+-]?[0-9]{1,3})?"
)
_SAME_SIGNS = str.maketrans({"−": "-", "–": "-", "﹣": "-", "－": "-", "·": ".", "E": "e"})
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """A finite number with its printed decimals.

    Equal only where the text is equal: 2.5 and 2.50 say different things. Raises Invalid for a text
    that is no number; what people type goes through `read_number`.

    Attributes:
        text: with - and . as signs, such as `-0.50` or `1e-05`.
    """

    text: str

    def __post_init__(self) -> None:
        if len(self.text) > _LONGEST or not _NUMBER.fullmatch(self.text):
            raise Invalid(f"“{self.text[:_LONGEST]}” is not a number.")
        if not isfinite(float(self.text)):
            raise Invalid(f"“{self.text}” is too large.")

    @property
    def value(self) -> float:
        """The number itself."""
        return float(self.text)

    @property
    def half_unit(self) -> float:
        """How far the true number may lie from it: half a unit of the last printed decimal."""
        match = _NUMBER.fullmatch(self.text)
        decimals = (match["decimals"] or match["bare"] or "") if match else ""
        exponent = int(match["exponent"][1:]) if match and match["exponent"] else 0
        return float(f"0.5e{exponent - len(decimals)}")

    @property
    def low(self) -> float:
        """The smallest number that is printed so."""
        return self.value - self.half_unit

    @property
    def high(self) -> float:
        """The largest number that is printed so."""
        return self.value + self.half_unit

    def __str__(self) -> str:
        return self.text


class Relation(StrEnum):
    """How a printed p stands to the true p."""

    EQUAL = "="
    BELOW = "<"
    ABOVE = ">"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedP:
    """A p-value as printed: `0.03`, `< 0.001`, `> 0.05`; two-sided unless its place says so."""

    number: PrintedNumber
    relation: Relation = Relation.EQUAL

    @property
    def low(self) -> float:
        """The smallest p that it can stand for."""
        bound = self.number.value if self.relation is Relation.ABOVE else self.number.low
        return 0.0 if self.relation is Relation.BELOW else max(0.0, bound)

    @property
    def high(self) -> float:
        """The largest p that it can stand for."""
        bound = self.number.value if self.relation is Relation.BELOW else self.number.high
        return 1.0 if self.relation is Relation.ABOVE else min(1.0, bound)

    def __str__(self) -> str:
        sign = "" if self.relation is Relation.EQUAL else f"{self.relation.value} "
        return f"{sign}{self.number}"


def as_printed(value: float) -> PrintedNumber:
    """A number from a file or program, with the decimals that its shortest writing has.

    Raises:
        Invalid: for nan and infinity.
    """
    return PrintedNumber(repr(value))


def read_number(text: str, place: str) -> PrintedNumber | Fault:
    """What somebody typed into a field for a number.

    Args:
        text: as typed; the minus signs of print (−, –) and the raised point (·) are understood.
        place: of the field, for the fault.
    """
    tidy = "".join(text.split()).translate(_SAME_SIGNS)
    if "," in tidy:
        return Fault(
            place=place,
            sentence=f"“{text.strip()[:_LONGEST]}” has a comma, which can mean thousands or "
            "decimals; write it without, and decimals with a point.",
        )
    try:
        return PrintedNumber(tidy)
    except Invalid:
        return Fault(
            place=place,
            sentence=f"“{text.strip()[:_LONGEST]}” is not a number that can be used; write it as "
            "printed, such as 2.50, or leave the field empty.",
        )


def read_people(text: str, place: str) -> int | Fault:
    """What somebody typed into a field for people or events: a whole number."""
    read = read_number(text, place)
    if isinstance(read, Fault):
        return read
    if not read.value.is_integer():
        return Fault(place=place, sentence=f"{read} is not a whole number; people are counted.")
    return int(read.value)


def read_p(text: str, place: str = "p") -> PrintedP | Fault:
    """What somebody typed into a field for a p-value: `0.03`, `.030`, `= 0.03`, `<0.001`, `>.05`.

    Below and above include the bound itself (≤ and ≥ are read as < and >).
    """
    tidy = text.strip().lower().removeprefix("p").lstrip().replace("≤", "<").replace("≥", ">")
    relation = next((r for r in Relation if tidy.startswith(r)), None)
    number = read_number(tidy.removeprefix(relation or ""), place)
    if isinstance(number, Fault):
        return Fault(
            place=place,
            sentence=f"“{text.strip()[:_LONGEST]}” is not a p-value; write 0.03, < 0.001 or "
            "> 0.05. “Not significant” without a number belongs under reported significance.",
        )
    if not 0 <= number.value <= 1:
        return Fault(place=place, sentence=f"A p-value lies between 0 and 1; {number} does not.")
    return PrintedP(number=number, relation=relation or Relation.EQUAL)
