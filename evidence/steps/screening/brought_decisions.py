"""What becomes of decisions that came in files: confirmed, declined, vouched for, taken back.

A decision of a file counts for nothing until its person confirms it, or the owner says that the
file is hers. Nobody but her sees here what the file says of works that are open.
"""

import secrets
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from evidence.errors import Invalid, NotAllowed
from evidence.screening.brought_in import Settled
from evidence.screening.verdicts import Stage, Verdict, Vote
from evidence.steps.desk import Desk
from evidence.steps.review import people
from evidence.steps.screening import brought_reasons, priority, taken_back_from
from evidence.steps.screening.brought_votes import AT_ONCE, Outcome, make_decisions
from evidence.store import Connection, Role, Write, events, permission
from evidence.store.area_versions import Area
from evidence.store.events import EventKind
from evidence.store.review import people as stored_people
from evidence.store.screening import brought_decisions, decisions, work_states
from evidence.store.screening.brought_decisions import BroughtDecision, DecisionFile, Part
from evidence.store.screening.decisions import NewDecision

UNDONE = "The file “{name}” was taken back; please reload the page."
NOT_YOURS = (
    "Only {name}, who brought this file, or the owner of the review can do this; please ask them."
)
AREAS = Area.SCREENING | Area.LABELS


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtFile:
    """A file that was brought in, and how much of it is whose; never what it says."""

    file: DecisionFile
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoPreview:
    """What taking a file back does.

    Attributes:
        taken_back: how many decisions are taken back, by person.
        superseded: how many stay, because their person has decided the work anew since, by person.
        taken_back_before: how many their person took back already.
        waiting: how many never became a decision.
        labels: how many labels on works go with the file.
        opened: how many works that were decided are open again; everybody could see what was said
            of them.
        reasons_out: reasons for exclusion that the file brought into the review's list, and that
            leave it, because nothing else rests on them.
        reasons_used: those it brought that stay, because decisions rest on them.
        reasons_left: those it brought that stay, because only an editor may change the list.
    """

    taken_back: Mapping[str, int]
    superseded: Mapping[str, int]
    taken_back_before: int
    waiting: int
    labels: int
    opened: int
    reasons_out: tuple[str, ...] = ()
    reasons_used: tuple[str, ...] = ()
    reasons_left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Declined:
    """What declining a file's decisions did.

    Attributes:
        decisions: how many were declined.
        opened: how many works that were decided are open again.
    """

    decisions: int
    opened: int


# ── reading ───────────────────────────────────────────────────────────────────────────────────────


def files(desk: Desk) -> list[BroughtFile]:
    """The files that were brought in, the newest first."""
    with desk.reading() as c:
        brought = brought_decisions.files(c, desk.review_id)
        parts = brought_decisions.parts(c, desk.review_id)
    by_file: dict[int, list[Part]] = defaultdict(list)
    for part in parts:
        by_file[part.file_id].append(part)
    return [BroughtFile(file=file, parts=tuple(by_file[file.id])) for file in brought]


def own(
    desk: Desk, file_id: int, settled: Collection[Settled] = (Settled.WAITING,)
) -> list[BroughtDecision]:
    """What a file says that the person at the desk decided; nobody else can ask for it."""
    with desk.reading() as c:
        brought_decisions.get_file(c, desk.review_id, file_id)
        return brought_decisions.of_person(c, file_id, desk.person_id, settled)


def count_waiting(desk: Desk) -> int:
    """How many decisions of files wait for the person at the desk."""
    with desk.reading() as c:
        return brought_decisions.count_waiting(c, desk.review_id, desk.person_id)


# ── by their person ───────────────────────────────────────────────────────────────────────────────


def confirm(desk: Desk, file_id: int) -> Outcome:
    """Make what a file says the decisions of the person at the desk, as if they decided it now.

    Raises:
        NotAllowed: they may not screen in this review, or the file was taken back.
    """
    with desk.writing(Role.REVIEWER, areas=Area.SCREENING) as w:
        file = _standing_file(w, file_id)
        rows = brought_decisions.of_person(w.connection, file_id, w.person_id, [Settled.WAITING])
        outcome = make_decisions(w, rows, Settled.CONFIRMED)
        _note(w, EventKind.DECISIONS_CONFIRMED, file, outcome.added)
    _learn(desk, rows, outcome.added)
    return outcome


