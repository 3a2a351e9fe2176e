"""Codings that a person may take away, study by study, for as many studies at a time as is wished.

Which these are, seen_codings.py says.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Connection, func, select

from evidence.coding.answer_rows import AnswerRow
from evidence.coding.coding_tables.exported import (
    ExportedAnswer,
    ExportedArm,
    ExportedCoding,
    ExportedFinding,
    ExportedQuotation,
    ExportedReport,
    ExportedScheme,
    ExportedStudy,
    ExportedTimePoint,
)
from evidence.store.coding import studies
from evidence.store.coding.codings import StoredFinding, position_of
from evidence.store.coding.seen_codings import COMPLETE, may_see
from evidence.store.coding.studies import Study
from evidence.store.id_batches import batches
from evidence.store.schema import (
    answer,
    arm,
    coding,
    document,
    finding,
    person,
    quotation,
    scheme,
    scheme_version,
    study,
    time_point,
    work,
)


def withheld(connection: Connection, review_id: int, person_id: int) -> int:
    """How many complete codings of others stay, since they may not be seen yet."""
    query = (
        select(func.count())
        .select_from(coding)
        .join(study, study.c.id == coding.c.study_id)
        .where(
            study.c.review_id == review_id,
            coding.c.state == COMPLETE,
            ~may_see(person_id),
        )
    )
    return int(connection.execute(query).scalar_one())


def coders(connection: Connection, review_id: int, person_id: int) -> tuple[list[str], bool]:
    """The names of those of whose own complete codings some leave, in order of the alphabet; and
    whether agreed codings leave.
    """
    query = (
        select(person.c.name, coding.c.is_agreed)
        .distinct()
        .select_from(coding)
        .join(study, study.c.id == coding.c.study_id)
        .join(person, person.c.id == coding.c.person_id)
        .where(
            study.c.review_id == review_id,
            coding.c.state == COMPLETE,
            may_see(person_id),
        )
    )
    found = connection.execute(query).all()
    names = {row.name for row in found if not row.is_agreed}
    return sorted(names, key=str.casefold), any(row.is_agreed for row in found)


def schemes(connection: Connection, review_id: int) -> tuple[ExportedScheme, ...]:
    """All versions of all schemes, scheme by scheme, the oldest first."""
    query = (
        select(
            scheme.c.id,
            scheme.c.name,
            scheme_version.c.version,
            scheme_version.c.yaml,
            scheme_version.c.added_at,
            person.c.name.label("added_by"),
        )
        .join(scheme_version, scheme_version.c.scheme_id == scheme.c.id)
        .join(person, person.c.id == scheme_version.c.added_by)
        .where(scheme.c.review_id == review_id, scheme.c.taken_at.is_not(None))
        .order_by(scheme.c.id, scheme_version.c.id)
    )
    numbers: dict[int, int] = defaultdict(int)
    found = []
    for row in connection.execute(query).mappings():
        numbers[row["id"]] += 1
        values = {name: value for name, value in row.items() if name != "id"}
        found.append(ExportedScheme(number=numbers[row["id"]], **values))
    return tuple(found)


def in_batches(
    connection: Connection, review_id: int, person_id: int, at_once: int
) -> Iterator[list[ExportedStudy]]:
    """All studies in the order of their list, with what leaves of each."""
    listed = studies.listing(connection, review_id)
    numbers = _version_numbers(connection, review_id)
    for start in range(0, len(listed), at_once):
        batch = listed[start : start + at_once]
        yield _studies(connection, batch, person_id, numbers)


def _version_numbers(connection: Connection, review_id: int) -> dict[int, int]:
    """For each version of a scheme its number, counted from 1."""
    query = (
        select(scheme_version.c.id, scheme_version.c.scheme_id)
        .join(scheme, scheme.c.id == scheme_version.c.scheme_id)
        .where(scheme.c.review_id == review_id)
        .order_by(scheme_version.c.id)
    )
    counts: dict[int, int] = defaultdict(int)
    numbers = {}
    for version_id, scheme_id in connection.execute(query):
        counts[scheme_id] += 1
        numbers[version_id] = counts[scheme_id]
    return numbers


def _studies(
    connection: Connection, batch: list[Study], person_id: int, numbers: dict[int, int]
) -> list[ExportedStudy]:
    ids = [each.id for each in batch]
    codings = _codings(connection, ids, person_id, numbers)
    arms = _arms(connection, ids)
    points = _time_points(connection, ids)
    dois = _dois(connection, {report.work_id for each in batch for report in each.reports})
    return [
        ExportedStudy(
            id=each.id,
            label=each.label,
            kind=each.kind,
            reports=tuple(
                ExportedReport(
                    work_id=report.work_id,
                    title=report.title,
                    authors=report.authors,
                    year=report.year,
                    journal=report.journal,
                    doi=dois.get(report.work_id, ""),
                )
                for report in each.reports
            ),
            arms=tuple(arms.get(each.id, ())),
            time_points=tuple(points.get(each.id, ())),
            codings=tuple(codings.get(each.id, ())),
        )
        for each in batch
    ]


def _dois(connection: Connection, work_ids: Collection[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for batch in batches(work_ids):
        query = select(work.c.id, work.c.doi).where(work.c.id.in_(batch))
        found |= {row.id: row.doi for row in connection.execute(query)}
    return found


def _arms(connection: Connection, study_ids: list[int]) -> dict[int, list[ExportedArm]]:
    found: dict[int, list[ExportedArm]] = defaultdict(list)
    query = select(arm).where(arm.c.study_id.in_(study_ids)).order_by(arm.c.id)
    for row in connection.execute(query):
        removed = row.removed_at is not None
        one = ExportedArm(uid=row.uid, label=row.label, people=row.people, removed=removed)
        found[row.study_id].append(one)
    return found


def _time_points(
    connection: Connection, study_ids: list[int]
) -> dict[int, list[ExportedTimePoint]]:
    found: dict[int, list[ExportedTimePoint]] = defaultdict(list)
    query = select(time_point).where(time_point.c.study_id.in_(study_ids))
    for row in connection.execute(query.order_by(time_point.c.id)):
        removed = row.removed_at is not None
        found[row.study_id].append(ExportedTimePoint(uid=row.uid, label=row.label, removed=removed))
    return found


def _codings(
    connection: Connection, study_ids: list[int], person_id: int, numbers: dict[int, int]
) -> dict[int, list[ExportedCoding]]:
    leaves = (coding.c.study_id.in_(study_ids), may_see(person_id))
    ids = select(coding.c.id).where(*leaves)
    quotations, quoted = _quotations(connection, ids)
    answers = _answers(connection, ids, quoted, numbers)
    findings = _findings(connection, ids, numbers)
    query = (
        select(
            *(coding.c[name] for name in ("id", "study_id", "state", "changed_at")),
            coding.c.is_agreed,
            coding.c.completed_at,
            coding.c.person_id.label("coder_id"),
            person.c.name.label("coder"),
            scheme.c.name.label("scheme"),
        )
        .join(person, person.c.id == coding.c.person_id)
        .join(scheme, scheme.c.id == coding.c.scheme_id)
        .where(*leaves)
        .order_by(coding.c.id)
    )
    found: dict[int, list[ExportedCoding]] = defaultdict(list)
    for row in connection.execute(query).mappings():
        values = {name: value for name, value in row.items() if name != "study_id"}
        found[row["study_id"]].append(
            ExportedCoding(
                **values,
                answers=tuple(answers[row["id"]]),
                findings=tuple(findings[row["id"]]),
                quotations=tuple(quotations[row["id"]]),
            )
        )
    return found


def _answers(
    connection: Connection, ids: Any, quoted: Collection[int], numbers: dict[int, int]
) -> dict[int, list[ExportedAnswer]]:
    """The answers that say something, or on which a quotation hangs."""
    names = ("question", "code", "arm", "chosen", "value", "note")
    query = select(
        answer.c.id,
        answer.c.coding_id,
        answer.c.version_id,
        answer.c.changed_at,
        *(answer.c[name] for name in names),
    )
    found: dict[int, list[ExportedAnswer]] = defaultdict(list)
    rows = connection.execute(query.where(answer.c.coding_id.in_(ids)).order_by(answer.c.id))
    for answer_id, coding_id, version_id, changed_at, *said in rows:
        values = dict(zip(names, said, strict=True))
        if answer_id in quoted or AnswerRow(**values).says_something:
            found[coding_id].append(
                ExportedAnswer(**values, scheme_version=numbers[version_id], changed_at=changed_at)
            )
    return found


def _findings(
    connection: Connection, ids: Any, numbers: dict[int, int]
) -> dict[int, list[ExportedFinding]]:
    """The findings that were not removed, in their order."""
    query = select(finding).where(finding.c.coding_id.in_(ids), finding.c.removed_at.is_(None))
    placed: dict[int, list[tuple[tuple[float, int], ExportedFinding]]] = defaultdict(list)
    for row in connection.execute(query.order_by(finding.c.id)):
        place = position_of(StoredFinding(id=row.id, uid=row.uid, fields=row.fields))
        made = ExportedFinding(
            uid=row.uid,
            fields={name: text for name, text in row.fields.items() if text},
            scheme_version=numbers[row.version_id],
            changed_at=row.changed_at,
        )
        placed[row.coding_id].append((place, made))
    found: dict[int, list[ExportedFinding]] = defaultdict(list)
    for coding_id, pairs in placed.items():
        found[coding_id] = [made for _, made in sorted(pairs, key=lambda pair: pair[0])]
    return found


def _quotations(
    connection: Connection, ids: Any
) -> tuple[dict[int, list[ExportedQuotation]], set[int]]:
    """The quotations that were not removed, nor their findings; and the answers with one."""
    names = ("uid", "work_id", "part", "page", "start", "end", "exact", "prefix", "suffix")
    place = ("question", "code", "arm")
    query = (
        select(
            quotation.c.coding_id,
            quotation.c.answer_id,
            *(quotation.c[name] for name in names),
            *(func.coalesce(answer.c[name], "").label(name) for name in place),
            func.coalesce(finding.c.uid, "").label("finding"),
            func.coalesce(document.c.name, quotation.c.file_name).label("document"),
            func.coalesce(document.c.sha256, "").label("sha256"),
        )
        .outerjoin(answer, answer.c.id == quotation.c.answer_id)
        .outerjoin(finding, finding.c.id == quotation.c.finding_id)
        .outerjoin(document, document.c.id == quotation.c.document_id)
        .where(
            quotation.c.coding_id.in_(ids),
            quotation.c.removed_at.is_(None),
            finding.c.removed_at.is_(None),
        )
        .order_by(quotation.c.id)
    )
    found: dict[int, list[ExportedQuotation]] = defaultdict(list)
    quoted = set()
    for row in connection.execute(query).mappings():
        own = {"coding_id", "answer_id"}
        values = {name: value for name, value in row.items() if name not in own}
        found[row["coding_id"]].append(ExportedQuotation(**values))
        quoted.add(row["answer_id"])
    return found, quoted
