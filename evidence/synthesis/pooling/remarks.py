"""What people should know of a pooled effect before they print it, in sentences."""

from collections.abc import Iterator, Sequence

from evidence.synthesis.pooling.measures import PooledMeasure, effect_text
from evidence.synthesis.pooling.methods import EffectTest
from evidence.synthesis.pooling.results import Pooled

FEW = 7
"""Studies below which I² is said to be uncertain (von Hippel 2015,
doi:10.1186/s12874-015-0024-z)."""

PAIR = 2


def remarks_on(
    pooled: Pooled, estimates: Sequence[float], *, wanted: EffectTest | None
) -> tuple[str, ...]:
    """All remarks on a pooled effect.

    Args:
        pooled: without remarks.
        estimates: of the studies, in any order.
        wanted: the test that was asked for; None where nobody asked.
    """
    return (
        *_on_few(pooled),
        *_on_the_test(pooled, wanted),
        *_on_heterogeneity(pooled),
        *_on_directions(pooled, estimates),
    )


def on_narrower_interval(pooled: Pooled, measure: PooledMeasure | None) -> tuple[str, ...]:
    """Where Knapp and Hartung's interval is narrower than that of z: both, as readers know them.

    Args:
        pooled: on the scale of analysis.
        measure: of the effect; None where it came as it is.
    """
    if pooled.test is not EffectTest.KNHA or pooled.limits.width >= pooled.wald.width:
        return ()
    knha, wald = (
        f"{effect_text(ends.low, measure, digits=3)} to {effect_text(ends.high, measure, digits=3)}"
        for ends in (pooled.limits, pooled.wald)
    )
    said = (
        f"Knapp and Hartung's interval, {knha}, is narrower than that of the normal distribution, "
    )
    return (f"{said}{wald}; report both.",)


def _on_few(pooled: Pooled) -> Iterator[str]:
    """What one study or two cannot say."""
    if pooled.k == 1:
        yield "There is 1 study, so this is its own result; nothing is pooled."
    elif pooled.k == PAIR and pooled.method.is_random:
        yield (
            "There are 2 studies, from which no method can tell how far studies differ; look at "
            "the two themselves."
        )


def _on_the_test(pooled: Pooled, wanted: EffectTest | None) -> Iterator[str]:
    if wanted is EffectTest.KNHA and pooled.test is EffectTest.Z:
        if pooled.k == 1:
            yield "Knapp and Hartung's test needs 2 studies; the normal distribution is used."
        else:
            yield (
                "All estimates are the same, so Knapp and Hartung's interval would have no width; "
                "the normal distribution is used."
            )
    if pooled.test is not EffectTest.KNHA:
        return
    if not pooled.method.is_random:
        yield "Knapp and Hartung's test is made for random effects, not for one common effect."
    if pooled.k == PAIR:
        yield "With 2 studies, Knapp and Hartung's interval is too wide to say anything."


def _on_heterogeneity(pooled: Pooled) -> Iterator[str]:
    differing = pooled.heterogeneity
    limits = differing.tau2_limits
    if not limits:
        if not pooled.method.is_random and 1 <= differing.free < FEW - 1:
            yield f"I² of {differing.free + 1} studies says little: chance alone moves it far."
        return
    if limits.high == 0:
        yield (
            "The studies differ less than chance alone would make them differ, so the interval of "
            "tau² is empty; 0 to 0 is printed."
        )
    elif not limits.low <= differing.tau2 <= limits.high:
        yield (
            f"tau² by {pooled.method} lies outside of its interval, which rests on Q alone; other "
            "estimators may differ much here."
        )
    if pooled.k < FEW and differing.i2_limits and limits.high:
        yield (
            f"I² of {pooled.k} studies says little: by {pooled.method} it is {differing.i2:.0f} %, "
            f"and anything from {differing.i2_limits.low:.0f} to {differing.i2_limits.high:.0f} % "
            "agrees with them."
        )


def _on_directions(pooled: Pooled, estimates: Sequence[float]) -> Iterator[str]:
    """Where most studies lie on the other side of 0 than the pooled effect."""
    same = sum(estimate * pooled.estimate > 0 for estimate in estimates)
    other = sum(estimate * pooled.estimate < 0 for estimate in estimates)
    if other > same:
        yield (
            f"{other} of {pooled.k} studies lie on the other side of no effect than the pooled "
            "result, which few precise studies carry."
        )