def decline(desk: Desk, file_id: int) -> Declined:
    """Say that what a file has under one's name shall not count; what the owner vouched for is
    taken back.
    """
    with desk.writing(Role.REVIEWER, areas=Area.SCREENING) as w:
        file = _standing_file(w, file_id)
        rows = brought_decisions.of_person(
            w.connection, file_id, w.person_id, [Settled.WAITING, Settled.VOUCHED]
        )
        standing, _, _ = _sorted_out(w.connection, rows)
        opened = _opened(w.connection, w.review_id, standing)
        _withdraw(w, standing)
        brought_decisions.settle(w, [row.id for row in rows], Settled.DECLINED, w.person_id)
        _note(w, EventKind.DECISIONS_DECLINED, file, len(rows), more={"opened": opened})
    _learn(desk, standing, len(standing))
    return Declined(len(rows), opened)


def wait_again(desk: Desk, file_id: int) -> int:
    """Let wait again what one declined; gives how many decisions that are."""
    with desk.writing(Role.REVIEWER, areas=Area.SCREENING) as w:
        _standing_file(w, file_id)
        rows = brought_decisions.of_person(w.connection, file_id, w.person_id, [Settled.DECLINED])
        brought_decisions.settle(w, [row.id for row in rows], Settled.WAITING, w.person_id)
    return len(rows)


# ── by the owner, and by whoever brought them ─────────────────────────────────────────────────────


def vouch(desk: Desk, file_id: int, person_id: int) -> Outcome:
    """Say as the owner that a file is somebody's; what it has of her becomes her decisions.

    A work is left out where that could open a vote that is hidden from the owner
    (screening/brought_in.py), and so is one that she decided here. What she declined of any file,
    also of one that was taken back, nobody decides for her, unless she let it wait again since.

    Raises:
        NotAllowed: the person at the desk does not own the review, or she left the team.
        Invalid: it is the owner's own part of the file.
    """
    with desk.writing(Role.OWNER, areas=Area.SCREENING) as w:
        if person_id == w.person_id:
            raise Invalid("What is under your own name you confirm.")
        file = _standing_file(w, file_id)
        rows = brought_decisions.of_person(w.connection, file_id, person_id, [Settled.WAITING])
        outcome = make_decisions(w.on_behalf_of(person_id), rows, Settled.VOUCHED, by=w.person_id)
        _note(w, EventKind.DECISIONS_VOUCHED, file, outcome.added, to_person=person_id)
    _learn(desk, rows, outcome.added)
    return outcome


def give(desk: Desk, file_id: int, name: str, person: str) -> int:
    """Say whose the decisions of a name are that was nobody's yet; gives how many.

    Only who brought the file may take them for their own: it would show them what it says.

    Raises:
        NotAllowed: the person at the desk neither brought the file nor owns the review.
    """
    with desk.writing(Role.REVIEWER, areas=Area.SCREENING) as w:
        file = _standing_file(w, file_id)
        _require_bringer_or_owner(w, file)
        receiver = people.find_or_add(w.connection, person, w.at, people.scope(desk))
        if receiver.id == w.person_id != file.person_id:
            raise NotAllowed(
                f"You did not bring this file. If you are “{name}”, ask {file.person} to say so."
            )
        count = brought_decisions.give(w, file_id, name, receiver.id)
        _note(w, EventKind.DECISIONS_GIVEN, file, count, to_person=receiver.id)
    return count


def drop(desk: Desk, file_id: int, name: str) -> int:
    """Leave aside what a file has under a name that is nobody's; gives how many.

    Raises:
        NotAllowed: the person at the desk neither brought the file nor owns the review.
    """
    with desk.writing(Role.REVIEWER, areas=Area.SCREENING) as w:
        file = _standing_file(w, file_id)
        _require_bringer_or_owner(w, file)
        count = brought_decisions.drop(w, file_id, name, w.person_id)
        _note(w, EventKind.DECISIONS_DECLINED, file, count)
    return count


def undo_preview(desk: Desk, file_id: int) -> UndoPreview:
    """What taking a file back as a whole would do."""
    with desk.reading() as c:
        brought_decisions.get_file(c, desk.review_id, file_id)
        return look_at_undo(c, desk.review_id, desk.person_id, file_id)


