"""That a report was not retrieved holds for all; earlier it was one vote among others.

What is kept of the works concerned follows: their state, whether the search was given up, and who
still has to read them. How votes count stands here as it was when this was written.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STAGE, NOT_RETRIEVED, WITHDRAWN = "full_text", "not_retrieved", "withdrawn"
BATCH = 500  # works in one query

Vote = tuple[int, str, bool]  # person, verdict, whether it resolves

decision = sa.table(
    "decision",
    sa.column("id", ID),
    sa.column("review_id", ID),
    sa.column("work_id", ID),
    sa.column("stage", sa.Text()),
    sa.column("person_id", ID),
    sa.column("verdict", sa.Text()),
    sa.column("resolves", sa.Boolean()),
    sa.column("note", sa.Text()),
    sa.column("at", sa.DateTime(timezone=True)),
)
work = sa.table(
    "work",
    sa.column("id", ID),
    sa.column("review_id", ID),
    sa.column("merged_into", ID),
    sa.column("full_text", sa.Text()),
)
assignment = sa.table(
    "assignment",
    sa.column("id", ID),
    sa.column("stage", sa.Text()),
    sa.column("first_work_id", ID),
    sa.column("work_id", ID),
    sa.column("person_id", ID),
    sa.column("pilot_id", ID),
    sa.column("how", sa.Text()),
    sa.column("done_at", sa.DateTime(timezone=True)),
)
stage_setting = sa.table(
    "stage_setting",
    sa.column("id", ID),
    sa.column("review_id", ID),
    sa.column("stage", sa.Text()),
    sa.column("settings", sa.JSON()),
)
retrieval = sa.table(
    "retrieval",
    sa.column("id", ID),
    sa.column("review_id", ID),
    sa.column("work_id", ID),
    sa.column("state", sa.Text()),
    sa.column("note", sa.Text()),
    sa.column("person_id", ID),
    sa.column("at", sa.DateTime(timezone=True)),
)
surviving_id = sa.func.coalesce(work.c.merged_into, work.c.id)
at_full_text = decision.c.stage == STAGE
given_up = sa.and_(at_full_text, decision.c.verdict == NOT_RETRIEVED)


def upgrade() -> None:
    c = op.get_bind()
    query = (
        sa.select(surviving_id)
        .distinct()
        .select_from(decision)
        .join(work, work.c.id == decision.c.work_id)
        .where(given_up, decision.c.resolves.is_(False))
    )
    work_ids = sorted(c.execute(query).scalars())
    op.execute(sa.update(decision).where(given_up).values(resolves=True))
    settings = _settings()
    for begin in range(0, len(work_ids), BATCH):
        _follow(work_ids[begin : begin + BATCH], settings)


def _settings() -> dict[int, Mapping[str, Any]]:
    """The newest settings of the stage, by review."""
    query = sa.select(stage_setting).where(stage_setting.c.stage == STAGE)
    rows = op.get_bind().execute(query.order_by(stage_setting.c.id))
    return {row.review_id: row.settings for row in rows}


def _follow(work_ids: Sequence[int], settings: Mapping[int, Mapping[str, Any]]) -> None:
    c = op.get_bind()
    query = (
        sa.select(decision, surviving_id.label("surviving_id"))
        .join(work, work.c.id == decision.c.work_id)
        .where(at_full_text, work.c.id.in_(work_ids) | work.c.merged_into.in_(work_ids))
        .order_by(decision.c.id)
    )
    decisions: dict[int, list[Any]] = defaultdict(list)
    for row in c.execute(query):
        decisions[row.surviving_id].append(row)
    votes = {
        work_id: [(row.person_id, row.verdict, row.resolves) for row in rows]
        for work_id, rows in decisions.items()
    }
    _ask_again(votes)
    piloted = _pilot_readers(work_ids)
    of_works = sa.select(work).where(work.c.id.in_(work_ids))
    for row in c.execute(of_works).all():
        chosen = settings.get(row.review_id, {})
        voices = piloted.get(row.id) or _voices(row.id, chosen)
        state = _state(votes[row.id], chosen, voices)
        if state != row.full_text:
            op.execute(sa.update(work).where(work.c.id == row.id).values(full_text=state))
        if state == NOT_RETRIEVED:
            _give_up_search(row.id, decisions[row.id])


def _ask_again(votes: Mapping[int, Sequence[Vote]]) -> None:
    """Whoever said only that the report was not retrieved did not read it."""
    c = op.get_bind()
    first = work.alias("first")
    its_work = sa.func.coalesce(assignment.c.work_id, first.c.merged_into, first.c.id)
    query = (
        sa.select(assignment.c.id, assignment.c.person_id, assignment.c.how, its_work.label("work"))
        .join(first, first.c.id == assignment.c.first_work_id)
        .where(
            assignment.c.stage == STAGE,
            assignment.c.done_at.is_not(None),
            first.c.id.in_(list(votes)) | first.c.merged_into.in_(list(votes)),
        )
    )
    for row in c.execute(query).all():
        of_work = votes.get(row.work, ())
        newest = {person: verdict for person, verdict, resolves in of_work if not resolves}
        gave_up = any(vote[0] == row.person_id and vote[1] == NOT_RETRIEVED for vote in of_work)
        if not gave_up or newest.get(row.person_id, WITHDRAWN) != WITHDRAWN:
            continue
        this = assignment.c.id == row.id
        if row.how == "own":  # nobody had asked them
            op.execute(sa.delete(assignment).where(this))
        else:
            op.execute(sa.update(assignment).where(this).values(done_at=None))


def _pilot_readers(work_ids: Sequence[int]) -> dict[int, int]:
    query = (
        sa.select(assignment.c.work_id, sa.func.count())
        .where(
            assignment.c.stage == STAGE,
            assignment.c.work_id.in_(work_ids),
            assignment.c.pilot_id.is_not(None) | assignment.c.done_at.is_not(None),
        )
        .group_by(assignment.c.work_id)
        .having(sa.func.count(assignment.c.pilot_id) > 0)
    )
    return {row[0]: row[1] for row in op.get_bind().execute(query)}


def _give_up_search(work_id: int, decisions: Iterable[Any]) -> None:
    """Note for the search what the newest such decision says, as both pages do now."""
    query = (
        sa.select(retrieval.c.state)
        .join(work, work.c.id == retrieval.c.work_id)
        .where(surviving_id == work_id)
        .order_by(retrieval.c.id.desc())
        .limit(1)
    )
    if op.get_bind().execute(query).scalar_one_or_none() == NOT_RETRIEVED:
        return
    newest = [row for row in decisions if row.verdict == NOT_RETRIEVED][-1]
    values = {name: getattr(newest, name) for name in ("review_id", "note", "person_id", "at")}
    op.execute(sa.insert(retrieval).values(work_id=work_id, state=NOT_RETRIEVED, **values))


def _voices(work_id: int, settings: Mapping[str, Any]) -> int:
    voices, share = settings.get("voices", 1), settings.get("share", 1.0)
    if voices == 1 or share >= 1:
        return int(voices)
    digest = blake2b(str(work_id).encode(), digest_size=8, person=b"waymark-share").digest()
    return int(voices) if int.from_bytes(digest) / 2**64 < share else 1


def _state(votes: Sequence[Vote], settings: Mapping[str, Any], voices: int) -> str:
    resolution = _resolution(votes)
    newest = {
        person: verdict
        for index, (person, verdict, resolves) in enumerate(votes)
        if index >= (resolution or 0) and (index == resolution or not resolves)
    }
    verdicts = [verdict for verdict in newest.values() if verdict != WITHDRAWN]
    if len(verdicts) < (max(1, voices) if resolution is None else 1):
        return "open"
    maybe, rule = settings.get("maybe", "others"), settings.get("rule", "consensus")
    clear = [verdict for verdict in verdicts if verdict != "maybe"]
    if maybe == "others" and clear:
        verdicts = clear
    elif maybe == "include":
        verdicts = clear + ["include"] * (len(verdicts) - len(clear))
    if rule == "safety_first" and "include" in verdicts:
        return "include"
    ((commonest, times),) = Counter(verdicts).most_common(1)
    enough = times * 2 > len(verdicts) if rule == "majority" else times == len(verdicts)
    return commonest if enough else "conflict"


def _resolution(votes: Sequence[Vote]) -> int | None:
    """Where the vote stands that resolves the work; reading a report refutes that there is none."""
    resolutions: list[int] = []
    for index, (person, verdict, resolves) in enumerate(votes):
        if verdict == WITHDRAWN:
            own = [i for i in resolutions if resolves or votes[i][0] == person]
            if own:
                resolutions.remove(own[-1])
        elif resolves:
            resolutions.append(index)
        else:
            resolutions = [i for i in resolutions if votes[i][1] != NOT_RETRIEVED]
    return resolutions[-1] if resolutions else None
