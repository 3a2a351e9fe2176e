"""Tables of studies, coding schemes, and what people coded."""

import secrets

from sqlalchemy import JSON, Boolean, Index, Integer, LargeBinary, UniqueConstraint
from sqlalchemy import text as sql

from evidence.store.schema.base import table
from evidence.store.schema.column_types import Moment, column, key, link, moment, text, who

LOTS = 10_000

study = table(
    "study",
    "something that was done, and that one or more works report.",
    key(),
    link("review_id", "review.id"),
    text("label"),
    text("kind", "`study` or `practice`"),
    column(
        "lot",
        Integer,
        f"a number below {LOTS:,}, drawn once; shares of double coding take the lowest",
        default=lambda: secrets.randbelow(LOTS),
    ),
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

arm = table(
    "arm",
    "a group of people that a study compares.",
    key(),
    link("study_id", "study.id"),
    text("uid", "by which answers and findings name it"),
    text("label"),
    text("people", "how many there were, as the report says"),
    who("created_by"),
    moment("created_at"),
    column("removed_at", Moment, nullable=True),
    UniqueConstraint("study_id", "uid"),
)

time_point = table(
    "time_point",
    "a time at which a study measured something.",
    key(),
    link("study_id", "study.id"),
    text("uid", "by which findings name it"),
    text("label"),
    who("created_by"),
    moment("created_at"),
    column("removed_at", Moment, nullable=True),
    UniqueConstraint("study_id", "uid"),
)

scheme = table(
    "scheme",
    "a coding scheme of a review, whatever its version; codings hang on it.",
    key(),
    link("review_id", "review.id", index=False),
    text("name", "the scheme's own id"),
    who("added_by"),
    moment("added_at"),
    column(
        "taken_at", Moment, "since when it is asked; empty while it is only begun", nullable=True
    ),
    UniqueConstraint("review_id", "name"),
)

scheme_version = table(
    "scheme_version",
    "a coding scheme as it was when the review took it; of a scheme the newest is asked.",
    key(),
    link("scheme_id", "scheme.id"),
    text("version", "as the scheme says it; two texts of one version are two rows"),
    text("yaml"),
    who("added_by"),
    moment("added_at"),
)

scheme_draft = table(
    "scheme_draft",
    "that one person changes a scheme; nobody else sees it before it is kept as a version.",
    key(),
    link("scheme_id", "scheme.id"),
    who("person_id", index=True),
    link("version_id", "scheme_version.id", "the newest when it was begun", index=False),
    column("client_ids", JSON, "of the last acts, made in the browser; each is taken once"),
    moment("changed_at"),
    UniqueConstraint("scheme_id", "person_id"),
)

scheme_draft_step = table(
    "scheme_draft_step",
    "the scheme after one change of a draft; the oldest go, so many are kept to be undone.",
    key(),
    link("draft_id", "scheme_draft.id"),
    column("yaml", LargeBinary, "the whole scheme, compressed with zlib"),
    text("field", "of what is being typed; what is typed on there is the same change"),
    column("is_undone", Boolean, "whether it was taken back and can come again", default=False),
)

coding = table(
    "coding",
    "what one person codes of one study with one scheme, or what several codings came to.",
    key(),
    link("study_id", "study.id"),
    link("scheme_id", "scheme.id"),
    who("person_id", "who codes; of the agreed one, who began to reconcile", index=True),
    column("is_agreed", Boolean, "whether it is what several codings came to", default=False),
    text("state", "`draft` or `complete`"),
    column(
        "completed_at",
        Moment,
        nullable=True,
    ),
    moment("changed_at"),
    UniqueConstraint("study_id", "scheme_id", "person_id", "is_agreed"),
    Index(
        "uq_coding_agreed",
        "study_id",
        "scheme_id",
        unique=True,
        sqlite_where=sql("is_agreed"),
        postgresql_where=sql("is_agreed"),
    ),
)

coding_setting = table(
    "coding_setting",
    "how many people code a study with a scheme; the newest of a scheme holds.",
    key(),
    link("scheme_id", "scheme.id"),
    column("share", Integer, "of the studies that two people code, in percent"),
    who("person_id"),
    moment("at"),
)

coding_pilot = table(
    "coding_pilot",
    "a pilot of coding: the same studies for all its people, before the real coding.",
    key(),
    link("scheme_id", "scheme.id"),
    text("name"),
    who("created_by"),
    moment("created_at"),
    column("ended_at", Moment, nullable=True),
)

coding_assignment = table(
    "coding_assignment",
    "that a person is to code a study with a scheme.",
    key(),
    link("scheme_id", "scheme.id"),
    link("study_id", "study.id", index=False),
    who("person_id", index=True),
    link("pilot_id", "coding_pilot.id", "the pilot it belongs to", nullable=True),
    who("assigned_by"),
    moment("assigned_at"),
    UniqueConstraint("study_id", "scheme_id", "person_id"),
)

reconciled = table(
    "reconciled",
    "what was chosen where codings of a study were reconciled; the newest of a place counts.",
    key(),
    link("coding_id", "coding.id", "the agreed coding"),
    text("question", "of an answer; empty for a finding"),
    text("arm", "of an answer; empty for the whole study"),
    text("finding", "the uid of the agreed finding; empty for an answer"),
    text("choice", "`taken`, `other`, `dropped`, `together`, or `open` where it was taken back"),
    column("sources", JSON, "the codings, or the [coding, uid] of findings, that were taken"),
    text("note", "why"),
    text("client_id", "made where it was chosen; the same id is taken once"),
    who("person_id"),
    moment("at"),
)

answer = table(
    "answer",
    "what one coding says to one question, or of one of its codes, for one arm; never deleted.",
    key(),
    link("coding_id", "coding.id"),
    text("question", "the question's id in the scheme"),
    text("code", "the option's id; empty for what is said to the question itself"),
    text("arm", "the uid of an arm, or of the finding that is judged; empty for the whole study"),
    column("chosen", Boolean, "whether the code is ticked", default=False),
    text("value", "a number, a text or a date as it was typed, where the question asks for one"),
    text("note"),
    link("version_id", "scheme_version.id", "the version that was seen", index=False),
    moment("changed_at"),
    UniqueConstraint("coding_id", "question", "code", "arm"),
)

finding = table(
    "finding",
    "one outcome of one contrast in one study, as one person coded it; never deleted.",
    key(),
    link("coding_id", "coding.id"),
    text("uid", "made where it was typed first"),
    column("fields", JSON, "by name what was typed, as coding.finding_fields lists it"),
    link("version_id", "scheme_version.id", "the version that was seen", index=False),
    moment("changed_at"),
    column("removed_at", Moment, nullable=True),
    UniqueConstraint("coding_id", "uid"),
)

quotation = table(
    "quotation",
    "words of a report on which an answer or a finding rests, after the Web Annotation model.",
    key(),
    link("coding_id", "coding.id"),
    text("uid", "made where they were marked"),
    link("answer_id", "answer.id", "what rests on them", nullable=True),
    link("finding_id", "finding.id", "what rests on them", nullable=True),
    link("work_id", "work.id", "the report"),
    link(
        "document_id",
        "document.id",
        "its file; empty for title or abstract, and while no file is here",
        nullable=True,
    ),
    text("part", "`title`, `abstract` or `file`"),
    column("page", Integer, "counted from 1; 0 for title or abstract", default=0),
    column("start", Integer, "place of the first character in the text of the page or part"),
    column("end", Integer, "place after the last character"),
    text("exact", "the words"),
    text("prefix", "a little of what stands before them"),
    text("suffix", "a little of what stands after them"),
    text("file_name", "of the file in which they were marked elsewhere; empty where it was here"),
    moment("added_at"),
    column("removed_at", Moment, nullable=True),
    UniqueConstraint("coding_id", "uid"),
)

coding_change = table(
    "coding_change",
    "a line of the history of a coding: one field of something in it, or its state.",
    key(),
    link("coding_id", "coding.id", "in which it was done, also where an arm is all the study's"),
    link("answer_id", "answer.id", nullable=True),
    link("finding_id", "finding.id", nullable=True),
    link("arm_id", "arm.id", nullable=True),
    link("time_point_id", "time_point.id", nullable=True),
    link("quotation_id", "quotation.id", nullable=True),
    text(
        "field",
        "`chosen`, `choice`, `value`, `note`; `state`; the field of a finding; `label`, `people`; "
        "`exact` of a quotation; `removed`",
    ),
    text("before", "what stood there"),
    text("after", "what was to stand there"),
    column(
        "is_kept",
        Boolean,
        "no: somebody had changed the field meanwhile, or it does not fit; what was there stayed",
        default=True,
    ),
    text("reason", "why it was not kept, where its person was told more than that"),
    text("client_id", "made where it was typed; the same id is taken once"),
    link(
        "version_id", "scheme_version.id", "the version that was seen", nullable=True, index=False
    ),
    who("person_id"),
    moment("at"),
    Index("ix_coding_change_client_id", "coding_id", "client_id"),
    Index(
        "ix_coding_change_state",
        "coding_id",
        sqlite_where=sql("field = 'state'"),
        postgresql_where=sql("field = 'state'"),
    ),
)

brought_coding = table(
    "brought_coding",
    "that the coding of a file was brought in; its lines of history name it by their client id.",
    key(),
    link("coded_file_id", "coded_file.id"),
    who("person_id", "whose coding it is; of an agreed one, who brought it"),
    column("is_agreed", Boolean, "whether it is what several codings came to", default=False),
    who("brought_by"),
    moment("brought_at"),
    column("made", JSON, "ids of `studies`, `versions` and `works` that it made or included"),
    who("undone_by", nullable=True),
    column("undone_at", Moment, nullable=True),
)
