"""Codings to take away as JSON of EPPI-Reviewer, with a list of what cannot be said there.

The same leaves as in tables (codings_export.py), but only what is complete.
"""

import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from evidence.citations.record import Record
from evidence.coding.coding_tables.exported import ExportedStudy
from evidence.coding.read_scheme import load
from evidence.eppi.account import Repair
from evidence.eppi.leaving import leaving_review
from evidence.eppi.write_export import WrittenExport, write_export
from evidence.errors import NotAllowed, NotFound
from evidence.steps.coding.codings_export import FOR_THE_TEAM
from evidence.steps.desk import Desk
from evidence.store import permission
from evidence.store.coding import leaving_codings, schemes
from evidence.store.records import works
from evidence.store.records.works import RecordOfWork

ENDING = "json"
FOR_EPPI, UNSAID = "for-eppi-reviewer.json", "what-it-cannot-say.txt"
_AT_ONCE = 200  # studies that are read together


@dataclass(frozen=True, slots=True, kw_only=True)
class EppiFile:
    """A file for EPPI-Reviewer.

    Attributes:
        references, codes, outcomes: how many are in it.
        unsaid: what of the review is not, in words.
    """

    content: bytes
    references: int
    codes: int
    outcomes: int
    unsaid: tuple[Repair, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoseCodings:
    """Whose complete codings leave: what counts and else those of all together, without more.

    Attributes:
        coder: the name of one coder, whose own codings leave alone; "" for no one in particular.
        agreed_only: what was agreed leaves alone.
    """

    coder: str = ""
    agreed_only: bool = False


ALL_TOGETHER = WhoseCodings()


def choices(desk: Desk) -> list[WhoseCodings]:
    """What the person at the desk may take away by itself: all, what was agreed, and one coder's,
    as far as they may see any of it.

    Raises:
        NotAllowed: the person is not in the team.
    """
    with desk.reading() as c:
        if not permission.standing(c, desk.review_id, desk.person_id).belongs:
            raise NotAllowed(FOR_THE_TEAM)
        names, is_agreed = leaving_codings.coders(c, desk.review_id, desk.person_id)
    agreed = [WhoseCodings(agreed_only=True)] if is_agreed else []
    return [ALL_TOGETHER, *agreed, *(WhoseCodings(coder=name) for name in names)]


def build(
    desk: Desk, whose: WhoseCodings = ALL_TOGETHER, *, on_the_machine: bool = False
) -> EppiFile:
    """The complete codings of a review as a file for EPPI-Reviewer.

    Args:
        desk: of whom it is for.
        whose: codings; by themselves the agreed ones, and where there is none those of all coders
            together.
        on_the_machine: whoever gives commands where the database lies sees the complete codings
            without being in the team.

    Raises:
        NotAllowed: the person is not in the team.
        NotFound: nobody of this name has coded anything that may leave.
    """
    with desk.reading() as c:
        person = permission.standing(c, desk.review_id, desk.person_id)
        if not (person.belongs or on_the_machine):
            raise NotAllowed(FOR_THE_TEAM)
        taken = [load(v.yaml, v.name) for v in schemes.newest(c, desk.review_id)]
        newest = [scheme for scheme in taken if not scheme.is_about_services]
        studies: list[ExportedStudy] = []
        records: dict[int, Record] = {}
        for batch in leaving_codings.in_batches(c, desk.review_id, desk.person_id, _AT_ONCE):
            studies += batch
            ids = {report.work_id for study in batch for report in study.reports}
            _take(records, works.records_of(c, desk.review_id, ids))
    coders = {coding.coder for study in studies for coding in study.codings}
    if whose.coder and whose.coder not in coders:
        raise NotFound("coder", f"“{whose.coder}” whose codings you may see")
    leaving = leaving_review(newest, studies, records, whose.coder, agreed_only=whose.agreed_only)
    written = write_export(leaving.review)
    return _file(written, leaving.unsaid)


def save(
    desk: Desk,
    out: Path,
    whose: WhoseCodings = ALL_TOGETHER,
    *,
    on_the_machine: bool = False,
) -> EppiFile:
    """The same, written to a file; an older one of this name is replaced when it is complete."""
    made = build(desk, whose, on_the_machine=on_the_machine)
    part = out.with_name(f"{out.name}.part")
    try:
        part.write_bytes(made.content)
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
    return made


def build_package(desk: Desk, whose: WhoseCodings = ALL_TOGETHER) -> bytes:
    """The file for EPPI-Reviewer and a text with what it cannot say, as one zip for a page.

    Raises:
        NotAllowed: the person is not in the team.
        NotFound: nothing of this coder may leave any more.
    """
    made = build(desk, whose)
    lines = (f"{each.sentence} ({each.number:,}: {'; '.join(each.places)})" for each in made.unsaid)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(FOR_EPPI, made.content)
        packed.writestr(UNSAID, "\n".join(lines) or "All is said.")
    return out.getvalue()


def _file(written: WrittenExport, unsaid: tuple[Repair, ...]) -> EppiFile:
    references = written.root["References"]
    return EppiFile(
        content=written.content,
        references=len(references),
        codes=sum(len(each["Codes"]) for each in references),
        outcomes=sum(len(each["Outcomes"]) for each in references),
        unsaid=(*unsaid, *written.unsaid),
    )


def _take(records: dict[int, Record], read: Iterable[RecordOfWork]) -> None:
    """Take a record of each work: the first that came from EPPI-Reviewer, else the first."""
    for each in read:
        key = dict(each.fields).get("ItemId", "")
        before = records.get(each.work_id)
        if before is None or (key and not before.key):
            records[each.work_id] = Record(
                reference=each.reference, line=each.line, raw="", fields=each.fields, key=key
            )
