"""How fast files are read, how much memory that takes, and what gets lost, beside other readers.

    python benchmarks/reading.py [--records 100000] [--files ../shared/citations]
    python benchmarks/reading.py --peers PYTHON     with rispy, nbib, bibtexparser and pybtex
                                                    beside it (a Python that has them installed)

The first table is about files that this program invents; each measurement runs in a process of its
own. The second is about all RIS, nbib and BibTeX files below --files. The others get the text
decoded as UTF-8 without a byte order mark, which is more than they ask for.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from evidence.citations import formats  # noqa: E402
from evidence.citations.record import Record  # noqa: E402

WORDS = (
    *("recovery", "employment", "support", "mental", "health", "trial", "people", "work"),
    *("program", "study", "invented", "garden", "effect", "participants", "months", "control"),
)
SEED = 11

PEERS = {"ris": ("rispy",), "nbib": ("nbib",), "bibtex": ("bibtexparser", "pybtex")}

# Runs in the other Python: the number of records in each file, None where the reader gives up on
# all of it. What bibtexparser 2 could not read (its failed blocks) is not counted.
PEER = """
import importlib.metadata, json, logging, resource, sys, time, warnings

logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")
library, paths = sys.argv[1], json.load(sys.stdin)
if library == "rispy":
    import rispy
    count = lambda text: len(rispy.loads(text))
elif library == "nbib":
    import nbib
    count = lambda text: len(nbib.read(text))
elif library == "pybtex":
    from pybtex.database import parse_string
    count = lambda text: len(parse_string(text, "bibtex").entries)
else:
    import bibtexparser
    if hasattr(bibtexparser, "parse_string"):
        count = lambda text: len(bibtexparser.parse_string(text).entries)
    else:
        from bibtexparser.bparser import BibTexParser
        count = lambda text: len(BibTexParser(ignore_nonstandard_types=False).parse(text).entries)
counts, began, before = [], time.perf_counter(), time.process_time()
for path in paths:
    with open(path, "rb") as file:
        text = file.read().decode("utf-8-sig", "replace")
    try:
        counts.append(count(text))
    except Exception:
        counts.append(None)
