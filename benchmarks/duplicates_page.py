"""How long the page Duplicates takes on the server with many records.

    python benchmarks/duplicates_page.py [RECORDS]      (100,000 unless told)

The records are invented (road.py), and 1,000 pairs more that wait for a person. Each tab is drawn
by AppTest, which runs the page's script as the server does: once with empty caches, as after
somebody wrote to the review, and once more with what that run left in them. Beside the seconds
stands the time of this process on a processor, which other programs on the machine lengthen less.
Figures go to docs/benchmarks.md with the machine and the date.
"""

import logging
import os
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import streamlit as st
from streamlit.testing.v1 import AppTest

from benchmarks.road import SYLLABLES, machine, ris
from evidence.settings import Settings
from evidence.steps.desk import Desk
from evidence.steps.records.duplicates import (
    duplicate_policy,
    duplicates,
    find_duplicates,
    merged_works,
    pair_history,
    record_pairs,
)
from evidence.steps.records.importing import imports, uploads
from evidence.steps.review import people, reviews
from evidence.store import Store
from evidence.store.records.sources import SourceDraft
from evidence.store.review.reviews import Draft
from scripts.serving import ROOT

PAIRS = 1000
TIMES = 5
TABS = ("To decide", "Joined", "Decided by people", "Report", "What is kept apart")
ENTRY = (
    "TY  - JOUR\nTI  - {title}\nAU  - {first}, A.\nAU  - {second}, B.\nPY  - 2004\n"
    "JO  - {journal}\nVL  - {volume}\nER  - \n"
)


def main(records: int) -> None:
    """Measure and print."""
    logging.disable(logging.WARNING)
    print(f"{records:,} records; {machine()}; {datetime.now(UTC):%Y-%m-%d}\n")
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{folder}/waymark.db"
        os.environ["WAYMARK_DATABASE"] = address
        store = Store.open(address)
        person = people.named(store, "Benchmark")
        desk = reviews.create(store, person.id, Draft(title="Benchmark"))
        fill(desk, records)
        store_outcome = find_duplicates._store  # noqa: SLF001 - while it runs, nobody else can write
        find_duplicates._store = partial(timed, "  of which others had to wait", store_outcome)  # noqa: SLF001
        timed("compare all and join", duplicates.run, desk)
        timed("compare all again", duplicates.run, desk)
        print(f"  {duplicates.counts(desk)}\n")
        tabs(desk)
        actions(desk)
        store.close()
    print(f"\npeak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


def fill(desk: Desk, records: int) -> None:
    """Two sources with half of the records each, and with one record of each pair."""
    data = ris(records)
    middle = data.index(b"TY  - ", len(data) // 2)
    halves = (
        data[:middle] + "".join(pairs(0)).encode(),
        data[middle:] + "".join(pairs(1)).encode(),
    )
    for name, part in zip(("a.ris", "b.ris"), halves, strict=True):
        look = uploads.add(desk, name, part, Settings(max_upload_mb=2000), wait=True)
        imports.import_files(desk, [imports.Choice(preview_id=look, source=SourceDraft(name=name))])


def pairs(side: int) -> Iterator[str]:
    """Records of which each is a possible pair with one of the other side."""
    journal, volume = (("Work and Society", 9), ("Annals of Rehabilitation", 55))[side]
    rnd = random.Random(11)  # noqa: S311 - the same on both sides
    for _ in range(PAIRS):
        words = ["".join(rnd.choices(SYLLABLES, k=4)) for _ in range(8)]
        yield ENTRY.format(
            title=" ".join(words).capitalize(),
            first=words[0].capitalize(),
            second=words[1].capitalize(),
            journal=journal,
            volume=volume,
        )


def tabs(desk: Desk) -> None:
    """Every tab of the page, with empty and with filled caches."""
    at = AppTest.from_file(str(ROOT / "evidence" / "ui" / "shell" / "main.py"), default_timeout=120)
    at.query_params["review"] = str(desk.review_id)
    at.run()
    at.text_input[0].set_value("Benchmark")
    at.button[0].click().run()
    at.switch_page("../../pages/duplicates.py").run()
    for tab in TABS:
        at.session_state["tab"] = tab
        drawn(at, tab)
    at.session_state["tab"] = "To decide"


def drawn(at: AppTest, tab: str) -> None:
    """One tab, after a write and again."""
    cold: list[Spent] = []
    warm: list[Spent] = []
    for _ in range(TIMES):
        st.cache_data.clear()
        for spent in (cold, warm):
            spent.append(measured(at.run))
            if at.exception or at.error:
                raise RuntimeError("; ".join(error.value for error in (*at.exception, *at.error)))
    show(f"tab {tab}, after a write", cold)
    show(f"tab {tab}, again", warm)


def actions(desk: Desk) -> None:
    """What the buttons do."""
    waiting = [pair.pair for pair in record_pairs.waiting(desk)]
    joins = [join.work_id for join in merged_works.page(desk, 0, 3 * TIMES)]
    records = [join.records[-1].id for join in merged_works.page(desk, 100, TIMES)]
    several("decide a pair", [partial(record_pairs.answer, desk, ids, "same") for ids in waiting])
    several("undo", [partial(take_back, desk)] * TIMES)
    several("list the pairs that wait", [partial(record_pairs.waiting, desk)] * TIMES)
    several(
        "split a record off", [partial(record_pairs.split_off, desk, record) for record in records]
    )
    marks = [
        partial(record_pairs.mark_same, desk, joins[at], joins[at + 1])
        for at in range(0, 2 * TIMES, 2)
    ]
    several("mark two works as one", marks)
    several("sentences for the report", [partial(duplicate_policy.report, desk)] * TIMES)
    timed("decide all that wait at once", record_pairs.answer_all, desk, waiting, "different")
    timed("undo that", take_back, desk)


def take_back(desk: Desk) -> None:
    """As the key U does."""
    last = pair_history.newest_own(desk)
    if last is not None:
        pair_history.withdraw_act(desk, last.newest.verdict.id)


Spent = tuple[float, float]  # seconds, and seconds on a processor


def measured(act: Callable[[], object]) -> Spent:
    """What it took."""
    begin, processor = time.perf_counter(), time.process_time()
    act()
    return time.perf_counter() - begin, time.process_time() - processor


def show(what: str, spent: Sequence[Spent]) -> None:
    """Print the medians."""
    seconds, processor = (statistics.median(side) * 1000 for side in zip(*spent, strict=True))
    print(f"{what:44}{seconds:10,.0f} ms{processor:10,.0f} ms on a processor")


def several(what: str, acts: Sequence[Callable[[], object]]) -> None:
    """Do some of these one after the other and print the medians."""
    show(what, [measured(act) for act in acts[:TIMES]])


def timed(what: str, act: Callable[..., object], *arguments: object) -> None:
    """Do something once and print how long it took."""
    several(what, [partial(act, *arguments)])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
