"""Which numbers the order of screening has, and what the choice is worth on sets it had no part in.

    python -m benchmarks.priority_choice                 all sets beside the repository
    python -m benchmarks.priority_choice --kept FILE     runs are kept there and read again

Each candidate screens each set from the same beginnings (seeds 1 to 3 for sets of at most 1,000
records, else 1 and 2), learning anew when decisions have grown by a twentieth, to be quicker. The
best candidate is the one of the lowest cost: the mean over sets of half the logarithm of ATD and
half that of the share that is read until 95 % of the relevant records are found. So a set counts
by what a candidate changes in it, and a hard one no more than an easy one.

The choice is then judged as benchmarks/priority.py does it, beside ASReview's default model from
the same beginnings (asreview_elas_u4.csv; `group` says which sets came first): chosen on all sets,
by leaving out the set that judges, and on one group, judged by the others.
"""

import argparse
import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from math import log
from pathlib import Path
from statistics import fmean
from types import ModuleType
from unittest.mock import patch

from benchmarks.priority import SETS, SMALL, Run, mean, ours, read_set, seeds_of, sets_in
from evidence.screening import features, model, simulation

ASREVIEW = Path(__file__).parent / "asreview_elas_u4.csv"
PATIENCE = 20
NOTHING_READ = 0.95  # WSS@95 of an order that needs no reading
NO_TIME = 1e-3  # in place of 0, which has no logarithm

BASE: Mapping[str, tuple[ModuleType, float]] = {
    "BRIEF": (model, 5),
    "STRENGTH": (model, 0.5),
    "MANY": (model, 100),
    "RELEVANT_SHARE": (model, 0.9),
    "UNREAD": (model, 100),
    "TITLE": (features, 0.5),
    "LETTERS": (features, 1.0),
}
"""Where the constants stand that were chosen, and what they were before."""

CANDIDATES: Sequence[Mapping[str, float]] = (
    {},
    {"BRIEF": 1e-6},  # only what has no text at all is drawn to the mean
    {"BRIEF": 20},
    {"STRENGTH": 0.12},
    {"STRENGTH": 0.25},
    {"STRENGTH": 1},
    {"RELEVANT_SHARE": 0.8},
    {"RELEVANT_SHARE": 0.95},
    {"UNREAD": 300},
    {"STRENGTH": 0.25, "UNREAD": 300},
    {"LETTERS": 0.5},
)
"""What each has in place of the base."""


def name_of(candidate: Mapping[str, float]) -> str:
    """A candidate as it is printed and kept."""
    return ", ".join(f"{key} {value:g}" for key, value in candidate.items()) or "base"


Runs = Mapping[str, Mapping[str, Run]]
"""By candidate, by set."""


class Kept:
    """Runs, which a file may keep from one time to the next."""

    def __init__(self, file: Path | None) -> None:
        self.file = file
        self.runs: dict[str, dict[str, float]] = {}
        if file and file.exists():
            self.runs = json.loads(file.read_text(encoding="utf-8"))

    def run(self, candidate: Mapping[str, float], path: Path, *, judging: bool) -> Run:
        """The mean run of a candidate on a set, made if it was not kept."""
        key = f"{path.stem} | {name_of(candidate)} | {'judging' if judging else 'choosing'}"
        if key not in self.runs:
            records = read_set(path)
            few = (1, 2, 3) if len(records) <= SMALL else (1, 2)
            with changed(candidate, simulation.PATIENCE if judging else PATIENCE):
                runs = list(ours(records, seeds_of(records) if judging else few))
            self.runs[key] = asdict(mean(runs))
            if self.file:
                self.file.write_text(json.dumps(self.runs, indent=0), encoding="utf-8")
        return Run(**self.runs[key])


@contextmanager
def changed(candidate: Mapping[str, float], patience: int) -> Iterator[None]:
    """The order as a candidate has it."""
    with ExitStack() as stack:
        stack.enter_context(patch.object(simulation, "PATIENCE", patience))
        for name, (module, value) in BASE.items():
            stack.enter_context(patch.object(module, name, candidate.get(name, value)))
        yield


def cost(run: Run) -> float:
    """What a set says of a candidate; lower is better, and only differences mean something."""
    return (log(run.atd) + log(max(NOTHING_READ - run.wss95, NO_TIME))) / 2


