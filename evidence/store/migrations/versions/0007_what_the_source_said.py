"""What the source said, word for word, moves out of `record` into a table beside it."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "original",
        sa.Column(
            "record_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
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
    op.execute("INSERT INTO original (record_id, raw, fields) SELECT id, raw, fields FROM record")
    # Not by copying the table, as SQLite's older ways are: that would empty those that point to it.
    op.drop_column("record", "raw")
    op.drop_column("record", "fields")
