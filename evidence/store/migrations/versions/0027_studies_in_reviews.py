"""A review keeps which primary studies the reviews among its studies include."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NAME = "included_study"
LINKS = {"review_id": "review", "including_id": "study", "primary_id": "study"}


def upgrade() -> None:
    op.create_table(
        NAME,
        sa.Column("id", ID, nullable=False),
        sa.Column("review_id", ID, nullable=False),
        sa.Column("act", sa.Integer(), nullable=False),
        sa.Column("including_id", ID, nullable=False),
        sa.Column("citation", sa.Text(), nullable=False, server_default=""),
        sa.Column("match", sa.Text(), nullable=False, server_default=""),
        sa.Column("primary_id", ID, nullable=True),
        sa.Column("file", sa.Text(), nullable=False, server_default=""),
        sa.Column("is_included", sa.Boolean(), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{target}.id"], name=f"fk_{NAME}_{column}_{target}", ondelete="CASCADE"
            )
            for column, target in LINKS.items()
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=f"fk_{NAME}_person_id_person"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{NAME}"),
    )
    for column in LINKS:
        op.create_index(f"ix_{NAME}_{column}", NAME, [column])
