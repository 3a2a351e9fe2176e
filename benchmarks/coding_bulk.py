"""How long it takes to put a code on many studies at once, and to undo it.

    python -m benchmarks.coding_bulk [STUDIES]      (5,000)

Studies, scheme and codings are invented, as in benchmarks/coding.py: two people have coded each
tenth study whole. Figures go to docs/benchmarks.md with the machine and the date.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from benchmarks.coding import print_times
from benchmarks.coding_review import MadeReview, made
from benchmarks.screening import machine
from evidence.steps.coding import bulk_coding, study_list
from evidence.steps.coding.bulk_coding import BulkCode
from evidence.store import Store
from evidence.store.coding.study_table import StudyFilter

TIMES = 5
ALL = StudyFilter()
T = TypeVar("T")


def main(studies: int) -> None:
    """Measure and print."""
    print(f"{studies:,} studies; {machine()}; {datetime.now(UTC):%Y-%m-%d %H:%M} UTC")
    print(f"ms; load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(f"sqlite:///{Path(folder) / 'bulk.db'}")
        review = made(store, studies)
        for question, kind in (("q5", "one of"), ("q6", "many of")):
            at_once(review, question, kind)
        table(review)
        store.close()


def at_once(review: MadeReview, question: str, kind: str) -> None:
    """A code of a question on all studies, and off again."""
    bulk = BulkCode(scheme_id=review.scheme_id, which=ALL, question=question, code="o3", on=True)
    times: dict[str, list[float]] = {}
    for _ in range(TIMES):
        seen = timed(times, "preview", lambda: bulk_coding.preview(review.desk, bulk))
        act = timed(times, "put on", lambda: bulk_coding.put_code(review.desk, bulk, seen))  # noqa: B023
        timed(times, "what was last", lambda: bulk_coding.latest_act(review.desk, bulk.scheme_id))
        timed(times, "undo", lambda: bulk_coding.undo_act(review.desk, act))  # noqa: B023
        off = replace(bulk, on=False)
        timed(times, "preview of nothing", lambda: bulk_coding.preview(review.desk, off))  # noqa: B023
    for what, values in times.items():
        print_times(f"{kind}: {what}", values)
    print(f"  in {len(seen.changing):,} studies")


def table(review: MadeReview) -> None:
    """The table with all studies in it."""
    times: dict[str, list[float]] = {}
    for _ in range(TIMES):
        timed(times, "table: all studies", lambda: study_list.page(
            review.desk, review.scheme_id, ALL, limit=len(review.study_ids)))  # fmt: skip
    for what, values in times.items():
        print_times(what, values)


def timed(times: dict[str, list[float]], what: str, act: Callable[[], T]) -> T:
    """Do it, and note how many milliseconds it took."""
    begin = time.perf_counter()
    done = act()
    times.setdefault(what, []).append(1000 * (time.perf_counter() - begin))
    return done


if __name__ == "__main__":
    sizes = [argument for argument in sys.argv[1:] if argument.isdigit()]
    main(int(sizes[0]) if sizes else 5_000)
