"""What people have begun to change in a coding scheme: a row for each step, until it is kept."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Select, delete, func, insert, select, update

from evidence.store.engine import Write
from evidence.store.schema import scheme_draft, scheme_draft_step

MOST_STEPS = 100  # that can be undone
MOST_IDS = 400  # of acts that a browser may send again

_draft = scheme_draft.c
_step = scheme_draft_step.c


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptDraft:
    """Somebody's draft of a scheme.

    Attributes:
        version_id: the newest version when it was begun.
        client_ids: of the last acts.
        yaml: the scheme as it stands; "" where every step was undone.
        field: in which the last step was typed; "" where it was no typing.
        steps: how many can be undone.
        undone: how many can come again.
    """

    id: int
    version_id: int
    client_ids: tuple[str, ...]
    yaml: str = ""
    field: str = ""
    steps: int = 0
    undone: int = 0


def get(connection: Connection, scheme_id: int, person_id: int) -> KeptDraft | None:
    """The draft of a person; None where nothing is begun."""
    query = select(_draft.id, _draft.version_id, _draft.client_ids).where(
        _draft.scheme_id == scheme_id, _draft.person_id == person_id
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    counted = select(_step.is_undone, func.count()).where(_step.draft_id == row.id)
    counts = {undone: int(n) for undone, n in connection.execute(counted.group_by(_step.is_undone))}
    last = connection.execute(
        select(_step.yaml, _step.field)
        .where(_step.draft_id == row.id, _step.is_undone.is_(False))
        .order_by(_step.id.desc())
        .limit(1)
    ).one_or_none()
    return KeptDraft(
        id=row.id, version_id=row.version_id, client_ids=tuple(row.client_ids),
        yaml=zlib.decompress(last.yaml).decode() if last else "", field=last.field if last else "",
        steps=counts.get(False, 0), undone=counts.get(True, 0))  # fmt: skip


def empty(write: Write, scheme_id: int, version_id: int) -> KeptDraft:
    """A draft in which nothing is changed, in place of one that there may be.

    The acts that were taken stay known, so that one that a browser sends again, however late, as
    after its draft became a version, is not done a second time.
    """
    before = get(write.connection, scheme_id, write.person_id)
    client_ids = before.client_ids if before else ()
    _drop(write, scheme_id)
    values = {"scheme_id": scheme_id, "person_id": write.person_id, "version_id": version_id,
              "client_ids": list(client_ids), "changed_at": write.at}  # fmt: skip
    made = insert(scheme_draft).values(**values).returning(_draft.id)
    return KeptDraft(
        id=int(write.connection.execute(made).scalar_one()), version_id=version_id,
        client_ids=client_ids)  # fmt: skip


def _drop(write: Write, scheme_id: int) -> None:
    mine = (_draft.scheme_id == scheme_id, _draft.person_id == write.person_id)
    ids = select(_draft.id).where(*mine)
    write.connection.execute(delete(scheme_draft_step).where(_step.draft_id.in_(ids)))
    write.connection.execute(delete(scheme_draft).where(*mine))


def set_aside(write: Write, draft: KeptDraft) -> None:
    """Every step of a draft is undone at once; what was undone before cannot come again then."""
    c = write.connection
    of_draft = _step.draft_id == draft.id
    c.execute(delete(scheme_draft_step).where(of_draft, _step.is_undone))
    c.execute(update(scheme_draft_step).where(of_draft).values(is_undone=True))


def bring_back(write: Write, draft: KeptDraft) -> None:
    """Every step that was undone comes again at once."""
    steps = update(scheme_draft_step).where(_step.draft_id == draft.id)
    write.connection.execute(steps.values(is_undone=False))


def add_step(write: Write, draft: KeptDraft, yaml: str, field: str) -> None:
    """The scheme after one more change; what was undone cannot come again then.

    What is typed on in the field of the last step takes its place.
    """
    c = write.connection
    of_draft = _step.draft_id == draft.id
    c.execute(delete(scheme_draft_step).where(of_draft, _step.is_undone))
    last = select(func.max(_step.id)).where(of_draft).scalar_subquery()
    if field and field == draft.field:
        c.execute(delete(scheme_draft_step).where(_step.id == c.execute(select(last)).scalar_one()))
    packed = zlib.compress(yaml.encode("utf-8", "replace"))
    c.execute(insert(scheme_draft_step).values(
        draft_id=draft.id, yaml=packed, field=field, is_undone=False))  # fmt: skip
    newest = select(_step.id).where(of_draft).order_by(_step.id.desc()).limit(MOST_STEPS)
    keep = list(c.execute(newest).scalars())
    c.execute(delete(scheme_draft_step).where(of_draft, _step.id.not_in(keep)))


def undo(write: Write, draft: KeptDraft) -> None:
    """The last step is taken back, where there is one."""
    last = select(func.max(_step.id)).where(_step.is_undone.is_(False))
    _turn(write, draft, last, undone=True)


def redo(write: Write, draft: KeptDraft) -> None:
    """The step that was taken back last comes again, where there is one."""
    _turn(write, draft, select(func.min(_step.id)).where(_step.is_undone), undone=False)


def note_acts(write: Write, draft_id: int, client_ids: Sequence[str]) -> None:
    """These acts were taken, the last of them now."""
    values = {"client_ids": list(client_ids)[-MOST_IDS:], "changed_at": write.at}
    write.connection.execute(update(scheme_draft).where(_draft.id == draft_id).values(**values))


def _turn(
    write: Write, draft: KeptDraft, which: Select[tuple[int | None]], *, undone: bool
) -> None:
    step_id = write.connection.execute(which.where(_step.draft_id == draft.id)).scalar_one()
    if step_id is not None:
        turned = update(scheme_draft_step).where(_step.id == step_id)
        write.connection.execute(turned.values(is_undone=undone))
