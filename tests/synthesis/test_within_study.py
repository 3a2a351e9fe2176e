import json
from pathlib import Path
from typing import Any

import pytest

from evidence.coding.findings import Direction
from evidence.synthesis.within_study import Band, EffectDirection, band, within_study

VECTORS = Path(__file__).resolve().parents[2] / ".." / "shared" / "domain" / "test_vectors.json"
RESULTS = {
    "up": EffectDirection.FAVOURABLE,
    "down": EffectDirection.UNFAVOURABLE,
    "conflicting": EffectDirection.CONFLICTING,
}
UP, DOWN, SAME = Direction.BETTER, Direction.WORSE, Direction.NO_CHANGE
MIXED, SILENT = Direction.MIXED, Direction.NOT_STATED


@pytest.fixture(scope="module")
def vectors() -> Any:
    if not VECTORS.exists():
        pytest.skip("the shared test vectors are not beside the repository")
    return json.loads(VECTORS.read_text(encoding="utf-8"))


def test_the_70_percent_rule_of_the_shared_vectors(vectors: Any) -> None:
    checked = 0
    for vector in vectors["within_study_70_percent_rule"]:
        if "result" in vector:
            findings = [UP] * vector["up"] + [DOWN] * vector["down"]
            assert within_study(findings, count_no_change=True) is RESULTS[vector["result"]]
            checked += 1
    assert checked == 6


@pytest.mark.parametrize("tens", range(1, 200))
def test_exactly_70_percent_prevails_whatever_the_rounding(tens: int) -> None:
    findings = [UP] * 7 * tens + [DOWN] * 3 * tens
    assert within_study(findings, count_no_change=True) is EffectDirection.FAVOURABLE
    assert within_study([*findings, DOWN], count_no_change=True) is EffectDirection.CONFLICTING


@pytest.mark.parametrize(
    ("findings", "counted", "left_aside"),
    [
        ([UP, SAME], EffectDirection.CONFLICTING, EffectDirection.FAVOURABLE),
        ([SAME] * 7 + [UP] * 3, EffectDirection.NO_CHANGE, EffectDirection.FAVOURABLE),
        ([SAME, SAME], EffectDirection.NO_CHANGE, EffectDirection.NO_CHANGE),
        ([SAME, MIXED], EffectDirection.CONFLICTING, EffectDirection.CONFLICTING),
        ([UP, UP, UP, SAME], EffectDirection.FAVOURABLE, EffectDirection.FAVOURABLE),
        ([SAME, SILENT], EffectDirection.NO_CHANGE, EffectDirection.NO_CHANGE),
    ],
)
def test_whether_no_change_counts_is_a_setting(
    findings: list[Direction], counted: EffectDirection, left_aside: EffectDirection
) -> None:
    assert within_study(findings, count_no_change=True) is counted
    assert within_study(findings, count_no_change=False) is left_aside


def test_a_mixed_finding_is_a_vote_for_no_direction() -> None:
    assert within_study([MIXED], count_no_change=True) is EffectDirection.CONFLICTING
    assert within_study([UP, UP, MIXED], count_no_change=True) is EffectDirection.CONFLICTING
    assert within_study([UP] * 3 + [MIXED], count_no_change=True) is EffectDirection.FAVOURABLE


def test_a_finding_without_direction_is_no_vote_at_all() -> None:
    assert within_study([UP] + [SILENT] * 9, count_no_change=True) is EffectDirection.FAVOURABLE
    assert within_study([SILENT], count_no_change=True) is EffectDirection.NOT_STATED
    assert within_study([], count_no_change=True) is EffectDirection.NOT_STATED


def test_bands_of_the_shared_vectors(vectors: Any) -> None:
    found = {v["n"]: v["size"] for v in vectors["arrow_size_bands_intervention_group_n"]}
    assert found == {n: band(n).value for n in (301, 300, 50, 49)}


def test_an_unknown_size_is_a_band_of_its_own() -> None:
    assert band(None) is Band.UNKNOWN
