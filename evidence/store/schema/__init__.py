"""The whole data model, one module per room; docs/data-model.md is made from it.

Rules: human decisions are added and never overwritten (the newest counts); automatic verdicts carry
their reason; every row that a person makes says who and when.
"""

from evidence.store.schema.base import metadata
from evidence.store.schema.coding import (
    answer,
    coding,
    finding,
    scheme,
    study,
    study_work,
)
from evidence.store.schema.records import (
    dedupe_run,
    duplicate_policy,
    field_choice,
    field_edit,
    imported_file,
    label,
    pair_verdict,
    problem,
    record,
    source,
    upload,
    verbatim,
    work,
    work_label,
)
from evidence.store.schema.review import (
    browser,
    event,
    job,
    member,
    person,
    preference,
    reason,
    review,
    term,
)
from evidence.store.schema.screening import (
    assignment,
    decision,
    document,
    pilot,
    ranking,
    retrieval,
    stage_setting,
)

__all__ = [
    "answer",
    "assignment",
    "browser",
    "coding",
    "decision",
    "dedupe_run",
    "document",
    "duplicate_policy",
    "event",
    "field_choice",
    "field_edit",
    "finding",
    "imported_file",
    "job",
    "label",
    "member",
    "metadata",
    "pair_verdict",
    "person",
    "pilot",
    "preference",
    "problem",
    "ranking",
    "reason",
    "record",
    "retrieval",
    "review",
    "scheme",
    "source",
    "stage_setting",
    "study",
    "study_work",
    "term",
    "upload",
    "verbatim",
    "work",
    "work_label",
]
