"""Full texts: which reports are sought, their PDFs, and which were given up and why."""

import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from evidence.citations.file_names import reference_named
from evidence.errors import Invalid, NotAllowed
from evidence.screening.verdicts import Stage, State, Verdict
from evidence.settings import Settings
from evidence.steps.desk import Desk
from evidence.steps.screening import decisions
from evidence.store import Connection, Role, Store, permission
from evidence.store.area_versions import Area
from evidence.store.records import works
from evidence.store.screening import full_texts
from evidence.store.screening.decisions import NewDecision
from evidence.store.screening.full_texts import Search, SoughtReport

LARGEST = 100_000_000  # bytes of a full text
LONGEST_NAME = 200
NO_NAME = "full text.pdf"
NO_REPORT = "The name of this file fits no report that is sought. Say below which report it is."
MEGABYTE = 1_000_000
NO_ROOM = (
    "The full texts of this review would take more than the {most:,} MB that it may have here. "
    "Whoever looks after the server can allow more."
)
MOST_REPORTS = 100_000
PDF_HEADER = b"%PDF-"


@dataclass(frozen=True, slots=True)
class FiledPdf:
    """What became of a dropped file: the title of its work, or why it has none."""

    name: str
    title: str
    problem: str


def counts(desk: Desk) -> dict[Search, int]:
    """How many of the reports that are sought stand where."""
    with desk.reading() as c:
        return full_texts.counts(c, desk.review_id)


def retrieved_elsewhere(desk: Desk) -> int:
    """How many reports count as retrieved because they were decided at full text, without a PDF."""
    with desk.reading() as c:
        return full_texts.retrieved_elsewhere(c, desk.review_id)


def page(desk: Desk, search: Search | None, offset: int, limit: int) -> list[SoughtReport]:
    """Some of the reports that are sought."""
    with desk.reading() as c:
        return full_texts.page(c, desk.review_id, search, offset=offset, limit=limit)


def add(desk: Desk, work_id: int, name: str, content: bytes) -> bool:
    """Keep a PDF of a work; gives False where the work has the same one already.

    Raises:
        Invalid: it is no PDF, or too large, or the review has no room for it on a server for teams.
        NotFound: no such work in this review.
    """
    problem = _problem(desk, name, content)
    if problem:
        raise Invalid(problem)
    return _keep(desk, work_id, name, content)


def _keep(desk: Desk, work_id: int, name: str, content: bytes) -> bool:
    with desk.writing(Role.REVIEWER, areas=Area.SCREENING) as w:
        surviving_id = works.get(w.connection, desk.review_id, work_id).id
        return full_texts.add(w, surviving_id, file_name(name), content)


def _no_room(desk: Desk, content: bytes) -> str:
    """Why a review has no room for one more file; empty where it has."""
    most = Settings.from_environment().full_texts_mb
    if not desk.store.private or not most:
        return ""
    with desk.reading() as c:
        taken = full_texts.room_taken(c, desk.review_id)
    return NO_ROOM.format(most=most) if taken + len(content) > most * MEGABYTE else ""


