"""What files say that people decided stands apart from what people decided here."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def _text(name: str) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=False, server_default="")


def _link(table: str, name: str, target: str) -> list[sa.schema.SchemaItem]:
    key = sa.ForeignKeyConstraint(
        [name], [f"{target}.id"], name=f"fk_{table}_{name}_{target}", ondelete="CASCADE"
    )
    return [sa.Column(name, ID, nullable=False), key]


def _pointer(table: str, name: str, target: str, *, nullable: bool) -> list[sa.schema.SchemaItem]:
    key = sa.ForeignKeyConstraint([name], [f"{target}.id"], name=f"fk_{table}_{name}_{target}")
    return [sa.Column(name, ID, nullable=nullable), key]


def upgrade() -> None:
    file = "decision_file"
    op.create_table(
        file,
        sa.Column("id", ID, nullable=False),
        *_link(file, "review_id", "review"),
        _text("name"),
        _text("sha256"),
        _text("tool"),
        *_pointer(file, "person_id", "person", nullable=False),
        sa.Column("at", TIME, nullable=False),
        *_pointer(file, "undone_by", "person", nullable=True),
        sa.Column("undone_at", TIME, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_decision_file"),
    )
    op.create_index("ix_decision_file_review_id", file, ["review_id"])
    row = "brought_decision"
    op.create_table(
        row,
        sa.Column("id", ID, nullable=False),
        *_link(row, "file_id", file),
        *_link(row, "work_id", "work"),
        *_pointer(row, "person_id", "person", nullable=True),
        _text("name"),
        _text("stage"),
        _text("verdict"),
        sa.Column("reasons", sa.JSON(), nullable=False),
        _text("note"),
        sa.Column("labels", sa.JSON(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=True),
        _text("tool"),
        _text("decided_at"),
        sa.Column("line", sa.Integer(), nullable=False),
        _text("settled"),
        *_pointer(row, "settled_by", "person", nullable=True),
        sa.Column("settled_at", TIME, nullable=True),
        *_pointer(row, "decision_id", "decision", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_brought_decision"),
    )
    op.create_index("ix_brought_decision_file_id", row, ["file_id"])
    op.create_index("ix_brought_decision_work_id", row, ["work_id"])
    op.create_index("ix_brought_decision_person", row, ["person_id", "settled"])
    op.create_index("ix_brought_decision_decision_id", row, ["decision_id"])
    mark = "brought_label"
    op.create_table(
        mark,
        sa.Column("id", ID, nullable=False),
        *_link(mark, "file_id", file),
        *_link(mark, "work_label_id", "work_label"),
        sa.PrimaryKeyConstraint("id", name="pk_brought_label"),
    )
    op.create_index("ix_brought_label_file_id", mark, ["file_id"])
    op.create_index("ix_brought_label_work_label_id", mark, ["work_label_id"])
