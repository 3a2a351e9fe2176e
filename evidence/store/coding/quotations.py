"""Words of a report on which an answer or a finding rests."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, RowMapping, insert, select, update

from evidence.errors import Invalid, NotFound
from evidence.store.coding import coding_changes, codings
from evidence.store.coding.coding_changes import Change, Sent, came_before
from evidence.store.coding.coding_edits import REMOVED, YES, Place, answer_id_of, require_version
from evidence.store.engine import Write
from evidence.store.schema import answer, document, finding, quotation, study_work, work
from evidence.store.surviving import original, surviving, surviving_id

SAME_UID = "Another quotation came under the same number, so this one was not kept; quote it anew."


class Part(StrEnum):
    """Where in a report words stand."""

    TITLE = "title"
    ABSTRACT = "abstract"
    FILE = "file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Words of a report, after the W3C Web Annotation model (text position and text quote).

    Attributes:
        uid: made where they were marked.
        place: the answer that rests on them; None where a finding does.
        finding_uid: the finding that rests on them; "" where an answer does.
        document_id: of a file of the report; None for its title or abstract.
        page: counted from 1; 0 for title or abstract.
        start, end: places in the text of the page, the title or the abstract.
        prefix, suffix: a little of what stands before and after.
    """

    uid: str
    work_id: int
    part: Part
    page: int
    start: int
    end: int
    exact: str
    document_id: int | None = None
    place: Place | None = None
    finding_uid: str = ""
    prefix: str = ""
    suffix: str = ""


def add(write: Write, coding_id: int, new: Quotation, sent: Sent) -> None:
    """Keep a quotation, or bring back one that was taken away.

    Raises:
        NotAllowed: the coding is marked complete.
        NotFound: it is no coding of the writing person, or the report, its file or the finding is
            not there.
        Invalid: another quotation has this uid.
    """
    if came_before(write, coding_id, sent.client_id):
        return
    codings.require_draft(write, coding_id)
    version_id = require_version(write, coding_id, sent.version_id)
    c = write.connection
    known = _known(write, coding_id, new.uid)
    if known is not None:
        stands = of_codings(c, [coding_id], with_removed=True)[coding_id]
        own = next(each for each in stands if each.uid == new.uid)
        same = (own.exact, own.place, own.finding_uid) == (new.exact, new.place, new.finding_uid)
        if not same:
            raise Invalid(SAME_UID)
        c.execute(update(quotation).where(quotation.c.id == known["id"]).values(removed_at=None))
        _note_removed(write, coding_id, known, "", sent)
        return
    _check_source(write, coding_id, new)
    answer_id = finding_id = None
    if new.place is not None:
        answer_id = answer_id_of(write, coding_id, new.place, version_id)
    else:
        query = select(finding.c.id).where(finding.c.coding_id == coding_id)
        finding_id = c.execute(query.where(finding.c.uid == new.finding_uid)).scalar_one_or_none()
        if finding_id is None:
            raise NotFound("finding", 0)
    names = ("uid", "work_id", "document_id", "page", "start", "end", "exact", "prefix", "suffix")
    values = {name: getattr(new, name) for name in names} | {"part": new.part.value}
    made = insert(quotation).values(
        coding_id=coding_id, answer_id=answer_id, finding_id=finding_id, added_at=write.at, **values
    )
    quotation_id = int(c.execute(made.returning(quotation.c.id)).scalar_one())
    coding_changes.note(
        write,
        coding_id,
        sent,
        Change(field="exact", before="", after=new.exact),
        {"quotation_id": quotation_id},
    )


def remove(write: Write, coding_id: int, uid: str, sent: Sent) -> None:
    """Take a quotation away; it is kept, and `add` brings it back."""
    if came_before(write, coding_id, sent.client_id):
        return
    codings.require_draft(write, coding_id)
    known = _known(write, coding_id, uid)
    if known is None:  # it never came here, or was refused
        return
    here = quotation.c.id == known["id"]
    write.connection.execute(update(quotation).where(here).values(removed_at=write.at))
    _note_removed(write, coding_id, known, YES, sent)


def _known(write: Write, coding_id: int, uid: str) -> RowMapping | None:
    query = select(quotation.c.id, quotation.c.removed_at)
    query = query.where(quotation.c.coding_id == coding_id, quotation.c.uid == uid)
    return write.connection.execute(query).mappings().one_or_none()


def _note_removed(write: Write, coding_id: int, row: RowMapping, after: str, sent: Sent) -> None:
    coding_changes.note(
        write,
        coding_id,
        sent,
        Change(field=REMOVED, before=YES if row["removed_at"] else "", after=after),
        {"quotation_id": int(row["id"])},
    )


def of_codings(
    connection: Connection, coding_ids: Collection[int], *, with_removed: bool = False
) -> dict[int, list[Quotation]]:
    """The quotations of each of these codings, in the order in which they were marked."""
    names = ("uid", "work_id", "document_id", "page", "start", "end", "exact", "prefix", "suffix")
    query = (
        select(
            quotation.c.coding_id,
            *(quotation.c[name] for name in names),
            quotation.c.part,
            answer.c.question,
            answer.c.code,
            answer.c.arm,
            finding.c.uid.label("finding_uid"),
        )
        .outerjoin(answer, answer.c.id == quotation.c.answer_id)
        .outerjoin(finding, finding.c.id == quotation.c.finding_id)
        .where(quotation.c.coding_id.in_(list(coding_ids)))
        .order_by(quotation.c.id)
    )
    if not with_removed:
        query = query.where(quotation.c.removed_at.is_(None))
    by_coding: dict[int, list[Quotation]] = defaultdict(list)
    for row in connection.execute(query).mappings():
        is_answer = row["question"] is not None
        place = Place(question=row["question"], code=row["code"], arm=row["arm"])
        by_coding[row["coding_id"]].append(
            Quotation(
                **{name: row[name] for name in names},
                part=Part(row["part"]),
                place=place if is_answer else None,
                finding_uid=row["finding_uid"] or "",
            )
        )
    return by_coding


def _check_source(write: Write, coding_id: int, new: Quotation) -> None:
    """The words must stand in a report of the study."""
    study_id = codings.study_of(write.connection, coding_id)
    query = (
        select(surviving.c.id)
        .select_from(study_work)
        .join(original, original.c.id == study_work.c.work_id)
        .join(surviving, surviving.c.id == surviving_id)
        .where(study_work.c.study_id == study_id)
    )
    reports = set(write.connection.execute(query).scalars())
    if new.work_id not in reports:
        raise NotFound("report of this study", new.work_id)
    if new.part is not Part.FILE:
        return
    of_report = (
        select(document.c.id)
        .join(work, work.c.id == document.c.work_id)
        .where(
            document.c.id == new.document_id,
            document.c.removed_at.is_(None),
            (work.c.id == new.work_id) | (work.c.merged_into == new.work_id),
        )
    )
    if write.connection.execute(of_report).first() is None:
        raise NotFound("file of this report", new.document_id or 0)
