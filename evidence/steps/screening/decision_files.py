"""Files with decisions that were made in other tools: read, matched and brought in.

What a file has of whoever brings it becomes her decisions at once. What it has of others waits for
them, and counts for nothing until then (steps/screening/brought_decisions.py).
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from evidence.errors import Invalid
from evidence.screening.brought_in import Obstacle, Settled
from evidence.screening.external_decisions import (
    ExternalDecision,
    Tool,
    columns_lacking,
)
from evidence.screening.name_matching import NameMatch, by_folded_label, folded_label, match_name
from evidence.screening.verdicts import ALLOWED, Stage, Verdict
from evidence.settings import keeps_times
from evidence.steps.desk import Desk
from evidence.steps.records import labels as label_steps
from evidence.steps.review import people
from evidence.steps.screening import brought_before, brought_reasons, match_works, priority
from evidence.steps.screening.because import because
from evidence.steps.screening.brought_votes import make_decisions
from evidence.steps.screening.read_decisions import read_file
from evidence.store import Role, Write, events, permission
from evidence.store.events import EventKind
from evidence.store.id_batches import batches
from evidence.store.records import labels
from evidence.store.review import people as stored_people
from evidence.store.review import team
from evidence.store.screening import brought_decisions
from evidence.store.screening.brought_decisions import NewBroughtDecision
from evidence.store.surviving import surviving_ids

LARGEST = 200_000_000  # bytes of a file with decisions


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDecision:
    """One decision of a file.

    Attributes:
        line: of the record in the file; 0 where the file has no lines.
        work_id: the work of the review that it is about; None where none was recognised.
        labels: of the record.
    """

    line: int
    title: str
    decision: ExternalDecision
    work_id: int | None
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePreview:
    """What stands in a file, before anything is kept.

    Attributes:
        undecided: how many records have no decision.
        problems: what the reader of the file remarked, as sentences.
        not_understood: what stands where a decision would and is none, as sentences with lines.
        columns_lacking: of a table without a decision, what our own table needs and it has not.
        labels: (work id, label) of all records whose work was recognised, decided or not.
        matches: who the people of the file may be here.
        new_reasons: reasons of the file that the review does not have in use.
        renamed_reasons: reasons of the file that were renamed or merged here, with what they are
            called here.
        resolutions: how many rows end a conflict, or take that back; they are left out.
    """

    name: str
    sha256: str
    rows: tuple[FileDecision, ...]
    undecided: int
    problems: tuple[str, ...]
    labels: tuple[tuple[int, str], ...] = ()
    matches: Mapping[str, NameMatch] = field(default_factory=dict)
    new_reasons: tuple[str, ...] = ()
    renamed_reasons: tuple[tuple[str, str], ...] = ()
    resolutions: int = 0
    not_understood: tuple[str, ...] = ()
    columns_lacking: tuple[str, ...] = ()

    @property
    def people(self) -> tuple[str, ...]:
        """Who decided, as the file names them; an empty name where it does not."""
        return tuple(dict.fromkeys(row.decision.person for row in self.rows))

    @property
    def tools(self) -> tuple[Tool, ...]:
        """Where the decisions come from."""
        return tuple(dict.fromkeys(row.decision.tool for row in self.rows))

    @property
    def needs_verdict(self) -> bool:
        """Whether people must say what the file as a whole is."""
        return any(row.decision.verdict is None for row in self.rows)

    @property
    def needs_stage(self) -> bool:
        """Whether people must say at which stage was decided."""
        return any(row.decision.stage is None for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What became of a file's decisions.

    added + superseded + replaced + waiting + repeated + declined + left out = all of them.

    Attributes:
        file_id: of the file as it is listed; None where it held nothing new.
        added: became decisions of whoever brought the file.
        superseded: were settled by what she had decided here.
        replaced: of hers, the file has a later one, or the same again.
        resolutions: ends of conflicts in Waymark's own table, which are never brought in.
        waiting: wait for their person, by name; of her own those that something is in the way of.
        repeated: were brought before.
        declined: their person declined them before; so they stay declined.
        obstacles: what is in the way of how many of her own.
        refused: of her own, each with its line and the reason, as a sentence.
        left_out: cannot be brought, each with its line and the reason, as a sentence.
        labels: how many labels were put on works.
        without_reason: of those added, which came without a reason that the file names, and which
            reason, as sentences.
    """

    file_id: int | None
    added: int
    superseded: int
    waiting: Mapping[str, int]
    repeated: int
    obstacles: Mapping[Obstacle, int]
    refused: tuple[str, ...]
    left_out: tuple[str, ...]
    labels: int
    without_reason: tuple[str, ...] = ()
    declined: int = 0
    replaced: int = 0
    resolutions: int = 0


