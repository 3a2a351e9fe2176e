"""How long it takes to tell which codings a person may see, and what rests on that.

    python -m benchmarks.seen_codings [--studies 5000] [--database ADDRESS]

The review is that of agreement.py: each study was coded whole by two people, with a scheme of 60
questions. Besides, all studies are given to both, the first person has reopened each tenth coding,
and a third person codes nothing and is to reconcile. Codings are invented. Each line is asked for
the first person, who may not hear of what is reopened, and for the third.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import func, select, update

from benchmarks.agreement import CODERS, filled, scheme
from benchmarks.screening import machine, quantile
from evidence.steps.coding import coders, schemes, study_list
from evidence.steps.coding.reconcile import reconciling
from evidence.steps.desk import Desk
from evidence.steps.results import coded_studies
from evidence.steps.review import membership, people
from evidence.store import Role, schema
from evidence.store.coding import leaving_codings, seen_codings
from evidence.store.coding.study_table import StudyFilter

TIMES = 3  # each line is measured so often
REOPENED = 10  # one coding of the first person in so many
BOTH = 100  # percent of studies that two people code


def main() -> None:
    """Measure, and print the table."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    options.add_argument("--studies", type=int, default=5_000)
    options.add_argument("--database", help="an empty one; else a SQLite file is made")
    args = options.parse_args()
    print(f"{args.studies:,} studies; {machine()}; {datetime.now(UTC):%Y-%m-%d}")
    with tempfile.TemporaryDirectory() as folder:
        first, scheme_id = filled(args.database or f"sqlite:///{folder}/made.db", args.studies)
        third = shared_out(first, scheme_id)
        print(f"load {os.getloadavg()[0]:.1f}\n")
        print("| what | first person: CPU ms, ms | third person: CPU ms, ms |\n|---|---|---|")
        for what, act in asked(scheme_id).items():
            cells = [cell(lambda: act(desk)) for desk in (first, third)]  # noqa: B023 - at once
            print(f"| {what} | {' | '.join(cells)} |", flush=True)
        first.store.close()


def shared_out(first: Desk, scheme_id: int) -> Desk:
    """Give all studies to both coders and reopen some codings; gives a third person's desk."""
    persons = {name: people.named(first.store, name).id for name in (*CODERS, "Third")}
    others = [replace(first, person_id=persons[name]) for name in (CODERS[1], "Third")]
    for desk in (first, *others):
        membership.join(desk)
    coders.change(first, scheme_id, BOTH, before=0)
    with first.reading() as c:
        query = select(schema.study.c.id).where(schema.study.c.review_id == first.review_id)
        study_ids = list(c.execute(query).scalars())
    for name in CODERS:
        coders.give(first, scheme_id, persons[name], study_ids)
    with first.writing(Role.REVIEWER) as w:
        own = schema.coding.c.person_id == first.person_id
        some = schema.coding.c.study_id % REOPENED == 0
        w.connection.execute(
            update(schema.coding).where(own, some).values(state="draft", completed_at=None)
        )
    return others[-1]


def asked(scheme_id: int) -> dict[str, Callable[[Desk], object]]:
    """What is asked, by what it is for."""

    def seen(desk: Desk) -> object:
        which = seen_codings.may_see(desk.person_id)
        with desk.reading() as c:
            return c.execute(select(func.count()).select_from(schema.coding).where(which)).scalar()

    def to_reconcile(desk: Desk) -> object:
        with desk.reading() as c:
            return seen_codings.seen_studies(c, scheme_id, desk.person_id)

    def withheld(desk: Desk) -> object:
        with desk.reading() as c:
            return leaving_codings.withheld(c, desk.review_id, desk.person_id)

    def one_sheet(desk: Desk) -> object:
        readable = next(s for s in reconciling.listing(desk, scheme_id) if s.is_readable)
        return reconciling.sheet(desk, readable.study_id, scheme_id)

    one = scheme().replace("label: Code 3", "label: Called otherwise", 1)
    every = scheme().replace("label: Code", "label: Called")
    by_code = StudyFilter(question="q1", code="c1")
    return {
        "codings that may be seen (`may_see`)": seen,
        "studies that may be seen (`seen_studies`)": to_reconcile,
        "page Coders": lambda desk: coders.page(desk, scheme_id),
        "page Coders: another share": lambda desk: coders.preview(desk, scheme_id, BOTH // 2),
        "page Reconcile: its list": lambda desk: reconciling.listing(desk, scheme_id),
        "page Reconcile: how many wait": lambda desk: reconciling.still_coded(desk, scheme_id),
        "list and sheet to reconcile": one_sheet,
        "all studies that have a code": lambda desk: study_list.count(desk, scheme_id, by_code),
        "what a code called otherwise touches": lambda desk: schemes.effects_of(desk, one, ""),
        "what all codes called otherwise touch": lambda desk: schemes.effects_of(desk, every, ""),
        "what is withheld from an export": withheld,
        "results: what may not be heard": coded_studies.unheard,
        "results: all coded studies": coded_studies.load,
    }


def cell(act: Callable[[], object]) -> str:
    """CPU time and time by the clock, the median of some."""
    waited, worked = [], []
    for _ in range(TIMES):
        begin, begin_work = time.perf_counter(), time.process_time()
        act()
        waited.append(1000 * (time.perf_counter() - begin))
        worked.append(1000 * (time.process_time() - begin_work))
    return f"{quantile(worked, 0.5):,.0f}, {quantile(waited, 0.5):,.0f}"


if __name__ == "__main__":
    main()
