"""Tables of studies, coding schemes, and what people coded."""

from sqlalchemy import JSON, Integer, UniqueConstraint

from evidence.store.schema.base import table
from evidence.store.schema.column_types import Moment, column, key, link, moment, text, who

study = table(
    "study",
    "something that was done, and that one or more works report.",
    key(),
    link("review_id", "review.id"),
    text("label"),
    text("kind", "`study` or `practice`"),
    who("created_by"),
    moment("created_at"),
)

study_work = table(
    "study_work",
    "that a work reports a study; a work reports one at most.",
    link("study_id", "study.id"),
    link("work_id", "work.id", index=False),
    who("linked_by"),
    moment("linked_at"),
    UniqueConstraint("work_id"),
)

scheme = table(
    "scheme",
    "a coding scheme as it was when the review took it.",
    key(),
    link("review_id", "review.id"),
    text("name", "the scheme's own id"),
    text("version"),
    text("yaml"),
    who("added_by"),
    moment("added_at"),
    UniqueConstraint("review_id", "name", "version"),
)

coding = table(
    "coding",
    "what one person codes of one study with one scheme.",
    key(),
    link("study_id", "study.id"),
    link("scheme_id", "scheme.id"),
    who("person_id", index=True),
    text("state", "`draft` or `complete`"),
    column(
        "completed_at",
        Moment,
        "of several complete codings of a study the first counts",
        nullable=True,
    ),
    moment("changed_at"),
    UniqueConstraint("study_id", "scheme_id", "person_id"),
)

answer = table(
    "answer",
    "the answer to one question of the scheme in one coding.",
    key(),
    link("coding_id", "coding.id"),
    text("question", "the question's id in the scheme"),
    column("codes", JSON, "ids of the options that were chosen", default=list),
    text("value", "a number or a text, where the question asks for one"),
    text("note"),
    UniqueConstraint("coding_id", "question"),
)

finding = table(
    "finding",
    "one outcome of one contrast in one study, as one person coded it.",
    key(),
    link("coding_id", "coding.id"),
    text("intervention", "id of an option on the scheme's axis of interventions"),
    text("outcome", "id of an option on the axis of outcomes"),
    text("contrast", "id of an option on the axis of contrasts"),
    text("measure", "the instrument, or what was counted"),
    text("time", "when it was measured, as the report says"),
    column("n_intervention", Integer, "people analysed in the intervention group", nullable=True),
    column("n_comparison", Integer, "people analysed in the comparison group", nullable=True),
    text("direction"),
    text("significance"),
    text("quotation", "what the report says, word for word"),
    text("note"),
    column("answers", JSON, "to the scheme's further questions on findings", default=list),
)
