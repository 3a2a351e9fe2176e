"""The whole data model on one page. docs/data-model.md tells it in words.

Rules: human decisions are added and never overwritten (the newest counts); automatic verdicts carry
their reason; every row that a person makes says who and when.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    true,
)
from sqlalchemy import text as sql_text

from evidence.store.columns import Id, Moment, key, link, moment, reference, text, who

LIVE = sql_text("merged_into IS NULL")
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# ── people and reviews ────────────────────────────────────────────────────────────────────────────

person = Table("person", metadata, key(), text("name"), moment("created_at"))

# On one's own machine a browser is remembered instead of a login; only the token's hash is kept.
browser = Table(
    "browser",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    who("person_id"),
    moment("seen_at"),
)

review = Table(
    "review",
    metadata,
    key(),
    text("title"),
    text("question"),
    Column("criteria", JSON, nullable=False, default=list),  # what a study must meet, one line each
    Column("demonstration", Boolean, nullable=False, default=False),
    text("label"),  # shown on every page, chart and export of the review
    Column("data_version", Integer, nullable=False, default=1),  # +1 with every write
    # Set on a hidden review that holds a file until people keep it in the review named here.
    link("stages_for", "review.id", nullable=True),
    who("created_by"),
    moment("created_at"),
)

reason = Table(  # why a work is excluded
    "reason",
    metadata,
    key(),
    link("review_id", "review.id"),
    Column("position", Integer, nullable=False),
    text("label"),
    Column("retired", Boolean, nullable=False, default=False),
    UniqueConstraint("review_id", "label"),
)

term = Table(  # highlighted while screening; `*` stands for any letters
    "term",
    metadata,
    key(),
    link("review_id", "review.id"),
    text("kind"),  # include | exclude
    text("pattern"),
    UniqueConstraint("review_id", "kind", "pattern"),
)

event = Table(  # who changed what; decisions and verdicts are their own history
    "event",
    metadata,
    key(),
    link("review_id", "review.id"),
    who("person_id"),
    moment("at"),
    text("what"),
    text("subject"),
    Column("before", JSON),
    Column("after", JSON),
)

job = Table(  # work that goes on while people do something else
    "job",
    metadata,
    key(),
    link("review_id", "review.id"),
    who("person_id"),
    text("kind"),  # import | duplicates
    text("state"),  # waiting | running | done | failed | cancelled
    Column("done", Float, nullable=False, default=0.0),  # share, from 0 to 1
    text("doing"),  # in words
    text("message"),  # why it failed
    moment("made_at"),
    moment("told_at"),  # when the work was last heard of
)

# ── sources, records, works ───────────────────────────────────────────────────────────────────────

source = Table(
    "source",
    metadata,
    key(),
    link("review_id", "review.id"),
    text("name"),
    text("kind"),  # database | register | website | organisation | citation searching | other
    text("database"),
    text("platform"),
    text("date_searched"),
    text("search_string"),
    text("notes"),
    Column("update_of", Id, ForeignKey("source.id")),  # the search that it brings up to date
    who("created_by"),
    moment("created_at"),
)

imported_file = Table(
    "imported_file",
    metadata,
    key(),
    link("source_id", "source.id"),
    text("name"),
    text("sha256"),  # of the text, so that a file saved anew with other line ends is known
    text("format"),
    text("encoding"),
    Column("seen", Integer, nullable=False),  # entries; seen = kept + lost
    Column("kept", Integer, nullable=False),
    # What a person said of the columns of a table: sheet -> column -> meaning.
    Column("mapping", JSON, nullable=False, default=dict, server_default="{}"),
    who("imported_by"),
    moment("imported_at"),
)

upload = Table(  # a table in a stage, so that it can be read again with other meanings
    "upload",
    metadata,
    key(),
    link("review_id", "review.id"),  # the stage
    Column("data", LargeBinary, nullable=False),
    Column("sheets", JSON, nullable=False),  # their columns, as they are shown to people
)

problem = Table(
    "problem",
    metadata,
    key(),
    link("file_id", "imported_file.id"),
    Column("line", Integer),
    text("code"),
    text("detail"),
)

work = Table(  # one publication, after duplicates are settled
    "work",
    metadata,
    key(),
    link("review_id", "review.id", index=False),
    *reference(),
    Column("origin", JSON, nullable=False, default=dict),  # field -> id of the record it came from
    link("merged_into", "work.id", nullable=True),  # the work that now holds all of its records
    # What the decisions come to (screening/verdicts.py); kept here so that queues are one lookup.
    Column("title_abstract", String(16), nullable=False, default="open", server_default="open"),
    Column("full_text", String(16), nullable=False, default="open", server_default="open"),
    sqlite_autoincrement=True,  # a number is never given twice: an old page may still name it
)
for _name, *_columns in (  # lists and queues look at live works only
    ("ix_work_live", work.c.id),
    ("ix_work_queue", work.c.title_abstract, work.c.id),
):
    Index(_name, work.c.review_id, *_columns, sqlite_where=LIVE, postgresql_where=LIVE)
# Counts of states are asked with every decision; this index alone answers them. It does not begin
# with the review: SQLite would take it where a few works are asked for by number, and walk all.
Index(
    "ix_work_state",
    *(work.c[name] for name in ("merged_into", "review_id", "title_abstract", "full_text", "id")),
)

record = Table(  # one entry of one export, as the source gave it
    "record",
    metadata,
    key(),
    link("review_id", "review.id"),
    link("file_id", "imported_file.id"),
    Column("position", Integer, nullable=False),
    Column("line", Integer, nullable=False),
    text("key"),
    *reference(),
    link("first_work_id", "work.id"),  # made with the record; it goes back there when split off
    link("work_id", "work.id"),  # where it stands now
    Index("ix_record_found_in", "review_id", "work_id", "file_id"),  # which source has which work
    sqlite_autoincrement=True,
)

# What the source said, word for word. It is longer than all the rest of a record and seldom asked
# for; beside it, it need not be moved when a file is kept, nor read when records are compared.
original = Table(
    "original",
    metadata,
    Column("record_id", Id, ForeignKey("record.id", ondelete="CASCADE"), primary_key=True),
    text("raw"),
    Column("fields", JSON, nullable=False),  # every tag with its value, in the source's order
)

field_choice = Table(  # a person wants this record's value to stand for a field of its work
    "field_choice",
    metadata,
    key(),
    link("review_id", "review.id"),
    link("record_id", "record.id"),
    text("field"),
    who("person_id"),
    moment("at"),
)

pair_verdict = Table(  # duplicates: same | possible | different | withdrawn
    "pair_verdict",
    metadata,
    key(),
    link("review_id", "review.id"),
    link("record_a", "record.id"),  # the smaller id
    link("record_b", "record.id"),
    text("verdict"),
    text("reason"),
    Column("scores", JSON, nullable=False, default=dict),
    text("rules"),  # version of the rules, empty for people
    who("person_id", nullable=True),  # NULL: the rules
    text("note"),
    # The one verdict that counts for its pair; kept here so that lists and counts are one lookup.
    Column("stands", Boolean, nullable=False, default=True, server_default=true()),
    moment("at"),
    Index("ix_pair_verdict_standing", "review_id", "verdict", "stands"),
)

comparison = Table(  # one run of the rules over a review
    "comparison",
    metadata,
    key(),
    link("review_id", "review.id"),
    Column("files", JSON, nullable=False),  # ids of the files whose records were compared
    Column("records", Integer, nullable=False),
    Column("apart", JSON, nullable=False),  # kinds that were kept apart (dedupe.Veto)
    text("rules"),  # their version
    who("person_id"),
    moment("at"),
)

apart_choice = Table(  # which kinds the rules shall keep apart from now on
    "apart_choice",
    metadata,
    key(),
    link("review_id", "review.id"),
    Column("kinds", JSON, nullable=False),
    who("person_id"),
    moment("at"),
)

# ── screening ─────────────────────────────────────────────────────────────────────────────────────

member = Table(  # of the team that screens; who left keeps what they decided
    "member",
    metadata,
    key(),
    link("review_id", "review.id", index=False),
    who("person_id"),
    who("added_by"),
    moment("joined_at"),
    Column("left_at", Moment),
    UniqueConstraint("review_id", "person_id"),
)

stage_setting = Table(  # how a stage is screened; the newest row counts
    "stage_setting",
    metadata,
    key(),
    link("review_id", "review.id"),
    text("stage"),
    Column("settings", JSON, nullable=False),  # screening/team.py: StageSettings
    who("person_id"),
    moment("at"),
)

round_ = Table(  # a pilot: the same sample for all, before the real screening
    "round",
    metadata,
    key(),
    link("review_id", "review.id"),
    text("stage"),
    text("name"),
    who("created_by"),
    moment("created_at"),
)

assignment = Table(  # who reads what; whoever decides has one
    "assignment",
    metadata,
    key(),
    link("review_id", "review.id", index=False),
    text("stage"),
    link("first_work_id", "work.id", index=False),  # for which it was made
    # Where it counts now; NULL while another of the person counts at the joined work (placing.py).
    link("work_id", "work.id", nullable=True, index=False),
    who("person_id"),
    link("round_id", "round.id", nullable=True),
    text("how"),  # pulled | assigned | pilot | own
    Column("chance", Boolean, nullable=False, default=False),  # drawn at random, for estimates
    moment("at"),
    Column("done_at", Moment),
    Column("skipped_at", Moment),  # comes again after all others
    UniqueConstraint("first_work_id", "stage", "person_id"),
    UniqueConstraint("work_id", "stage", "person_id"),
    Index("ix_assignment_person", "review_id", "stage", "person_id", "done_at", "id"),
)

ranking = Table(  # a priority order; the newest counts
    "ranking",
    metadata,
    key(),
    link("review_id", "review.id"),
    text("stage"),
    Column("learnt_from", Integer, nullable=False),  # decisions
    Column("seed", Integer, nullable=False),
    Column("works", JSON, nullable=False),  # ids in order
    Column("chance", JSON, nullable=False, default=list),  # those that stand there by chance
    Column("why", JSON, nullable=False, default=dict),  # work id -> its telling terms
    moment("at"),
    sqlite_autoincrement=True,  # what a process remembers by number must not come again
)

label = Table(  # a mark that people put on works while screening
    "label",
    metadata,
    key(),
    link("review_id", "review.id"),
    text("name"),
    UniqueConstraint("review_id", "name"),
)

work_label = Table(
    "work_label",
    metadata,
    key(),
    link("label_id", "label.id"),
    link("work_id", "work.id"),
    who("person_id"),
    moment("at"),
    UniqueConstraint("label_id", "work_id", "person_id"),
)

preference = Table(  # what a person chose for their own screen
    "preference",
    metadata,
    key(),
    link("review_id", "review.id", index=False),
    who("person_id"),
    text("name"),  # keys | terms | size
    Column("value", JSON, nullable=False),
    UniqueConstraint("review_id", "person_id", "name"),
)

field_edit = Table(  # a value that a person gave to a field of a work; the newest counts
    "field_edit",
    metadata,
    key(),
    link("review_id", "review.id"),
    link("work_id", "work.id"),
    text("field"),
    text("value"),
    text("note"),
    who("person_id"),
    moment("at"),
)

document = Table(  # a full text
    "document",
    metadata,
    key(),
    link("review_id", "review.id"),
    link("work_id", "work.id"),
    text("name"),
    text("sha256"),
    Column("size", Integer, nullable=False),  # bytes
    Column("pages", JSON, nullable=False, default=list),  # the text of each page
    Column("content", LargeBinary, nullable=False),
    who("person_id"),
    moment("at"),
    Column("removed_at", Moment),
)

retrieval = Table(  # where the search for a full text stands; the newest row counts
    "retrieval",
    metadata,
    key(),
    link("review_id", "review.id"),
    link("work_id", "work.id"),
    text("state"),  # sought | asked | retrieved | not_retrieved
    text("note"),  # why not, or whom people asked
    who("person_id"),
    moment("at"),
)

decision = Table(
    "decision",
    metadata,
    key(),
    link("review_id", "review.id"),
    link("work_id", "work.id", index=False),
    text("stage"),  # title_abstract | full_text
    who("person_id"),
    text("verdict"),  # include | exclude | maybe | not_retrieved | withdrawn
    Column("reason_id", Id, ForeignKey("reason.id")),  # of several the first of the review's list
    Column("reason_ids", JSON, nullable=False, default=list, server_default="[]"),  # all of them
    text("note"),
    Column("seconds", Float),  # how long the record was on the screen
    Column("settles", Boolean, nullable=False, default=False),  # made to end a conflict
    text("how"),  # a conflict was settled (discussion | third person); or from which tool it came
    text("client_id"),  # made in the browser: what a person sends twice is stored once
    moment("at"),
    UniqueConstraint("review_id", "person_id", "client_id"),
    Index("ix_decision_work", "work_id", "stage", "person_id", "id"),
    Index("ix_decision_person", "review_id", "stage", "person_id", "id"),
)

# ── studies and coding ────────────────────────────────────────────────────────────────────────────

study = Table(  # what was done; one or more works report it
    "study",
    metadata,
    key(),
    link("review_id", "review.id"),
    text("label"),
    text("kind"),  # study | practice
    who("created_by"),
    moment("created_at"),
)

study_work = Table(
    "study_work",
    metadata,
    link("study_id", "study.id"),
    link("work_id", "work.id", index=False),
    who("linked_by"),
    moment("linked_at"),
    UniqueConstraint("work_id"),
)

scheme = Table(  # the scheme as it was when the review took it
    "scheme",
    metadata,
    key(),
    link("review_id", "review.id"),
    text("name"),  # the scheme's own id
    text("version"),
    text("yaml"),
    who("added_by"),
    moment("added_at"),
    UniqueConstraint("review_id", "name", "version"),
)

coding = Table(
    "coding",
    metadata,
    key(),
    link("study_id", "study.id"),
    link("scheme_id", "scheme.id"),
    who("person_id", index=True),
    text("state"),  # draft | complete
    Column("completed_at", Moment),  # of several complete codings of a study the first counts
    moment("changed_at"),
    UniqueConstraint("study_id", "scheme_id", "person_id"),
)

answer = Table(
    "answer",
    metadata,
    key(),
    link("coding_id", "coding.id"),
    text("question"),
    Column("codes", JSON, nullable=False, default=list),
    text("value"),
    text("note"),
    UniqueConstraint("coding_id", "question"),
)

finding = Table(
    "finding",
    metadata,
    key(),
    link("coding_id", "coding.id"),
    text("intervention"),
    text("outcome"),
    text("contrast"),
    text("measure"),
    text("time"),
    Column("n_intervention", Integer),
    Column("n_comparison", Integer),
    text("direction"),
    text("significance"),
    text("quotation"),
    text("note"),
    Column("answers", JSON, nullable=False, default=list),  # to the scheme's further questions
)
