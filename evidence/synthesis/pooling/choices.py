"""How a table is to be pooled, and what else is asked of it."""

from dataclasses import dataclass

from evidence.errors import Invalid
from evidence.synthesis.pooling.measures import PooledMeasure
from evidence.synthesis.pooling.methods import EffectTest, Method
from evidence.synthesis.pooling.pool import USUAL_LEVEL
from evidence.synthesis.pooling.table_effects import ADDED
from evidence.synthesis.pooling.two_by_two import MANTEL_HAENSZEL

_BY_PETO = (None, PooledMeasure.OR, PooledMeasure.PETO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """How a table is to be pooled.

    Attributes:
        measure: computed from its columns; None takes yi and vi.
        test: None takes Knapp and Hartung's with random effects from 3 studies on, else z.
        added: to each cell of a 2x2 table with a cell of 0; MH and PETO add nothing.
    """

    measure: PooledMeasure | None = None
    method: Method = Method.REML
    test: EffectTest | None = None
    level: float = USUAL_LEVEL
    added: float = ADDED

    def __post_init__(self) -> None:
        if self.method is Method.MH and self.measure not in MANTEL_HAENSZEL:
            raise Invalid("MH pools 2x2 tables: name the measure, OR, RR or RD.")
        if self.method is Method.PETO and self.measure not in _BY_PETO:
            raise Invalid("The method PETO gives an odds ratio: name the measure OR or none.")
        if self.method.needs_tables and self.test is EffectTest.KNHA:
            raise Invalid(f"{self.method} has no Knapp and Hartung's test; use z.")
        if not 0 <= self.added <= 1:
            raise Invalid(f"{self.added:g} cannot be added to cells of a table; use 0 to 1.")

    @property
    def computed(self) -> PooledMeasure | None:
        """The measure that is computed from the columns; for the method PETO its own."""
        return PooledMeasure.PETO if self.method is Method.PETO else self.measure

    @property
    def of_tables(self) -> PooledMeasure:
        """The measure of MH and PETO."""
        return self.computed or PooledMeasure.OR


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """What else is asked.

    Attributes:
        subgroup: the column that names the group of each study.
        moderator: the column with a number for each study.
        egger: whether small studies have other effects.
    """

    subgroup: str = ""
    moderator: str = ""
    egger: bool = False
