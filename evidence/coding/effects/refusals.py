"""Why a number was not taken or not computed, as values with plain words."""

from dataclasses import dataclass

from evidence.coding.effects.measures import Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that cannot be right in what was entered.

    Attributes:
        place: the field, as a path of attribute names: `intervention.spread`, `clusters.icc`.
        sentence: what is wrong and what to do; it may quote what was typed, so escape it.
    """

    place: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """An effect that is not computed, and why.

    Attributes:
        measure: what was asked for.
        faults: at least one.
    """

    measure: Measure
    faults: tuple[Fault, ...]

    @property
    def sentence(self) -> str:
        """Why, in plain words."""
        return " ".join(fault.sentence for fault in self.faults)
