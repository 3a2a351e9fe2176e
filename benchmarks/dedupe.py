"""Measure de-duplication on the public sets: accuracy, time, memory, pairs left to a person.

    python benchmarks/dedupe.py SETS                        the sets, the naive baseline, pairs
    python benchmarks/dedupe.py SETS --bibdedupe PYTHON     with BibDedupe beside it (a Python
                                                            that has bib-dedupe installed)
    python benchmarks/dedupe.py SETS --variants             harder copies of the sets instead: all
                                                            of dedupe_variants.py, or those named
    python benchmarks/dedupe.py SETS --large 10000 100000   the curve of time instead, on made sets

SETS is the folder with the sets, evaluate.py and make_large.py. Each tool meets each set in a
process of its own, but for the harder copies. CPU seconds are without start-up; memory is the peak
of the resident set, or of the proportional set sizes of the process and its children, whichever is
more (Linux only).
"""

import argparse
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.dedupe_pairs import field_pairs, hard_pairs
from benchmarks.dedupe_variants import VARIANTS, copy_of_set
from evidence import dedupe
from evidence.dedupe.text import words

RunResult = dict[str, Any]

BIBDEDUPE = """
import json, os, sys
import pandas as pd
from bib_dedupe import bib_dedupe as tool

before = sum(os.times()[:4])
records = pd.read_csv(sys.argv[1], dtype=str, keep_default_na=False)
records = records.rename(columns={"record_id": "ID", "type": "ENTRYTYPE"}).drop(columns="source")
records["ENTRYTYPE"] = "article"  # the sets name every container "journal"; it finds more so
matched = tool.match(tool.block(tool.prep(records, verbosity_level=0)))
maybe = int((matched["duplicate_label"] == "maybe").sum())
groups = tool.cluster(matched)
cpu = sum(os.times()[:4]) - before
print("RESULT" + json.dumps({"groups": groups, "possible": maybe, "cpu": cpu}))
"""


def main(arguments: Sequence[str]) -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(formatter_class=argparse.RawTextHelpFormatter)
    parser.description = __doc__
    parser.add_argument("sets", type=Path)
    parser.add_argument("--bibdedupe", type=Path, metavar="PYTHON")
    parser.add_argument("--variants", nargs="*", metavar="NAME")
    parser.add_argument("--large", type=int, nargs="+", metavar="N")
    parser.add_argument("--run", choices=RUNS, help=argparse.SUPPRESS)
    args = parser.parse_args(arguments)
    if args.run:
        print("RESULT" + json.dumps(RUNS[args.run](args.sets)))
        return
    tools = {name: _own(name) for name in ("waymark", "naive")}
    if args.bibdedupe:
        tools["bibdedupe"] = [str(args.bibdedupe), "-c", BIBDEDUPE]
    evaluate = _module(args.sets / "evaluate.py")
    if args.large:
        curve(args.sets, args.large, evaluate)
    elif args.variants is not None:
        harder(args.sets, args.variants or list(VARIANTS), tools, evaluate)
    else:
        accuracy(args.sets, tools, evaluate)
        hard_pairs(args.sets / "hard_pairs")
        field_pairs(args.sets / "field_pairs" / "field_pairs.json")


def waymark(path: Path) -> RunResult:
    """This project, in one process."""
    return _waymark(path, None)


def spread(path: Path) -> RunResult:
    """This project, over two processes."""
    with ProcessPoolExecutor(2) as pool:
        return _waymark(path, pool)


def _waymark(path: Path, pool: ProcessPoolExecutor | None) -> RunResult:
    began, before = time.perf_counter(), sum(os.times()[:4])
    columns, ids, _ = dedupe.read_csv(path)
    result = dedupe.find(columns, ids=range(len(ids)), executor=pool)
    wall = time.perf_counter() - began
    if pool:
        pool.shutdown()  # only children that have ended are counted by the clock
    return {
        "cpu": sum(os.times()[:4]) - before,
        "wall": wall,
        "groups": [[ids[row] for row in group] for group in result.groups],
        "possible": sum(v.band is dedupe.Band.POSSIBLE for v in result.verdicts),
        "considered": result.considered,
    }


def naive(path: Path) -> RunResult:
    """What a spreadsheet does: the same DOI, or the same title and year."""
    before = time.process_time()
    columns, ids, _ = dedupe.read_csv(path)
    keys: dict[str, list[str]] = {}
    for record, title, year, doi in zip(ids, columns.title, columns.year, columns.doi, strict=True):
        keys.setdefault(f"{words(title)} {year}", []).append(record)
        if doi:
            keys.setdefault(doi.lower().removeprefix("http://dx.doi.org/"), []).append(record)
    groups = [group for group in keys.values() if len(group) > 1]
    return {"cpu": time.process_time() - before, "groups": groups, "possible": 0}


RUNS: Mapping[str, Callable[[Path], RunResult]] = {
    "waymark": waymark,
    "spread": spread,
    "naive": naive,
}


