"""Against metafor 3.8-1 of Debian 12 (R 4.2.2): numbers of our own making, results of its escalc.

The call stands beside each result. Defaults are metafor's: vtype LS, add 1/2, to only0.
"""

import pytest

from evidence.coding.effects.compute import effect_of
from evidence.coding.effects.counts import ZeroCells, log_odds_ratio
from evidence.coding.effects.means import small_sample_correction
from evidence.coding.effects.measures import Measure
from evidence.coding.effects.printed import PrintedP
from evidence.coding.effects.reported import Correlation, PTest, Reported, Side, Spread, TTest
from tests.coding.effects.entries import counts, effect, group, interval, means, number, sd, se

MD, SMD = Measure.MEAN_DIFFERENCE, Measure.STANDARDISED_MEAN_DIFFERENCE
OR, RR, RD = Measure.LOG_ODDS_RATIO, Measure.LOG_RISK_RATIO, Measure.RISK_DIFFERENCE


def agrees(reported: Reported, measure: Measure, estimate: float, variance: float) -> None:
    found = effect(effect_of(reported, measure))
    assert found.estimate == pytest.approx(estimate, rel=1e-12, abs=1e-14)
    assert found.variance == pytest.approx(variance, rel=1e-12)


def two(n1: int, m1: float, first: Spread, n2: int, m2: float, second: Spread) -> Reported:
    return means(group(n1, m1, first), group(n2, m2, second))


@pytest.mark.parametrize(
    ("reported", "md", "smd"),
    [
        # R says of escalc("MD" and "SMD", m1i, sd1i, n1i, m2i, sd2i, n2i)
        (
            two(14, 12.4, sd(3.2), 17, 10.1, sd(4.1)),
            (2.3, 1.72025210084034),
            (0.601552879257214, 0.136088647074895),
        ),
        (
            two(5, 3.1, sd(0.7), 3, 3.9, sd(1.3)),
            (-0.8, 0.661333333333333),
            (-0.736593958091203, 0.567243999526862),
        ),
        (
            two(200, -2, sd(5), 190, 1.5, sd(7.5)),
            (-3.5, 0.421052631578947),
            (-0.550799700370775, 0.0106521070100298),
        ),
        # the same with sd1i = 0.8 * sqrt(14), sd2i = 1.1 * sqrt(17)
        (
            two(14, 12.4, se(0.8), 17, 10.1, se(1.1)),
            (2.3, 1.85),
            (0.571422654550423, 0.135518614552166),
        ),
        # the same with sqrt(n) * (u - l) / (2 * qt((1 + level) / 2, n - 1)) as SDs
        (
            two(14, 12.4, interval(10.6, 14.2), 17, 10.1, interval(8.3, 11.9, 0.9)),
            (2.3, 1.7571612881653),
            (0.591780470778092, 0.135900554478954),
        ),
    ],
)
def test_means(reported: Reported, md: tuple[float, float], smd: tuple[float, float]) -> None:
    agrees(reported, MD, *md)
    agrees(reported, SMD, *smd)


@pytest.mark.parametrize(
    ("table", "odds", "risk"),
    [
        # R says of escalc("OR" and "RR", ai, n1i, ci, n2i)
        (
            (7, 30, 11, 28),
            (-0.754265995615991, 0.336068024047564),
            (-0.520977995230009, 0.164718614718615),
        ),
        (
            (0, 22, 3, 25),
            (-1.94591014905531, 2.37460317460317),
            (-1.82330782696298, 2.20377448638318),
        ),
        (
            (12, 12, 6, 15),
            (3.5983654465731, 2.33910931174089),
            (0.861565832184909, 0.0944230769230769),
        ),
        (
            (5, 60, 0, 58),
            (2.45053900628379, 2.21693021693022),
            (2.36455885253078, 2.14847558665286),
        ),
    ],
)
def test_ratios(
    table: tuple[int, int, int, int], odds: tuple[float, float], risk: tuple[float, float]
) -> None:
    agrees(counts(*table), OR, *odds)
    agrees(counts(*table), RR, *risk)


def test_another_addition_to_zero_cells() -> None:
    # R says of escalc("OR", ai=0, n1i=22, ci=3, n2i=25, add=.25)
    found = effect(log_odds_ratio(counts(0, 22, 3, 25), ZeroCells(added=0.25)))
    assert found.estimate == pytest.approx(-2.56494935746154, rel=1e-12)
    assert found.variance == pytest.approx(4.39757994814175, rel=1e-12)


@pytest.mark.parametrize(
    ("table", "estimate", "variance"),
    [
        # R says of escalc("RD", ai, n1i, ci, n2i, to="none"); for RD we add nothing
        ((7, 30, 11, 28), -0.15952380952381, 0.0144815489687939),
        ((0, 22, 3, 25), -0.12, 0.004224),
        ((12, 12, 6, 15), 0.6, 0.016),
        ((5, 60, 0, 58), 0.0833333333333333, 0.00127314814814815),
    ],
)
def test_risk_differences(
    table: tuple[int, int, int, int], estimate: float, variance: float
) -> None:
    agrees(counts(*table), RD, estimate, variance)


@pytest.mark.parametrize(
    ("r", "n", "z", "variance"),
    [
        # R says of escalc("ZCOR", ri, ni)
        (0.42, 33, 0.447692023527421, 0.0333333333333333),
        (-0.9, 4, -1.47221948958322, 1.0),
        (0.0, 12, 0.0, 0.111111111111111),
        (0.05, 800, 0.0500417292784913, 0.00125470514429109),
    ],
)
def test_correlations(r: float, n: int, z: float, variance: float) -> None:
    agrees(Correlation(r=number(r), n=n), Measure.FISHER_Z, z, variance)


def test_t() -> None:
    # R says of escalc("SMD", ti=2.31, n1i=18, n2i=15)
    test = TTest(t=number("2.31"), n_intervention=18, n_comparison=15)
    agrees(test, SMD, 0.787858811959425, 0.131627093549224)


def test_p() -> None:
    # R says of escalc("SMD", ti=-qt(.013/2, 31, lower=FALSE), n1i=18, n2i=15)
    test = PTest(
        p=PrintedP(number=number("0.013")),
        higher=Side.COMPARISON,
        n_intervention=18,
        n_comparison=15,
    )
    agrees(test, SMD, -0.898899245546487, 0.134464947277435)


@pytest.mark.parametrize(
    ("degrees_of_freedom", "correction"),
    [
        # metafor:::.cmicalc(m)
        (2, 0.564189583547756),
        (3, 0.723601254558268),
        (10, 0.922745608053087),
        (50, 0.98491194229556),
        (199, 0.996225623024769),
        (200, 0.996244522479178),
        (201, 0.996263233605747),
        (1000, 0.999249781179478),
    ],
)
def test_the_correction_for_small_samples_is_exact(
    degrees_of_freedom: int, correction: float
) -> None:
    # metafor's own difference of two lgamma loses digits as m grows
    assert small_sample_correction(degrees_of_freedom) == pytest.approx(correction, rel=2e-13)
