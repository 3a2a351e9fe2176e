"""An event says by a code of what kind it is, and to whom it was done; it was prose."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

KINDS = {
    "changed the review": "review-changed",
    "changed the reasons": "reasons-changed",
    "renamed a reason": "reason-renamed",
    "took into the team": "member-added",
    "took out of the team": "member-removed",
    "changed a source": "source-changed",
    "undid an import": "import-undone",
    "changed how a stage is screened": "stage-settings-changed",
    "began a pilot round": "pilot-begun",
    "ended a pilot round": "pilot-ended",
    "divided records among people": "works-divided",
    "gave records to": "works-given",
    "took records back": "works-taken-back",
    "chose when to stop": "stopping-rule-chosen",
    "brought decisions": "decisions-imported",
    "added a full text": "full-text-added",
    "removed a full text": "full-text-removed",
    "brought back a full text": "full-text-restored",
    "made a study": "study-created",
    "renamed a study": "study-renamed",
    "linked reports": "reports-linked",
    "unlinked a report": "report-unlinked",
    "took a coding scheme": "scheme-added",
    "added a finding": "finding-added",
    "changed a finding": "finding-changed",
    "removed a finding": "finding-removed",
    "marked a coding complete": "coding-completed",
    "marked a coding draft": "coding-reopened",
}
ANSWERED = "answered "  # and the question's id
TO_A_PERSON = ("member-added", "member-removed", "works-given")

event = sa.table(
    "event",
    sa.column("id", ID),
    sa.column("review_id", ID),
    sa.column("at", sa.DateTime(timezone=True)),
    sa.column("what", sa.Text()),
    sa.column("kind", sa.Text()),
    sa.column("subject", sa.Text()),
    sa.column("to_person_id", ID),
    sa.column("after", sa.JSON()),
)
member = sa.table(
    "member",
    sa.column("review_id", ID),
    sa.column("person_id", ID),
    sa.column("left_at", sa.DateTime(timezone=True)),
)
person = sa.table("person", sa.column("id", ID), sa.column("name", sa.Text()))


def upgrade() -> None:
    op.add_column("event", sa.Column("kind", sa.Text(), nullable=False, server_default=""))
    to_person = sa.Column("to_person_id", ID, sa.ForeignKey("person.id"))
    op.add_column("event", to_person, inline_references=True)  # SQLite cannot add it later
    for words, kind in KINDS.items():
        op.execute(sa.update(event).where(event.c.what == words).values(kind=kind))
    _name_questions()
    rest = sa.update(event).where(event.c.kind == "")
    op.execute(rest.values(kind="other", subject=event.c.what + ": " + event.c.subject))
    _find_people()
    op.drop_column("event", "what")


def _name_questions() -> None:
    """The question stood in the prose; it goes to the answer."""
    c = op.get_bind()
    answers = c.execute(
        sa.select(event.c.id, event.c.what, event.c.after).where(
            event.c.kind == "", event.c.what.startswith(ANSWERED, autoescape=True)
        )
    ).all()
    rows = [
        {"row": row.id, "values": {"question": row.what[len(ANSWERED) :], **(row.after or {})}}
        for row in answers
    ]
    if rows:
        query = sa.update(event).where(event.c.id == sa.bindparam("row"))
        c.execute(
            query.values(kind="question-answered", after=sa.bindparam("values", type_=sa.JSON())),
            rows,
        )


def _find_people() -> None:
    """By the moment at which they left the team; else by their name, where only one has it."""
    left = sa.select(member.c.person_id).where(
        member.c.review_id == event.c.review_id, member.c.left_at == event.c.at
    )
    taken_out = sa.update(event).where(event.c.kind == "member-removed")
    op.execute(taken_out.values(to_person_id=left.limit(1).scalar_subquery()))
    named = person.c.name == event.c.subject
    many = sa.select(sa.func.count()).select_from(person).where(named).scalar_subquery()
    unknown = sa.update(event).where(
        event.c.kind.in_(TO_A_PERSON), event.c.to_person_id.is_(None), many == 1
    )
    op.execute(unknown.values(to_person_id=sa.select(person.c.id).where(named).scalar_subquery()))
