"""Every foreign key that leads to a work or to a study, and what becomes of it.

Undoing an import goes through this list, so a new table that names a work has to say here how it is
treated; a test compares the list with the schema.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, func, select

from evidence.store.schema import (
    arm,
    assignment,
    brought_decision,
    claim,
    coding,
    coding_assignment,
    conclusion_support,
    decision,
    decision_file,
    document,
    field_edit,
    included_study,
    principle_link,
    quotation,
    record,
    retrieval,
    review_finding_study,
    stage_overruling,
    study_work,
    theme_piece,
    time_point,
    work,
    work_label,
)

StandingRows = tuple[ColumnElement[bool], ...]


@dataclass(frozen=True, slots=True)
class StaysWithRecord:
    """Names the work that was made with a record; goes with it, and never changes."""


@dataclass(frozen=True, slots=True)
class IsSetAnew:
    """Says where something counts now; merging, splitting and undoing set it anew.

    Attributes:
        alone: what it is where no work is merged.
    """

    alone: Column[Any] | None


@dataclass(frozen=True, slots=True)
class StaysWithOriginal:
    """Somebody's doing at a work: stays there when it is merged or split off, and counts for the
    surviving one (surviving.py). An import is not undone while such a row stands.

    Attributes:
        act: what was done to the work, as a participle.
        standing: which rows stand; those that were taken back do not.
    """

    act: str
    standing: StandingRows = ()


Treatment = StaysWithRecord | IsSetAnew | StaysWithOriginal


def _newest(*key: Column[Any]) -> Select[Any]:
    """Ids of the newest row for each key."""
    return select(func.max(key[0].table.c.id)).group_by(*key)


WORK_REFERENCES: Mapping[Column[Any], Treatment] = MappingProxyType(
    {
        record.c.first_work_id: StaysWithRecord(),
        record.c.work_id: IsSetAnew(alone=record.c.first_work_id),
        work.c.merged_into: IsSetAnew(alone=None),
        assignment.c.first_work_id: StaysWithRecord(),
        assignment.c.work_id: IsSetAnew(alone=None),
        decision.c.work_id: StaysWithOriginal(
            "screened",
            (
                # Taking back how a conflict ended leaves the vote that its person had given before.
                decision.c.id.in_(
                    _newest(decision.c.work_id, decision.c.stage, decision.c.person_id).where(
                        decision.c.resolves.is_(False)
                    )
                )
                | decision.c.id.in_(
                    _newest(decision.c.work_id, decision.c.stage).where(decision.c.resolves)
                ),
                decision.c.verdict != "withdrawn",
            ),
        ),
        brought_decision.c.work_id: StaysWithOriginal(
            "decided in a file that was brought in",
            (
                brought_decision.c.settled == "",
                brought_decision.c.file_id.in_(
                    select(decision_file.c.id).where(decision_file.c.undone_at.is_(None))
                ),
            ),
        ),
        work_label.c.work_id: StaysWithOriginal("labelled"),
        field_edit.c.work_id: StaysWithOriginal(
            "given an abstract by hand",
            (
                field_edit.c.id.in_(_newest(field_edit.c.work_id, field_edit.c.field)),
                field_edit.c.value != "",
            ),
        ),
        document.c.work_id: StaysWithOriginal(
            "given full texts", (document.c.removed_at.is_(None),)
        ),
        retrieval.c.work_id: StaysWithOriginal(
            "looked for in full text",
            (retrieval.c.id.in_(_newest(retrieval.c.work_id)), retrieval.c.state != "sought"),
        ),
        study_work.c.work_id: StaysWithOriginal("linked to a study"),
        quotation.c.work_id: StaysWithOriginal("quoted", (quotation.c.removed_at.is_(None),)),
        claim.c.cited_work_id: StaysWithOriginal("named as cited by a claim"),
        claim.c.traced_work_id: StaysWithOriginal("looked up for a claim"),
    }
)

STUDY_REFERENCES: tuple[Column[Any], ...] = (
    study_work.c.study_id,
    coding.c.study_id,
    coding_assignment.c.study_id,
    arm.c.study_id,
    time_point.c.study_id,
    included_study.c.including_id,
    included_study.c.primary_id,
    review_finding_study.c.study_id,
    conclusion_support.c.study_id,
    theme_piece.c.study_id,
    stage_overruling.c.study_id,
    principle_link.c.study_id,
)
"""A study stays for as long as one of these names it; no import is undone that reports one."""