took, cpu = time.perf_counter() - began, time.process_time() - before
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
name = library + " " + importlib.metadata.version(library)
print(json.dumps({"name": name, "counts": counts, "s": took, "cpu": cpu, "peak": peak}))
"""


def main() -> None:
    """Measure, and print the tables."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    options.add_argument("--records", type=int, default=100_000)
    options.add_argument("--files", type=Path, default=ROOT.parent / "shared" / "citations")
    options.add_argument("--peers", metavar="PYTHON", default="")
    options.add_argument("--one", nargs=2, metavar=("ROAD", "FILE"), help=argparse.SUPPRESS)
    args = options.parse_args()
    if args.one:
        _measure(args.one[0], Path(args.one[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        _speed(Path(folder), args.records, args.peers)
    if args.files.is_dir():
        _losses(args.files, args.peers)
    else:
        print(f"\nNo comparison: {args.files} is not there.")


def _speed(folder: Path, records: int, peers: str) -> None:
    print("| invented file | MB | reader | records | s | CPU s | records/CPU s | peak MB |")
    print("|---|---|---|---|---|---|---|---|")
    for kind, name, size, make in (
        ("ris", "plain.ris", records, ris_entry),
        ("nbib", "plain.nbib", records // 10, nbib_entry),
        ("bibtex", "plain.bib", records // 10, bibtex_entry),
    ):
        path = folder / name
        dice = random.Random(SEED)  # noqa: S311 - words for a benchmark
        with path.open("w", encoding="utf-8") as file:
            file.writelines(make(number, dice) for number in range(size))
        megabytes = path.stat().st_size / 1e6
        for road in ("one by one", "all at once"):
            done = subprocess.run(
                [sys.executable, __file__, "--one", road, str(path)],
                check=True,
                capture_output=True,
                text=True,
            )
            print(f"| {name} | {megabytes:.1f} | Waymark, {road} | {done.stdout}", end="")
        for library in PEERS[kind] if peers else ():
            result = _peer(peers, library, [path])
            row = _row(result["counts"][0] or 0, result["s"], result["cpu"], result["peak"])
            print(f"| {name} | {megabytes:.1f} | {result['name']} | {row}")


def _peer(python: str, library: str, paths: list[Path]) -> dict[str, Any]:
    """What another reader makes of the files, in a process of its own."""
    done = subprocess.run(
        [python, "-c", PEER, library],
        input=json.dumps([str(path) for path in paths]),
        check=True,
        capture_output=True,
        text=True,
    )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def _row(records: int, took: float, cpu: float, peak: float) -> str:
    """The rate is of CPU seconds, because others may use the machine as well."""
    return f"{records:,} | {took:.2f} | {cpu:.2f} | {records / cpu:,.0f} | {peak:,.0f} |"


def _measure(road: str, path: Path) -> None:
    """Read one file and print its numbers; one by one, no record outlives the next."""
    data = path.read_bytes()
    began, before = time.perf_counter(), time.process_time()
    if road == "one by one":
        opened = formats.open_file(data, path.name)
        records = sum(isinstance(entry, Record) for entry in opened.entries())
    else:
        records = len(formats.read(data, path.name).records)
    took, cpu = time.perf_counter() - began, time.process_time() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(_row(records, took, cpu, peak))


def _losses(folder: Path, peers: str) -> None:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    mine = {path: formats.read(path.read_bytes(), path.name) for path in files}
    print("\n| files | reader | records | lost | files wrong | refused | CPU s |")
    print("|---|---|---|---|---|---|---|")
    for kind, libraries in PEERS.items():
        paths = [path for path in files if mine[path].format == kind]
        seen = [mine[path].seen for path in paths]
        before = time.process_time()
        counts = [len(formats.read(path.read_bytes(), path.name).records) for path in paths]
        _account(f"{len(paths)} {kind}", "Waymark", seen, counts, time.process_time() - before)
        for library in libraries if peers else ():
            result = _peer(peers, library, paths)
            _account(f"{len(paths)} {kind}", result["name"], seen, result["counts"], result["cpu"])


def _account(
    files: str, name: str, seen: Sequence[int], counts: Sequence[int | None], cpu: float
) -> None:
    """A row: entries seen and not kept, files with another number, files given up as a whole."""
    total = sum(got or 0 for got in counts)
    lost = sum(max(0, all_ - (got or 0)) for all_, got in zip(seen, counts, strict=True))
    wrong = sum(all_ != got for all_, got in zip(seen, counts, strict=True))
    refused = sum(got is None for got in counts)
    print(f"| {files} | {name} | {total:,} | {lost:,} | {wrong} | {refused} | {cpu:.2f} |")


def _words(dice: random.Random, words: int) -> str:
    return " ".join(dice.choice(WORDS) for _ in range(words))


def ris_entry(number: int, dice: random.Random) -> str:
    """An entry as large as those of the databases: about 1.9 kB, half of it abstract."""
    authors = "".join(
        f"AU  - {_words(dice, 1).title()}, {_words(dice, 1).title()} {dice.choice('ABC')}.\n"
        for _ in range(dice.randint(1, 8))
    )
    keywords = "".join(f"KW  - {_words(dice, 2)}\n" for _ in range(dice.randint(0, 8)))
    year = dice.randint(1980, 2025)
    return (
        f"TY  - JOUR\nID  - {number}\n{authors}TI  - {_words(dice, 12).capitalize()}\n"
        f"T2  - Journal of {_words(dice, 3).title()}\nJ2  - J. {_words(dice, 1).title()}.\n"
        f"PY  - {year}\nDA  - {year}/03/0{dice.randint(1, 9)}/\nVL  - {dice.randint(1, 90)}\n"
        f"IS  - {dice.randint(1, 12)}\n"
        f"SP  - {dice.randint(1, 900)}\nEP  - {dice.randint(901, 999)}\n"
        f"SN  - 1234-567{dice.randint(0, 9)}\nDO  - 10.5555/inv.{number}\n"
        f"UR  - https://example.org/record/{number}\n{keywords}AB  - {_words(dice, 170)}.\n"
        f"LA  - English\nDB  - Scopus\nN1  - Cited By: {dice.randint(0, 99)}\nER  - \n\n"
    )


def bibtex_entry(number: int, dice: random.Random) -> str:
    """A record in BibTeX."""
    authors = " and ".join(
        f"{_words(dice, 1).title()}, {_words(dice, 1).title()} {dice.choice('ABC')}."
        for _ in range(dice.randint(1, 8))
    )
    return (
        f"@article{{k{number},\n  author = {{{authors}}},\n  title = {{{_words(dice, 12)}}},\n"
        f"  journal = {{Journal of {_words(dice, 3).title()}}},\n"
        f"  year = {{{dice.randint(1980, 2025)}}},\n  volume = {{{dice.randint(1, 90)}}},\n"
        f"  pages = {{{dice.randint(1, 900)}--{dice.randint(901, 999)}}},\n"
        f"  doi = {{10.5555/inv.{number}}},\n  abstract = {{{_words(dice, 170)}.}}\n}}\n\n"
    )


def nbib_entry(number: int, dice: random.Random) -> str:
    """A record as PubMed writes it, its abstract wrapped."""
    authors = "".join(
        f"FAU - {_words(dice, 1).title()}, {_words(dice, 1).title()} {dice.choice('ABC')}\n"
        for _ in range(dice.randint(1, 8))
    )
    abstract = "\n      ".join(_words(dice, 12) for _ in range(14))
    return (
        f"PMID- {30_000_000 + number}\nOWN - NLM\nSTAT- MEDLINE\nIS  - 1234-5678 (Linking)\n"
        f"VI  - {dice.randint(1, 90)}\nIP  - {dice.randint(1, 12)}\n"
        f"DP  - {dice.randint(1980, 2025)} Mar\nTI  - {_words(dice, 12).capitalize()}.\n"
        f"PG  - {dice.randint(1, 900)}-{dice.randint(901, 999)}\n"
        f"LID - 10.5555/inv.{number} [doi]\nAB  - {abstract}.\n{authors}LA  - eng\n"
        f"PT  - Journal Article\nJT  - Journal of {_words(dice, 3)}\nMH  - {_words(dice, 2)}\n\n"
    )


if __name__ == "__main__":
    main()
