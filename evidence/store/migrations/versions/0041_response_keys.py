"""A copy of a review beside it holds the same responses, so their keys differ within a link only."""

from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

OLD, NEW = "uq_survey_response_key_hash", "uq_survey_response_survey_link_id_key_hash"


def upgrade() -> None:
    with op.batch_alter_table("survey_response") as response:
        response.drop_constraint(OLD, type_="unique")
        response.create_unique_constraint(NEW, ["survey_link_id", "key_hash"])


def downgrade() -> None:
    with op.batch_alter_table("survey_response") as response:
        response.drop_constraint(NEW, type_="unique")
        response.create_unique_constraint(OLD, ["key_hash"])
