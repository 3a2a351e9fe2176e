"""What services write in their forms stands under themes, beside pieces of studies."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PIECE, FORM = "theme_piece", "service_form_id"
KEY = "fk_theme_piece_service_form_id_service_form"


def upgrade() -> None:
    with op.batch_alter_table(PIECE) as piece:
        piece.alter_column("study_id", existing_type=ID, nullable=True)
        piece.add_column(sa.Column(FORM, ID, nullable=True))
        for name in ("question", "part"):
            piece.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=""))
        piece.create_foreign_key(KEY, "service_form", [FORM], ["id"], ondelete="CASCADE")
    op.create_index(f"ix_{PIECE}_{FORM}", PIECE, [FORM])