def best(runs: Runs, sets: Sequence[str]) -> str:
    """The candidate of the lowest mean cost on some sets; the earlier one of two alike."""
    return min(runs, key=lambda name: fmean(cost(runs[name][each]) for each in sets))


def left_out(runs: Runs, sets: Sequence[str]) -> dict[str, str]:
    """For each set the candidate that is best on all the others."""
    return {one: best(runs, [each for each in sets if each != one]) for one in sets}


def read_asreview(path: Path) -> tuple[dict[str, str], dict[str, Run]]:
    """The group of each set, and what ASReview reached on it."""
    groups: dict[str, str] = {}
    reached: dict[str, Run] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            groups[row["set"]] = row["group"]
            atd, loss, wss95, seconds = (
                float(row[name]) for name in ("atd", "loss", "wss95", "seconds")
            )
            reached[row["set"]] = Run(
                atd=atd, loss=loss, wss95=wss95, recall10=0, wall=seconds, cpu=seconds
            )
    return groups, reached


def figures(row: Sequence[Run]) -> str:
    """ATD of each, then WSS@95 of each."""
    return " | ".join([*(f"{run.atd:.4f}" for run in row), *(f"{run.wss95:.3f}" for run in row)])


def show_candidates(runs: Runs, groups: Mapping[str, Sequence[str]]) -> None:
    """Print each candidate's cost against the base, and its means."""
    every = [each for sets in groups.values() for each in sets]
    print(" | ".join(["candidate", "cost", *groups, "ATD", "WSS@95"]))
    for name, of_sets in runs.items():
        costs = [
            f"{fmean(cost(of_sets[each]) - cost(runs['base'][each]) for each in sets):+.2%}"
            for sets in (every, *groups.values())
        ]
        print(" | ".join([name, *costs, figures([mean([of_sets[each] for each in every])])]))


def show_judged(judged: Sequence[Mapping[str, Run]], sets: Sequence[str]) -> None:
    """Print each set chosen on all, left out, and as ASReview has it."""
    print("\nset | ATD | left out | ASReview | WSS@95 | left out | ASReview | CPU s | ASReview")
    for each in sets:
        row = [way[each] for way in judged]
        print(f"{each} | {figures(row)} | {row[0].cpu:.1f} | {row[-1].cpu:.1f}", flush=True)
    means = [mean([way[each] for each in sets]) for way in judged]
    print(f"mean of {len(sets)} | {figures(means)} | {means[0].cpu:.1f} | {means[-1].cpu:.1f}")


def main() -> None:
    """Print the ways of choosing."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--folder", type=Path, default=SETS)
    parser.add_argument("--kept", type=Path, help="file for runs, so that none is made twice")
    args = parser.parse_args()
    group_of, asreview = read_asreview(ASREVIEW)
    paths = {path.stem: path for path in sets_in(args.folder) if path.stem in group_of}
    groups: dict[str, list[str]] = {}
    for each in paths:
        groups.setdefault(group_of[each], []).append(each)
    kept = Kept(args.kept)
    candidates = {name_of(candidate): candidate for candidate in CANDIDATES}
    runs = {
        name: {each: kept.run(candidate, path, judging=False) for each, path in paths.items()}
        for name, candidate in candidates.items()
    }

    def judge(chosen: Mapping[str, str]) -> dict[str, Run]:
        return {
            each: kept.run(candidates[name], paths[each], judging=True)
            for each, name in chosen.items()
        }

    show_candidates(runs, groups)
    on_all, without = best(runs, list(paths)), left_out(runs, list(paths))
    odd = {each: name for each, name in without.items() if name != on_all}
    print(f"\nchosen on all: {on_all}; otherwise without {odd or 'none'}")
    show_judged([judge(dict.fromkeys(paths, on_all)), judge(without), asreview], list(paths))
    for group, sets in groups.items():
        rest = [each for each in paths if each not in sets]
        if rest:
            name = best(runs, sets)
            row = [mean(list(way.values())) for way in (judge(dict.fromkeys(rest, name)),)]
            row.append(mean([asreview[each] for each in rest]))
            print(f"\nchosen on {len(sets)} ({group}): {name}; on the others {figures(row)}")


if __name__ == "__main__":
    main()
