"""Outcomes of an export: results with the numbers that were typed and those that EPPI computed."""

import math
from collections.abc import Iterator

from evidence.eppi.account import Ledger, Part
from evidence.eppi.arms import ArmsSeen, TimesSeen
from evidence.eppi.export import Outcome
from evidence.eppi.values import Entry

NUMBERS = 14
KINDS = range(8)
STORED = (
    "SMD", "SESMD", "CILowerSMD", "CIUpperSMD", "R", "SER", "CILowerR", "CIUpperR",
    "OddsRatio", "SEOddsRatio", "CILowerOddsRatio", "CIUpperOddsRatio",
    "RiskRatio", "SERiskRatio", "CILowerRiskRatio", "CIUpperRiskRatio",
    "RiskDifference", "SERiskDifference", "CILowerRiskDifference", "CIUpperRiskDifference",
    "MeanDifference", "SEMeanDifference", "CILowerMeanDifference", "CIUpperMeanDifference",
    "PetoOR", "SEPetoOR", "CILowerPetoOddsRatio", "CIUpperPetoOddsRatio",
    "ES", "SEES", "CILower", "CIUpper",
)  # fmt: skip
"""Names of what EPPI computes from the numbers that were typed."""


def read_outcomes(
    reference: Entry, arms: ArmsSeen, times: TimesSeen, ledger: Ledger
) -> Iterator[Outcome]:
    """The outcomes of a reference; what is none is told."""
    for each, number in reference.objects("Outcomes"):
        place = f"{reference.place}, outcome {number}"
        if each is None:
            ledger.leave_out(Part.OUTCOMES, place, "It is no outcome; nothing in it to read.")
            continue
        yield _outcome(Entry(each, place, ledger), number, arms, times)


def _outcome(entry: Entry, number: int, arms: ArmsSeen, times: TimesSeen) -> Outcome:
    return Outcome(
        id=entry.whole("OutcomeId") or number,
        type=_kind(entry),
        title=entry.text("Title"),
        description=entry.text("OutcomeDescription"),
        intervention=entry.whole("ItemAttributeIdIntervention"),
        comparison=entry.whole("ItemAttributeIdControl"),
        outcome=entry.whole("ItemAttributeIdOutcome"),
        intervention_text=entry.text("InterventionText"),
        comparison_text=entry.text("ControlText"),
        outcome_text=entry.text("OutcomeText"),
        time_point=times.named(entry),
        arm_1=arms.named(entry, "ItemArmIdGrp1", "grp1ArmName"),
        arm_2=arms.named(entry, "ItemArmIdGrp2", "grp2ArmName"),
        numbers=tuple(entry.number(f"Data{place}") for place in range(1, NUMBERS + 1)),
        stored=tuple(_stored(entry)),
        classification=tuple(_classification(entry)),
    )


def _kind(entry: Entry) -> int:
    value = entry.number("OutcomeTypeId")
    if value is not None and value in KINDS:
        return int(value)
    entry.ledger.repair(
        entry.place, "The outcome does not say what its numbers are; they are kept as a note."
    )
    return -1


def _stored(entry: Entry) -> Iterator[tuple[str, float]]:
    """Numbers that EPPI computed; it writes 0 also where it has computed nothing."""
    for name in STORED:
        value = entry.values.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            yield name, float(value)


def _classification(entry: Entry) -> Iterator[tuple[int, str]]:
    holder = entry.values.get("OutcomeCodes")
    if not isinstance(holder, dict):
        return
    for each, _ in Entry(holder, entry.place, entry.ledger).objects("OutcomeItemAttributesList"):
        inner = Entry(each or {}, entry.place, entry.ledger)
        identifier = inner.identifier("AttributeId")
        if identifier is None:
            entry.ledger.repair(entry.place, "A code of the outcome has no id; it is left out.")
        else:
            yield identifier, inner.text("AdditionalText")
