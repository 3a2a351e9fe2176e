"""Comparisons by the rules, what they keep apart, and which verdict of a pair stands."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "comparison",
        sa.Column("id", ID, nullable=False),
        sa.Column("review_id", ID, nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.Column("apart", sa.JSON(), nullable=False),
        sa.Column("rules", sa.Text(), server_default="", nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_comparison_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["review.id"],
            name=op.f("fk_comparison_review_id_review"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comparison")),
    )
    op.create_index(op.f("ix_comparison_review_id"), "comparison", ["review_id"], unique=False)
    op.create_table(
        "apart_choice",
        sa.Column("id", ID, nullable=False),
        sa.Column("review_id", ID, nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_apart_choice_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["review.id"],
            name=op.f("fk_apart_choice_review_id_review"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_apart_choice")),
    )
    op.create_index(op.f("ix_apart_choice_review_id"), "apart_choice", ["review_id"], unique=False)
    op.add_column(
        "pair_verdict",
        sa.Column("stands", sa.Boolean(), server_default=sa.true(), nullable=False),
    )
    _find_what_stands()
    op.create_index(
        "ix_pair_verdict_standing", "pair_verdict", ["review_id", "verdict", "stands"], unique=False
    )
    op.create_index(
        "ix_record_found_in", "record", ["review_id", "work_id", "file_id"], unique=False
    )
    _remember_what_was_compared()
    op.drop_column("review", "compared_to")


review = sa.table(
    "review",
    sa.column("id", ID),
    sa.column("compared_to", ID),
    sa.column("created_by", ID),
    sa.column("created_at", sa.DateTime(timezone=True)),
)
record = sa.table(
    "record", sa.column("id", ID), sa.column("review_id", ID), sa.column("file_id", ID)
)
pair_verdict = sa.table(
    "pair_verdict",
    sa.column("id", ID),
    sa.column("review_id", ID),
    sa.column("record_a", ID),
    sa.column("record_b", ID),
    sa.column("verdict", sa.Text()),
    sa.column("rules", sa.Text()),
    sa.column("person_id", ID),
    sa.column("stands", sa.Boolean()),
    sa.column("at", sa.DateTime(timezone=True)),
)
comparison = sa.table(
    "comparison",
    sa.column("review_id", ID),
    sa.column("files", sa.JSON()),
    sa.column("records", sa.Integer()),
    sa.column("apart", sa.JSON()),
    sa.column("rules", sa.Text()),
    sa.column("person_id", ID),
    sa.column("at", sa.DateTime(timezone=True)),
)


def _find_what_stands() -> None:
    """The newest of a person; where that was taken back or is missing, what the rules said."""
    v, newer = pair_verdict.c, pair_verdict.alias("newer")
    same = sa.exists().where(
        newer.c.record_a == v.record_a,
        newer.c.record_b == v.record_b,
        newer.c.person_id.is_not(None),
    )
    stale = (v.verdict == "withdrawn") | same.where(newer.c.id > v.id)
    covered = same.where(newer.c.stands)
    for chosen in (v.person_id.is_not(None) & stale, v.person_id.is_(None) & covered):
        op.execute(sa.update(pair_verdict).where(chosen).values(stands=False))


def _remember_what_was_compared() -> None:
    """A file counts as compared when the rules saw all of its records."""
    c = op.get_bind()
    for row in c.execute(sa.select(review).where(review.c.compared_to > 0)).all():
        seen = (
            sa.select(record.c.file_id, sa.func.count())
            .where(record.c.review_id == row.id)
            .group_by(record.c.file_id)
            .having(sa.func.max(record.c.id) <= row.compared_to)
        )
        files = c.execute(seen).all()
        v = pair_verdict.c
        said = sa.select(sa.func.max(v.rules), sa.func.max(v.at))
        said = said.where(v.review_id == row.id, v.person_id.is_(None))
        rules, at = c.execute(said).one()
        values = {
            "review_id": row.id,
            "files": [file_id for file_id, _ in files],
            "records": sum(count for _, count in files),
            "apart": APART,
            "rules": rules or "",
            "person_id": row.created_by,
            "at": at or row.created_at,
        }
        c.execute(sa.insert(comparison).values(**values))


APART = [  # what every run kept apart until now
    "comment", "conference-abstract", "erratum", "part", "preprint", "protocol", "reply",
    "retraction", "update",
]  # fmt: skip
