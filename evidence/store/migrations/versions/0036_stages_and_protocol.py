"""A review keeps who overruled its stages, versions of its protocol, and waves of searching."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0033"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OVERRULING, PROTOCOL = "stage_overruling", "protocol_version"


def upgrade() -> None:
    op.create_table(
        OVERRULING,
        sa.Column("id", ID, nullable=False),
        sa.Column("review_id", ID, nullable=False),
        sa.Column("study_id", ID, nullable=False),
        _text("stage"),
        _text("outcome"),
        _text("reason"),
        _link(OVERRULING, "study_id", "study"),
        *_by_and_at(OVERRULING),
    )
    for column in ("review_id", "study_id"):
        op.create_index(f"ix_{OVERRULING}_{column}", OVERRULING, [column])
    op.create_table(
        PROTOCOL,
        sa.Column("id", ID, nullable=False),
        sa.Column("review_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        _text("dated"),
        _text("note"),
        sa.Column("content", sa.JSON(), nullable=False),
        *_by_and_at(PROTOCOL),
        sa.UniqueConstraint("review_id", "number", name=f"uq_{PROTOCOL}_review_id_number"),
    )
    op.add_column("source", sa.Column("wave", sa.Integer(), nullable=True))


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, server_default="")


def _link(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=f"fk_{table}_{column}_{target}", ondelete="CASCADE"
    )


def _by_and_at(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    """Who and when, with the keys of a table that belongs to a review."""
    return (
        sa.Column("person_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _link(table, "review_id", "review"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=f"fk_{table}_person_id_person"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )
