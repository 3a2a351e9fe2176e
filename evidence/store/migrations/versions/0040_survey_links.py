"""A review asks services by a link, and keeps what respondents answered."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{target}"
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "survey_link",
        sa.Column("id", ID, nullable=False),
        sa.Column("review_id", ID, nullable=False),
        sa.Column("scheme_id", ID, nullable=False),
        _text("title"),
        _text("consent"),
        _text("ends_on"),
        _moment("closed_at", nullable=True),
        sa.Column("person_id", ID, nullable=False),
        _moment("at"),
        _to("survey_link", "review_id", "review"),
        _to("survey_link", "scheme_id", "scheme"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_survey_link_person_id_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_survey_link"),
    )
    op.create_index("ix_survey_link_review_id", "survey_link", ["review_id"])
    op.create_index("ix_survey_link_scheme_id", "survey_link", ["scheme_id"])
    op.create_table(
        "survey_address",
        sa.Column("id", ID, nullable=False),
        sa.Column("survey_link_id", ID, nullable=False),
        _text("token"),
        _text("token_hash"),
        _to("survey_address", "survey_link_id", "survey_link"),
        sa.PrimaryKeyConstraint("id", name="pk_survey_address"),
        sa.UniqueConstraint("survey_link_id", name="uq_survey_address_survey_link_id"),
        sa.UniqueConstraint("token_hash", name="uq_survey_address_token_hash"),
    )
    op.create_table(
        "survey_response",
        sa.Column("id", ID, nullable=False),
        sa.Column("survey_link_id", ID, nullable=False),
        _text("key_hash"),
        _text("service"),
        _text("area"),
        _text("filled_by"),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("saves", sa.Integer(), nullable=False),
        _text("sender"),
        _moment("sent_at", nullable=True),
        _text("form"),
        sa.Column("is_declined", sa.Boolean(), nullable=False),
        _moment("at"),
        _to("survey_response", "survey_link_id", "survey_link"),
        sa.PrimaryKeyConstraint("id", name="pk_survey_response"),
        sa.UniqueConstraint("key_hash", name="uq_survey_response_key_hash"),
    )
    op.create_index("ix_survey_response_survey_link_id", "survey_response", ["survey_link_id"])
