"""A review publishes what it found under an address, and readers write comments."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _text(name: str) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=False, server_default="")


def _below(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{target}"
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete="CASCADE")


def _by(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["person_id"], ["person.id"], name=f"fk_{table}_person_id_person"
    )


def _key(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("id", name=f"pk_{table}")


def upgrade() -> None:
    op.create_table(
        "publication",
        sa.Column("id", ID, nullable=False),
        sa.Column("review_id", ID, nullable=False),
        _text("ends_on"),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("takes_comments", sa.Boolean(), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _below("publication", "review_id", "review"),
        _by("publication"),
        _key("publication"),
    )
    op.create_index("ix_publication_review_id", "publication", ["review_id"])
    op.create_table(
        "public_address",
        sa.Column("id", ID, nullable=False),
        sa.Column("publication_id", ID, nullable=False),
        _text("token"),
        _text("token_hash"),
        _below("public_address", "publication_id", "publication"),
        _key("public_address"),
        sa.UniqueConstraint("publication_id", name="uq_public_address_publication_id"),
        sa.UniqueConstraint("token_hash", name="uq_public_address_token_hash"),
    )
    op.create_table(
        "publication_version",
        sa.Column("id", ID, nullable=False),
        sa.Column("publication_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        _text("title"),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("chosen", sa.JSON(), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _below("publication_version", "publication_id", "publication"),
        _by("publication_version"),
        _key("publication_version"),
        sa.UniqueConstraint(
            "publication_id", "number", name="uq_publication_version_publication_id_number"
        ),
    )
    op.create_table(
        "publication_file",
        sa.Column("id", ID, nullable=False),
        sa.Column("version_id", ID, nullable=False),
        _text("part"),
        _text("digest"),
        _text("policy"),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        _below("publication_file", "version_id", "publication_version"),
        _key("publication_file"),
        sa.UniqueConstraint("version_id", "part", name="uq_publication_file_version_id_part"),
    )
    op.create_table(
        "reader_comment",
        sa.Column("id", ID, nullable=False),
        sa.Column("publication_id", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _text("subject"),
        _text("subject_words"),
        _text("name"),
        _text("comment"),
        _text("sender"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _below("reader_comment", "publication_id", "publication"),
        _key("reader_comment"),
    )
    op.create_index("ix_reader_comment_publication_id", "reader_comment", ["publication_id"])
    op.create_table(
        "comment_answer",
        sa.Column("id", ID, nullable=False),
        sa.Column("comment_id", ID, nullable=False),
        _text("state"),
        _text("answer"),
        _text("changed"),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _below("comment_answer", "comment_id", "reader_comment"),
        _by("comment_answer"),
        _key("comment_answer"),
    )
    op.create_index("ix_comment_answer_comment_id", "comment_answer", ["comment_id"])