def file_name(name: str) -> str:
    """A name for a file that is kept: one line, no folders, nothing that only a machine reads."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    printable = "".join(c if c.isprintable() else " " for c in last)
    return " ".join(printable.split()).strip(". ")[-LONGEST_NAME:] or NO_NAME


def file_by_name(desk: Desk, files: Iterable[tuple[str, bytes]]) -> list[FiledPdf]:
    """Keep dropped PDFs with the works that their names tell (citations/file_names)."""
    with desk.reading() as c:
        reports = full_texts.page(c, desk.review_id, None, offset=0, limit=MOST_REPORTS)
    filed = []
    for name, content in files:
        problem = _problem(desk, name, content)
        report = None if problem else _report_named(name, reports)
        if report is None:
            filed.append(FiledPdf(name, "", problem or NO_REPORT))
        elif _keep(desk, report.work_id, name, content):
            filed.append(FiledPdf(name, report.reference.title, ""))
        else:
            filed.append(FiledPdf(name, report.reference.title, "This file was there already."))
    return filed


def sought_titles(desk: Desk) -> dict[int, str]:
    """All reports that are sought, by their works: first author, year and title."""
    with desk.reading() as c:
        reports = full_texts.page(c, desk.review_id, None, offset=0, limit=MOST_REPORTS)
    return {report.work_id: _cited(report) for report in reports}


def still_unfiled(desk: Desk, names: Collection[str]) -> set[str]:
    """Which of these files no report has, by their names."""
    if not names:
        return set()
    with desk.reading() as c:
        reports = full_texts.page(c, desk.review_id, None, offset=0, limit=MOST_REPORTS)
    kept = {document.name for report in reports for document in report.documents}
    return {name for name in names if file_name(name) not in kept}


def _cited(report: SoughtReport) -> str:
    reference = report.reference
    first = reference.authors[0].family if reference.authors else ""
    start = " ".join(filter(None, (first, str(reference.year or ""))))
    return f"{start}: {reference.title}" if start else reference.title


def remove(desk: Desk, document_id: int) -> None:
    """Take a document away; it can be brought back."""
    with desk.writing(Role.REVIEWER, areas=Area.SCREENING) as w:
        full_texts.remove(w, document_id)


def bring_back(desk: Desk, document_id: int) -> None:
    """Show a document again that was taken away."""
    with desk.writing(Role.REVIEWER, areas=Area.SCREENING) as w:
        full_texts.restore(w, document_id)


def set_search(desk: Desk, work_id: int, search: Search, text: str) -> None:
    """Say where the search stands; giving up is a decision that PRISMA counts and needs a reason.

    Raises:
        Invalid: giving up without saying why.
    """
    why = " ".join(text.split())[: decisions.LONGEST_NOTE]
    if search is Search.NOT_RETRIEVED and not why:
        raise Invalid(decisions.NEEDS_WHY)
    if search is Search.NOT_RETRIEVED and not _given_up(desk, work_id):
        _decide(desk, work_id, Verdict.NOT_RETRIEVED, why)  # notes it, too
        return
    while search is not Search.NOT_RETRIEVED and _given_up(desk, work_id):  # by several, perhaps
        _decide(desk, work_id, Verdict.WITHDRAWN, why)
    with desk.writing(Role.REVIEWER, areas=Area.SCREENING) as w:
        full_texts.note(w, works.get(w.connection, desk.review_id, work_id).id, search, why)


def content(store: Store, person_id: int, document_id: int) -> tuple[str, bytes]:
    """Name and bytes of a document, for the people of its review.

    Raises:
        NotFound: there is no such document.
        NotAllowed: the person neither made the review nor is in its team now.
    """
    with _reading(store, person_id, document_id) as c:
        return full_texts.content(c, document_id)


def digest(store: Store, person_id: int, document_id: int) -> str:
    """SHA-256 of a document's bytes, for the people of its review; raises as `content` does."""
    with _reading(store, person_id, document_id) as c:
        return full_texts.digest_of(c, document_id)


@contextmanager
def _reading(store: Store, person_id: int, document_id: int) -> Iterator[Connection]:
    """A connection to the review of a document, for the people of that review."""
    with store.reading_outside() as c:
        review_id = full_texts.review_of(c, document_id)
    with store.reading(review_id, person_id) as c:
        if not permission.standing(c, review_id, person_id).belongs:
            raise NotAllowed(
                "Full texts are for the people of their review. Open the review, and press “Take "
                "part in this review”."
            )
        yield c


def _given_up(desk: Desk, work_id: int) -> bool:
    with desk.reading() as c:
        return works.get(c, desk.review_id, work_id).full_text == State.NOT_RETRIEVED


def _decide(desk: Desk, work_id: int, verdict: Verdict, text: str) -> None:
    """One person is enough to give up a report, or to take that back, however many read it."""
    new = NewDecision(
        work_id=work_id,
        stage=Stage.FULL_TEXT,
        verdict=verdict,
        client_id=f"retrieval-{uuid.uuid4()}",
        note=text,
        resolves=True,
    )
    decisions.decide(desk, [new])


def _problem(desk: Desk, name: str, content: bytes) -> str:
    """Why a file cannot be kept; empty where it can."""
    if len(content) > LARGEST:
        return f"{name} is larger than {LARGEST // MEGABYTE} MB."
    if PDF_HEADER not in content[:1024]:
        return f"{name} is not a PDF; please save the report as PDF first."
    return _no_room(desk, content)


def _report_named(name: str, reports: Sequence[SoughtReport]) -> SoughtReport | None:
    """The one report that a file's name tells."""
    named = reference_named(name, [report.reference for report in reports])
    return next((report for report in reports if report.reference is named), None)
