"""Labels of each person; indexes that keep the screening page quick."""

from alembic import op

revision = "0006"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("work_label") as table:
        table.drop_constraint(op.f("uq_work_label_label_id_work_id"), type_="unique")
        table.create_unique_constraint(
            op.f("uq_work_label_label_id_work_id_person_id"), ["label_id", "work_id", "person_id"]
        )
    op.drop_index("ix_work_state", table_name="work")
    op.create_index(
        "ix_work_state",
        "work",
        ["merged_into", "review_id", "title_abstract", "full_text", "id"],
    )
