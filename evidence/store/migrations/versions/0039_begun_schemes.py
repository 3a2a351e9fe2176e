"""A scheme can be begun from a topic and changed before it is asked."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("scheme", sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE scheme SET taken_at = added_at")
