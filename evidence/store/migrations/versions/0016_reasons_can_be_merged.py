"""A reason that was merged into another one says into which; its decisions stay as they are."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    op.execute(
        f"ALTER TABLE reason ADD COLUMN merged_into {number} "
        "CONSTRAINT fk_reason_merged_into_reason REFERENCES reason (id)"
    )
