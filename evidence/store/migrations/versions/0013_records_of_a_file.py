"""A file says how many records it gave by a column of that name."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE imported_file RENAME COLUMN kept TO records")
