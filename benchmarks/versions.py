"""Which kept answers each kind of write makes cold, and what it costs to give them anew.

    python -m benchmarks.versions [RECORDS]      (10,000 unless told)

The example review, with so many invented records (benchmarks/road.py) beside its own. Before there
were versions by area, every write made every kept answer cold. Figures go to docs/benchmarks.md
with the machine and the date.
"""

import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from evidence.coding.answers import Answer
from evidence.screening.stage_settings import StageSettings
from evidence.screening.verdicts import Stage, Verdict
from evidence.settings import Settings
from evidence.steps import example, jobs
from evidence.steps.coding import coding, studies
from evidence.steps.desk import Desk
from evidence.steps.records import exporting, records
from evidence.steps.records.duplicates import (
    duplicate_policy,
    duplicates,
    merged_works,
    pair_history,
    record_pairs,
)
from evidence.steps.records.importing import imports, uploads
from evidence.steps.results import directions, map_document, prisma_flow, source_overlap
from evidence.steps.results.reporting import report_parts
from evidence.steps.results.reporting.report_parts import Hearer
from evidence.steps.review import reviews
from evidence.steps.screening import (
    agreement,
    common_queue,
    decisions,
    messages,
    progress,
    screening_history,
    screening_page,
    screening_preferences,
    stage_settings,
    stopping,
)
from evidence.store import Role, Store
from evidence.store.area_versions import areas_of
from evidence.store.records.filters import Filter
from evidence.store.records.sources import SourceDraft
from evidence.store.screening.decisions import NewDecision
from evidence.synthesis.map_settings import MapSettings

TA = Stage.TITLE_ABSTRACT
PAGE = 50
ANYBODY = Hearer(
    person_id=0, belongs=True, unheard_of=(), hears_all=True, judged=0, today=date(2026, 1, 2)
)
USUAL_MAP = map_document.Wanted(unheard_of=(), settings=MapSettings(), not_applicable=())


@dataclass(frozen=True)
class Read:
    """A step whose answer pages keep, with what they ask it."""

    step: Callable[..., Any]
    arguments: tuple[Any, ...] = ()

    def answer(self, desk: Desk) -> Any:
        """What the step says now."""
        return self.step(desk, *self.arguments)

    def versions(self, desk: Desk) -> tuple[int, ...]:
        """What the page's cache knows the answer by."""
        return reviews.versions(desk, areas_of(self.step))


READS: Mapping[str, Read] = {
    "Records: how many": Read(records.count, (Filter(),)),
    "Records: first page": Read(records.page, (Filter(), 0, PAGE)),
    "Records: sources": Read(exporting.all_sources),
    "Duplicates: counts": Read(duplicates.counts),
    "Duplicates: pairs that wait": Read(record_pairs.waiting),
    "Duplicates: policy": Read(duplicate_policy.current),
    "Duplicates: sentences": Read(duplicate_policy.report),
    "Duplicates: reasons": Read(duplicates.reasons),
    "Duplicates: merged works": Read(merged_works.page, (0, PAGE)),
    "Duplicates: how many merged": Read(merged_works.count),
    "Duplicates: history": Read(pair_history.history, (0, PAGE)),
    "Duplicates: how many decided": Read(pair_history.count),
    "Counts: sources": Read(source_overlap.source_overlap, (True,)),
    "Team: agreement": Read(agreement.measure, (TA,)),
    "Team: sentence for the methods": Read(screening_history.happened, (TA,)),
    "Team: what other settings change": Read(stage_settings.preview, (TA, StageSettings(voices=2))),
    "Stopping": Read(stopping.evaluate),
    "Team: days": Read(progress.days_read, (TA,)),
    "Counts: PRISMA": Read(prisma_flow.flow),
    "Counts: complete codings": Read(directions.of_complete_codings, ((),)),
    "Counts: with drafts": Read(directions.with_drafts, (0, ())),
    "Report: live parts": Read(report_parts.of_person, (ANYBODY,)),
    "Map: document": Read(map_document.of_complete_codings, (USUAL_MAP,)),
    "Map: document with drafts": Read(map_document.with_drafts, (0, USUAL_MAP)),
}


def open_work(desk: Desk) -> int:
    """A work that waits for the person at the desk."""
    common_queue.refill(desk, TA)
    return screening_page.load(desk, TA).waiting[0].id


def set_preference(desk: Desk) -> None:
    """Another size of text."""
    now = screening_preferences.get(desk)
    size = screening_preferences.TextSize.LARGE
    screening_preferences.change(desk, replace(now, size=size))


