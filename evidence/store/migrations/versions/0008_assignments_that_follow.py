"""Assignments follow joined works; the number of a decision is one of its person.

Until now an assignment stayed on a work that was joined to another and counted nowhere. From here
on it says for which work it was made, and where it counts now.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0006"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("assignment", sa.Column("first_work_id", ID, nullable=True))
    op.execute("UPDATE assignment SET first_work_id = work_id")
    with op.batch_alter_table("assignment") as table:
        table.alter_column("first_work_id", existing_type=ID, nullable=False)
        table.alter_column("work_id", existing_type=ID, nullable=True)
        table.create_foreign_key(
            op.f("fk_assignment_first_work_id_work"),
            "work",
            ["first_work_id"],
            ["id"],
            ondelete="CASCADE",
        )
        table.create_unique_constraint(
            op.f("uq_assignment_first_work_id_stage_person_id"),
            ["first_work_id", "stage", "person_id"],
        )
    _let_them_follow()
    with op.batch_alter_table("decision") as table:
        table.drop_constraint(op.f("uq_decision_review_id_client_id"), type_="unique")
        table.create_unique_constraint(
            op.f("uq_decision_review_id_person_id_client_id"),
            ["review_id", "person_id", "client_id"],
        )


def _let_them_follow() -> None:
    """Of each person at a joined work one row counts: of a pilot, else one that is done.

    A work that is settled stays so: what was not read of its pilot sleeps.
    """
    c = op.get_bind()
    rows = c.execute(
        sa.text(
            "SELECT a.id, a.stage, a.person_id, a.round_id, a.done_at,"
            " r.id AS root,"
            " CASE a.stage WHEN 'full_text' THEN r.full_text ELSE r.title_abstract END AS state"
            " FROM assignment a JOIN work w ON w.id = a.first_work_id"
            " JOIN work r ON r.id = coalesce(w.merged_into, w.id)"
            " WHERE (w.merged_into IS NOT NULL OR w.id IN"
            " (SELECT merged_into FROM work WHERE merged_into IS NOT NULL))"
            " ORDER BY a.round_id IS NULL, a.done_at IS NULL, a.id"
        ).columns(done_at=sa.DateTime(timezone=True))
    ).all()
    best: dict[tuple[int, str, int], int] = {}
    done = {}
    for row in rows:
        where = (row.root, row.stage, row.person_id)
        if row.round_id is None or row.done_at is not None or row.state == "open":
            best.setdefault(where, row.id)
        if row.done_at is not None:
            done.setdefault(where, row.done_at)
    table = sa.table(
        "assignment",
        sa.column("id", ID),
        sa.column("work_id", ID),
        sa.column("done_at", sa.DateTime(timezone=True)),
    )
    here = sa.update(table).where(table.c.id == sa.bindparam("row"))
    if rows:
        c.execute(here.values(work_id=None), [{"row": row.id} for row in rows])
        c.execute(
            here.values(work_id=sa.bindparam("into"), done_at=sa.bindparam("done")),
            [
                {"row": row_id, "into": where[0], "done": done.get(where)}
                for where, row_id in best.items()
            ],
        )
