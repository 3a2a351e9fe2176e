"""Tables that wait for what their columns mean, and searches that bring others up to date."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Inline: SQLite cannot add the constraint later, and copying the table would empty others.
    op.add_column(
        "source",
        sa.Column(
            "update_of",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.ForeignKey("source.id", name=op.f("fk_source_update_of_source")),
            nullable=True,
        ),
        inline_references=True,
    )
    op.add_column(
        "imported_file", sa.Column("mapping", sa.JSON(), server_default="{}", nullable=False)
    )
    op.create_table(
        "upload",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "review_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
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
