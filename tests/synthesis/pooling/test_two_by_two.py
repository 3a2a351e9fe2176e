"""Mantel-Haenszel and Peto by their definitions, and by a published set."""

from fractions import Fraction
from math import log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2

from evidence.coding.effects.counts import Table
from evidence.errors import Invalid
from evidence.synthesis.pooling.measures import PooledMeasure
from evidence.synthesis.pooling.methods import Method
from evidence.synthesis.pooling.pool import pool
from evidence.synthesis.pooling.results import NotPooled
from evidence.synthesis.pooling.study_effects import StudyEffect
from evidence.synthesis.pooling.table_effects import table_effect
from evidence.synthesis.pooling.two_by_two import StudyTable, mantel_haenszel, peto
from tests.synthesis.pooling.made_effects import pooled

OR, RR, RD = PooledMeasure.OR, PooledMeasure.RR, PooledMeasure.RD
Cells = tuple[int, int, int, int]

# Vaccination against tuberculosis: 13 trials, cases and others, vaccinated and not (Colditz and
# colleagues 1994, doi:10.1001/jama.1994.03510330076038).
BCG: list[Cells] = [
    *((4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619)),
    *((33, 5036, 47, 5761), (180, 1361, 372, 1079), (8, 2537, 10, 619)),
    *((505, 87886, 499, 87892), (29, 7470, 45, 7232), (17, 1699, 65, 1600)),
    *((186, 50448, 141, 27197), (5, 2493, 3, 2338), (27, 16886, 29, 17825)),
]
SMALL: list[Cells] = [(7, 23, 11, 17), (2, 38, 5, 33), (0, 22, 3, 22)]


def tables(*cells: Cells) -> list[StudyTable]:
    return [
        StudyTable(study=f"S{at}", table=Table(a=a, b=b, c=c, d=d))
        for at, (a, b, c, d) in enumerate(cells, start=1)
    ]


def test_figures_of_a_published_set() -> None:
    risk = pooled(mantel_haenszel(tables(*BCG), RR))
    assert round(RR.natural(risk.estimate), 3) == 0.635
    assert round(OR.natural(pooled(peto(tables(*BCG))).estimate), 3) == 0.622
    assert (risk.k, risk.method, risk.prediction) == (13, Method.MH, None)


def test_odds_ratio_and_risk_ratio_in_fractions() -> None:
    rows = [[Fraction(cell) for cell in cells] for cells in SMALL]
    odds = sum(a * d / (a + b + c + d) for a, b, c, d in rows) / sum(
        b * c / (a + b + c + d) for a, b, c, d in rows
    )
    risks = sum(a * (c + d) / (a + b + c + d) for a, b, c, d in rows) / sum(
        c * (a + b) / (a + b + c + d) for a, b, c, d in rows
    )
    assert pooled(mantel_haenszel(tables(*SMALL), OR)).estimate == pytest.approx(log(odds))
    assert pooled(mantel_haenszel(tables(*SMALL), RR)).estimate == pytest.approx(log(risks))


def test_variance_of_the_odds_ratio_by_robins_breslow_and_greenland() -> None:
    r = s = pr = mixed = qs = 0.0
    for a, b, c, d in SMALL:
        n = a + b + c + d
        r += a * d / n
        s += b * c / n
        pr += (a + d) / n * a * d / n
        mixed += (a + d) / n * b * c / n + (b + c) / n * a * d / n
        qs += (b + c) / n * b * c / n
    variance = pr / (2 * r * r) + mixed / (2 * r * s) + qs / (2 * s * s)
    assert pooled(mantel_haenszel(tables(*SMALL), OR)).se == pytest.approx(sqrt(variance))


def test_variance_of_the_risk_ratio_by_greenland_and_robins() -> None:
    r = s = above = 0.0
    for a, b, c, d in SMALL:
        first, second = a + b, c + d
        n = first + second
        r += a * second / n
        s += c * first / n
        above += (first * second * (a + c) - a * c * n) / n**2
    assert pooled(mantel_haenszel(tables(*SMALL), RR)).se == pytest.approx(sqrt(above / (r * s)))


def test_risk_difference_is_the_mean_of_the_studies_by_their_people() -> None:
    weights = [(a + b) * (c + d) / (a + b + c + d) for a, b, c, d in SMALL]
    risks = [a / (a + b) - c / (c + d) for a, b, c, d in SMALL]
    mean = sum(w * risk for w, risk in zip(weights, risks, strict=True)) / sum(weights)
    found = pooled(mantel_haenszel(tables(*SMALL), RD))
    assert found.estimate == pytest.approx(mean)
    assert found.weights == pytest.approx([100 * weight / sum(weights) for weight in weights])


def test_variance_of_the_risk_difference_by_sato_greenland_and_robins() -> None:
    weights = p_sum = q_sum = 0.0
    found = pooled(mantel_haenszel(tables(*SMALL), RD))
    for a, b, c, d in SMALL:
        first, second = a + b, c + d
        n = first + second
        weights += first * second / n
        p_sum += (first**2 * c - second**2 * a + first * second * (second - first) / 2) / n**2
        q_sum += (a * (second - c) + c * (first - a)) / (2 * n)
    variance = (found.estimate * p_sum + q_sum) / weights**2
    assert found.se == pytest.approx(sqrt(variance))