def put_label(desk: Desk) -> None:
    """A label on a work, as the screening page sends it."""
    _send(desk, kind="label", label="background", on=True)


def write_abstract(desk: Desk) -> None:
    """An abstract that somebody wrote, as the screening page sends it."""
    _send(desk, kind="abstract", value="Gardens were dug.")


def _send(desk: Desk, **message: Any) -> None:
    work_id = open_work(desk)
    outcome = messages.apply(
        desk, [{"client_id": "b", "id": work_id, "stage": TA.value, **message}]
    )
    if outcome.refused:
        raise ValueError(outcome.refused)


def decide(desk: Desk) -> None:
    """A decision by title and abstract."""
    _decide(desk, open_work(desk), TA, Verdict.INCLUDE)


def take_report_out(desk: Desk) -> None:
    """A decision that takes a study's report out of the review."""
    report = studies.listing(desk)[0].reports[0]
    _decide(desk, report.work_id, TA, Verdict.EXCLUDE)


def _decide(desk: Desk, work_id: int, stage: Stage, verdict: Verdict) -> None:
    new = NewDecision(work_id=work_id, stage=stage, verdict=verdict, client_id=f"b{work_id}")
    decisions.decide(desk, [new])


def begin_job(desk: Desk) -> None:
    """A background job."""
    jobs.begin(desk, "import", Role.EDITOR)


def reopen(desk: Desk) -> None:
    """A complete coding becomes a draft."""
    coding.reopen(desk, _complete_study(desk))


def answer_draft(desk: Desk) -> None:
    """An answer in a draft."""
    _answer(desk, _study(desk, "draft"))


def complete(desk: Desk) -> None:
    """A draft becomes complete."""
    coding.complete(desk, _study(desk, "draft"))


def rename_study(desk: Desk) -> None:
    """Another label of a study."""
    studies.rename(desk, _complete_study(desk), "Another label")


def _answer(desk: Desk, study_id: int) -> None:
    scheme = coding.sheet(desk, study_id).scheme
    question = next(each for each in scheme.questions if each.kind == "text")
    coding.set_answer(desk, study_id, Answer(question=question.id, value=f"{time.monotonic_ns()}"))


def _complete_study(desk: Desk) -> int:
    return _study(desk, "complete")


def _study(desk: Desk, state: str) -> int:
    for study in studies.listing(desk):
        own = coding.sheet(desk, study.id).coding
        if own is not None and own.state == state:
            return study.id
    raise LookupError(state)


WRITES: Mapping[str, Callable[[Desk], None]] = {
    "a preference": set_preference,
    "a label on a work": put_label,
    "a background job begins": begin_job,
    "an abstract is written": write_abstract,
    "a decision": decide,
    "a study is renamed": rename_study,
    "a coding is a draft again": reopen,
    "an answer in a draft": answer_draft,
    "a coding is complete": complete,
    "a decision on a study's report": take_report_out,
}


def main(invented: int) -> None:
    """Measure and print."""
    machine = f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
    print(f"{invented:,} invented records; {machine}; {datetime.now(UTC):%Y-%m-%d}\n")
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(f"sqlite:///{folder}/benchmark.db")
        desk = example.load(store)
        if invented:
            _import(desk, invented)
        for read in READS.values():  # once beforehand, so that nothing is asked for the first time
            read.answer(desk)
        print("| a write | cold answers, before | cold answers, now |\n|---|---|---|")
        for name, write in WRITES.items():
            _measure(desk, name, write)
        store.close()


def _import(desk: Desk, invented: int) -> None:
    from benchmarks.road import ris  # noqa: PLC0415 - it takes a browser in

    preview = uploads.add(desk, "b.ris", ris(invented), Settings(max_upload_mb=2000), wait=True)
    imports.import_files(desk, [imports.Choice(preview_id=preview, source=SourceDraft(name="B"))])
    duplicates.run(desk)


def _measure(desk: Desk, name: str, write: Callable[[Desk], None]) -> None:
    common_queue.refill(desk, TA)  # so that the work is there before the write
    before = {title: read.versions(desk) for title, read in READS.items()}
    write(desk)
    seconds: dict[str, float] = {}
    cold: list[str] = []
    for title, read in READS.items():
        if read.versions(desk) != before[title]:
            cold.append(title)
        begin = time.perf_counter()
        read.answer(desk)
        seconds[title] = time.perf_counter() - begin
    all_of_them, now = sum(seconds.values()), sum(seconds[title] for title in cold)
    print(
        f"| {name} | {len(READS)}: {all_of_them * 1000:,.0f} ms "
        f"| {len(cold)}: {now * 1000:,.0f} ms |"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 10_000)
