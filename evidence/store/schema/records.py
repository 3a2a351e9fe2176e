"""Tables of searches, imported files, records, works, and what people say of duplicates."""

from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    UniqueConstraint,
    true,
)
from sqlalchemy import text as sql_text

from evidence.store.schema.base import table
from evidence.store.schema.column_types import (
    REFERENCE,
    Id,
    column,
    key,
    link,
    moment,
    pointer,
    text,
    who,
)


def reference() -> list[Column[Any]]:
    """What a record and a work say of a publication: the fields of citations.Reference. Lists are
    JSON.
    """
    texts = (
        "type", "title", "date", "journal", "journal_short", "volume", "issue", "pages", "doi",
        "pmid", "pmcid", "abstract", "language", "publisher", "place",
    )  # fmt: skip
    lists = ("authors", "editors", "keywords", "urls", "issn", "isbn", "notes")
    columns = [
        *(text(name) for name in texts),
        Column("year", Integer),
        *(column(name, JSON, default=list, server_default="[]") for name in lists),
    ]
    for each in columns:
        each.info["group"] = REFERENCE
    return columns


LIVE = sql_text("merged_into IS NULL")

source = table(
    "source",
    "one search of one source, with what PRISMA-S asks to be reported of it.",
    key(),
    link("review_id", "review.id"),
    text("name"),
    text(
        "kind",
        "`database`, `register`, `website`, `organisation`, `citation searching` or `other`",
    ),
    text("database"),
    text("platform"),
    text("date_searched"),
    text("search_string"),
    text("notes"),
    pointer("update_of", "source.id", "the earlier search that this one brings up to date"),
    column(
        "wave",
        Integer,
        "to which wave of searching it belongs, from 1; NULL where this follows from `update_of`",
        nullable=True,
    ),
    who("created_by"),
    moment("created_at"),
)

imported_file = table(
    "imported_file",
    "a file that was exported from a source and imported here.",
    key(),
    link("source_id", "source.id"),
    text("name"),
    text("sha256", "of its records' text, so that it is known again with other line ends"),
    text("format"),
    text("encoding"),
    column("seen", Integer, "how many entries the file has; some may be no records"),
    column("records", Integer, "how many records it gave"),
    column(
        "mapping",
        JSON,
        "what a person said of the columns of a table: sheet, column, meaning",
        default=dict,
        server_default="{}",
    ),
    who("imported_by"),
    moment("imported_at"),
)

upload = table(
    "upload",
    "a table that waits in a hidden review, to be read again with other meanings of its columns; "
    "or any file there until a machine of a cluster has read it.",
    key(),
    link("review_id", "review.id", "the hidden review"),
    column("data", LargeBinary, "the file"),
    column("sheets", JSON, "its columns, as they are shown to people"),
)

coded_file = table(
    "coded_file",
    "a file of EPPI-Reviewer or EPPI-Mapper with its coding, as it came.",
    key(),
    link("file_id", "imported_file.id", "whose records are its references, by their lines"),
    text("name"),
    text("sha256", "of the file"),
    column("content", LargeBinary, "the file, compressed with zlib"),
    who("added_by"),
    moment("added_at"),
    UniqueConstraint("file_id", "sha256"),
)

problem = table(
    "problem",
    "something that was wrong in an imported file.",
    key(),
    link("file_id", "imported_file.id"),
    column("line", Integer, nullable=True),
    text("code", "which [kind of problem](problems.md) it is"),
    text("detail"),
)

work = table(
    "work",
    "one publication; it rests on one record, or on several that are duplicates.",
    key(),
    link("review_id", "review.id", index=False),
    *reference(),
    column("origin", JSON, "for each field the id of the record it came from", default=dict),
    link(
        "merged_into",
        "work.id",
        "the work that holds all of its records now; empty in a live work",
        nullable=True,
    ),
    column(
        "title_abstract",
        String(16),
        "what its decisions come to, repeated here so that a queue is one lookup",
        default="open",
        server_default="open",
    ),
    column(
        "full_text",
        String(16),
        "what its decisions at full text come to",
        default="open",
        server_default="open",
    ),
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

record = table(
    "record",
    "one entry of one imported file, as the source gave it.",
    key(),
    link("review_id", "review.id"),
    link("file_id", "imported_file.id"),
    column("position", Integer, "its place among the records of the file"),
    column("line", Integer, "the line on which it begins"),
    text("key", "the name that the file gave to it"),
    *reference(),
    link("first_work_id", "work.id", "made with the record, which goes back there when split off"),
    link("work_id", "work.id", "where the record stands now"),
    Index("ix_record_found_in", "review_id", "work_id", "file_id"),  # which source has which work
    sqlite_autoincrement=True,
)

# Longer than all the rest of a record and seldom asked for: apart from it, it need not be moved
# when a file is kept, nor read when records are compared.
verbatim = table(
    "verbatim",
    "what the source said in a record, word for word.",
    Column("record_id", Id, ForeignKey("record.id", ondelete="CASCADE"), primary_key=True),
    text("raw", "the entry as it stands in the file"),
    column("fields", JSON, "every tag with its value, in the source's order"),
)

field_choice = table(
    "field_choice",
    "the wish of a person that a record's value stands for a field of its work, wherever the "
    "record goes.",
    key(),
    link("review_id", "review.id"),
    link("record_id", "record.id"),
    text("field"),
    who("person_id"),
    moment("at"),
)

field_edit = table(
    "field_edit",
    "a value that a person gave to a field of a work, such as a missing abstract; the newest "
    "counts.",
    key(),
    link("review_id", "review.id"),
    link("work_id", "work.id"),
    text("field"),
    text("value"),
    text("note"),
    who("person_id"),
    moment("at"),
)

label = table(
    "label",
    "a mark that people of a review put on works.",
    key(),
    link("review_id", "review.id"),
    text("name"),
    UniqueConstraint("review_id", "name"),
)

work_label = table(
    "work_label",
    "a label that one person put on one work; everybody takes off only their own.",
    key(),
    link("label_id", "label.id"),
    link("work_id", "work.id"),
    who("person_id"),
    moment("at"),
    UniqueConstraint("label_id", "work_id", "person_id"),
)

pair_verdict = table(
    "pair_verdict",
    "what the rules, or a person, said of two records: whether they are duplicates.",
    key(),
    link("review_id", "review.id"),
    link("record_a", "record.id", "the record with the smaller id"),
    link("record_b", "record.id"),
    text("verdict", "`same`, `possible`, `different` or `withdrawn`"),
    text("reason"),
    column("scores", JSON, "how alike the rules found each field", default=dict),
    text("rules", "the version of the rules; empty for people"),
    who("person_id", "empty for the rules", nullable=True),
    text("note"),
    column(
        "stands",
        Boolean,
        "whether it is the one verdict that counts for its pair",
        default=True,
        server_default=true(),
    ),
    moment("at"),
    Index("ix_pair_verdict_standing", "review_id", "verdict", "stands"),
)

dedupe_run = table(
    "dedupe_run",
    "one run of the rules for duplicates over a review.",
    key(),
    link("review_id", "review.id"),
    column("files", JSON, "ids of the files whose records were compared"),
    column("records", Integer, "how many records were compared"),
    column("kinds", JSON, "the kinds of pairs that were kept apart"),
    text("rules", "the version of the rules"),
    who("person_id"),
    moment("at"),
)

duplicate_policy = table(
    "duplicate_policy",
    "the wish of a person which kinds of pairs (corrections, preprints, protocols …) the rules "
    "keep apart from now on; the newest counts.",
    key(),
    link("review_id", "review.id"),
    column("kinds", JSON),
    who("person_id"),
    moment("at"),
)
