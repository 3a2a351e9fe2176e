"""Each area of a review has a version of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for area in ("records", "labels", "screening", "coding", "results"):
        version = sa.Column(f"{area}_version", sa.Integer(), nullable=False, server_default="1")
        op.add_column("review", version)
