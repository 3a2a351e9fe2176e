"""A review keeps what it found of views and process, and how far people rely on it."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
FINDING, RESTS = "review_finding", "review_finding_study"


def upgrade() -> None:
    op.create_table(
        FINDING,
        sa.Column("id", ID, nullable=False),
        sa.Column("review_id", ID, nullable=False),
        sa.Column("uid", sa.Text(), nullable=False, server_default=""),
        sa.Column("statement", sa.Text(), nullable=False, server_default=""),
        sa.Column("judgement", sa.JSON(), nullable=False),
        sa.Column("is_removed", sa.Boolean(), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _links(FINDING, "review_id", "review"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=f"fk_{FINDING}_person_id_person"
        ),
        sa.PrimaryKeyConstraint("id", name=f"pk_{FINDING}"),
    )
    op.create_index(f"ix_{FINDING}_review_id", FINDING, ["review_id"])
    op.create_table(
        RESTS,
        sa.Column("id", ID, nullable=False),
        sa.Column("finding_id", ID, nullable=False),
        sa.Column("study_id", ID, nullable=False),
        _links(RESTS, "finding_id", FINDING),
        _links(RESTS, "study_id", "study"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{RESTS}"),
        sa.UniqueConstraint("finding_id", "study_id", name=f"uq_{RESTS}_finding_id_study_id"),
    )
    for column in ("finding_id", "study_id"):
        op.create_index(f"ix_{RESTS}_{column}", RESTS, [column])


def _links(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=f"fk_{table}_{column}_{target}", ondelete="CASCADE"
    )
