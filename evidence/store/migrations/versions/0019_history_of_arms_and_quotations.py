"""The history of a coding knows arms, time points and quotations, and why something was not kept."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CHANGE = "coding_change"
NAMED = ("arm", "time_point", "quotation")


def upgrade() -> None:
    with op.batch_alter_table(CHANGE) as change:
        change.add_column(sa.Column("reason", sa.Text(), nullable=False, server_default=""))
        for name in NAMED:
            change.add_column(sa.Column(f"{name}_id", ID, nullable=True))
            key = f"fk_{CHANGE}_{name}_id_{name}"
            change.create_foreign_key(key, name, [f"{name}_id"], ["id"], ondelete="CASCADE")
    for name in NAMED:
        op.create_index(f"ix_{CHANGE}_{name}_id", CHANGE, [f"{name}_id"])
