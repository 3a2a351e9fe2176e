"""How far pooling differs from metafor, on the published sets beside the repository.

    python benchmarks/pooling.py [--all]

Prints the largest difference of each figure by method over all sets, divided by metafor's figure
where that is above 1; with --all each figure that differs by more than 1e-9. The sets stand in
../shared/bench/meta; expected.csv there is what metafor 3.8-1 says.
"""

import argparse
import csv
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from evidence.synthesis.pooling.leave_one_out import leave_one_out  # noqa: E402
from evidence.synthesis.pooling.methods import EffectTest, Method  # noqa: E402
from evidence.synthesis.pooling.pool import pool  # noqa: E402
from evidence.synthesis.pooling.results import Limits, Pooled  # noqa: E402
from evidence.synthesis.pooling.study_effects import StudyEffect  # noqa: E402

SETS = ROOT.parent / "shared" / "bench" / "meta"
COLUMNS = {
    "estimate, SE": ("estimate", "se"),
    "interval, test, p": ("stat", "p", "ci_low", "ci_high"),
    "Q": ("Q", "Q_p"),
    "tau²": ("tau2",),
    "I², H²": ("I2", "H2"),
    "interval of tau²": ("tau2_low", "tau2_high"),
    "prediction": ("pi_low", "pi_high"),
    "left out in turn": ("leave_out",),
}
SMALL = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A figure of ours beside metafor's."""

    name: str
    method: str
    test: str
    quantity: str
    ours: float
    theirs: float

    @property
    def size(self) -> float:
        """Relative where metafor's figure is above 1, else as it is."""
        return abs(self.ours - self.theirs) / max(1, abs(self.theirs))


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    options.add_argument("--all", action="store_true")
    if not SETS.exists():
        sys.exit(f"There is no folder {SETS}.")
    found = list(differences())
    if options.parse_args().all:
        for each in found:
            if each.size > SMALL:
                place = f"{each.name} {each.method} {each.test} {each.quantity}"
                print(f"{place}: {each.ours:.10g}, metafor {each.theirs:.10g}, {each.size:.1g}")
        return
    largest: dict[tuple[str, str], float] = defaultdict(float)
    for each in found:
        quantity = "leave_out" if each.quantity.startswith("leave_out") else each.quantity
        column = next((name for name, parts in COLUMNS.items() if quantity in parts), "")
        largest[each.method, column] = max(largest[each.method, column], each.size)
    print(f"| method | {' | '.join(COLUMNS)} |\n|---|{'---|' * len(COLUMNS)}")
    for method in (method for method in Method if not method.needs_tables):
        cells = (largest.get((method, column)) for column in COLUMNS)
        print(f"| {method} | {' | '.join('–' if c is None else f'{c:.0e}' for c in cells)} |")
    print(f"\n{len(found):,} figures of {len({each.name for each in found})} sets")


def differences() -> Iterator[Difference]:
    """Each figure that metafor has for a pooled effect."""
    expected: dict[tuple[str, str, str], dict[str, float]] = defaultdict(dict)
    with (SETS / "expected.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["test"] in set(EffectTest):
                key = row["set"], row["method"], row["test"]
                expected[key][row["quantity"]] = float(row["value"])
    for (name, method, test), theirs in expected.items():
        effects = effects_of(name)
        ours = figures(effects, Method(method), EffectTest(test))
        for quantity, value in theirs.items():
            yield Difference(
                name=name, method=method, test=test, quantity=quantity,
                ours=ours[quantity], theirs=value,
            )  # fmt: skip


def effects_of(name: str) -> list[StudyEffect]:
    """The effects of a set."""
    with (SETS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [
            StudyEffect(study=row["row"], estimate=float(row["yi"]), variance=float(row["vi"]))
            for row in csv.DictReader(file)
        ]


def figures(effects: list[StudyEffect], method: Method, test: EffectTest) -> dict[str, float]:
    """Our figures by metafor's names."""
    pooled = pool(effects, method, test)
    if not isinstance(pooled, Pooled):
        sys.exit(pooled.sentence)
    differing = pooled.heterogeneity
    without = leave_one_out(effects, lambda rest: pool(rest, method, test))
    return {
        "k": pooled.k, "estimate": pooled.estimate, "se": pooled.se, "stat": pooled.stat,
        "p": pooled.p, **ends("ci", pooled.limits), "Q": differing.q, "Q_p": differing.p,
        "I2": differing.i2, "H2": differing.h2, "tau2": differing.tau2,
        **ends("tau2", differing.tau2_limits), **ends("pi", pooled.prediction),
        **{
            f"leave_out_{at}": each.estimate
            for at, each in enumerate(without, start=1)
            if isinstance(each, Pooled)
        },
    }  # fmt: skip


def ends(name: str, limits: Limits | None) -> dict[str, float]:
    """The two ends of an interval, where there is one."""
    return {f"{name}_low": limits.low, f"{name}_high": limits.high} if limits else {}


if __name__ == "__main__":
    main()
