"""How long a lead waits for settings, giving out, pilots and agreement in a large review.

    python benchmarks/team.py [--works 100000]

Half of the works were read by two of three people, who differ on about one in ten. The rows are
written straight into the tables, because only reading and changing them is measured. CPU seconds
are those of this process; others may use the machine as well.
"""

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sqlalchemy import insert

from evidence.screening.stage_settings import StageSettings
from evidence.screening.verdicts import Stage, State
from evidence.steps.desk import Desk
from evidence.steps.review import people, reviews, team
from evidence.steps.screening import (
    agreement,
    allocation,
    conflicts,
    pilots,
    progress,
    stage_settings,
)
from evidence.store import Role, Store
from evidence.store.review.reviews import Draft
from evidence.store.schema import assignment, decision, work
from evidence.store.screening import decisions

TA = Stage.TITLE_ABSTRACT
TWO, THREE = StageSettings(voices=2), StageSettings(voices=3)
AT_ONCE = 5000
WIDE = ("authors", "keywords", "editors", "urls", "issn", "isbn", "notes")


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--works", type=int, default=100_000)
    works = options.parse_args().works
    machine = f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
    print(
        f"{works:,} works; {machine}; load {os.getloadavg()[0]:.1f}; {datetime.now(UTC):%Y-%m-%d}\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(f"sqlite:///{folder}/benchmark.db")
        anna = people.named(store, "Anna")
        desk = reviews.create(store, anna.id, Draft(title="Benchmark"))
        for name in ("Anna", "Ben", "Cleo"):
            team.add(desk, name)
        team_ids = list(team.names(desk))
        fill(desk, works, team_ids[:2])
        print(f"{'':44} {'s':>7} {'CPU s':>7}")
        for words, step in steps(desk, team_ids).items():
            timed(words, step)
        store.close()


def steps(desk: Desk, team_ids: list[int]) -> dict[str, Callable[[], object]]:
    """What is measured, in this order."""
    shares = dict.fromkeys(team_ids, 1.0)
    return {
        "preview of other settings": lambda: stage_settings.preview(desk, TA, THREE),
        "keep other settings": lambda: stage_settings.change(desk, TA, THREE, TWO),
        "keep the first ones again": lambda: stage_settings.change(desk, TA, TWO, THREE),
        "the team with its progress": lambda: team.everybody(desk, TA),
        "the line of progress": lambda: progress.team_progress(desk, TA),
        "agreement": lambda: agreement.measure(desk, TA),
        "what is still to be given out": lambda: allocation.shortage(desk, TA),
        "begin a pilot of 100": lambda: pilots.begin(desk, TA, team_ids[:2], 100),
        "divide the rest at random": lambda: allocation.divide(desk, TA, shares),
        "the next conflict": lambda: conflicts.next_conflict(desk, TA, State.CONFLICT),
        "take somebody out": lambda: team.take_out(desk, team_ids[-1]),
    }


def fill(desk: Desk, works: int, readers: list[int]) -> None:
    """Works, of which half were read by both readers."""
    wide: dict[str, object] = {name: [] for name in WIDE if name in work.c}
    with desk.writing(Role.REVIEWER) as w:
        same = {"origin": {}, "title_abstract": "open", "full_text": "open", **wide}
        rows = [w.for_review(title=f"Work {number}", **same) for number in range(works)]
        for at in range(0, works, AT_ONCE):
            w.connection.execute(insert(work), rows[at : at + AT_ONCE])
        decision_rows, assignment_rows = [], []
        for number in range(1, works // 2 + 1):
            for reader, rare in zip(readers, (20, 19), strict=True):
                about = {"work_id": number, "stage": TA.value, "person_id": reader, "at": w.at}
                verdict = "exclude" if number % rare else "include"
                decision_rows.append(
                    w.for_review(verdict=verdict, client_id=f"{number}-{reader}", **about)
                )
                assignment_rows.append(
                    w.for_review(how="pulled", done_at=w.at, first_work_id=number, **about)
                )
        for at in range(0, len(decision_rows), AT_ONCE):
            w.connection.execute(insert(decision), decision_rows[at : at + AT_ONCE])
            w.connection.execute(insert(assignment), assignment_rows[at : at + AT_ONCE])
        decisions.refresh(w, TA, range(1, works // 2 + 1))
    stage_settings.change(desk, TA, TWO, StageSettings())


def timed(words: str, step: Callable[[], object]) -> None:
    """Take a step and print how long it took."""
    begin, processor = time.perf_counter(), time.process_time()
    step()
    passed, used = time.perf_counter() - begin, time.process_time() - processor
    print(f"{words:44} {passed:7.2f} {used:7.2f}", flush=True)


if __name__ == "__main__":
    main()
