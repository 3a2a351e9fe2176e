"""Tables of who reads which work, what they decide, and where its full text is."""

from sqlalchemy import JSON, Boolean, Float, Index, Integer, LargeBinary, UniqueConstraint

from evidence.store.schema.base import table
from evidence.store.schema.column_types import Moment, column, key, link, moment, pointer, text, who

stage_setting = table(
    "stage_setting",
    "how a stage of a review is screened (people per work, rule, order); the newest counts.",
    key(),
    link("review_id", "review.id"),
    text("stage", "`title_abstract` or `full_text`"),
    column("settings", JSON, "the fields of a screening.team.StageSettings"),
    who("person_id"),
    moment("at"),
)

pilot = table(
    "pilot",
    "a pilot: a sample of works that everybody reads before the real screening.",
    key(),
    link("review_id", "review.id"),
    text("stage", "`title_abstract` or `full_text`"),
    text("name"),
    who("created_by"),
    moment("created_at"),
)

assignment = table(
    "assignment",
    "that a person reads a work at a stage; whoever decides has one, except to end a conflict.",
    key(),
    link("review_id", "review.id", index=False),
    text("stage", "`title_abstract` or `full_text`"),
    link("first_work_id", "work.id", "the work for which it was made", index=False),
    link(
        "work_id",
        "work.id",
        "the work for which it counts now; empty while another of the person counts there",
        nullable=True,
        index=False,
    ),
    who("person_id"),
    link("pilot_id", "pilot.id", "the pilot it belongs to", nullable=True),
    text("how", "how it came to the person: `pulled`, `assigned`, `pilot` or `own`"),
    column(
        "at_random", Boolean, "whether the work was drawn at random, for estimates", default=False
    ),
    moment("at"),
    column("done_at", Moment, "when the person decided", nullable=True),
    column("skipped_at", Moment, "when they put it behind all others", nullable=True),
    UniqueConstraint("first_work_id", "stage", "person_id"),
    UniqueConstraint("work_id", "stage", "person_id"),
    Index("ix_assignment_person", "review_id", "stage", "person_id", "done_at", "id"),
)

ranking = table(
    "ranking",
    "an order in which works are read first that are likely to be included; the newest counts.",
    key(),
    link("review_id", "review.id"),
    text("stage", "`title_abstract` or `full_text`"),
    column("learnt_from", Integer, "how many decisions it learnt from"),
    column("seed", Integer, "of the random numbers"),
    column("work_ids", JSON, "ids of works in order"),
    column("random_work_ids", JSON, "ids of those that stand there by chance", default=list),
    column("terms", JSON, "for a work's id the terms that speak for it", default=dict),
    moment("at"),
    sqlite_autoincrement=True,  # what a process remembers by number must not come again
)

document = table(
    "document",
    "the full text of a work, a file.",
    key(),
    link("review_id", "review.id"),
    link("work_id", "work.id"),
    text("name", "of the file"),
    text("sha256"),
    column("size", Integer, "in bytes"),
    column("pages", JSON, "the text of each page", default=list),
    column("content", LargeBinary, "the file"),
    who("person_id"),
    moment("at"),
    column("removed_at", Moment, nullable=True),
)

retrieval = table(
    "retrieval",
    "where the search for the full text of a work stands; the newest counts.",
    key(),
    link("review_id", "review.id"),
    link("work_id", "work.id"),
    text("state", "`sought`, `asked`, `retrieved` or `not_retrieved`"),
    text("note", "why it was not retrieved, or whom people asked"),
    who("person_id"),
    moment("at"),
)

decision = table(
    "decision",
    "what one person said of one work at one stage; of each person the newest counts.",
    key(),
    link("review_id", "review.id"),
    link("work_id", "work.id", index=False),
    text("stage", "`title_abstract` or `full_text`"),
    who("person_id"),
    text("verdict", "`include`, `exclude`, `maybe`, `not_retrieved` or `withdrawn`"),
    pointer("reason_id", "reason.id", "of several reasons the first of the review's list"),
    column("reason_ids", JSON, "all of its reasons", default=list, server_default="[]"),
    text("note"),
    column("seconds", Float, "how long the work was on the screen", nullable=True),
    column(
        "resolves",
        Boolean,
        "it ends a conflict; with `withdrawn`, it takes such an end back",
        default=False,
    ),
    text(
        "how",
        "how a conflict was ended (`discussion`, `third person`), or from which tool it came",
    ),
    text("client_id", "made in the browser: what a person sends twice is stored once"),
    moment("at"),
    UniqueConstraint("review_id", "person_id", "client_id"),
    Index("ix_decision_work", "work_id", "stage", "person_id", "id"),
    Index("ix_decision_person", "review_id", "stage", "person_id", "id"),
)

decision_file = table(
    "decision_file",
    "a file with decisions of another tool that somebody brought in.",
    key(),
    link("review_id", "review.id"),
    text("name"),
    text("sha256"),
    text("tool", "from which it came, as people call it"),
    who("person_id", "who brought it"),
    moment("at"),
    who("undone_by", "who took it back as a whole", nullable=True),
    column("undone_at", Moment, nullable=True),
)

brought_decision = table(
    "brought_decision",
    "what a file says that somebody decided; it counts for nothing until a decision is made of it.",
    key(),
    link("file_id", "decision_file.id"),
    link("work_id", "work.id"),
    who("person_id", "whose it is said to be; empty while that is nobody yet", nullable=True),
    text("name", "of the person, as the file has it"),
    text("stage", "`title_abstract` or `full_text`"),
    text("verdict", "`include`, `exclude`, `maybe`, `not_retrieved` or `withdrawn`"),
    column("reasons", JSON, "as the file has them", default=list),
    text("note"),
    column("labels", JSON, "of the record in the file", default=list),
    column("seconds", Float, "how long the work was on the screen", nullable=True),
    text("tool", "from which it came, as people call it"),
    text("decided_at", "when it was made, as the file has it"),
    column("line", Integer, "of the record in the file; 0 where it has no lines"),
    text(
        "settled",
        "empty while it waits; `own` of who brought it, `confirmed`, `vouched` by the owner, "
        "`superseded` by what the person decided here, or `declined`",
    ),
    who("settled_by", nullable=True),
    column("settled_at", Moment, nullable=True),
    pointer("decision_id", "decision.id", "the decision that was made of it"),
    Index("ix_brought_decision_person", "person_id", "settled"),
    Index("ix_brought_decision_decision_id", "decision_id"),
)

brought_label = table(
    "brought_label",
    "that a label came to a work with a file; who puts it there by hand takes this away.",
    key(),
    link("file_id", "decision_file.id"),
    link("work_label_id", "work_label.id"),
)
