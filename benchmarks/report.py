"""How long the report of a large review takes, and what writing in it costs.

    python -m benchmarks.report [--studies 5000]

A review with so many invented records, each a study, coded as those of the example review are, one
after the other, again and again. What the page keeps is asked with nothing kept, then as while
somebody types. Figures go to docs/benchmarks.md with the machine and the date.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import count, product
from typing import Any, TypeVar

from sqlalchemy import Connection, insert, select

from benchmarks.screening import filled, machine
from evidence.coding.write_scheme import as_yaml
from evidence.screening.verdicts import Stage, Verdict
from evidence.steps import example
from evidence.steps.coding import schemes, studies
from evidence.steps.desk import Desk
from evidence.steps.results import report
from evidence.steps.results.concluding import conclusions
from evidence.steps.results.report import ReportFormat
from evidence.steps.results.reporting import report_page, report_parts, report_text
from evidence.steps.results.theming import themes
from evidence.steps.screening import decisions
from evidence.store import Role, Store
from evidence.store.coding import studies as stored_studies
from evidence.store.records import works
from evidence.store.records.filters import Filter
from evidence.store.results import conclusions as stored_conclusions
from evidence.store.results import themes as stored_themes
from evidence.store.results.conclusions import ConclusionAct
from evidence.store.results.themes import ThemeState
from evidence.store.schema import answer, coding, finding
from evidence.store.screening.decisions import NewDecision
from evidence.synthesis.conclusions.conclusion import Conclusion, Support, SupportKind
from evidence.synthesis.themes.theme_tree import Theme, ThemeLevel

T = TypeVar("T")
TYPED = 20  # acts of which the mean is told
STATEMENTS, WRITTEN, ACTS = 60, 30, 1_000


def main() -> None:
    """Measure, and print the table."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    options.add_argument("--studies", type=int, default=5_000)
    asked = options.parse_args()
    print(f"{asked.studies:,} studies; {machine()}; {datetime.now(UTC):%Y-%m-%d}")
    with tempfile.TemporaryDirectory() as folder:
        desk = made(Store.open(f"sqlite:///{folder}/made.db"), asked.studies)
        print(f"load {os.getloadavg()[0]:.1f}\n")
        print("| what | CPU s | s |\n|---|---|---|")
        _measure_ledger(desk)
        _measure(desk)
        desk.store.close()


def _measure_ledger(desk: Desk) -> None:
    """What people concluded, after they wrote it again and again, and sorted what people say."""
    with desk.reading() as c:
        study_ids = stored_studies.ids(c, desk.review_id)[:100]
    uids = [conclusions.new_uid() for _ in range(STATEMENTS)]
    theme = Theme(uid=themes.new_uid(), level=ThemeLevel.CODE, name="Invented")
    with desk.writing(Role.EDITOR) as w:
        for number in range(ACTS):
            named = replace(theme, name=f"Invented {number}")
            stored_themes.put(w, [ThemeState(theme=named)], [], named.name)
        for number, (place, uid) in product(range(WRITTEN), enumerate(uids)):
            rests = tuple(
                Support(kind=SupportKind.STUDY, ids=(str(study),))
                for study in study_ids[place : place + 10]
            )
            said = Conclusion(uid=uid, text=f"Invented {number}.", supports=rests)
            stored_conclusions.put(w, said, (), ConclusionAct.WRITTEN)
    print(f"| {STATEMENTS} statements, each written {WRITTEN} times; {ACTS} acts on themes | | |")
    _timed("the ledger", lambda: conclusions.ledger(desk))
    _timed("the statements on one study", lambda: conclusions.resting_on(desk, study_ids[0]))
    _timed("themes", lambda: themes.board(desk))


