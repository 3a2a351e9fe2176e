"""How fast files are read, how much memory that takes, and what gets lost, beside other readers.

    python benchmarks/reading.py [--records 100000] [--files ../shared/citations]

The first table is about a RIS and a BibTeX file that this program invents; each measurement runs
in a process of its own. The second is about all RIS and BibTeX files below --files, and compares
with rispy, bibtexparser and pybtex where they are installed. They get the text decoded as UTF-8
without a byte order mark, which is more than they ask for.
"""

import argparse
import importlib
import logging
import random
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
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

Counter = Callable[[str], int]


def main() -> None:
    """Measure, and print the tables."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--records", type=int, default=100_000)
    options.add_argument("--files", type=Path, default=ROOT.parent / "shared" / "citations")
    options.add_argument("--one", nargs=2, metavar=("ROAD", "FILE"), help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.one:
        _measure(chosen.one[0], Path(chosen.one[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        _speed(Path(folder), chosen.records)
    if chosen.files.is_dir():
        _losses(chosen.files)
    else:
        print(f"\nNo comparison: {chosen.files} is not there.")


def _speed(folder: Path, records: int) -> None:
    head = ("invented file", "road", "MB", "records", "s", "CPU s", "records/s", "peak MB")
    print("{:>14} {:>8} {:>6} {:>8} {:>7} {:>7} {:>10} {:>8}".format(*head))
    for name, size, make in (
        ("plain.ris", records, ris_entry),
        ("plain.bib", records // 10, bibtex_entry),
    ):
        path = folder / name
        dice = random.Random(SEED)  # noqa: S311 - words for a benchmark
        with path.open("w", encoding="utf-8") as file:
            file.writelines(make(number, dice) for number in range(size))
        for road in ("stream", "read"):
            done = subprocess.run(
                [sys.executable, __file__, "--one", road, str(path)],
                check=True,
                capture_output=True,
                text=True,
            )
            print(f"{name:>14} {road:>8} {done.stdout}", end="")


def _measure(road: str, path: Path) -> None:
    """Read one file and print a row; `stream` drops each record, `read` keeps them all."""
    data = path.read_bytes()
    began, before = time.perf_counter(), time.process_time()
    if road == "stream":
        opened = formats.open_file(data, path.name)
        records = sum(isinstance(found, Record) for found in opened.entries())
    else:
        records = len(formats.read(data, path.name).records)
    took, worked = time.perf_counter() - began, time.process_time() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rate = records / worked  # of work, because others may use the machine as well
    megabytes = len(data) / 1e6
    print(f"{megabytes:6.1f} {records:8,} {took:7.2f} {worked:7.2f} {rate:10,.0f} {peak:8,.0f}")


def _losses(folder: Path) -> None:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    mine = {path: formats.read(path.read_bytes(), path.name) for path in files}
    for name, libraries in (("ris", (rispy,)), ("bibtex", (bibtexparser, pybtex))):
        of_format = [path for path in files if mine[path].format == name]
        print(f"\n{len(of_format)} {name} files of {folder}")
        print(
            f"{'reader':>16} {'records':>8} {'lost':>6} {'files wrong':>12} {'refused':>8} {'s':>7}"
        )
        began = time.perf_counter()
        for path in of_format:
            formats.read(path.read_bytes(), path.name)
        _row("Waymark", [(mine[p].seen, len(mine[p].records)) for p in of_format], began)
        for library in libraries:
            counter = library()
            if counter is None:
                print(f"{library.__name__:>16} is not installed")
                continue
            texts = [path.read_bytes().decode("utf-8-sig", "replace") for path in of_format]
            began = time.perf_counter()
            counts = [_tried(counter, text) for text in texts]
            _row(
                library.__name__,
                list(zip((mine[p].seen for p in of_format), counts, strict=True)),
                began,
            )


def _row(name: str, counts: list[tuple[int, int | None]], began: float) -> None:
    took = time.perf_counter() - began
    kept = sum(got or 0 for _, got in counts)
    lost = sum(max(0, seen - (got or 0)) for seen, got in counts)
    wrong = sum(seen != got for seen, got in counts)
    refused = sum(got is None for _, got in counts)
    print(f"{name:>16} {kept:8,} {lost:6,} {wrong:12} {refused:8} {took:7.2f}")


def _tried(counter: Counter, text: str) -> int | None:
    """The number of records, None where the reader gives up on the whole file."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return counter(text)
    except Exception:  # noqa: BLE001 - whatever it raises, the file is refused
        return None


def rispy() -> Counter | None:
    """Count with rispy, if it is there."""
    library = _library("rispy")
    return library and (lambda text: len(library.loads(text)))


def bibtexparser() -> Counter | None:
    """Count with bibtexparser 2 as it comes: failed blocks are not entries."""
    library = _library("bibtexparser")
    return library and (lambda text: len(library.parse_string(text).entries))


def pybtex() -> Counter | None:
    """Count with pybtex, if it is there."""
    library = _library("pybtex.database")
    return library and (lambda text: len(library.parse_string(text, "bibtex").entries))


def _library(name: str) -> Any:
    logging.disable(logging.CRITICAL)
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def _said(dice: random.Random, words: int) -> str:
    return " ".join(dice.choice(WORDS) for _ in range(words))


def ris_entry(number: int, dice: random.Random) -> str:
    """An entry as large as those of the databases: about 1.9 kB, half of it abstract."""
    authors = "".join(
        f"AU  - {_said(dice, 1).title()}, {_said(dice, 1).title()} {dice.choice('ABC')}.\n"
        for _ in range(dice.randint(1, 8))
    )
    keywords = "".join(f"KW  - {_said(dice, 2)}\n" for _ in range(dice.randint(0, 8)))
    year = dice.randint(1980, 2025)
    return (
        f"TY  - JOUR\nID  - {number}\n{authors}TI  - {_said(dice, 12).capitalize()}\n"
        f"T2  - Journal of {_said(dice, 3).title()}\nJ2  - J. {_said(dice, 1).title()}.\n"
        f"PY  - {year}\nDA  - {year}/03/0{dice.randint(1, 9)}/\nVL  - {dice.randint(1, 90)}\n"
        f"IS  - {dice.randint(1, 12)}\n"
        f"SP  - {dice.randint(1, 900)}\nEP  - {dice.randint(901, 999)}\n"
        f"SN  - 1234-567{dice.randint(0, 9)}\nDO  - 10.5555/inv.{number}\n"
        f"UR  - https://example.org/record/{number}\n{keywords}AB  - {_said(dice, 170)}.\n"
        f"LA  - English\nDB  - Scopus\nN1  - Cited By: {dice.randint(0, 99)}\nER  - \n\n"
    )


def bibtex_entry(number: int, dice: random.Random) -> str:
    """The same in BibTeX."""
    authors = " and ".join(
        f"{_said(dice, 1).title()}, {_said(dice, 1).title()} {dice.choice('ABC')}."
        for _ in range(dice.randint(1, 8))
    )
    return (
        f"@article{{k{number},\n  author = {{{authors}}},\n  title = {{{_said(dice, 12)}}},\n"
        f"  journal = {{Journal of {_said(dice, 3).title()}}},\n"
        f"  year = {{{dice.randint(1980, 2025)}}},\n  volume = {{{dice.randint(1, 90)}}},\n"
        f"  pages = {{{dice.randint(1, 900)}--{dice.randint(901, 999)}}},\n"
        f"  doi = {{10.5555/inv.{number}}},\n  abstract = {{{_said(dice, 170)}.}}\n}}\n\n"
    )


if __name__ == "__main__":
    main()
