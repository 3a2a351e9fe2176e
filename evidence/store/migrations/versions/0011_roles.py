"""Somebody of a team has a role; all were editors."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("member", sa.Column("role", sa.Text(), nullable=False, server_default="editor"))
