"""A review keeps what it concludes, on what that rests, and the themes of what people say."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CONCLUSION, SUPPORT = "conclusion", "conclusion_support"
THEME, PIECE = "theme", "theme_piece"


def upgrade() -> None:
    op.create_table(
        CONCLUSION,
        sa.Column("id", ID, nullable=False),
        sa.Column("review_id", ID, nullable=False),
        _text("uid"),
        _text("text"),
        _text("kind"),
        _text("audience"),
        _text("strength"),
        _text("reason"),
        _text("act"),
        sa.Column("seen", sa.JSON(), nullable=False),
        *_by_and_at(CONCLUSION),
    )
    op.create_table(
        SUPPORT,
        sa.Column("id", ID, nullable=False),
        sa.Column("conclusion_id", ID, nullable=False),
        _text("kind"),
        sa.Column("study_id", ID, nullable=True),
        sa.Column("ids", sa.JSON(), nullable=False),
        _text("label"),
        sa.Column("marks", sa.JSON(), nullable=False),
        _link(SUPPORT, "conclusion_id", CONCLUSION),
        _link(SUPPORT, "study_id", "study"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{SUPPORT}"),
    )
    op.create_table(
        THEME,
        sa.Column("id", ID, nullable=False),
        sa.Column("review_id", ID, nullable=False),
        sa.Column("act", sa.Integer(), nullable=False),
        _text("uid"),
        _text("level"),
        _text("name"),
        _text("note"),
        _text("parent"),
        _text("merged_into"),
        sa.Column("is_removed", sa.Boolean(), nullable=False),
        *_by_and_at(THEME),
    )
    op.create_table(
        PIECE,
        sa.Column("id", ID, nullable=False),
        sa.Column("review_id", ID, nullable=False),
        sa.Column("act", sa.Integer(), nullable=False),
        _text("theme"),
        sa.Column("study_id", ID, nullable=False),
        sa.Column("quotation_id", ID, nullable=True),
        sa.Column("answer_id", ID, nullable=True),
        sa.Column("finding_id", ID, nullable=True),
        sa.Column("is_removed", sa.Boolean(), nullable=False),
        *_by_and_at(PIECE),
        _link(PIECE, "study_id", "study"),
        _link(PIECE, "quotation_id", "quotation"),
        _link(PIECE, "answer_id", "answer"),
        _link(PIECE, "finding_id", "finding"),
    )
    indexes = {
        CONCLUSION: ("review_id",),
        SUPPORT: ("conclusion_id", "study_id"),
        THEME: ("review_id",),
        PIECE: ("review_id", "study_id", "quotation_id", "answer_id", "finding_id"),
    }
    for name, columns in indexes.items():
        for column in columns:
            op.create_index(f"ix_{name}_{column}", name, [column])


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, server_default="")


def _link(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=f"fk_{table}_{column}_{target}", ondelete="CASCADE"
    )


def _by_and_at(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    """Who and when, with the keys of a table that belongs to a review."""
    return (
        sa.Column("person_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _link(table, "review_id", "review"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=f"fk_{table}_person_id_person"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )
