"""A review keeps services, and the forms that were filled in about them."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _create(name: str, *columns: sa.Column[object]) -> None:
    op.create_table(
        name,
        sa.Column("id", ID, nullable=False),
        sa.Column("review_id", ID, nullable=False),
        _text("uid"),
        *columns,
        sa.Column("is_removed", sa.Boolean(), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name=f"fk_{name}_review_id_review", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=f"fk_{name}_person_id_person"),
        *(
            sa.ForeignKeyConstraint(
                ["scheme_id"], ["scheme.id"], name=f"fk_{name}_scheme_id_scheme", ondelete="CASCADE"
            )
            for each in columns
            if each.name == "scheme_id"
        ),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
    )
    op.create_index(f"ix_{name}_review_id", name, ["review_id"])


def upgrade() -> None:
    _create("service", _text("name"), _text("area"), _text("provider"), _text("note"))
    _create(
        "service_form",
        _text("service"),
        sa.Column("scheme_id", ID, nullable=False),
        _text("occasion"),
        _text("filled_by"),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("is_complete", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_service_form_scheme_id", "service_form", ["scheme_id"])
