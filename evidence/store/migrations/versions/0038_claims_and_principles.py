"""A review keeps claims with what people say of them, and principles with their links."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _create(
        "claim",
        *map(_text, ("uid", "act", "text")),
        sa.Column("claim", sa.JSON(), nullable=False),
        sa.Column("cited_work_id", ID, nullable=True),
        *map(_text, ("cited", "cited_year", "verdict", "reason")),
        sa.Column("traced_work_id", ID, nullable=True),
        _text("traced"),
        links={"cited_work_id": "work", "traced_work_id": "work"},
    )
    _create(
        "principle_set",
        *map(_text, ("uid", "title")),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("is_removed", sa.Boolean(), nullable=False),
        links={},
    )
    _create(
        "principle_link",
        *map(_text, ("set_uid", "version", "number", "kind")),
        sa.Column("study_id", ID, nullable=True),
        sa.Column("ids", sa.JSON(), nullable=False),
        _text("note"),
        sa.Column("is_removed", sa.Boolean(), nullable=False),
        links={"study_id": "study"},
    )


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _create(name: str, *columns: sa.Column[object], links: dict[str, str]) -> None:
    ways = {"review_id": "review", **links}
    op.create_table(
        name,
        sa.Column("id", ID, nullable=False),
        sa.Column("review_id", ID, nullable=False),
        *columns,
        sa.Column("person_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{to}.id"], name=f"fk_{name}_{column}_{to}", ondelete="CASCADE"
            )
            for column, to in ways.items()
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=f"fk_{name}_person_id_person"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
    )
    for column in ways:
        op.create_index(f"ix_{name}_{column}", name, [column])
