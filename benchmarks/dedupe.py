"""Measure de-duplication on the public sets: accuracy, time, memory, what a person is asked.

    python benchmarks/dedupe.py SETS                        the sets, the naive baseline, pairs
    python benchmarks/dedupe.py SETS --bibdedupe PYTHON     with BibDedupe beside it (a Python
                                                            that has bib-dedupe installed)
    python benchmarks/dedupe.py SETS --variants             harder copies of the sets instead: all
                                                            of dedupe_variants.py, or those named
    python benchmarks/dedupe.py SETS --variants --draws 4   the same, each spoilt anew four times
    python benchmarks/dedupe.py SETS --large 10000 100000   the curve of time instead, on made sets

“Left” are the misses that are left when a person has answered every question rightly; “asked” is
the number of questions per 100 records. The rules for questions were chosen on CHOSEN_ON; the other
sets are counted apart.

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
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Any
from zlib import crc32

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.dedupe_pairs import field_pairs, hard_pairs
from benchmarks.dedupe_variants import VARIANTS, Row, copy_of_set, write_set
from evidence import deduplication
from evidence.deduplication.text import words

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
maybe = matched[matched["duplicate_label"] == "maybe"]
questions = list(zip(maybe["ID_1"], maybe["ID_2"]))
groups = tool.cluster(matched)
cpu = sum(os.times()[:4]) - before
print("RESULT" + json.dumps({"groups": groups, "questions": questions, "cpu": cpu}))
"""


def main(arguments: Sequence[str]) -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(formatter_class=argparse.RawTextHelpFormatter)
    parser.description = __doc__
    parser.add_argument("sets", type=Path)
    parser.add_argument("--bibdedupe", type=Path, metavar="PYTHON")
    parser.add_argument("--variants", nargs="*", metavar="NAME")
    parser.add_argument("--draws", type=int, default=1, metavar="N")
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
        harder(args.sets, args.variants or list(VARIANTS), tools, evaluate, draws=args.draws)
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
    columns, ids, _ = deduplication.read_csv(path)
    result = deduplication.find(columns, ids=range(len(ids)), executor=pool)
    wall = time.perf_counter() - began
    if pool:
        pool.shutdown()  # only children that have ended are counted by the clock
    return {
        "cpu": sum(os.times()[:4]) - before,
        "wall": wall,
        "groups": [[ids[row] for row in group] for group in result.groups],
        "questions": [
            [ids[v.a], ids[v.b]] for v in result.verdicts if v.band is deduplication.Band.POSSIBLE
        ],
        "considered": result.considered,
    }


