"""Effects as people read them, on the natural scale: `SMD 0.02 (−0.31 to 0.35)`."""

from collections.abc import Iterable, Sequence
from math import floor, isinf, log10

from evidence.coding.effects.directions import towards_benefit
from evidence.coding.effects.effect import Effect
from evidence.coding.effects.measures import Measure
from evidence.coding.findings import Benefit

ORDER = (
    Measure.STANDARDISED_MEAN_DIFFERENCE,
    Measure.MEAN_DIFFERENCE,
    Measure.LOG_RISK_RATIO,
    Measure.LOG_ODDS_RATIO,
    Measure.RISK_DIFFERENCE,
    Measure.LOG_HAZARD_RATIO,
    Measure.FISHER_Z,
)
"""Which measure of the same numbers comes first: what compares across instruments, and risks."""

_MOST_DECIMALS = 6
_WHOLE = 1000
_LARGE = 1e7


def effect_text(effects: Sequence[Effect], benefit: Benefit | None) -> str:
    """Effects with their 95 % intervals in a line, and what is better where that is less.

    The sign of differences and correlations is then turned, and said; a ratio stays as reports
    print it, and its better side is said.

    Args:
        effects: of the same numbers, no sign turned yet.
        benefit: of the outcome; None where nobody has said, and nothing is turned.
    """
    in_order = in_reading_order(effects)
    is_lower = benefit is Benefit.LOWER
    texts = [
        _text(towards_benefit(one, Benefit.LOWER) if is_lower and _has_sign(one) else one)
        for one in in_order
    ]
    line = "; ".join(texts)
    return f"{line}. {_turned(in_order)}" if line and is_lower else line


def in_reading_order(effects: Iterable[Effect]) -> list[Effect]:
    """Effects of the same numbers, first what compares across instruments, and risks."""
    return sorted(effects, key=lambda effect: ORDER.index(effect.measure))


def _turned(effects: Sequence[Effect]) -> str:
    """What is better where less of the outcome is."""
    signs, ratios = (
        [one.measure.short_name for one in effects if _has_sign(one) is has_sign]
        for has_sign in (True, False)
    )
    parts = []
    if ratios:
        parts.append(f"{' and '.join(ratios)} below 1 {_is(ratios)} better")
    if signs:
        parts.append(f"the sign of {' and '.join(signs)} is turned, so that above 0 is better")
    return f"Less of the outcome is better: {'; '.join(parts)}."


def _is(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _has_sign(effect: Effect) -> bool:
    return not effect.measure.is_ratio


def _text(effect: Effect) -> str:
    natural = effect.natural()
    numbers = (natural.estimate, natural.low, natural.high)
    written = _ratios(numbers) if effect.measure.is_ratio else _differences(effect, numbers)
    estimate, low, high = written
    return f"{effect.measure.short_name} {estimate} ({low} to {high})"


def _ratios(numbers: Sequence[float]) -> list[str]:
    return [_ratio(number) for number in numbers]


def _ratio(number: float) -> str:
    smallest = 0.1
    if isinf(number):
        return "∞"
    if number >= _LARGE:
        return f"{number:.3g}"
    if number >= _WHOLE:
        return f"{number:.0f}"
    return f"{number:.2f}" if number >= smallest else f"{number:.2g}"


def _differences(effect: Effect, numbers: Sequence[float]) -> list[str]:
    """With as many decimals as the SE makes sense of; at least two where units are always alike."""
    fewest = 0 if effect.measure is Measure.MEAN_DIFFERENCE else 2
    decimals = max(fewest, 1 - floor(log10(effect.standard_error)))
    return [_difference(number, decimals) for number in numbers]


def _difference(number: float, decimals: int) -> str:
    if decimals > _MOST_DECIMALS or abs(number) >= _LARGE:
        text = f"{number:.3g}"
    else:
        text = f"{number:.{decimals}f}"
    if float(text) == 0:
        text = text.lstrip("-")
    return text.replace("-", "−")
