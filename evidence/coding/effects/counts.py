"""Log odds ratio, log risk ratio and risk difference of a 2x2 table."""

from dataclasses import dataclass
from math import isfinite, log

from evidence.coding.effects.effect import Effect, effect_or_refusal
from evidence.coding.effects.faults import faults_in
from evidence.coding.effects.measures import Measure
from evidence.coding.effects.refusals import Fault, Refusal
from evidence.coding.effects.reported import Counts
from evidence.errors import Invalid


@dataclass(frozen=True, slots=True, kw_only=True)
class ZeroCells:
    """What is done where a cell of a 2x2 table is 0; a setting of the protocol.

    Attributes:
        added: to each of the four cells of such a table, and of no other. With 0 nothing is added,
            and such a table has no odds ratio and no risk ratio.
    """

    added: float = 0.5

    def __post_init__(self) -> None:
        if not (isfinite(self.added) and 0 <= self.added <= 1):
            raise Invalid(f"{self.added:g} cannot be added to cells of a table; use 0 to 1.")

    @property
    def rule(self) -> str:
        """The rule in a sentence, to be printed under figures."""
        leaves = "studies without events in both groups leave odds ratios and risk ratios"
        if not self.added:
            return f"Tables with a cell of 0 give no odds ratio and no risk ratio; {leaves}."
        return f"{self.added:g} is added to each cell of tables with a cell of 0; {leaves}."


STANDARD_ZERO_CELLS = ZeroCells()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The four cells in plain numbers: with and without event, intervention first."""

    a: float
    b: float
    c: float
    d: float

    @property
    def has_zero(self) -> bool:
        """Whether any cell is 0."""
        return not (self.a and self.b and self.c and self.d)

    @property
    def risk_difference(self) -> float:
        """The risk of the intervention group minus that of the comparison."""
        return self.a / (self.a + self.b) - self.c / (self.c + self.d)

    @property
    def log_odds_ratio(self) -> float:
        """Of a table without zero cells."""
        return log(self.a) - log(self.b) - log(self.c) + log(self.d)

    @property
    def log_risk_ratio(self) -> float:
        """Of a table with events in both groups."""
        return log(self.a) - log(self.a + self.b) - log(self.c) + log(self.c + self.d)

    @property
    def log_odds_ratio_variance(self) -> float:
        """Woolf's."""
        return 1 / self.a + 1 / self.b + 1 / self.c + 1 / self.d

    @property
    def log_risk_ratio_variance(self) -> float:
        """Katz's."""
        return 1 / self.a - 1 / (self.a + self.b) + 1 / self.c - 1 / (self.c + self.d)

    @property
    def risk_difference_variance(self) -> float:
        """Of two independent proportions."""
        first, second = self.a + self.b, self.c + self.d
        return self.a * self.b / first**3 + self.c * self.d / second**3

    def with_added(self, added: float) -> "Table":
        """The table with this added to each cell."""
        return Table(a=self.a + added, b=self.b + added, c=self.c + added, d=self.d + added)

    def divided_by(self, design_effect: float) -> "Table":
        """To how many people without clusters its people in clusters amount."""
        a, b, c, d = (cell / design_effect for cell in (self.a, self.b, self.c, self.d))
        return Table(a=a, b=b, c=c, d=d)


def log_odds_ratio(counts: Counts, zero_cells: ZeroCells = STANDARD_ZERO_CELLS) -> Effect | Refusal:
    """The logarithm of the odds of the event in the intervention group over the comparison's.

    log OR = log(a d / (b c)), variance 1/a + 1/b + 1/c + 1/d (Woolf 1955,
    doi:10.1111/j.1469-1809.1955.tb01348.x). A table without events in both groups, or with events
    in everybody, says nothing about it and is refused.
    """
    table = _table_or_refusal(counts, Measure.LOG_ODDS_RATIO, zero_cells)
    if isinstance(table, Refusal):
        return table
    whole, steps = _without_zeros(table, zero_cells)
    return effect_or_refusal(
        Measure.LOG_ODDS_RATIO,
        whole.log_odds_ratio,
        whole.log_odds_ratio_variance,
        clusters=counts.clusters,
        steps=[*steps, *_turned(table, whole.log_odds_ratio)],
    )


