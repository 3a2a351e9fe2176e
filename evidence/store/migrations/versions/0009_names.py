"""Tables and columns get the names that people use; numbers of reviews are never given twice.

The step is not called 0008, because Waymark had another step of that number before 0007.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0007"
branch_labels = None
depends_on = None

TABLES = {
    "round": "pilot",
    "comparison": "dedupe_run",
    "apart_choice": "duplicate_policy",
    "original": "verbatim",
}
COLUMNS = {  # of tables by their new names
    ("review", "stages_for"): "preview_of",
    ("job", "made_at"): "created_at",
    ("job", "told_at"): "heard_at",
    ("dedupe_run", "apart"): "kinds",
    ("assignment", "round_id"): "pilot_id",
    ("assignment", "chance"): "at_random",
    ("ranking", "works"): "work_ids",
    ("ranking", "chance"): "random_work_ids",
    ("ranking", "why"): "terms",
    ("decision", "settles"): "resolves",
}
INDEXES = {
    ("pilot", "review_id"): "ix_round_review_id",
    ("dedupe_run", "review_id"): "ix_comparison_review_id",
    ("duplicate_policy", "review_id"): "ix_apart_choice_review_id",
    ("review", "preview_of"): "ix_review_stages_for",
    ("assignment", "pilot_id"): "ix_assignment_round_id",
}


def upgrade() -> None:
    for old, new in TABLES.items():
        op.rename_table(old, new)
    for (table, old), new in COLUMNS.items():
        # Not by alter_column: on SQLite that copies the table.
        op.execute(f"ALTER TABLE {table} RENAME COLUMN {old} TO {new}")
    for (table, column), old in INDEXES.items():
        op.drop_index(old, table_name=table)
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    if op.get_bind().dialect.name == "postgresql":
        _rename_what_postgresql_names()
    else:
        _never_give_the_number_of_a_review_twice()


def _rename_what_postgresql_names() -> None:
    """Constraints and sequences; SQLite asks for the names of neither."""
    words = {**TABLES, "stages_for": "preview_of", "round_id": "pilot_id"}
    tables = (*TABLES.values(), "review", "assignment")
    constraints = sa.text(
        "SELECT conrelid::regclass::text, conname FROM pg_constraint"
        " WHERE conrelid::regclass::text = ANY(:tables) AND contype IN ('p', 'f', 'n')"
    )
    for table, name in op.get_bind().execute(constraints, {"tables": list(tables)}).all():
        new = name
        for old_word, new_word in words.items():
            new = new.replace(f"_{old_word}", f"_{new_word}").replace(
                f"{old_word}_", f"{new_word}_"
            )
        if new != name:
            op.execute(f'ALTER TABLE "{table}" RENAME CONSTRAINT "{name}" TO "{new}"')
    for old, new in TABLES.items():
        op.execute(f"ALTER SEQUENCE IF EXISTS {old}_id_seq RENAME TO {new}_id_seq")


def _never_give_the_number_of_a_review_twice() -> None:
    """SQLite gives the number of a row that is gone to the next one, unless it is told not to.

    It learns that by copying the table only; evidence.store.migrate lifts the foreign keys meanwhile.
    """
    with op.batch_alter_table(
        "review", recreate="always", table_kwargs={"sqlite_autoincrement": True}
    ):
        pass