def _measure(desk: Desk) -> None:
    hears = _timed("for whom live parts are filled", lambda: report_parts.hearer(desk))
    parts = _timed("all facts", lambda: report_parts.of_person(desk, hears))
    _timed("the list of sections, nothing kept", lambda: report_page.lines(desk, parts))
    _timed("the first section", lambda: report_page.page(desk, parts, "summary"))
    _timed("what asks to be looked at, nothing kept", lambda: report_page.signs(desk, parts))
    _timed("the list, as while typing", lambda: report_page.lines(desk, parts))
    _timed("what asks to be looked at, too", lambda: report_page.signs(desk, parts))
    act = {"act": "write", "section": "background", "title": "Background"}

    def type_on() -> None:
        before = [""]
        for number in range(TYPED):
            text = f"{'Work matters. ' * number} {{{{number}}}}"
            sent = {**act, "text": text, "before": before[-50:], "client_id": f"b-{number}"}
            if not report_text.apply(desk, [sent], lambda: parts).accepted:
                raise RuntimeError("A text was not kept.")
            before.append(f"b-{number}")

    _timed(f"a text is saved, {TYPED} times", type_on)
    whole = _timed("the whole report, nothing kept", lambda: report.filled(desk))
    for form in ReportFormat:
        content = _timed(f"as {form}", partial(report.file_of, whole, form))
        print(f"| … of {len(content) / 1e6:.1f} MB | | |")


def _timed(what: str, act: Callable[[], T]) -> T:
    begin, work = time.perf_counter(), time.process_time()
    made_of_it = act()
    cells = (time.process_time() - work, time.perf_counter() - begin)
    print(f"| {what} | {' | '.join(f'{cell:.3f}' for cell in cells)} |", flush=True)
    return made_of_it


def made(store: Store, study_count: int) -> Desk:
    """The review, at its maker's desk."""
    shown = example.load(store)
    desk = filled(store, study_count)
    with desk.reading() as c:
        work_ids = [line.id for line in works.page(c, desk.review_id, Filter(), limit=study_count)]
    for stage in Stage:
        included = [
            NewDecision(
                work_id=work_id,
                stage=stage,
                verdict=Verdict.INCLUDE,
                client_id=f"{stage}-{work_id}",
            )
            for work_id in work_ids
        ]
        decisions.decide(desk, included)
    studies.create_each(desk, work_ids)
    (taken,) = schemes.taken(shown)
    scheme_id = schemes.add(desk, as_yaml(taken.scheme), "made.yaml")
    version_id = schemes.get(desk, scheme_id).version.id
    with desk.writing(Role.REVIEWER) as w:
        study_ids = stored_studies.ids(w.connection, desk.review_id)
        said = _said(w.connection, taken.id)
        ids: dict[str, count[int]] = {name: count(1_000_000) for name in ("coding", "part")}
        own = {"scheme_id": scheme_id, "version_id": version_id, "person_id": desk.person_id}
        for number, study_id in enumerate(study_ids):
            _copy(w.connection, said[number % len(said)], {**own, "study_id": study_id}, ids)
    return desk


Rows = dict[str, list[dict[str, Any]]]


def _said(connection: Connection, scheme_id: int) -> list[Rows]:
    """The rows of each complete coding, by their tables."""
    query = select(coding).where(coding.c.scheme_id == scheme_id, coding.c.state == "complete")
    found = []
    for row in connection.execute(query).mappings().all():
        parts = {
            table.name: [
                dict(part)
                for part in connection.execute(
                    select(table).where(table.c.coding_id == row["id"])
                ).mappings()
            ]
            for table in (answer, finding)
        }
        found.append({"coding": [dict(row)], **parts})
    return found


def _copy(
    connection: Connection, rows: Rows, own: Mapping[str, int], ids: Mapping[str, "count[int]"]
) -> None:
    """One coding more; done by steps, it would take a second."""
    coding_id = next(ids["coding"])
    for table in (coding, answer, finding):
        copies = []
        for row in rows[table.name]:
            changed = {**own, "coding_id": coding_id}
            copied = {name: changed.get(name, value) for name, value in row.items()}
            copied["id"] = coding_id if table is coding else next(ids["part"])
            copies.append(copied)
        if copies:
            connection.execute(insert(table), copies)


if __name__ == "__main__":
    main()