def test_peto_in_fractions() -> None:
    above, spread, q = Fraction(), Fraction(), Fraction()
    for cells in SMALL:
        a, b, c, d = (Fraction(cell) for cell in cells)
        n = a + b + c + d
        apart = a - (a + b) * (a + c) / n
        v = (a + b) * (c + d) * (a + c) * (b + d) / (n * n * (n - 1))
        above, spread, q = above + apart, spread + v, q + apart * apart / v
    found = pooled(peto(tables(*SMALL)))
    assert found.estimate == pytest.approx(float(above / spread))
    assert found.se == pytest.approx(sqrt(1 / spread))
    assert found.heterogeneity.q == pytest.approx(float(q - above * above / spread))
    assert found.heterogeneity.p == pytest.approx(chi2.sf(found.heterogeneity.q, 2))


def test_a_single_table_gives_its_own_odds_ratio_and_risk_ratio() -> None:
    cells = (7, 23, 11, 17)
    table = Table(a=7, b=23, c=11, d=17)
    for measure in (OR, RR, RD):
        found = pooled(mantel_haenszel(tables(cells), measure))
        assert found.estimate == pytest.approx(table_effect(table, measure, 0.5)[0])
        assert found.heterogeneity.q == 0
        assert "1 study" in found.remarks[0]
    assert pooled(mantel_haenszel(tables(cells), OR)).se == pytest.approx(
        sqrt(table.log_odds_ratio_variance)
    )


def test_heterogeneity_compares_the_studies_own_effects_with_the_pooled_one() -> None:
    found = pooled(mantel_haenszel(tables(*SMALL), OR))
    own = [table_effect(each.table, OR, 0.5) for each in tables(*SMALL)]
    q = sum((y - found.estimate) ** 2 / v for y, v in own)
    assert found.heterogeneity.q == pytest.approx(q)
    assert found.heterogeneity.free == 2


@pytest.mark.parametrize("measure", [OR, RR])
def test_studies_without_events_leave_ratios_and_are_listed(measure: PooledMeasure) -> None:
    with_none = tables(*SMALL, (0, 30, 0, 30))
    found = pooled(mantel_haenszel(with_none, measure))
    alone = pooled(mantel_haenszel(tables(*SMALL), measure))
    assert (found.k, found.estimate, found.se) == (3, alone.estimate, alone.se)
    assert any("Not pooled: S4." in remark for remark in found.remarks)
    assert pooled(peto(with_none)).k == 3


def test_studies_without_events_stay_in_risk_differences() -> None:
    found = pooled(mantel_haenszel(tables(*SMALL, (0, 30, 0, 30)), RD))
    assert found.k == 4
    assert abs(found.estimate) < abs(pooled(mantel_haenszel(tables(*SMALL), RD)).estimate)


@pytest.mark.parametrize("measure", [OR, RR])
def test_no_events_on_one_side_of_all_studies_give_a_sentence(measure: PooledMeasure) -> None:
    found = mantel_haenszel(tables((0, 30, 5, 25), (0, 20, 2, 18)), measure)
    assert isinstance(found, NotPooled)
    assert found.reasons


@pytest.mark.parametrize("measure", [OR, RR])
def test_no_events_at_all_give_a_sentence(measure: PooledMeasure) -> None:
    none = tables((0, 30, 0, 25), (0, 20, 0, 18))
    for found in (mantel_haenszel(none, measure), peto(none)):
        assert isinstance(found, NotPooled)
        assert "S1, S2" in found.sentence
    assert isinstance(mantel_haenszel(none, RD), NotPooled)


def test_other_measures_are_refused() -> None:
    with pytest.raises(Invalid, match="not SMD"):
        mantel_haenszel(tables(*SMALL), PooledMeasure.SMD)


@given(st.lists(st.tuples(*[st.integers(1, 60)] * 4), min_size=1, max_size=8))
def test_exchanging_the_groups_turns_the_sign(rows: list[Cells]) -> None:
    turned = [(c, d, a, b) for a, b, c, d in rows]
    for measure in (OR, RR, RD):
        one, other = (pooled(mantel_haenszel(tables(*each), measure)) for each in (rows, turned))
        assert other.estimate == pytest.approx(-one.estimate, abs=1e-12)
        assert other.se == pytest.approx(one.se, rel=1e-9)
    assert pooled(peto(tables(*turned))).estimate == pytest.approx(
        -pooled(peto(tables(*rows))).estimate, abs=1e-12
    )


@given(st.lists(st.tuples(*[st.integers(1, 60)] * 4), min_size=1, max_size=8))
def test_peto_is_the_inverse_variance_mean_of_petos_effects(rows: list[Cells]) -> None:
    own = [table_effect(each.table, PooledMeasure.PETO, 0.5) for each in tables(*rows)]
    mean = pooled(pool([StudyEffect(study="x", estimate=y, variance=v) for y, v in own], Method.FE))
    found = pooled(peto(tables(*rows)))
    assert found.estimate == pytest.approx(mean.estimate, rel=1e-9, abs=1e-12)
    assert found.se == pytest.approx(mean.se, rel=1e-9)
    assert found.heterogeneity.q == pytest.approx(mean.heterogeneity.q, rel=1e-7, abs=1e-9)


@pytest.mark.parametrize("method", ["MH", "PETO"])
def test_what_to_mind_is_said_of_tables_as_of_effects(method: str) -> None:
    few = tables((40, 960, 80, 920), (6, 94, 4, 96), (7, 93, 5, 95))
    result = pooled(mantel_haenszel(few, OR) if method == "MH" else peto(few))
    said = " ".join(result.remarks)
    assert "I² of 3 studies says little" in said
    assert "2 of 3 studies lie on the other side of no effect" in said
    assert "I² of 13 studies" not in " ".join(pooled(mantel_haenszel(tables(*BCG), OR)).remarks)
