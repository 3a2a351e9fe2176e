"""A review keeps how its map is shown, and which cells are not applicable."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CELL = ("first_dimension", "first_heading", "second_dimension", "second_heading")


def _create(name: str, *columns: sa.Column[object]) -> None:
    """A table of what somebody chose for a review."""
    op.create_table(
        name,
        sa.Column("id", ID, nullable=False),
        sa.Column("review_id", ID, nullable=False),
        *columns,
        sa.Column("person_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name=f"fk_{name}_review_id_review", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=f"fk_{name}_person_id_person"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
    )
    op.create_index(f"ix_{name}_review_id", name, ["review_id"])


def upgrade() -> None:
    _create("map_setting", sa.Column("settings", sa.JSON(), nullable=False))
    texts = (sa.Column(each, sa.Text(), nullable=False, server_default="") for each in CELL)
    _create(
        "map_cell_mark",
        *texts,
        sa.Column("not_applicable", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False, server_default=""),
    )
