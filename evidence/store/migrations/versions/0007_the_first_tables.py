"""All tables, as Waymark 0.1.0 had them."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "person",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_table(
        "browser",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_browser_person_id_person")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_browser")),
    )
    op.create_table(
        "review",
        sa.Column("id", ID, nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("question", sa.Text(), server_default="", nullable=False),
        sa.Column("criteria", sa.JSON(), nullable=False),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.Column("label", sa.Text(), server_default="", nullable=False),
        sa.Column("data_version", sa.Integer(), nullable=False),
        sa.Column("stages_for", ID, nullable=True),
        sa.Column("created_by", ID, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by"], ["person.id"], name=op.f("fk_review_created_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["stages_for"],
            ["review.id"],
            name=op.f("fk_review_stages_for_review"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
    )
    op.create_index(op.f("ix_review_stages_for"), "review", ["stages_for"], unique=False)
    op.create_table(
        "apart_choice",
        sa.Column("id", ID, nullable=False),
        sa.Column("review_id", ID, nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_apart_choice_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["review.id"],
            name=op.f("fk_apart_choice_review_id_review"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_apart_choice")),
    )
    op.create_index(op.f("ix_apart_choice_review_id"), "apart_choice", ["review_id"], unique=False)
    op.create_table(
        "comparison",
        sa.Column("id", ID, nullable=False),
        sa.Column("review_id", ID, nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.Column("apart", sa.JSON(), nullable=False),
        sa.Column("rules", sa.Text(), server_default="", nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_comparison_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["review.id"],
            name=op.f("fk_comparison_review_id_review"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comparison")),
    )
    op.create_index(op.f("ix_comparison_review_id"), "comparison", ["review_id"], unique=False)
    op.create_table(
        "event",
        sa.Column("id", ID, nullable=False),
        sa.Column("review_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.Text(), server_default="", nullable=False),
        sa.Column("subject", sa.Text(), server_default="", nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_event_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name=op.f("fk_event_review_id_review"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_index(op.f("ix_event_review_id"), "event", ["review_id"], unique=False)
    op.create_table(
        "job",
        sa.Column("id", ID, nullable=False),
        sa.Column("review_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.Text(), server_default="", nullable=False),
        sa.Column("done", sa.Float(), nullable=False),
        sa.Column("doing", sa.Text(), server_default="", nullable=False),
        sa.Column("message", sa.Text(), server_default="", nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_job_person_id_person")),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name=op.f("fk_job_review_id_review"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    op.create_index(op.f("ix_job_review_id"), "job", ["review_id"], unique=False)
    op.create_table(
        "label",
        sa.Column("id", ID, nullable=False),
        sa.Column("review_id", ID, nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name=op.f("fk_label_review_id_review"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_label")),
        sa.UniqueConstraint("review_id", "name", name=op.f("uq_label_review_id_name")),
    )
    op.create_index(op.f("ix_label_review_id"), "label", ["review_id"], unique=False)
    op.create_table(
        "member",
        sa.Column("id", ID, nullable=False),
        sa.Column("review_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("added_by", ID, nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["added_by"], ["person.id"], name=op.f("fk_member_added_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_member_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["review.id"],
            name=op.f("fk_member_review_id_review"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
        sa.UniqueConstraint("review_id", "person_id", name=op.f("uq_member_review_id_person_id")),
    )
    op.create_table(
        "preference",
        sa.Column("id", ID, nullable=False),
        sa.Column("review_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_preference_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["review.id"],
            name=op.f("fk_preference_review_id_review"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preference")),
        sa.UniqueConstraint(
            "review_id", "person_id", "name", name=op.f("uq_preference_review_id_person_id_name")
        ),
    )
    op.create_table(
        "ranking",
        sa.Column("id", ID, nullable=False),
        sa.Column("review_id", ID, nullable=False),
        sa.Column("stage", sa.Text(), server_default="", nullable=False),
        sa.Column("learnt_from", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("works", sa.JSON(), nullable=False),
        sa.Column("chance", sa.JSON(), nullable=False),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["review.id"],
            name=op.f("fk_ranking_review_id_review"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ranking")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_ranking_review_id"), "ranking", ["review_id"], unique=False)
    op.create_table(
        "reason",
        sa.Column("id", ID, nullable=False),
        sa.Column("review_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), server_default="", nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["review.id"],
            name=op.f("fk_reason_review_id_review"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reason")),
        sa.UniqueConstraint("review_id", "label", name=op.f("uq_reason_review_id_label")),
    )
    op.create_index(op.f("ix_reason_review_id"), "reason", ["review_id"], unique=False)
    op.create_table(
        "round",
        sa.Column("id", ID, nullable=False),
        sa.Column("review_id", ID, nullable=False),
        sa.Column("stage", sa.Text(), server_default="", nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("created_by", ID, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by"], ["person.id"], name=op.f("fk_round_created_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name=op.f("fk_round_review_id_review"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
    )
    op.create_index(op.f("ix_round_review_id"), "round", ["review_id"], unique=False)
    op.create_table(
        "scheme",
        sa.Column("id", ID, nullable=False),
        sa.Column("review_id", ID, nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Text(), server_default="", nullable=False),
        sa.Column("yaml", sa.Text(), server_default="", nullable=False),
        sa.Column("added_by", ID, nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by"], ["person.id"], name=op.f("fk_scheme_added_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["review.id"],
            name=op.f("fk_scheme_review_id_review"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheme")),
        sa.UniqueConstraint(
            "review_id", "name", "version", name=op.f("uq_scheme_review_id_name_version")
        ),
    )
    op.create_index(op.f("ix_scheme_review_id"), "scheme", ["review_id"], unique=False)
    op.create_table(
        "source",
        sa.Column("id", ID, nullable=False),
        sa.Column("review_id", ID, nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("database", sa.Text(), server_default="", nullable=False),
        sa.Column("platform", sa.Text(), server_default="", nullable=False),
        sa.Column("date_searched", sa.Text(), server_default="", nullable=False),
        sa.Column("search_string", sa.Text(), server_default="", nullable=False),
        sa.Column("notes", sa.Text(), server_default="", nullable=False),
        sa.Column("created_by", ID, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("update_of", ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"], ["person.id"], name=op.f("fk_source_created_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["review.id"],
            name=op.f("fk_source_review_id_review"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["update_of"], ["source.id"], name=op.f("source_update_of_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
    )
    op.create_index(op.f("ix_source_review_id"), "source", ["review_id"], unique=False)
    op.create_table(
        "stage_setting",
        sa.Column("id", ID, nullable=False),
        sa.Column("review_id", ID, nullable=False),
        sa.Column("stage", sa.Text(), server_default="", nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_stage_setting_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["review.id"],
            name=op.f("fk_stage_setting_review_id_review"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_setting")),
    )
    op.create_index(
        op.f("ix_stage_setting_review_id"), "stage_setting", ["review_id"], unique=False
    )
    op.create_table(
        "study",
        sa.Column("id", ID, nullable=False),
        sa.Column("review_id", ID, nullable=False),
        sa.Column("label", sa.Text(), server_default="", nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("created_by", ID, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by"], ["person.id"], name=op.f("fk_study_created_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name=op.f("fk_study_review_id_review"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study")),
    )
    op.create_index(op.f("ix_study_review_id"), "study", ["review_id"], unique=False)
    op.create_table(
        "term",
        sa.Column("id", ID, nullable=False),
        sa.Column("review_id", ID, nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("pattern", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name=op.f("fk_term_review_id_review"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term")),
        sa.UniqueConstraint(
            "review_id", "kind", "pattern", name=op.f("uq_term_review_id_kind_pattern")
        ),
    )
    op.create_index(op.f("ix_term_review_id"), "term", ["review_id"], unique=False)
    op.create_table(
        "upload",
        sa.Column("id", ID, nullable=False),
        sa.Column("review_id", ID, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("sheets", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["review.id"],
            name=op.f("fk_upload_review_id_review"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
    )
    op.create_index(op.f("ix_upload_review_id"), "upload", ["review_id"], unique=False)
    op.create_table(
        "work",
        sa.Column("id", ID, nullable=False),
        sa.Column("review_id", ID, nullable=False),
        sa.Column("type", sa.Text(), server_default="", nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("date", sa.Text(), server_default="", nullable=False),
        sa.Column("journal", sa.Text(), server_default="", nullable=False),
        sa.Column("journal_short", sa.Text(), server_default="", nullable=False),
        sa.Column("volume", sa.Text(), server_default="", nullable=False),
        sa.Column("issue", sa.Text(), server_default="", nullable=False),
        sa.Column("pages", sa.Text(), server_default="", nullable=False),
        sa.Column("doi", sa.Text(), server_default="", nullable=False),
        sa.Column("pmid", sa.Text(), server_default="", nullable=False),
        sa.Column("pmcid", sa.Text(), server_default="", nullable=False),
        sa.Column("abstract", sa.Text(), server_default="", nullable=False),
        sa.Column("language", sa.Text(), server_default="", nullable=False),
        sa.Column("publisher", sa.Text(), server_default="", nullable=False),
        sa.Column("place", sa.Text(), server_default="", nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("authors", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("editors", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("keywords", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("urls", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("issn", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("isbn", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("notes", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("origin", sa.JSON(), nullable=False),
        sa.Column("merged_into", ID, nullable=True),
        sa.Column("title_abstract", sa.String(length=16), server_default="open", nullable=False),
        sa.Column("full_text", sa.String(length=16), server_default="open", nullable=False),
        sa.ForeignKeyConstraint(
            ["merged_into"], ["work.id"], name=op.f("fk_work_merged_into_work"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name=op.f("fk_work_review_id_review"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_work_live",
        "work",
        ["review_id", "id"],
        unique=False,
        sqlite_where=sa.text("merged_into IS NULL"),
        postgresql_where=sa.text("merged_into IS NULL"),
    )
    op.create_index(op.f("ix_work_merged_into"), "work", ["merged_into"], unique=False)
    op.create_index(
        "ix_work_queue",
        "work",
        ["review_id", "title_abstract", "id"],
        unique=False,
        sqlite_where=sa.text("merged_into IS NULL"),
        postgresql_where=sa.text("merged_into IS NULL"),
    )
    op.create_index(
        "ix_work_state",
        "work",
        ["merged_into", "review_id", "title_abstract", "full_text", "id"],
        unique=False,
    )
    op.create_table(
        "assignment",
        sa.Column("id", ID, nullable=False),
        sa.Column("review_id", ID, nullable=False),
        sa.Column("stage", sa.Text(), server_default="", nullable=False),
        sa.Column("work_id", ID, nullable=True),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("round_id", ID, nullable=True),
        sa.Column("how", sa.Text(), server_default="", nullable=False),
        sa.Column("chance", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("skipped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_work_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["first_work_id"],
            ["work.id"],
            name=op.f("fk_assignment_first_work_id_work"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_assignment_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["review.id"],
            name=op.f("fk_assignment_review_id_review"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["round.id"],
            name=op.f("fk_assignment_round_id_round"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["work_id"], ["work.id"], name=op.f("fk_assignment_work_id_work"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint(
            "first_work_id",
            "stage",
            "person_id",
            name=op.f("uq_assignment_first_work_id_stage_person_id"),
        ),
        sa.UniqueConstraint(
            "work_id", "stage", "person_id", name=op.f("uq_assignment_work_id_stage_person_id")
        ),
    )
    op.create_index(
        "ix_assignment_person",
        "assignment",
        ["review_id", "stage", "person_id", "done_at", "id"],
        unique=False,
    )
    op.create_index(op.f("ix_assignment_round_id"), "assignment", ["round_id"], unique=False)
    op.create_table(
        "coding",
        sa.Column("id", ID, nullable=False),
        sa.Column("study_id", ID, nullable=False),
        sa.Column("scheme_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("state", sa.Text(), server_default="", nullable=False),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_coding_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["scheme_id"],
            ["scheme.id"],
            name=op.f("fk_coding_scheme_id_scheme"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["study_id"], ["study.id"], name=op.f("fk_coding_study_id_study"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coding")),
        sa.UniqueConstraint(
            "study_id",
            "scheme_id",
            "person_id",
            name=op.f("uq_coding_study_id_scheme_id_person_id"),
        ),
    )
    op.create_index(op.f("ix_coding_person_id"), "coding", ["person_id"], unique=False)
    op.create_index(op.f("ix_coding_scheme_id"), "coding", ["scheme_id"], unique=False)
    op.create_index(op.f("ix_coding_study_id"), "coding", ["study_id"], unique=False)
    op.create_table(
        "decision",
        sa.Column("id", ID, nullable=False),
        sa.Column("review_id", ID, nullable=False),
        sa.Column("work_id", ID, nullable=False),
        sa.Column("stage", sa.Text(), server_default="", nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("verdict", sa.Text(), server_default="", nullable=False),
        sa.Column("reason_id", ID, nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("seconds", sa.Float(), nullable=True),
        sa.Column("settles", sa.Boolean(), nullable=False),
        sa.Column("client_id", sa.Text(), server_default="", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason_ids", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("how", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_decision_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["reason_id"], ["reason.id"], name=op.f("fk_decision_reason_id_reason")
        ),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["review.id"],
            name=op.f("fk_decision_review_id_review"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["work_id"], ["work.id"], name=op.f("fk_decision_work_id_work"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint(
            "review_id",
            "person_id",
            "client_id",
            name=op.f("uq_decision_review_id_person_id_client_id"),
        ),
    )
    op.create_index(
        "ix_decision_person", "decision", ["review_id", "stage", "person_id", "id"], unique=False
    )
    op.create_index(op.f("ix_decision_review_id"), "decision", ["review_id"], unique=False)
    op.create_index(
        "ix_decision_work", "decision", ["work_id", "stage", "person_id", "id"], unique=False
    )
    op.create_table(
        "document",
        sa.Column("id", ID, nullable=False),
        sa.Column("review_id", ID, nullable=False),
        sa.Column("work_id", ID, nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("sha256", sa.Text(), server_default="", nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("pages", sa.JSON(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_document_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["review.id"],
            name=op.f("fk_document_review_id_review"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["work_id"], ["work.id"], name=op.f("fk_document_work_id_work"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
    )
    op.create_index(op.f("ix_document_review_id"), "document", ["review_id"], unique=False)
    op.create_index(op.f("ix_document_work_id"), "document", ["work_id"], unique=False)
    op.create_table(
        "field_edit",
        sa.Column("id", ID, nullable=False),
        sa.Column("review_id", ID, nullable=False),
        sa.Column("work_id", ID, nullable=False),
        sa.Column("field", sa.Text(), server_default="", nullable=False),
        sa.Column("value", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_field_edit_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["review.id"],
            name=op.f("fk_field_edit_review_id_review"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["work_id"], ["work.id"], name=op.f("fk_field_edit_work_id_work"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field_edit")),
    )
    op.create_index(op.f("ix_field_edit_review_id"), "field_edit", ["review_id"], unique=False)
    op.create_index(op.f("ix_field_edit_work_id"), "field_edit", ["work_id"], unique=False)
    op.create_table(
        "imported_file",
        sa.Column("id", ID, nullable=False),
        sa.Column("source_id", ID, nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("sha256", sa.Text(), server_default="", nullable=False),
        sa.Column("format", sa.Text(), server_default="", nullable=False),
        sa.Column("encoding", sa.Text(), server_default="", nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.Column("imported_by", ID, nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mapping", sa.JSON(), server_default="{}", nullable=False),
        sa.ForeignKeyConstraint(
            ["imported_by"], ["person.id"], name=op.f("fk_imported_file_imported_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
            name=op.f("fk_imported_file_source_id_source"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_file")),
    )
    op.create_index(
        op.f("ix_imported_file_source_id"), "imported_file", ["source_id"], unique=False
    )
    op.create_table(
        "retrieval",
        sa.Column("id", ID, nullable=False),
        sa.Column("review_id", ID, nullable=False),
        sa.Column("work_id", ID, nullable=False),
        sa.Column("state", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_retrieval_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["review.id"],
            name=op.f("fk_retrieval_review_id_review"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["work_id"], ["work.id"], name=op.f("fk_retrieval_work_id_work"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retrieval")),
    )
    op.create_index(op.f("ix_retrieval_review_id"), "retrieval", ["review_id"], unique=False)
    op.create_index(op.f("ix_retrieval_work_id"), "retrieval", ["work_id"], unique=False)
    op.create_table(
        "study_work",
        sa.Column("study_id", ID, nullable=False),
        sa.Column("work_id", ID, nullable=False),
        sa.Column("linked_by", ID, nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["linked_by"], ["person.id"], name=op.f("fk_study_work_linked_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["study_id"],
            ["study.id"],
            name=op.f("fk_study_work_study_id_study"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["work_id"], ["work.id"], name=op.f("fk_study_work_work_id_work"), ondelete="CASCADE"
        ),
        sa.UniqueConstraint("work_id", name=op.f("uq_study_work_work_id")),
    )
    op.create_index(op.f("ix_study_work_study_id"), "study_work", ["study_id"], unique=False)
    op.create_table(
        "work_label",
        sa.Column("id", ID, nullable=False),
        sa.Column("label_id", ID, nullable=False),
        sa.Column("work_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["label_id"],
            ["label.id"],
            name=op.f("fk_work_label_label_id_label"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_work_label_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["work_id"], ["work.id"], name=op.f("fk_work_label_work_id_work"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_label")),
        sa.UniqueConstraint(
            "label_id",
            "work_id",
            "person_id",
            name=op.f("uq_work_label_label_id_work_id_person_id"),
        ),
    )
    op.create_index(op.f("ix_work_label_label_id"), "work_label", ["label_id"], unique=False)
    op.create_index(op.f("ix_work_label_work_id"), "work_label", ["work_id"], unique=False)
    op.create_table(
        "answer",
        sa.Column("id", ID, nullable=False),
        sa.Column("coding_id", ID, nullable=False),
        sa.Column("question", sa.Text(), server_default="", nullable=False),
        sa.Column("codes", sa.JSON(), nullable=False),
        sa.Column("value", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["coding_id"],
            ["coding.id"],
            name=op.f("fk_answer_coding_id_coding"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("coding_id", "question", name=op.f("uq_answer_coding_id_question")),
    )
    op.create_index(op.f("ix_answer_coding_id"), "answer", ["coding_id"], unique=False)
    op.create_table(
        "finding",
        sa.Column("id", ID, nullable=False),
        sa.Column("coding_id", ID, nullable=False),
        sa.Column("intervention", sa.Text(), server_default="", nullable=False),
        sa.Column("outcome", sa.Text(), server_default="", nullable=False),
        sa.Column("contrast", sa.Text(), server_default="", nullable=False),
        sa.Column("measure", sa.Text(), server_default="", nullable=False),
        sa.Column("time", sa.Text(), server_default="", nullable=False),
        sa.Column("n_intervention", sa.Integer(), nullable=True),
        sa.Column("n_comparison", sa.Integer(), nullable=True),
        sa.Column("direction", sa.Text(), server_default="", nullable=False),
        sa.Column("significance", sa.Text(), server_default="", nullable=False),
        sa.Column("quotation", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["coding_id"],
            ["coding.id"],
            name=op.f("fk_finding_coding_id_coding"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
    )
    op.create_index(op.f("ix_finding_coding_id"), "finding", ["coding_id"], unique=False)
    op.create_table(
        "problem",
        sa.Column("id", ID, nullable=False),
        sa.Column("file_id", ID, nullable=False),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("code", sa.Text(), server_default="", nullable=False),
        sa.Column("detail", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["imported_file.id"],
            name=op.f("fk_problem_file_id_imported_file"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problem")),
    )
    op.create_index(op.f("ix_problem_file_id"), "problem", ["file_id"], unique=False)
    op.create_table(
        "record",
        sa.Column("id", ID, nullable=False),
        sa.Column("review_id", ID, nullable=False),
        sa.Column("file_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), server_default="", nullable=False),
        sa.Column("type", sa.Text(), server_default="", nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("date", sa.Text(), server_default="", nullable=False),
        sa.Column("journal", sa.Text(), server_default="", nullable=False),
        sa.Column("journal_short", sa.Text(), server_default="", nullable=False),
        sa.Column("volume", sa.Text(), server_default="", nullable=False),
        sa.Column("issue", sa.Text(), server_default="", nullable=False),
        sa.Column("pages", sa.Text(), server_default="", nullable=False),
        sa.Column("doi", sa.Text(), server_default="", nullable=False),
        sa.Column("pmid", sa.Text(), server_default="", nullable=False),
        sa.Column("pmcid", sa.Text(), server_default="", nullable=False),
        sa.Column("abstract", sa.Text(), server_default="", nullable=False),
        sa.Column("language", sa.Text(), server_default="", nullable=False),
        sa.Column("publisher", sa.Text(), server_default="", nullable=False),
        sa.Column("place", sa.Text(), server_default="", nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("authors", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("editors", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("keywords", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("urls", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("issn", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("isbn", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("notes", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("first_work_id", ID, nullable=False),
        sa.Column("work_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["imported_file.id"],
            name=op.f("fk_record_file_id_imported_file"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["first_work_id"],
            ["work.id"],
            name=op.f("fk_record_first_work_id_work"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["review.id"],
            name=op.f("fk_record_review_id_review"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["work_id"], ["work.id"], name=op.f("fk_record_work_id_work"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_record_file_id"), "record", ["file_id"], unique=False)
    op.create_index(op.f("ix_record_first_work_id"), "record", ["first_work_id"], unique=False)
    op.create_index(
        "ix_record_found_in", "record", ["review_id", "work_id", "file_id"], unique=False
    )
    op.create_index(op.f("ix_record_review_id"), "record", ["review_id"], unique=False)
    op.create_index(op.f("ix_record_work_id"), "record", ["work_id"], unique=False)
    op.create_table(
        "field_choice",
        sa.Column("id", ID, nullable=False),
        sa.Column("review_id", ID, nullable=False),
        sa.Column("record_id", ID, nullable=False),
        sa.Column("field", sa.Text(), server_default="", nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_field_choice_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["record.id"],
            name=op.f("fk_field_choice_record_id_record"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["review.id"],
            name=op.f("fk_field_choice_review_id_review"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field_choice")),
    )
    op.create_index(op.f("ix_field_choice_record_id"), "field_choice", ["record_id"], unique=False)
    op.create_index(op.f("ix_field_choice_review_id"), "field_choice", ["review_id"], unique=False)
    op.create_table(
        "original",
        sa.Column("record_id", ID, nullable=False),
        sa.Column("raw", sa.Text(), server_default="", nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["record.id"],
            name=op.f("fk_original_record_id_record"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_original")),
    )
    op.create_table(
        "pair_verdict",
        sa.Column("id", ID, nullable=False),
        sa.Column("review_id", ID, nullable=False),
        sa.Column("record_a", ID, nullable=False),
        sa.Column("record_b", ID, nullable=False),
        sa.Column("verdict", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("scores", sa.JSON(), nullable=False),
        sa.Column("rules", sa.Text(), server_default="", nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stands", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_pair_verdict_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["record_a"],
            ["record.id"],
            name=op.f("fk_pair_verdict_record_a_record"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["record_b"],
            ["record.id"],
            name=op.f("fk_pair_verdict_record_b_record"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["review.id"],
            name=op.f("fk_pair_verdict_review_id_review"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pair_verdict")),
    )
    op.create_index(op.f("ix_pair_verdict_record_a"), "pair_verdict", ["record_a"], unique=False)
    op.create_index(op.f("ix_pair_verdict_record_b"), "pair_verdict", ["record_b"], unique=False)
    op.create_index(op.f("ix_pair_verdict_review_id"), "pair_verdict", ["review_id"], unique=False)
    op.create_index(
        "ix_pair_verdict_standing", "pair_verdict", ["review_id", "verdict", "stands"], unique=False
    )
