"""How large a version of a map is where it is kept, and how long it takes to keep and to compare.

    python benchmarks/map_versions.py [--studies 800 5000]

Maps are the invented ones of benchmarks/map_file.py, with abstracts and quotations, as versions
have them. Every second finding of the later map has another outcome. Processor seconds.
"""

import argparse
import copy
import gzip
import json
import platform
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.map_file import add_both, invented  # noqa: E402
from evidence.store.results.map_versions import packed  # noqa: E402
from evidence.synthesis.changes.told_changes import with_changes  # noqa: E402
from evidence.synthesis.map_document import LongTexts, as_json  # noqa: E402
from evidence.synthesis.public_map import without_texts  # noqa: E402


def main() -> None:
    """Measure, and print the table."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    options.add_argument("--studies", type=int, nargs="+", default=[800, 5000])
    asked = options.parse_args()
    print(f"Python {platform.python_version()}, {datetime.now(UTC):%Y-%m-%d}\n")
    print("| studies | JSON, kB | kept, kB | packing, s | comparing, s | changes, gzip, kB |")
    print("|---|---|---|---|---|---|")
    for studies in asked.studies:
        _print(studies)


def _print(studies: int) -> None:
    document = invented(studies)
    add_both(document, Random(studies))  # noqa: S311
    document["frozen"] = {"number": 1, "date": "2026-05-01", "note": ""}
    text = as_json(document)
    kept, packing = _timed(lambda: packed(text))
    before = without_texts(document, LongTexts(quotations=True))
    now = without_texts(_recoded(document), LongTexts(quotations=True))
    told, comparing = _timed(lambda: with_changes(now, before))
    changes = gzip.compress(json.dumps(told["since"]).encode())
    print(
        f"| {studies:,} | {len(text.encode()) / 1000:,.0f} | {len(kept) / 1000:,.0f} "
        f"| {packing:.2f} | {comparing:.2f} | {len(changes) / 1000:,.0f} |"
    )


def _recoded(document: dict[str, Any]) -> dict[str, Any]:
    """The same map with another outcome in every second finding."""
    later = copy.deepcopy(document)
    outcome = next(each for each in later["dimensions"] if each["id"] == "axis:outcome")
    number = len(outcome["headings"]["id"])
    outcome["codes"] = [(c + at % 2) % number for at, c in enumerate(outcome["codes"])]
    return later


def _timed(act: Callable[[], Any]) -> tuple[Any, float]:
    begin = time.process_time()
    return act(), time.process_time() - begin


if __name__ == "__main__":
    main()
