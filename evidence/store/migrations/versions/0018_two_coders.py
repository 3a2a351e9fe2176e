"""Several people code a study, in a pilot, by share or by hand, and one coding says what they agreed.

Before, the first complete coding of a study counted, whatever others said.
"""

from hashlib import blake2b

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
LOTS = 10_000


def _text(name: str) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=False, server_default="")


def _link(
    table: str, name: str, target: str, *, nullable: bool = False
) -> list[sa.schema.SchemaItem]:
    key = sa.ForeignKeyConstraint(
        [name], [f"{target}.id"], name=f"fk_{table}_{name}_{target}", ondelete="CASCADE"
    )
    return [sa.Column(name, ID, nullable=nullable), key]


def _who(table: str, name: str) -> list[sa.schema.SchemaItem]:
    key = sa.ForeignKeyConstraint([name], ["person.id"], name=f"fk_{table}_{name}_person")
    return [sa.Column(name, ID, nullable=False), key]


def _create(table: str, *items: sa.schema.SchemaItem, index: tuple[str, ...] = ()) -> None:
    key = sa.PrimaryKeyConstraint("id", name=f"pk_{table}")
    op.create_table(table, sa.Column("id", ID, nullable=False), *items, key)
    for column in index:
        op.create_index(f"ix_{table}_{column}", table, [column])


def upgrade() -> None:
    _draw_lots()
    with op.batch_alter_table("coding") as coding:
        coding.add_column(
            sa.Column("is_agreed", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        coding.drop_constraint("uq_coding_study_id_scheme_id_person_id", type_="unique")
        coding.create_unique_constraint(
            "uq_coding_study_id_scheme_id_person_id_is_agreed",
            ["study_id", "scheme_id", "person_id", "is_agreed"],
        )
    with op.batch_alter_table("coding") as coding:  # the rows that are there are nobody's agreement
        coding.alter_column("is_agreed", server_default=None)
    agreed = sa.text("is_agreed")
    op.create_index(
        "uq_coding_agreed",
        "coding",
        ["study_id", "scheme_id"],
        unique=True,
        sqlite_where=agreed,
        postgresql_where=agreed,
    )
    setting, pilot, assignment = "coding_setting", "coding_pilot", "coding_assignment"
    _create(
        setting,
        *_link(setting, "scheme_id", "scheme"),
        sa.Column("share", sa.Integer(), nullable=False),
        *_who(setting, "person_id"),
        sa.Column("at", TIME, nullable=False),
        index=("scheme_id",),
    )
    _create(
        pilot,
        *_link(pilot, "scheme_id", "scheme"),
        _text("name"),
        *_who(pilot, "created_by"),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("ended_at", TIME, nullable=True),
        index=("scheme_id",),
    )
    _create(
        assignment,
        *_link(assignment, "scheme_id", "scheme"),
        *_link(assignment, "study_id", "study"),
        *_who(assignment, "person_id"),
        *_link(assignment, "pilot_id", pilot, nullable=True),
        *_who(assignment, "assigned_by"),
        sa.Column("assigned_at", TIME, nullable=False),
        sa.UniqueConstraint(
            "study_id",
            "scheme_id",
            "person_id",
            name="uq_coding_assignment_study_id_scheme_id_person_id",
        ),
        index=("scheme_id", "person_id", "pilot_id"),
    )
    chosen = "reconciled"
    _create(
        chosen,
        *_link(chosen, "coding_id", "coding"),
        *(_text(name) for name in ("question", "arm", "finding", "choice")),
        sa.Column("sources", sa.JSON(), nullable=False),
        *(_text(name) for name in ("note", "client_id")),
        *_who(chosen, "person_id"),
        sa.Column("at", TIME, nullable=False),
        index=("coding_id",),
    )


def _draw_lots() -> None:
    op.add_column("study", sa.Column("lot", sa.Integer(), nullable=True))
    study = sa.table("study", sa.column("id", ID), sa.column("lot", sa.Integer()))
    connection = op.get_bind()
    drawn = [
        {"of": study_id, "to": int.from_bytes(blake2b(str(study_id).encode()).digest()) % LOTS}
        for study_id in connection.execute(sa.select(study.c.id)).scalars()
    ]
    if drawn:
        to = sa.update(study).where(study.c.id == sa.bindparam("of")).values(lot=sa.bindparam("to"))
        connection.execute(to, drawn)
    with op.batch_alter_table("study") as table:
        table.alter_column("lot", existing_type=sa.Integer(), nullable=False)
