"""Single values of an export, read tolerantly: texts, numbers, flags, lists."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from evidence.eppi.account import Ledger
from evidence.eppi.json_text import Json

_DAMAGED = re.compile("[\ud800-\udfff\0]")
_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Entry:
    """An object of the file whose values are asked by name.

    Attributes:
        place: where it stands, for people.
    """

    values: Json
    place: str
    ledger: Ledger

    def text(self, name: str) -> str:
        """A text as it stands, without blanks around it; a number becomes its digits."""
        return self.raw_text(name).strip()

    def raw_text(self, name: str) -> str:
        """A text as it stands; "" where there is none."""
        value = self.values.get(name)
        if isinstance(value, str):
            if _DAMAGED.search(value):
                self.ledger.repair(
                    self.place, "A text holds half a character or a zero byte; it was replaced."
                )
                return _DAMAGED.sub("\N{REPLACEMENT CHARACTER}", value)
            return value
        if value is None or isinstance(value, bool):
            return ""
        if isinstance(value, int | float):
            return f"{value:.15g}" if isinstance(value, float) else str(value)
        self.ledger.repair(self.place, f"{name} is no text; it was left out.")
        return ""

    def whole(self, name: str) -> int:
        """A whole number; 0 where there is none."""
        return self.identifier(name) or 0

    def identifier(self, name: str) -> int | None:
        """A whole number above 0; None where there is none."""
        value = self.values.get(name)
        if isinstance(value, str) and re.fullmatch(r"\d{1,19}", value.strip(), re.ASCII):
            value = int(value)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= _LARGEST:
            return value
        return None

    def number(self, name: str) -> float | None:
        """A number; None where there is none, for null and for "NaN"."""
        value = self.values.get(name)
        if isinstance(value, str):
            try:
                value = float(value)
            except ValueError:
                value = None
            if value is None or not math.isfinite(value):
                self.ledger.repair(self.place, f"{name} is no number; it counts as not given.")
                return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        return float(value) if math.isfinite(value) else None

    def objects(self, name: str) -> Iterator[tuple[Json | None, int]]:
        """The objects of a list with their places in it; None for what is no object."""
        value = self.values.get(name)
        if isinstance(value, list):
            for number, each in enumerate(value, 1):
                yield (each if isinstance(each, dict) else None), number