def undo(desk: Desk, file_id: int) -> UndoPreview:
    """Take a file back as a whole: the decisions made of it, its labels, and the reasons that it
    brought and nothing else rests on. What its people have decided anew since stands.

    Raises:
        NotAllowed: the person at the desk neither brought the file nor owns the review.
    """
    with desk.writing(Role.REVIEWER, areas=AREAS) as w:
        preview = undo_within(w, file_id)
    if preview.taken_back:
        priority.learn(desk)
    return preview


def undo_within(write: Write, file_id: int, but: Collection[int] = ()) -> UndoPreview:
    """Take a file back within a write, by the rules of `undo`; what is to learn of it is left to
    the caller.

    Args:
        write: of who takes it back.
        file_id: of the file.
        but: surviving works on which the decisions of the file stay, since more rests on them.
    """
    file = _standing_file(write, file_id)
    _require_bringer_or_owner(write, file)
    c = write.connection
    preview = look_at_undo(c, write.review_id, write.person_id, file_id, but)
    standing, _, _ = _sorted_out(c, _decided(c, file_id, but))
    for person_id, of_person in _by_person(standing).items():
        _withdraw(write.on_behalf_of(person_id), of_person)
    if preview.reasons_out:
        brought = brought_reasons.brought_by(c, write.review_id, file_id)
        out = [one for one in brought if one.label in preview.reasons_out]
        brought_reasons.take_out(write, out)
    brought_decisions.take_labels_off(write, file_id)
    brought_decisions.mark_undone(write, file_id, write.person_id)
    taken_back = sum(preview.taken_back.values())
    others = {
        str(person_id): len(of_person)
        for person_id, of_person in _by_person(standing).items()
        if person_id != write.person_id
    }
    more = {"opened": preview.opened, taken_back_from.OTHERS: others}
    _note(write, EventKind.DECISION_FILE_UNDONE, file, taken_back, more=more)
    return preview


# ── back again ────────────────────────────────────────────────────────────────────────────────────


def look_at_undo(
    connection: Connection, review_id: int, person_id: int, file_id: int, but: Collection[int] = ()
) -> UndoPreview:
    """What taking a file back would do, if this person did it; `but` is of `undo_within`."""
    rows = _decided(connection, file_id, but)
    standing, superseded, before = _sorted_out(connection, rows)
    names = {person.id: person.name for person in stored_people.everybody(connection)}
    parts = [
        part for part in brought_decisions.parts(connection, review_id) if part.file_id == file_id
    ]
    brought = brought_reasons.brought_by(connection, review_id, file_id)
    unused = brought_reasons.unused_without(connection, review_id, brought, file_id, standing)
    may_edit = permission.standing(connection, review_id, person_id).role >= Role.EDITOR
    return UndoPreview(
        taken_back={names[p]: len(each) for p, each in _by_person(standing).items()},
        superseded={names[p]: len(each) for p, each in _by_person(superseded).items()},
        taken_back_before=len(before),
        waiting=sum(part.counts.get(Settled.WAITING, 0) for part in parts),
        labels=len(brought_decisions.labels_only_of(connection, file_id)),
        opened=_opened(connection, review_id, standing),
        reasons_out=tuple(one.label for one in unused if may_edit),
        reasons_used=tuple(one.label for one in brought if one not in unused),
        reasons_left=tuple(one.label for one in unused if not may_edit),
    )


def decisions_to_go(connection: Connection, file_id: int, but: Collection[int] = ()) -> set[int]:
    """The ids of the decisions that taking a file back would take back; `but` is of
    `undo_within`.
    """
    standing, _, _ = _sorted_out(connection, _decided(connection, file_id, but))
    return {row.decision_id for row in standing if row.decision_id is not None}


def _decided(connection: Connection, file_id: int, but: Collection[int]) -> list[BroughtDecision]:
    rows = brought_decisions.decided(connection, file_id)
    return [row for row in rows if row.surviving_id not in but]