def preview(desk: Desk, name: str, data: bytes) -> FilePreview:
    """Read a file with decisions and find the works that they are about.

    Raises:
        Invalid: it is too large, or holds no record at all.
    """
    if len(data) > LARGEST:
        raise Invalid(f"{name} is larger than {LARGEST // 1_000_000} MB; please export in parts.")
    read = read_file(name, data)
    if not read.entries:
        why = " ".join(read.problems[:1])
        raise Invalid(f"{name} holds no records with decisions that could be read. {why}".strip())
    work_ids = match_works.work_ids(desk, [entry.reference for entry in read.entries])
    matched = list(zip(read.entries, work_ids, strict=True))
    every_row = [
        FileDecision(
            line=entry.line,
            title=entry.reference.title,
            decision=decision,
            work_id=work_id,
            labels=entry.labels,
        )
        for entry, work_id in matched
        for decision in entry.decisions
    ]
    rows = _without_resolutions(every_row)
    with desk.reading() as c:
        new_reasons = brought_reasons.lacking(c, desk.review_id, _reasons(rows))
        renamed_reasons = brought_reasons.renamed(c, desk.review_id, _reasons(rows))
    marks = {(id_, label): None for entry, id_ in matched if id_ for label in entry.labels}
    return FilePreview(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        rows=rows,
        undecided=sum(not entry.decisions for entry in read.entries),
        problems=read.problems,
        labels=tuple(marks),
        matches=_matches(desk, rows),
        new_reasons=new_reasons,
        renamed_reasons=renamed_reasons,
        resolutions=len(every_row) - len(rows),
        not_understood=read.not_understood,
        columns_lacking=columns_lacking(read.headings) if read.headings and not every_row else (),
    )


def bring(
    desk: Desk,
    file: FilePreview,
    names: Mapping[str, str | None],
    *,
    stage: Stage | None = None,
    verdict: Verdict | None = None,
    add_reasons: bool = True,
) -> ImportReport:
    """Bring a file in. What it has of the person at the desk becomes her decisions, as if she
    decided it now; what it has of others waits for them. Labels come along as hers.

    Args:
        desk: whose desk the file lies on.
        file: from `preview`.
        names: for each name in the file the name that the person has here, which may be new; None
            where it is nobody yet.
        stage: where the file does not say.
        verdict: of the whole file, where it does not say.
        add_reasons: whether reasons that the review lacks are added; editors only add some.

    Raises:
        Invalid: a name, stage or verdict that is needed is missing.
        NotAllowed: the person at the desk is not of the team, or only reads.
    """
    _require_names(file, names)
    if (file.needs_stage and stage is None) or (file.needs_verdict and verdict is None):
        raise Invalid("Please say at which stage, and what the whole file was decided to be.")
    with desk.writing(Role.REVIEWER) as w:
        report = bring_within(
            w,
            file,
            _people(w, names, people.scope(desk)),
            stage=stage,
            verdict=verdict,
            add_reasons=add_reasons,
        )
    if report.added and any(_stage(row, stage) is priority.STAGE for row in file.rows):
        priority.learn(desk)
    return report


def _stage(row: FileDecision, stage: Stage | None) -> Stage | None:
    return row.decision.stage or stage