def log_risk_ratio(counts: Counts, zero_cells: ZeroCells = STANDARD_ZERO_CELLS) -> Effect | Refusal:
    """The logarithm of the risk of the event in the intervention group over the comparison's.

    log RR = log(a/n1) − log(c/n2), variance 1/a − 1/n1 + 1/c − 1/n2 (Katz and colleagues 1978,
    doi:10.2307/2530610). A table without events in both groups says nothing about it and is
    refused.
    """
    table = _table_or_refusal(counts, Measure.LOG_RISK_RATIO, zero_cells)
    if isinstance(table, Refusal):
        return table
    whole, steps = _without_zeros(table, zero_cells)
    return effect_or_refusal(
        Measure.LOG_RISK_RATIO,
        whole.log_risk_ratio,
        whole.log_risk_ratio_variance,
        clusters=counts.clusters,
        steps=[*steps, *_turned(table, whole.log_risk_ratio)],
    )


def risk_difference(
    counts: Counts, zero_cells: ZeroCells = STANDARD_ZERO_CELLS
) -> Effect | Refusal:
    """The risk of the event in the intervention group minus the comparison's.

    RD = a/n1 − c/n2, variance a b / n1³ + c d / n2³ (Newcombe 1998,
    doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I, method 1). Nothing is
    added to the cells for the estimate. Where the variance would be 0, because each group has no
    events or events in everybody, it is that of the table with the addition.
    """
    table = _table_or_refusal(counts, Measure.RISK_DIFFERENCE, zero_cells)
    if isinstance(table, Refusal):
        return table
    variance, steps = table.risk_difference_variance, []
    if variance == 0:
        added = zero_cells.added
        variance = table.with_added(added).risk_difference_variance
        steps = [f"For the variance alone, {added:g} was added to each cell; else it would be 0."]
    return effect_or_refusal(
        Measure.RISK_DIFFERENCE,
        table.risk_difference,
        variance,
        clusters=counts.clusters,
        steps=steps,
    )


def table_of(counts: Counts) -> Table:
    """Counts that have no fault, in plain numbers."""
    first, second = counts.intervention, counts.comparison
    return Table(
        a=float(first.events),
        b=float((first.total or 0) - first.events),
        c=float(second.events),
        d=float((second.total or 0) - second.events),
    )


def _table_or_refusal(counts: Counts, measure: Measure, zero_cells: ZeroCells) -> Table | Refusal:
    faults = faults_in(counts)
    if faults:
        return Refusal(measure=measure, faults=faults)
    table = table_of(counts)
    reason = _says_nothing(table, measure, zero_cells)
    if reason:
        return Refusal(measure=measure, faults=(Fault(place="", sentence=reason),))
    return table


def _says_nothing(table: Table, measure: Measure, zero_cells: ZeroCells) -> str:
    name = measure.natural_name
    if measure is Measure.RISK_DIFFERENCE:
        if table.risk_difference_variance or zero_cells.added:
            return ""
        return "Each group has no events or events in everybody, so the variance would be 0."
    if not (table.a or table.c):
        return f"Neither group has an event, so the study says nothing about the {name}."
    if measure is Measure.LOG_ODDS_RATIO and not (table.b or table.d):
        return (
            f"Everybody in both groups has the event, so the study says nothing about the {name}."
        )
    if table.has_zero and not zero_cells.added:
        return f"A cell of the table is 0, and the protocol adds nothing, so there is no {name}."
    return ""


def _without_zeros(table: Table, zero_cells: ZeroCells) -> tuple[Table, list[str]]:
    if not table.has_zero:
        return table, []
    step = f"{zero_cells.added:g} was added to each of the four cells, because one of them is 0."
    return table.with_added(zero_cells.added), [step]


def _turned(table: Table, log_ratio: float) -> list[str]:
    """Groups of very different size: the addition itself can make the other group worse."""
    if table.risk_difference * log_ratio >= 0:
        return []
    return ["This addition turned the direction: the risks as counted differ the other way."]
