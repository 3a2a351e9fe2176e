import json
from typing import Any

import pytest

from evidence.coding.effects.compute import effect_of
from evidence.coding.effects.effect import Effect
from evidence.coding.effects.measures import Measure
from evidence.coding.effects.refusals import Refusal
from evidence.coding.effects.reported import Means, Spread
from evidence.eppi.standardised_mean_difference import EppiValue, smd_as_eppi
from tests.coding.effects.entries import group, interval, means, sd, se
from tests.conftest import SHARED

EXPORT = SHARED / "eppi" / "hbcp_Batch2PhysicalActivityPrioritisedCodeset.json"
MEANS_WITH_SD, MEANS_WITH_SE, MEANS_WITH_INTERVAL = 1, 3, 4


@pytest.fixture(scope="module")
def outcomes() -> list[dict[str, Any]]:
    if not EXPORT.exists():
        pytest.skip("the shared export of EPPI-Reviewer is not beside the repository")
    text = EXPORT.read_bytes().decode("utf-8-sig", "surrogatepass")
    export = json.loads(text, strict=False)
    return [outcome for work in export["References"] for outcome in work.get("Outcomes", [])]


def numbers(outcome: dict[str, Any]) -> list[float]:
    return [float(outcome[f"Data{place}"]) for place in range(1, 9)]


def as_means(outcome: dict[str, Any]) -> Means:
    n1, n2, m1, m2, first, second, high1, high2 = numbers(outcome)
    kind = outcome["OutcomeTypeId"]
    one: Spread
    other: Spread
    if kind == MEANS_WITH_INTERVAL:
        one, other = interval(first, high1), interval(second, high2)
    else:
        one, other = (se(first), se(second)) if kind == MEANS_WITH_SE else (sd(first), sd(second))
    return means(group(int(n1), m1, one), group(int(n2), m2, other))


def of_type(outcomes: list[dict[str, Any]], kind: int) -> list[dict[str, Any]]:
    return [outcome for outcome in outcomes if outcome["OutcomeTypeId"] == kind]


def test_stored_values_from_sds_are_as_eppi_computes_them(outcomes: list[dict[str, Any]]) -> None:
    found = [(o, smd_as_eppi(as_means(o))) for o in of_type(outcomes, MEANS_WITH_SD)]
    assert len(found) == 93
    refused = [(o, value) for o, value in found if isinstance(value, Refusal)]
    computed = [(o, value) for o, value in found if isinstance(value, EppiValue)]
    assert len(computed) == 91
    for outcome, value in computed:
        assert value.estimate == pytest.approx(outcome["SMD"], abs=1e-6)
        assert value.standard_error == pytest.approx(outcome["SESMD"], abs=1e-6)
    for outcome, refusal in refused:
        assert numbers(outcome)[4:6] == [0, 0]
        assert "SD of the intervention group is 0.0" in refusal.sentence


def test_the_exact_correction_is_not_eppis(outcomes: list[dict[str, Any]]) -> None:
    found = [
        (o["SMD"], effect_of(as_means(o), Measure.STANDARDISED_MEAN_DIFFERENCE))
        for o in of_type(outcomes, MEANS_WITH_SD)
    ]
    ours = [(stored, e.estimate) for stored, e in found if isinstance(e, Effect)]
    assert sum(abs(stored - estimate) <= 1e-6 for stored, estimate in ours) == 43
    assert all(estimate == pytest.approx(stored, rel=1e-3) for stored, estimate in ours)


@pytest.mark.parametrize("kind", [MEANS_WITH_SE, MEANS_WITH_INTERVAL])
def test_stored_values_from_ses_and_intervals_are_not_taken_over(
    outcomes: list[dict[str, Any]], kind: int
) -> None:
    unequal = [o for o in of_type(outcomes, kind) if o["Data1"] != o["Data2"] and o["SMD"]]
    assert unequal
    for outcome in unequal:
        ours = smd_as_eppi(as_means(outcome))
        assert isinstance(ours, EppiValue)
        assert ours.estimate != pytest.approx(outcome["SMD"], rel=1e-4)


def test_by_hand() -> None:
    # S² = (9 * 4 + 19 * 9) / 28, N = 30: g = (1 - 3/111) * 2 / S
    value = smd_as_eppi(means(group(10, 7, sd(2)), group(20, 5, sd(3))))
    assert isinstance(value, EppiValue)
    assert value.estimate == pytest.approx(0.7156894, abs=1e-7)
    assert value.standard_error**2 == pytest.approx(0.15 + value.estimate**2 / 52.12)