def bring_within(
    write: Write,
    file: FilePreview,
    people_here: Mapping[str, int | None],
    *,
    stage: Stage | None = None,
    verdict: Verdict | None = None,
    add_reasons: bool = True,
) -> ImportReport:
    """Bring a file in within a write, by the rules of `bring`; what is to learn of it is left to
    the caller.

    Args:
        write: of who brings it.
        file: with its rows.
        people_here: the person for each name in the file; None where it is nobody yet.
        stage: where the file does not say.
        verdict: of the whole file, where it does not say.
        add_reasons: whether reasons that the review lacks are added; editors only add some.
    """
    rows, left_out = _rows(write, file, people_here, stage, verdict)
    found = brought_before.sort_out(write, rows)
    marks = _marks(write, file.labels, only_new=not found.new and not found.carried)
    if not found.new and not found.carried and not marks:
        return _report(file, found, left_out)
    reason_ids = _add_reasons(write, file) if add_reasons else []
    tool = ", ".join(tool.value for tool in file.tools)
    file_id = brought_decisions.add_file(write, file.name, file.sha256, tool)
    brought_decisions.add(write, file_id, found.new)
    brought_before.keep_declined(write, file_id, found.carried)
    label_count = sum(labels.put_from_file(write, file_id, *mark) for mark in marks.items())
    own = brought_decisions.of_person(write.connection, file_id, write.person_id, [Settled.WAITING])
    outcome = make_decisions(write, own, Settled.OWN)
    _note(write, file, file_id, len(found.new), reason_ids)
    return replace(
        _report(file, found, left_out),
        file_id=file_id,
        added=outcome.added,
        superseded=outcome.superseded,
        waiting=_waiting(write, file_id),
        obstacles=outcome.obstacles,
        refused=outcome.refused,
        labels=label_count,
        without_reason=outcome.without_reason,
        replaced=outcome.replaced,
    )


def _add_reasons(write: Write, file: FilePreview) -> list[int]:
    """Add the reasons that the review lacks, if an editor brings them; gives their ids."""
    standing = permission.standing(write.connection, write.review_id, write.person_id)
    if standing.role < Role.EDITOR:
        return []
    return brought_reasons.add_lacking(write, _reasons(file.rows))


def _note(
    write: Write, file: FilePreview, file_id: int, count: int, reason_ids: Sequence[int]
) -> None:
    subject = f"{count} from {file.name}"
    brought = {brought_reasons.REASONS: reason_ids} if reason_ids else {}
    after = {"file": file_id} | brought
    events.note(write, EventKind.DECISIONS_IMPORTED, subject, after=after)


def _require_names(file: FilePreview, names: Mapping[str, str | None]) -> None:
    for name in file.people:
        if name not in names:
            raise Invalid(f"Please say who “{name or 'nobody named'}” is here.")


def _report(
    file: FilePreview, found: brought_before.Found, left_out: Sequence[str]
) -> ImportReport:
    """That a file held nothing new."""
    return ImportReport(
        file_id=None,
        added=0,
        superseded=0,
        waiting={},
        repeated=found.repeated,
        obstacles={},
        refused=(),
        left_out=tuple(left_out),
        labels=0,
        declined=found.declined,
        resolutions=file.resolutions,
    )


def _without_resolutions(rows: Sequence[FileDecision]) -> tuple[FileDecision, ...]:
    """Without what ends a conflict for all, or takes that back.

    That a report was not retrieved, which one person says for all as well, stays if nobody took it
    back; our tables are in the order of time.
    """
    newest = {(row.work_id, row.decision.stage): row for row in rows if row.decision.resolves}
    not_retrieved = [
        id(row) for row in newest.values() if row.decision.verdict is Verdict.NOT_RETRIEVED
    ]
    return tuple(row for row in rows if not row.decision.resolves or id(row) in not_retrieved)


