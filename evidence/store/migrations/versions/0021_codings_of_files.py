"""Files of EPPI-Reviewer are kept with their coding, which can be brought in and taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _link(table: str, name: str, target: str) -> list[sa.schema.SchemaItem]:
    key = sa.ForeignKeyConstraint(
        [name], [f"{target}.id"], name=f"fk_{table}_{name}_{target}", ondelete="CASCADE"
    )
    return [sa.Column(name, ID, nullable=False), key]


def _who(table: str, name: str, *, nullable: bool = False) -> list[sa.schema.SchemaItem]:
    key = sa.ForeignKeyConstraint([name], ["person.id"], name=f"fk_{table}_{name}_person")
    return [sa.Column(name, ID, nullable=nullable), key]


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    file = "coded_file"
    op.create_table(
        file,
        sa.Column("id", ID, nullable=False),
        *_link(file, "file_id", "imported_file"),
        sa.Column("name", sa.Text(), nullable=False, server_default=""),
        sa.Column("sha256", sa.Text(), nullable=False, server_default=""),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        *_who(file, "added_by"),
        sa.Column("added_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_coded_file"),
        sa.UniqueConstraint("file_id", "sha256", name="uq_coded_file_file_id_sha256"),
    )
    op.create_index("ix_coded_file_file_id", file, ["file_id"])
    brought = "brought_coding"
    op.create_table(
        brought,
        sa.Column("id", ID, nullable=False),
        *_link(brought, "coded_file_id", file),
        *_who(brought, "person_id"),
        sa.Column("is_agreed", sa.Boolean(), nullable=False),
        *_who(brought, "brought_by"),
        sa.Column("brought_at", moment, nullable=False),
        sa.Column("made", sa.JSON(), nullable=False),
        *_who(brought, "undone_by", nullable=True),
        sa.Column("undone_at", moment, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_brought_coding"),
    )
    op.create_index("ix_brought_coding_coded_file_id", brought, ["coded_file_id"])
    op.add_column("quotation", sa.Column("file_name", sa.Text(), nullable=False, server_default=""))
