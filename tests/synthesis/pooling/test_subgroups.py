"""Groups of studies compared, with own and with one tau²."""

import csv

import numpy as np
import pytest
from hypothesis import given
from scipy.stats import chi2, f

from evidence.synthesis.pooling.methods import EffectTest, Method
from evidence.synthesis.pooling.pool import pool
from evidence.synthesis.pooling.results import NotPooled
from evidence.synthesis.pooling.study_effects import StudyEffect
from evidence.synthesis.pooling.subgroups import (
    CommonTau2,
    Subgroups,
    subgroups,
    subgroups_with_common_tau2,
)
from tests.synthesis.pooling.made_effects import Pairs, effects, many, pooled
from tests.synthesis.pooling.test_against_metafor import SETS, expected

Grouped = list[tuple[str, StudyEffect]]
SIX = [(0.2, 0.04), (0.5, 0.01), (-0.1, 0.0625), (0.9, 0.05), (0.7, 0.02), (1.4, 0.09)]


def grouped(pairs: Pairs, names: str) -> Grouped:
    return list(zip(names, effects(*pairs), strict=True))


def own(studies: Grouped, method: Method, test: EffectTest = EffectTest.Z) -> Subgroups:
    return subgroups(studies, lambda members: pool(members, method, test))


def common(
    studies: Grouped, method: Method = Method.REML, test: EffectTest = EffectTest.Z
) -> CommonTau2:
    found = subgroups_with_common_tau2(studies, method, test)
    assert isinstance(found, CommonTau2), found
    return found


def test_trials_by_how_people_were_allocated() -> None:
    path = SETS / "bcg_logRR.csv"
    if not path.exists():
        pytest.skip("the sets with metafor's results are not beside the repository")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    pairs = [(float(row["yi"]), float(row["vi"])) for row in rows]
    studies = list(zip([row["alloc"] for row in rows], effects(*pairs), strict=True))
    groups = own(studies, Method.REML).pooled
    for group in ("random", "alternate", "systematic"):
        wanted = expected()["bcg_logRR", "REML", f"subgroup_{group}"]
        assert pooled(groups[group]).estimate == pytest.approx(wanted["estimate"], abs=1e-5)
        assert pooled(groups[group]).heterogeneity.tau2 == pytest.approx(wanted["tau2"], abs=1e-5)
    wanted = expected()["bcg_logRR", "REML", "subgroups_common_tau2"]
    between = common(studies).between
    assert between.stat == pytest.approx(wanted["QM"], abs=1e-5)
    assert between.p == pytest.approx(wanted["QM_p"], abs=1e-5)


@given(many(fewest=4, most=10))
def test_with_one_common_effect_q_is_within_and_between_groups(pairs: Pairs) -> None:
    names = "".join("abc"[at % 3] for at in range(len(pairs)))
    found = own(grouped(pairs, names), Method.FE)
    within = sum(pooled(each).heterogeneity.q for each in found.pooled.values())
    total = pooled(pool(effects(*pairs), Method.FE)).heterogeneity.q
    assert found.between
    assert within + found.between.stat == pytest.approx(total, rel=1e-9, abs=1e-9)


def test_groups_keep_their_order_and_are_pooled_for_themselves() -> None:
    found = own(grouped(SIX, "baabab"), Method.REML)
    assert list(found.pooled) == ["b", "a"]
    alone = pooled(pool(effects(SIX[0], SIX[3], SIX[5]), Method.REML, EffectTest.Z))
    assert pooled(found.pooled["b"]).estimate == alone.estimate


def test_one_tau2_by_weighted_least_squares_as_textbooks_write_it() -> None:
    found = common(grouped(SIX, "aaabbb"), Method.DL)
    y = np.array([estimate for estimate, _ in SIX])
    w = np.array([1 / (variance + found.tau2) for _, variance in SIX])
    for name, members in (("a", slice(0, 3)), ("b", slice(3, 6))):
        mean = np.sum(w[members] * y[members]) / np.sum(w[members])
        assert found.effects[name].estimate == pytest.approx(mean)
        assert found.effects[name].se == pytest.approx(np.sum(w[members]) ** -0.5)
    apart = found.effects["b"].estimate - found.effects["a"].estimate
    stat = apart**2 / (found.effects["a"].se ** 2 + found.effects["b"].se ** 2)
    assert found.between.stat == pytest.approx(stat)
    assert found.between.p == pytest.approx(chi2.sf(stat, 1))


def test_knapp_and_hartung_gives_an_f() -> None:
    plain = common(grouped(SIX, "aabbcc"))
    scaled = common(grouped(SIX, "aabbcc"), test=EffectTest.KNHA)
    assert (scaled.between.free, scaled.between.within) == (2, 3)
    assert scaled.between.p == pytest.approx(f.sf(scaled.between.stat, 2, 3))
    factor = (scaled.effects["a"].se / plain.effects["a"].se) ** 2
    assert scaled.between.stat == pytest.approx(plain.between.stat / 2 / factor)


def test_estimates_are_the_same_whichever_group_comes_first() -> None:
    one, other = common(grouped(SIX, "aaabbb")), common(grouped(SIX[::-1], "bbbaaa"))
    assert one.effects["b"].estimate == pytest.approx(other.effects["b"].estimate)
    assert one.between.stat == pytest.approx(other.between.stat)


def test_groups_of_one_study_are_said() -> None:
    found = own(grouped(SIX, "aaaaab"), Method.REML)
    assert "With 1 study, b has no tau² of its own" in found.remarks[0]
    single = subgroups_with_common_tau2(grouped(SIX[:2], "ab"))
    assert isinstance(single, NotPooled)
    assert "Each group has 1 study" in single.sentence


def test_one_group_compares_nothing() -> None:
    assert own(grouped(SIX, "aaaaaa"), Method.REML).between is None
    assert isinstance(subgroups_with_common_tau2(grouped(SIX, "aaaaaa")), NotPooled)


def test_groups_of_very_different_precision_are_compared() -> None:
    uneven = [(0.1, 1e-20), (0.3, 1e-20), (2.0, 1e15), (5.0, 1e18)]
    found = common(grouped(uneven, "aabb"), Method.REML)
    assert found.effects["b"].se > 1e6 * found.effects["a"].se > 0
    assert 0 <= found.between.p <= 1
