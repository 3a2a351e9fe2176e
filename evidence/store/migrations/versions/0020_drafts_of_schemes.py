"""What somebody has begun to change in a coding scheme is kept on the server, step by step."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _link(table: str, name: str, target: str) -> list[sa.schema.SchemaItem]:
    key = sa.ForeignKeyConstraint(
        [name], [f"{target}.id"], name=f"fk_{table}_{name}_{target}", ondelete="CASCADE"
    )
    return [sa.Column(name, ID, nullable=False), key]


def upgrade() -> None:
    draft = "scheme_draft"
    op.create_table(
        draft,
        sa.Column("id", ID, nullable=False),
        *_link(draft, "scheme_id", "scheme"),
        sa.Column("person_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_scheme_draft_person_id_person"
        ),
        *_link(draft, "version_id", "scheme_version"),
        sa.Column("client_ids", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_scheme_draft"),
        sa.UniqueConstraint("scheme_id", "person_id", name="uq_scheme_draft_scheme_id_person_id"),
    )
    op.create_index("ix_scheme_draft_scheme_id", draft, ["scheme_id"])
    op.create_index("ix_scheme_draft_person_id", draft, ["person_id"])
    step = "scheme_draft_step"
    op.create_table(
        step,
        sa.Column("id", ID, nullable=False),
        *_link(step, "draft_id", draft),
        sa.Column("yaml", sa.LargeBinary(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False, server_default=""),
        sa.Column("is_undone", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_scheme_draft_step"),
    )
    op.create_index("ix_scheme_draft_step_draft_id", step, ["draft_id"])
