"""The table of effects: what the desk computes from each finding, to analyse elsewhere.

Nothing of it is read back, since it follows from the findings.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import isfinite

from evidence.coding.coding_tables.exported import ExportedCoding, ExportedFinding
from evidence.coding.coding_tables.vocabulary import Vocabulary
from evidence.coding.effects.effect import Effect
from evidence.coding.finding_effects import Computed, computed_of
from evidence.coding.number_fields import NumbersKind
from evidence.coding.scheme import Axis

Cell = str | int | float | None
NO_NUMBERS = "No numbers are entered from which an effect follows."
BEYOND = "infinite"  # a limit of a ratio beyond all numbers
COMPUTED_FROM: Mapping[str, str] = {
    NumbersKind.MEANS: "means",
    NumbersKind.TABLE: "2x2 table",
    NumbersKind.EFFECT: "effect as printed",
    NumbersKind.TEST: "t or p of a test",
    NumbersKind.CORRELATION: "correlation",
}
_NO_EFFECT: tuple[Cell, ...] = ("",) * 8


def effect_rows(
    coding: ExportedCoding,
    vocabulary: Vocabulary,
    arms: Mapping[str, str],
    times: Mapping[str, str],
) -> Iterator[tuple[Cell, ...]]:
    """The cells of each effect of each finding of a coding, without those that say of which study.

    A finding without an effect has one row that says why; so has a measure that was refused.

    Args:
        coding: with its findings.
        vocabulary: the labels of codes, and the schemes as the desk asks them.
        arms: labels by uid.
        times: labels of time points by uid.
    """
    scheme = vocabulary.newest.get(coding.scheme)
    if scheme is None:
        return
    for finding in coding.findings:
        start = _start(finding, coding, vocabulary, arms, times)
        source = COMPUTED_FROM.get(finding.fields.get("numbers_kind", ""), "")
        for numbers, text, remark in _ends(computed_of(finding.fields, scheme)):
            yield (*start, *numbers, source if text else "", text, remark)


def _start(
    finding: ExportedFinding, coding: ExportedCoding, vocabulary: Vocabulary,
    arms: Mapping[str, str], times: Mapping[str, str],
) -> tuple[Cell, ...]:  # fmt: skip
    fields = finding.fields
    labels = (
        vocabulary.axis_label(coding.scheme, axis, fields[axis.value])
        if fields.get(axis.value)
        else ""
        for axis in (Axis.INTERVENTION, Axis.OUTCOME, Axis.CONTRAST)
    )
    groups = (fields.get(name, "") for name in ("arm_intervention", "arm_comparison"))
    time = fields.get("time", "")
    return (
        *(coding.scheme, coding.state, "yes" if coding.is_agreed else "no", finding.uid),
        *(*labels, fields.get("measure", ""), times.get(time, time)),
        *(*(arms.get(group, group) for group in groups), fields.get("benefit", "")),
    )


def _ends(computed: Computed) -> Iterator[tuple[Sequence[Cell], str, str]]:
    """Measure, scale, eight numbers, how people read it, and a remark; for each effect."""
    for effect in computed.effects:
        yield _numbers(effect), computed.effect, " ".join(effect.steps)
    for refusal in computed.refusals:
        measure = refusal.measure
        yield (measure.short_name, measure.value, *_NO_EFFECT), "", refusal.sentence
    if not computed.effects and not computed.refusals:
        yield ("", "", *_NO_EFFECT), "", computed.why_none or NO_NUMBERS


def _numbers(effect: Effect) -> Sequence[Cell]:
    natural = effect.natural()
    low, high = effect.interval()
    return (
        *(effect.measure.short_name, effect.measure.value),
        *(effect.estimate, effect.standard_error, low, high, effect.variance),
        *(_finite(each) for each in (natural.estimate, natural.low, natural.high)),
    )


def _finite(number: float) -> Cell:
    return number if isfinite(number) else BEYOND
