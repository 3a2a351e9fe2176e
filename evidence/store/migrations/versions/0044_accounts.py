"""A server for teams knows accounts, sessions and invitations, and who owns a review by its team."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
HASH = sa.String(64)


def upgrade() -> None:
    op.add_column("member", _flag("is_arbiter"))
    _owners_by_their_row()
    op.create_table(
        "server_person",
        sa.Column("person_id", ID, nullable=False, autoincrement=False),
        sa.Column("is_administrator", sa.Boolean(), nullable=False),
        _moment("blocked_at", nullable=True),
        _names("server_person", "person_id", "person"),
        sa.PrimaryKeyConstraint("person_id", name="pk_server_person"),
    )
    op.create_table(
        "account",
        _id(),
        sa.Column("person_id", ID, nullable=False),
        *map(_text, ("issuer", "subject", "email")),
        _moment("created_at"),
        _names("account", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("issuer", "subject", name="uq_account_issuer_subject"),
    )
    op.create_index("ix_account_person_id", "account", ["person_id"])
    op.create_table(
        "session",
        sa.Column("token_hash", HASH, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        *map(_moment, ("began_at", "seen_at", "ends_at")),
        _moment("ended_at", nullable=True),
        _text("ended_by"),
        _belongs("session", "account"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_session"),
    )
    op.create_index("ix_session_account_id", "session", ["account_id"])
    op.create_table(
        "password",
        sa.Column("account_id", ID, nullable=False, autoincrement=False),
        _text("hash"),
        _moment("at"),
        _belongs("password", "account"),
        sa.PrimaryKeyConstraint("account_id", name="pk_password"),
    )
    op.create_table(
        "passkey",
        _id(),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=False),
        _text("name"),
        _moment("created_at"),
        _moment("used_at", nullable=True),
        _belongs("passkey", "account"),
        sa.PrimaryKeyConstraint("id", name="pk_passkey"),
        sa.UniqueConstraint("credential_id", name="uq_passkey_credential_id"),
    )
    op.create_index("ix_passkey_account_id", "passkey", ["account_id"])
    _invitations()
    op.create_table(
        "sign_in_failure",
        _id(),
        sa.Column("counted_for", HASH, nullable=False),
        _moment("at"),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in_failure"),
    )
    op.create_index("ix_sign_in_failure_counted_for", "sign_in_failure", ["counted_for"])
    op.create_table(
        "audit_entry",
        _id(),
        _moment("at"),
        _text("kind"),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("account_id", ID, nullable=True),
        sa.Column("review_id", ID, nullable=True),
        *map(_text, ("subject", "address")),
        _names("audit_entry", "person_id", "person"),
        _names("audit_entry", "account_id", "account"),
        sa.PrimaryKeyConstraint("id", name="pk_audit_entry"),
    )
    op.create_index("ix_audit_entry_at", "audit_entry", ["at"])


def _owners_by_their_row() -> None:
    """Whoever made a review and is in its team has the owner's role in their row, too."""
    op.execute(
        "UPDATE member SET role = 'owner' WHERE EXISTS (SELECT 1 FROM review "
        "WHERE review.id = member.review_id AND review.created_by = member.person_id)"
    )


def _invitations() -> None:
    op.create_table(
        "invitation",
        _id(),
        sa.Column("token_hash", HASH, nullable=False),
        sa.Column("review_id", ID, nullable=True),
        _text("role"),
        sa.Column("makes_administrator", sa.Boolean(), nullable=False),
        sa.Column("as_person", ID, nullable=True),
        _text("for_whom"),
        sa.Column("invited_by", ID, nullable=True),
        *map(_moment, ("created_at", "ends_at")),
        *(_moment(name, nullable=True) for name in ("withdrawn_at", "used_at")),
        sa.Column("used_by", ID, nullable=True),
        _belongs("invitation", "review"),
        *(_names("invitation", name, "person") for name in ("as_person", "invited_by", "used_by")),
        sa.PrimaryKeyConstraint("id", name="pk_invitation"),
        sa.UniqueConstraint("token_hash", name="uq_invitation_token_hash"),
    )
    op.create_index("ix_invitation_review_id", "invitation", ["review_id"])


def _id() -> sa.Column[int]:
    return sa.Column("id", ID, nullable=False)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False)


def _names(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}_{other}")


def _belongs(table: str, other: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{other}_id_{other}"
    return sa.ForeignKeyConstraint([f"{other}_id"], [f"{other}.id"], name=name, ondelete="CASCADE")