def _own(name: str) -> list[str]:
    return [sys.executable, __file__, "--run", name]


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is not there")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def measure(command: Sequence[str]) -> RunResult:
    """Run a command that prints one line with RESULT; adds the peak of its memory, in MB."""
    with tempfile.TemporaryFile("w+") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
        peak, ended = 0, 0
        while not ended:
            peak = max(peak, sum(map(_memory, _family(process.pid))))
            time.sleep(0.1)
            ended, _, usage = os.wait4(process.pid, os.WNOHANG)
        process.returncode = 0  # it was waited for already
        peak = max(peak, usage.ru_maxrss)
        out.seek(0)
        line = next((line for line in out if line.startswith("RESULT")), None)
    if line is None:
        raise SystemExit(f"no result from {' '.join(command[:3])}")
    result: RunResult = json.loads(line.removeprefix("RESULT"))
    return result | {"peak": peak // 1024}


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return []
    return [pid, *(member for child in children for member in _family(int(child)))]


def _memory(pid: int) -> int:
    """Proportional set size in kB: memory that processes share is counted once."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def accuracy(sets: Path, tools: Mapping[str, list[str]], evaluate: ModuleType) -> None:
    """False positives and misses of each tool on each set, at the level of removal."""
    print("| set | records | tool | FP/FN | F1 | adjudicated FP/FN | F1 | possible | CPU s | MB |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    totals: dict[str, Counter[str]] = {name: Counter() for name in tools}
    for folder in sorted(path.parent for path in sets.glob("*/records.csv")):
        for name, command in tools.items():
            result = measure([*command, str(folder / "records.csv")])
            plain, judged = (_score(folder, result, evaluate, file) for file in LABELS)
            print(
                f"| {folder.name} | {plain['records']} | {name} | {_cell(plain)} | "
                f"{_cell(judged)} | {result['possible']} | {result['cpu']:.1f} | {result['peak']} |"
            )
            for key in ("TP", "FP", "FN"):
                totals[name][key] += plain["removal"][key]
                totals[name]["judged " + key] += judged["removal"][key]
            totals[name]["possible"] += result["possible"]
            totals[name]["cpu"] += round(result["cpu"])
    for name, sums in totals.items():
        both = [_sum(sums, prefix) for prefix in ("", "judged ")]
        print(f"| all | | {name} | {' | '.join(both)} | {sums['possible']} | {sums['cpu']} | |")


LABELS = ("labels.csv", "labels_adjudicated.csv")


def _score(folder: Path, result: RunResult, evaluate: ModuleType, file: str) -> RunResult:
    path = folder / file
    truth = evaluate.read_labels(path if path.exists() else folder / LABELS[0])
    with tempfile.NamedTemporaryFile("w", suffix=".json") as handle:
        json.dump(result["groups"], handle)
        handle.flush()
        scored: RunResult = evaluate.score(
            truth, evaluate.read_predictions(handle.name, list(truth))
        )
    return scored


def _cell(scored: RunResult) -> str:
    level = scored["removal"]
    return f"{level['FP']}/{level['FN']} | {level['f1']:.4f}"


def _sum(sums: Counter[str], prefix: str) -> str:
    right, false, missed = (sums[prefix + key] for key in ("TP", "FP", "FN"))
    return f"{false}/{missed} | {2 * right / (2 * right + false + missed):.4f}"


def harder(
    sets: Path, variants: Sequence[str], tools: Mapping[str, list[str]], evaluate: ModuleType
) -> None:
    """All sets together, with fields taken away or spoilt; corrected labels where there are any."""
    print("| what is changed | tool | FP/FN | F1 | possible | CPU s |\n|---|---|---|---|---|---|")
    for variant in variants:
        sums: dict[str, Counter[str]] = {name: Counter() for name in tools}
        for folder in sorted(path.parent for path in sets.glob("*/records.csv")):
            with tempfile.TemporaryDirectory() as name:
                copy_of_set(folder, Path(name), variant)
                for tool, command in tools.items():
                    records = Path(name) / "records.csv"
                    own = RUNS.get(tool)
                    result = own(records) if own else measure([*command, str(records)])
                    level = _score(Path(name), result, evaluate, LABELS[0])["removal"]
                    sums[tool].update({key: level[key] for key in ("TP", "FP", "FN")})
                    sums[tool].update(possible=result["possible"], ms=round(1000 * result["cpu"]))
        for tool, total in sums.items():
            tail = f"{total['possible']} | {total['ms'] / 1000:.0f} |"
            print(f"| {variant} | {tool} | {_sum(total, '')} | {tail}", flush=True)


def curve(sets: Path, sizes: Sequence[int], evaluate: ModuleType) -> None:
    """Time and memory on made sets, in one process and over two."""
    print(
        "\n| records | run | wall s | CPU s | CPU us per record | MB | pairs per record | FP/FN |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            maker = str(sets / "make_large.py")
            subprocess.run([sys.executable, maker, str(size), name], check=True)
            for run in ("waymark", "spread"):
                result = measure([*_own(run), str(folder / "records.csv")])
                level = _score(folder, result, evaluate, LABELS[0])["removal"]
                print(
                    f"| {size} | {run} | {result['wall']:.1f} | {result['cpu']:.1f} | "
                    f"{1e6 * result['cpu'] / size:.0f} | {result['peak']} | "
                    f"{result['considered'] / size:.1f} | {level['FP']}/{level['FN']} |"
                )


if __name__ == "__main__":
    main(sys.argv[1:])