def _sorted_out(
    connection: Connection, rows: Iterable[BroughtDecision]
) -> tuple[list[BroughtDecision], list[BroughtDecision], list[BroughtDecision]]:
    """Those whose decisions stand, or are covered by later ones of the same rows that stand; those
    that their person decided anew since; those that she took back.
    """
    rows = [row for row in rows if row.decision_id is not None]
    own_ids = {row.decision_id for row in rows}
    standing: list[BroughtDecision] = []
    superseded: list[BroughtDecision] = []
    withdrawn: list[BroughtDecision] = []
    for stage in Stage:
        at_stage = [row for row in rows if row.stage is stage]
        newest = brought_decisions.newest_decisions(
            connection, stage, {row.surviving_id for row in at_stage}
        )
        for row in at_stage:
            if row.person_id is None:
                continue
            nothing = 0, Verdict.WITHDRAWN
            vote = newest.get((row.surviving_id, row.person_id, False), nothing)
            for_all = newest.get((row.surviving_id, row.person_id, True), nothing)
            # What she ended for all rests on her vote; taken back, it leaves the vote alone.
            ended = for_all[1] is not Verdict.WITHDRAWN and for_all[0] > vote[0]
            decision_id, verdict = for_all if ended else vote
            if verdict is Verdict.WITHDRAWN:
                withdrawn.append(row)
            else:
                (standing if decision_id in own_ids else superseded).append(row)
    return standing, superseded, withdrawn


def _withdraw(write: Write, rows: Sequence[BroughtDecision]) -> None:
    """Take back the decisions of the writing person that were made of these, each on the work it
    was made for: if works that were merged since are parted again, none of them comes back.
    """
    by_work = {(row.work_id, row.stage, _is_for_all(row)): row for row in rows}
    new = [
        NewDecision(
            work_id=row.work_id,
            stage=row.stage,
            verdict=Verdict.WITHDRAWN,
            client_id=f"undone-{row.id}-{secrets.token_hex(8)}",
            resolves=_is_for_all(row),
        )
        for row in by_work.values()
    ]
    for begin in range(0, len(new), AT_ONCE):
        decisions.withdraw(write, new[begin : begin + AT_ONCE])


def _opened(connection: Connection, review_id: int, rows: Sequence[BroughtDecision]) -> int:
    """How many works are open again once the decisions that were made of these are taken back."""
    opened: set[int] = set()
    for stage in Stage:
        withdrawals: dict[int, list[Vote]] = defaultdict(list)
        for row in rows:
            if row.stage is stage and row.person_id is not None:
                vote = Vote(row.person_id, Verdict.WITHDRAWN, _is_for_all(row))
                withdrawals[row.surviving_id].append(vote)
        opened |= work_states.opened_by(connection, review_id, stage, withdrawals)
    return len(opened)


def _is_for_all(row: BroughtDecision) -> bool:
    """That a report cannot be had is said for all."""
    return row.verdict is Verdict.NOT_RETRIEVED


def _by_person(rows: Iterable[BroughtDecision]) -> dict[int, list[BroughtDecision]]:
    by_person: dict[int, list[BroughtDecision]] = defaultdict(list)
    for row in rows:
        if row.person_id is not None:
            by_person[row.person_id].append(row)
    return by_person


def _standing_file(write: Write, file_id: int) -> DecisionFile:
    file = brought_decisions.get_file(write.connection, write.review_id, file_id)
    if file.undone_at is not None:
        raise NotAllowed(UNDONE.format(name=file.name))
    return file


def _require_bringer_or_owner(write: Write, file: DecisionFile) -> None:
    standing = permission.standing(write.connection, write.review_id, write.person_id)
    if write.person_id != file.person_id and standing.role is not Role.OWNER:
        raise NotAllowed(NOT_YOURS.format(name=file.person))


def _note(
    write: Write,
    kind: EventKind,
    file: DecisionFile,
    count: int,
    *,
    to_person: int | None = None,
    more: Mapping[str, object] | None = None,
) -> None:
    """Note what was done with a file; of `more` what is empty or nought is left out."""
    if not count:
        return
    told = {name: value for name, value in (more or {}).items() if value}
    after = {"file": file.id, "decisions": count} | told
    events.note(write, kind, file.name, to_person=to_person, after=after)


def _learn(desk: Desk, rows: Iterable[BroughtDecision], count: int) -> None:
    if count and any(row.stage is priority.STAGE for row in rows):
        priority.learn(desk)
