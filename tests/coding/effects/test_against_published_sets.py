"""Against what escalc says of published sets, which stand beside the repository."""

import csv
from collections.abc import Callable

import pytest

from evidence.coding.effects.compute import effect_of
from evidence.coding.effects.measures import Measure
from evidence.coding.effects.reported import Correlation, Reported
from tests.coding.effects.entries import counts, effect, group, means, number, sd
from tests.conftest import SHARED

SETS = SHARED / "bench" / "meta"


def table(row: dict[str, str]) -> Reported:
    a, b, c, d = (int(row[cell]) for cell in ("tpos", "tneg", "cpos", "cneg"))
    return counts(a, a + b, c, c + d)


def two_means(row: dict[str, str]) -> Reported:
    return means(
        group(int(row["n1i"]), row["m1i"], sd(row["sd1i"])),
        group(int(row["n2i"]), row["m2i"], sd(row["sd2i"])),
    )


def correlation(row: dict[str, str]) -> Reported:
    return Correlation(r=number(row["ri"]), n=int(row["ni"]))


@pytest.mark.parametrize(
    ("name", "reader", "measure", "studies"),
    [
        ("bcg_logOR", table, Measure.LOG_ODDS_RATIO, 13),
        ("bcg_logRR", table, Measure.LOG_RISK_RATIO, 13),
        ("normand_MD", two_means, Measure.MEAN_DIFFERENCE, 9),
        ("normand_SMD", two_means, Measure.STANDARDISED_MEAN_DIFFERENCE, 9),
        ("molloy_ZCOR", correlation, Measure.FISHER_Z, 16),
    ],
)
def test_every_study_of_the_set(
    name: str, reader: Callable[[dict[str, str]], Reported], measure: Measure, studies: int
) -> None:
    path = SETS / f"{name}.csv"
    if not path.exists():
        pytest.skip("the shared sets with escalc's results are not beside the repository")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == studies
    for row in rows:
        found = effect(effect_of(reader(row), measure))
        assert found.estimate == pytest.approx(float(row["yi"]), rel=1e-11)
        assert found.variance == pytest.approx(float(row["vi"]), rel=1e-11)