def naive(path: Path) -> RunResult:
    """What a spreadsheet does: the same DOI, or the same title and year."""
    before = time.process_time()
    columns, ids, _ = deduplication.read_csv(path)
    keys: dict[str, list[str]] = {}
    for record, title, year, doi in zip(ids, columns.title, columns.year, columns.doi, strict=True):
        keys.setdefault(f"{words(title)} {year}", []).append(record)
        if doi:
            keys.setdefault(doi.lower().removeprefix("http://dx.doi.org/"), []).append(record)
    groups = [group for group in keys.values() if len(group) > 1]
    return {"cpu": time.process_time() - before, "groups": groups, "questions": []}


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
    print(
        "| set | records | tool | FP/FN | F1 | adjudicated FP/FN | F1 | left | asked | CPU s | MB |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    totals: dict[str, Counter[str]] = {name: Counter() for name in tools}
    for folder in sorted(path.parent for path in sets.glob("*/records.csv")):
        for name, command in tools.items():
            result = measure([*command, str(folder / "records.csv")])
            plain, judged = (_score(folder, result, evaluate, file) for file in LABELS)
            print(
                f"| {folder.name} | {plain['records']} | {name} | {_cell(plain)} | "
                f"{_cell(judged)} | {judged['left']} | {_per_100(judged)} | "
                f"{result['cpu']:.1f} | {result['peak']} |"
            )
            for key in ("TP", "FP", "FN"):
                totals[name][key] += plain["removal"][key]
                totals[name]["judged " + key] += judged["removal"][key]
            totals[name].update({key: judged[key] for key in ("left", "asked", "records")})
            totals[name]["cpu"] += round(result["cpu"])
    for name, sums in totals.items():
        both = [_sum(sums, prefix) for prefix in ("", "judged ")]
        tail = f"{sums['left']} | {_per_100(sums)} | {sums['cpu']} | |"
        print(f"| all | | {name} | {' | '.join(both)} | {tail}")


LABELS = ("labels.csv", "labels_adjudicated.csv")
# Where the rules for questions were chosen; of the half of digital work, one half again.
CHOSEN_ON = ("rathbone_stroke", "rathbone_respiratory", "wagner_digital_work_half/0")


def _score(folder: Path, result: RunResult, evaluate: ModuleType, file: str) -> RunResult:
    """The counts of a result, and what is left when all questions were answered rightly."""
    path = folder / file
    truth = evaluate.read_labels(path if path.exists() else folder / LABELS[0])
    scored: RunResult = _counts(evaluate, truth, result["groups"])
    right = [pair for pair in result.get("questions", []) if truth[pair[0]] == truth[pair[1]]]
    answered = _counts(evaluate, truth, _united(result["groups"], right))
    asked = len(result.get("questions", []))
    return scored | {"left": answered["removal"]["FN"], "asked": asked, "right": len(right)}


def _counts(evaluate: ModuleType, truth: Mapping[str, str], groups: Sequence[Any]) -> RunResult:
    with tempfile.NamedTemporaryFile("w", suffix=".json") as handle:
        json.dump(groups, handle)
        handle.flush()
        scored: RunResult = evaluate.score(
            truth, evaluate.read_predictions(handle.name, list(truth))
        )
    return scored


def _united(groups: Sequence[Sequence[str]], pairs: Sequence[Sequence[str]]) -> list[list[str]]:
    """The groups after these pairs were joined, too."""
    group_of: dict[str, set[str]] = {}
    for members in (*groups, *pairs):
        whole = set(members).union(*(group_of.get(member, ()) for member in members))
        group_of.update(dict.fromkeys(whole, whole))
    return [sorted(group) for group in {id(group): group for group in group_of.values()}.values()]


def _per_100(counts: Mapping[str, Any]) -> str:
    return f"{100 * counts['asked'] / counts['records']:.2f}"


def _cell(scored: RunResult) -> str:
    level = scored["removal"]
    return f"{level['FP']}/{level['FN']} | {level['f1']:.4f}"


def _sum(sums: Counter[str], prefix: str) -> str:
    right, false, missed = (sums[prefix + key] for key in ("TP", "FP", "FN"))
    return f"{false}/{missed} | {2 * right / (2 * right + false + missed):.4f}"


def harder(
    sets: Path,
    variants: Sequence[str],
    tools: Mapping[str, list[str]],
    evaluate: ModuleType,
    *,
    draws: int,
) -> None:
    """The sets with fields taken away or spoilt; corrected labels where there are any.

    First all together, then those that the rules for questions were chosen on, then the others.
    All draws are counted as one.
    """
    print("| what is changed | sets | tool | FP/FN | F1 | left | asked | right | CPU s |")
    print("|---|---|---|---|---|---|---|---|---|")
    for variant in variants:
        sums: dict[tuple[str, str], Counter[str]] = {}
        drawn = (part for draw in range(draws) for part in _parts(sets, variant, draw))
        for part, records, labels in drawn:
            for tool, command in tools.items():
                with tempfile.TemporaryDirectory() as name:
                    write_set(Path(name), records, labels)
                    path = Path(name) / "records.csv"
                    own = RUNS.get(tool)
                    result = own(path) if own else measure([*command, str(path)])
                    scored = _score(Path(name), result, evaluate, LABELS[0])
                counts = scored["removal"] | {key: scored[key] for key in COUNTED}
                counts["ms"] = round(1000 * result["cpu"])
                counted = {key: counts[key] for key in ("TP", "FP", "FN", "ms", *COUNTED)}
                chosen = "chosen on" if part in CHOSEN_ON else "others"
                for which in ("all", chosen):
                    sums.setdefault((which, tool), Counter()).update(counted)
        for (which, tool), total in sorted(sums.items()):
            tail = f"{total['left']} | {_per_100(total)} | {total['right']}/{total['asked']}"
            cells = f"{variant} | {which} | {tool} | {_sum(total, '')} | {tail}"
            print(f"| {cells} | {total['ms'] / 1000:.0f} |", flush=True)


COUNTED = ("left", "asked", "right", "records")


def _parts(sets: Path, variant: str, draw: int) -> Iterator[tuple[str, list[Row], dict[str, str]]]:
    """Each set, spoilt; the half of digital work in two halves, by its works."""
    for folder in sorted(path.parent for path in sets.glob("*/records.csv")):
        records, labels = copy_of_set(folder, variant, draw)
        if not folder.name.startswith("wagner"):
            yield folder.name, records, labels
            continue
        for half in (0, 1):
            of_half = [r for r in records if crc32(labels[r["record_id"]].encode()) % 2 == half]
            own = {row["record_id"]: labels[row["record_id"]] for row in of_half}
            yield f"{folder.name}/{half}", of_half, own


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
