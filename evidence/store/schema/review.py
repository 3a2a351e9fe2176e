"""Tables of people, reviews and teams, and of what every room needs: history, background jobs."""

from sqlalchemy import JSON, Boolean, Column, Float, Integer, String, UniqueConstraint, false

from evidence.store.area_versions import EVERYTHING
from evidence.store.schema.base import table
from evidence.store.schema.column_types import (
    CleanText,
    Moment,
    column,
    key,
    link,
    moment,
    pointer,
    text,
    who,
)

person = table(
    "person",
    "somebody who gave a name; never deleted, so that their work cannot be lost.",
    key(),
    text("name"),
    moment("created_at"),
)

browser = table(
    "browser",
    "a browser on one's own machine that is remembered instead of a login.",
    Column(
        "token_hash",
        String(64),
        primary_key=True,
        info={"about": "the browser has the token, the database only its hash"},
    ),
    who("person_id", "whose browser it is"),
    moment("seen_at", "when it last came"),
)

review = table(
    "review",
    "a review, or a hidden one that holds a file until people keep it in the real one.",
    key(),
    text("title"),
    text("question"),
    column("criteria", JSON, "what a study must meet, one line each", default=list),
    column("demonstration", Boolean, "whether it is the example", default=False),
    text("label", "shown on every page, chart and export of the review"),
    column("data_version", Integer, "grows by one with every write", default=1),
    *(column(name, Integer, default=1, server_default="1") for name in EVERYTHING.columns),
    link(
        "preview_of",
        "review.id",
        "set on a hidden review: the one in which its file would be kept",
        nullable=True,
    ),
    who("created_by"),
    moment("created_at"),
    sqlite_autoincrement=True,  # a number is never given twice: an old page may still name it
)

review_about = table(
    "review_about",
    "what a review says of itself for readers and data repositories; the newest counts.",
    key(),
    link("review_id", "review.id"),
    column("about", JSON, "the fields of a synthesis.review_about.ReviewAbout"),
    who("person_id"),
    moment("at"),
)

reason = table(
    "reason",
    "a reason for which works of a review are excluded.",
    key(),
    link("review_id", "review.id"),
    column("position", Integer, "its place in the review's list"),
    text("label"),
    column("retired", Boolean, "it left the list, and stands on earlier decisions", default=False),
    pointer("merged_into", "reason.id", "as which one it counts on the decisions made with it"),
    UniqueConstraint("review_id", "label"),
)

term = table(
    "term",
    "a word that is coloured while people screen.",
    key(),
    link("review_id", "review.id"),
    text("kind", "`include` or `exclude`: what the word speaks for"),
    text("pattern", "the word; `*` stands for any letters"),
    UniqueConstraint("review_id", "kind", "pattern"),
)

event = table(
    "event",
    "a line of the history of a review: who changed what; decisions and verdicts are their own "
    "history.",
    key(),
    link("review_id", "review.id"),
    who("person_id"),
    moment("at"),
    text("kind", "what was done: the code of a store.events.EventKind"),
    text("subject", "to what it was done, in words"),
    who("to_person_id", "to whom it was done, where it was done to a person", nullable=True),
    column("before", JSON, "the state before", nullable=True),
    column("after", JSON, "the state after", nullable=True),
)

job = table(
    "job",
    "a task that runs in the background while people do something else.",
    key(),
    link("review_id", "review.id"),
    who("person_id"),
    text("kind", "`import`, `duplicates`, `ranking` or `codings`"),
    text("state", "`waiting`, `running`, `done`, `failed` or `cancelled`"),
    column("done", Float, "the share that is done, from 0 to 1", default=0.0),
    text("doing", "what it does at the moment, in words"),
    text("message", "why it failed"),
    moment("created_at"),
    moment("heard_at", "when it was last heard of"),
)

member = table(
    "member",
    "somebody of the team that screens a review; who left keeps what they decided.",
    key(),
    link("review_id", "review.id", index=False),
    who("person_id"),
    who("added_by"),
    moment("joined_at"),
    column("left_at", Moment, "empty while they are in the team", nullable=True),
    column(
        "role",
        CleanText,
        "what they may do: the name of a store.permission.Role, in lower case",
        default="editor",
        server_default="editor",
    ),
    column(
        "is_arbiter",
        Boolean,
        "whether they end conflicts; where a review has arbiters, nobody else does",
        default=False,
        server_default=false(),
    ),
    UniqueConstraint("review_id", "person_id"),
)

preference = table(
    "preference",
    "what a person chose for their own screen in a review.",
    key(),
    link("review_id", "review.id", index=False),
    who("person_id"),
    text("name", "`keys`, `terms` or `size` of the text"),
    column("value", JSON),
    UniqueConstraint("review_id", "person_id", "name"),
)
