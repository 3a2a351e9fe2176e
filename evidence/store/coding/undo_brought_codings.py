"""Taking back what the coding of a file brought; what somebody has worked on since stays."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Select, delete, exists, func, insert, or_, select, update

from evidence.store.coding.brought_codings import Brought
from evidence.store.coding.brought_rows import BROUGHT
from evidence.store.engine import Write
from evidence.store.id_batches import batches
from evidence.store.schema import (
    answer,
    arm,
    brought_coding,
    coding,
    coding_assignment,
    coding_change,
    coding_pilot,
    coding_setting,
    finding,
    included_study,
    quotation,
    reconciled,
    review_finding_study,
    scheme,
    scheme_draft,
    scheme_version,
    study,
    study_work,
    time_point,
)

_TAKEN_BACK = "taken-back-"  # how the client ids of what taking back sets begin


@dataclass(frozen=True, slots=True, kw_only=True)
class TakingBack:
    """What taking a coding back does.

    Attributes:
        codings: that go with all that is in them.
        emptied: codings that were begun before, from which answers, findings and quotations go.
        stay: labels of studies whose coding somebody has worked on since, so that it stays.
        staying: these studies, and those that it made and that more rests on by now.
        studies: that go, with the works that report them.
        going: the versions of schemes that it brought and on which nothing else rests; they go.
    """

    codings: frozenset[int]
    emptied: frozenset[int]
    stay: tuple[str, ...]
    staying: frozenset[int]
    studies: frozenset[int]
    going: tuple[int, ...] = field(default=())


def look(connection: Connection, brought: Brought) -> TakingBack:
    """What taking this back would do."""
    client_id = f"{BROUGHT}{brought.id}"
    ours = coding_change.c.client_id == client_id
    touched = select(coding_change.c.coding_id, coding_change.c.field).where(ours).distinct()
    begun: set[int] = set()
    every: set[int] = set()
    for coding_id, name in connection.execute(touched):
        every.add(coding_id)
        if name == "state":
            begun.add(coding_id)
    worked_on = _worked_on(connection, every, client_id)
    stay = _studies_of(connection, worked_on)
    codings = begun - worked_on
    studies = _studies_that_go(connection, brought, codings)
    more = set(brought.made.get("studies", ())) - studies
    versions = tuple(brought.made.get("versions", ()))
    return TakingBack(
        codings=frozenset(codings),
        emptied=frozenset(every - begun - worked_on),
        stay=tuple(sorted(set(stay.values()))),
        staying=frozenset(stay) | more,
        studies=studies,
        going=tuple(each for each in versions if _version_goes(connection, each, codings)),
    )


def undo(write: Write, brought: Brought, back: TakingBack) -> None:
    """Take it back, as it was looked at in the same write."""
    c = write.connection
    client_id = f"{BROUGHT}{brought.id}"
    for batch in batches(back.codings):
        for table in (coding_change, quotation, answer, finding, coding):
            column = table.c.id if table is coding else table.c.coding_id
            c.execute(delete(table).where(column.in_(batch)))
    _empty(write, client_id, back.emptied)
    for batch in batches(back.studies):
        for table in (arm, time_point, study_work, study):
            column = table.c.id if table is study else table.c.study_id
            c.execute(delete(table).where(column.in_(batch)))
    for version_id in back.going:
        _drop_version(c, version_id)
    c.execute(
        update(brought_coding)
        .where(brought_coding.c.id == brought.id)
        .values(undone_at=write.at, undone_by=write.person_id)
    )


def _worked_on(connection: Connection, coding_ids: Collection[int], client_id: str) -> set[int]:
    """Codings in which something was done after they were brought, or that were reconciled."""
    found: set[int] = set()
    agreed = coding.alias("agreed")
    for batch in batches(coding_ids):
        last = select(coding_change.c.coding_id, func.max(coding_change.c.id)).where(
            coding_change.c.coding_id.in_(batch)
        )
        newest = last.group_by(coding_change.c.coding_id)
        ours = newest.where(coding_change.c.client_id == client_id)
        own = {row[0]: row[1] for row in connection.execute(ours)}
        for coding_id, change_id in connection.execute(newest):
            if own.get(coding_id) != change_id:
                found.add(coding_id)
        query = (
            select(coding.c.id)
            .join(
                agreed,
                (agreed.c.study_id == coding.c.study_id)
                & (agreed.c.scheme_id == coding.c.scheme_id)
                & agreed.c.is_agreed,
            )
            .join(reconciled, reconciled.c.coding_id == agreed.c.id)
            .where(coding.c.id.in_(batch))
        )
        found |= set(connection.execute(query).scalars())
    return found


def _studies_of(connection: Connection, coding_ids: Collection[int]) -> dict[int, str]:
    """The studies of these codings, with their labels."""
    found: dict[int, str] = {}
    for batch in batches(coding_ids):
        query = select(study.c.id, study.c.label).join(coding, coding.c.study_id == study.c.id)
        rows = connection.execute(query.where(coding.c.id.in_(batch)))
        found |= {int(study_id): label for study_id, label in rows}
    return found


def _studies_that_go(
    connection: Connection, brought: Brought, codings: Collection[int]
) -> frozenset[int]:
    """Studies that it made, of which nobody has a coding, an assignment or another report, and that
    stand in no list of what reviews include, and in no finding of the review.
    """
    found: set[int] = set()
    for batch in batches(brought.made.get("studies", ())):
        stays: set[int] = set()
        query = select(coding.c.study_id, coding.c.id).where(coding.c.study_id.in_(batch))
        stays |= {study_id for study_id, id_ in connection.execute(query) if id_ not in codings}
        others: tuple[Select[Any], ...] = (
            select(coding_assignment.c.study_id).where(coding_assignment.c.study_id.in_(batch)),
            select(study_work.c.study_id).where(
                study_work.c.study_id.in_(batch), study_work.c.linked_at != brought.at
            ),
            *(
                select(column).where(column.in_(batch))
                for column in (
                    included_study.c.including_id,
                    included_study.c.primary_id,
                    review_finding_study.c.study_id,
                )
            ),
        )
        for other in others:
            stays |= set(connection.execute(other).scalars())
        there = select(study.c.id).where(study.c.id.in_(batch))
        found |= set(connection.execute(there).scalars()) - stays
    return frozenset(found)


def _empty(write: Write, client_id: str, coding_ids: Collection[int]) -> None:
    """Take what was brought out of codings that were begun before, with a line for each field."""
    c = write.connection
    names = ("coding_id", "answer_id", "finding_id", "quotation_id", "field", "after", "version_id")
    for batch in batches(coding_ids):
        ours = select(*(coding_change.c[name] for name in names)).where(
            coding_change.c.coding_id.in_(batch),
            coding_change.c.client_id == client_id,
            or_(*(coding_change.c[f"{name}_id"].is_not(None)
                  for name in ("answer", "finding", "quotation"))),
        )  # fmt: skip
        lines = [dict(row) for row in c.execute(ours).mappings()]
        back = [
            {
                **line,
                "before": line["after"],
                "after": "",
                "client_id": f"{_TAKEN_BACK}{client_id}",
                "is_kept": True,
                "reason": "",
                **write.by_and_at,
            }
            for line in lines
        ]
        if back:
            c.execute(insert(coding_change), back)
        nothing = {"chosen": False, "value": "", "note": "", "changed_at": write.at}
        of_answers = {line["answer_id"] for line in lines} - {None}
        of_findings = {line["finding_id"] for line in lines} - {None}
        of_quotations = {line["quotation_id"] for line in lines} - {None}
        for table, ids, values in (
            (answer, of_answers, nothing),
            (finding, of_findings, {"removed_at": write.at}),
            (quotation, of_quotations, {"removed_at": write.at}),
        ):
            for some in batches(ids):
                c.execute(update(table).where(table.c.id.in_(some)).values(**values))
        c.execute(update(coding).where(coding.c.id.in_(batch)).values(changed_at=write.at))


def _version_goes(connection: Connection, version_id: int, codings: Collection[int]) -> bool:
    """Whether a version of a scheme is there and nothing rests on it but these codings."""
    query = select(scheme_version.c.scheme_id).where(scheme_version.c.id == version_id)
    scheme_id = connection.execute(query).scalar_one_or_none()
    if scheme_id is None:
        return False
    of_scheme = scheme_version.c.scheme_id == scheme_id
    newer = exists().where(of_scheme, scheme_version.c.id > version_id)
    older = exists().where(of_scheme, scheme_version.c.id < version_id)
    drafted = exists().where(scheme_draft.c.version_id == version_id)
    set_up = [
        exists().where(table.c.scheme_id == scheme_id)
        for table in (coding_setting, coding_pilot, coding_assignment)
    ]
    told = connection.execute(select(or_(newer, drafted), older, or_(*set_up))).one()
    is_held, has_older, is_set_up = told
    if is_held or (is_set_up and not has_older):
        return False
    rests = [
        select(table.c.coding_id).where(table.c.version_id == version_id).distinct()
        for table in (answer, finding, coding_change)
    ]
    if not has_older:
        rests.append(select(coding.c.id).where(coding.c.scheme_id == scheme_id))
    return all(set(connection.execute(each).scalars()) <= set(codings) for each in rests)


def _drop_version(connection: Connection, version_id: int) -> None:
    """Drop a version of a scheme, and the scheme with its last version."""
    of_version = scheme_version.c.id == version_id
    query = select(scheme_version.c.scheme_id).where(of_version)
    scheme_id = connection.execute(query).scalar_one()
    connection.execute(delete(scheme_version).where(of_version))
    others = exists().where(scheme_version.c.scheme_id == scheme_id)
    if not connection.execute(select(others)).scalar_one():
        connection.execute(delete(scheme).where(scheme.c.id == scheme_id))
