"""When codings were completed and reopened is found without looking through all their history."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

IS_STATE = sa.text("field = 'state'")


def upgrade() -> None:
    op.create_index(
        "ix_coding_change_state",
        "coding_change",
        ["coding_id"],
        sqlite_where=IS_STATE,
        postgresql_where=IS_STATE,
    )