def _matches(desk: Desk, rows: Iterable[FileDecision]) -> dict[str, NameMatch]:
    """Who the people of a file may be, the team first; of an empty name who brings it."""
    with desk.reading() as c:
        members = [member.name for member in team.members(c, desk.review_id)]
        everybody = [each.name for each in stored_people.known(c, people.scope(desk))]
    names = dict.fromkeys(row.decision.person for row in rows)
    return {name: match_name(name, members, everybody) for name in names}


def _reasons(rows: Iterable[FileDecision]) -> list[str]:
    """What a file names as reasons for works of the review."""
    return [label for row in rows if row.work_id for label in row.decision.reasons]


def _people(
    write: Write, names: Mapping[str, str | None], within: int | None
) -> dict[str, int | None]:
    """The person for each name of a file; None where it is nobody yet."""
    return {
        name: people.find_or_add(write.connection, here, write.at, within).id if here else None
        for name, here in names.items()
    }


def _rows(
    write: Write,
    file: FilePreview,
    people_here: Mapping[str, int | None],
    stage: Stage | None,
    verdict: Verdict | None,
) -> tuple[list[NewBroughtDecision], list[str]]:
    """What a file has of works of the review, and what is left out and why."""
    rows: list[NewBroughtDecision] = []
    left_out: list[str] = []
    survivors = _survivors(write, [row.work_id for row in file.rows])
    for row in file.rows:
        decision = row.decision
        its_stage, its_verdict = decision.stage or stage, decision.verdict or verdict
        if its_stage is None or its_verdict is None:
            raise Invalid("Please say at which stage, and what the whole file was decided to be.")
        work_id = survivors.get(row.work_id) if row.work_id else None
        if work_id is None:
            why = "no work of this review is surely the same publication"
            left_out.append(because(row.line, row.title, why))
            continue
        if its_verdict is not Verdict.WITHDRAWN and its_verdict not in ALLOWED[its_stage]:
            why = f"“{its_verdict}” cannot be said at this stage"
            left_out.append(because(row.line, row.title, why))
            continue
        new = NewBroughtDecision(
            work_id=work_id,
            person_id=people_here[decision.person],
            name=decision.person,
            stage=its_stage,
            verdict=its_verdict,
            reasons=decision.reasons,
            note=decision.note,
            labels=row.labels,
            seconds=decision.seconds if keeps_times() else None,
            tool=decision.tool.value,
            decided_at=decision.at,
            line=row.line,
        )
        rows.append(new)
    return rows, left_out


def _survivors(write: Write, work_ids: Iterable[int | None]) -> dict[int, int]:
    """For works of a preview those that hold their records by now."""
    survivors: dict[int, int] = {}
    for ids in batches({work_id for work_id in work_ids if work_id}):
        survivors |= surviving_ids(write.connection, write.review_id, ids)
    return survivors


def _marks(
    write: Write, marks: Collection[tuple[int, str]], *, only_new: bool
) -> dict[str, list[int]]:
    """On which works whoever brings a file puts its labels; only where they are not yet, if wanted.

    A label of the review that differs in case only is the same; one that is too long stays out.
    """
    in_review = labels.listing(write.connection, write.review_id)
    names = by_folded_label(label.name for label in in_review)
    survivors = _survivors(write, [work_id for work_id, _ in marks])
    works: dict[str, list[int]] = defaultdict(list)
    for work_id, label in marks:
        if work_id in survivors and len(label) <= label_steps.LONGEST:
            works[names.setdefault(folded_label(label), label)].append(survivors[work_id])
    if only_new:
        new = {name: labels.not_put(write, name, ids) for name, ids in works.items()}
        return {name: ids for name, ids in new.items() if ids}
    return works


def _waiting(write: Write, file_id: int) -> dict[str, int]:
    """How many decisions of a file wait, by the name of their person or that of the file."""
    parts = brought_decisions.parts(write.connection, write.review_id)
    waiting: dict[str, int] = defaultdict(int)
    for part in parts:
        if part.file_id == file_id and part.counts.get(Settled.WAITING):
            waiting[part.name] += part.counts[Settled.WAITING]
    return dict(waiting)
