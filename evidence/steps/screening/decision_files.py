"""Decisions that were made in other tools become a person's decisions here."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, replace

from evidence import dedupe
from evidence.citations import formats
from evidence.citations.record import Reference
from evidence.eppi import decisions as eppi_json
from evidence.errors import Invalid, NotAllowed
from evidence.screening.external_decisions import ExternalDecision, Tool, decisions_in
from evidence.screening.verdicts import ALLOWED, Stage, Verdict
from evidence.steps.desk import Desk
from evidence.steps.review import people
from evidence.store import Role, Write, events
from evidence.store.events import EventKind
from evidence.store.records import works
from evidence.store.review import reasons
from evidence.store.screening import decisions
from evidence.store.screening.decisions import NewDecision

LARGEST = 200_000_000  # bytes of a file with decisions
AT_ONCE = 2000  # decisions that are kept together
LONGEST_NOTE = 2000
DISTINCT_TITLE = 25  # letters of a title that stands alone for its work


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDecision:
    """One decision of a file.

    Attributes:
        line: of the record in the file; 0 where the file has no lines.
        work_id: the work of the review that it is about; None where none was recognised.
    """

    line: int
    title: str
    decision: ExternalDecision
    work_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePreview:
    """What stands in a file, before anything is kept.

    Attributes:
        undecided: how many records have no decision.
        problems: what the reader of the file remarked, as sentences.
    """

    name: str
    sha256: str
    rows: tuple[FileDecision, ...]
    undecided: int
    problems: tuple[str, ...]

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
    """What became of a file's decisions; added + repeated + left out = all of them.

    Attributes:
        repeated: were added before, from the same file.
        left_out: each with its line and the reason, as a sentence.
    """

    added: int
    repeated: int
    left_out: tuple[str, ...]


_Record = tuple[int, Reference, Sequence[ExternalDecision]]  # with its line
_Batch = Sequence[tuple[FileDecision, NewDecision]]


def preview(desk: Desk, name: str, data: bytes) -> FilePreview:
    """Read a file with decisions and find the works that they are about.

    Raises:
        Invalid: it is too large, or holds no record at all.
    """
    if len(data) > LARGEST:
        raise Invalid(f"{name} is larger than {LARGEST // 1_000_000} MB; please export in parts.")
    records, problems = _read(name, data)
    if not records:
        why = " ".join(problems[:1])
        raise Invalid(f"{name} holds no records with decisions that could be read. {why}".strip())
    work_ids = _work_ids(desk, [reference for _, reference, _ in records])
    rows = tuple(
        FileDecision(line=line, title=reference.title, decision=decision, work_id=work_id)
        for (line, reference, decisions_), work_id in zip(records, work_ids, strict=True)
        for decision in decisions_
    )
    return FilePreview(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        rows=rows,
        undecided=sum(not decisions_ for _, _, decisions_ in records),
        problems=problems,
    )


def add(
    desk: Desk,
    file: FilePreview,
    names: Mapping[str, str],
    *,
    stage: Stage | None = None,
    verdict: Verdict | None = None,
) -> ImportReport:
    """Keep the decisions of a file, each as the decision of a person of this review.

    Args:
        desk: whose desk the file lies on; the trail says who brought it.
        file: from `preview`.
        names: for each name in the file the name that the person has here.
        stage: where the file does not say.
        verdict: of the whole file, where it does not say.

    Raises:
        Invalid: a name, stage or verdict that is needed is missing.
    """
    by_name, left_out = _new_decisions(file, names, stage, verdict)
    added = sum(_add_of(desk, file, name, batch, left_out) for name, batch in by_name.items())
    new = sum(len(batch) for batch in by_name.values())
    refused = len(left_out) - (len(file.rows) - new)
    return ImportReport(added=added, repeated=new - added - refused, left_out=tuple(left_out))


def _read(name: str, data: bytes) -> tuple[list[_Record], tuple[str, ...]]:
    """Line, reference and decisions of every record."""
    if eppi_json.is_report(data):
        return [(0, item.reference, item.decisions) for item in eppi_json.read_report(data)], ()
    reading = formats.read(data, name)
    problems = tuple(str(problem) for problem in reading.problems)
    records = reading.records
    return [(record.line, record.reference, decisions_in(record)) for record in records], problems


def _work_ids(desk: Desk, references: Sequence[Reference]) -> list[int | None]:
    """For each reference the one work that surely describes the same publication."""
    with desk.reading() as c:
        ids, works_here = works.references_to_match(c, desk.review_id)
    count = len(references)
    result = dedupe.find(
        [*references, *works_here],
        ids=[*range(-count, 0), *ids],
        new=set(range(-count, 0)),
        settings=dedupe.DedupeSettings(),
    )
    matches: list[int | None] = [None] * count
    for group in result.groups:
        in_review = [id_ for id_ in group if id_ > 0]
        for id_ in group:
            if id_ < 0 and len(in_review) == 1:
                matches[id_ + count] = in_review[0]
    by_title = _by_title(ids, works_here)
    return [
        match or _only_one(by_title.get(_letters(reference.title), ()), reference.year)
        for match, reference in zip(matches, references, strict=True)
    ]


def _by_title(
    ids: Sequence[int], references: Sequence[Reference]
) -> dict[str, list[tuple[int, int]]]:
    """Works with their years by title, for exports that hold little more than titles."""
    by_title: dict[str, list[tuple[int, int]]] = {}
    for work_id, reference in zip(ids, references, strict=True):
        by_title.setdefault(_letters(reference.title), []).append((work_id, reference.year or 0))
    return by_title


def _only_one(candidates: Sequence[tuple[int, int]], year: int | None) -> int | None:
    """The work, where only one has this title and its year does not speak against it."""
    if len(candidates) != 1:
        return None
    ((work_id, its_year),) = candidates
    return work_id if not year or not its_year or year == its_year else None


def _letters(title: str) -> str:
    """The title's letters and digits; empty where it is too short to tell works apart."""
    letters = "".join(character for character in title.casefold() if character.isalnum())
    return letters if len(letters) >= DISTINCT_TITLE else ""


def _new_decisions(
    file: FilePreview, names: Mapping[str, str], stage: Stage | None, verdict: Verdict | None
) -> tuple[dict[str, list[tuple[FileDecision, NewDecision]]], list[str]]:
    """New decisions by the name of the person who made them, and what is left out and why."""
    by_name: dict[str, list[tuple[FileDecision, NewDecision]]] = {}
    left_out: list[str] = []
    for row in file.rows:
        decision = row.decision
        name = " ".join(names.get(decision.person, "").split())
        its_stage, its_verdict = decision.stage or stage, decision.verdict or verdict
        if not name:
            raise Invalid(f"Please say who “{decision.person or 'nobody named'}” is here.")
        if its_stage is None or its_verdict is None:
            raise Invalid("Please say at which stage, and what the whole file was decided to be.")
        if row.work_id is None:
            left_out.append(_because(row, "no work of this review is surely the same publication"))
        elif its_verdict is not Verdict.WITHDRAWN and its_verdict not in ALLOWED[its_stage]:
            left_out.append(_because(row, f"“{its_verdict}” cannot be said at this stage"))
        else:
            new = NewDecision(
                work_id=row.work_id,
                stage=its_stage,
                verdict=its_verdict,
                client_id=_client_id(file, row, name),
                note=decision.note[:LONGEST_NOTE],
                seconds=decision.seconds,
                how=decision.tool.value,
            )
            by_name.setdefault(name, []).append((row, new))
    return by_name, left_out


def _add_of(desk: Desk, file: FilePreview, name: str, batch: _Batch, left_out: list[str]) -> int:
    """Keep one person's decisions; those that are refused one by one go to `left_out`."""
    with desk.writing(Role.EDITOR) as w:
        person = people.find_or_add(w.connection, name, w.at)
        reason_ids = _reason_ids(w, batch)
        imported = f"{len(batch)} of {name} from {file.name}"
        events.note(w, EventKind.DECISIONS_IMPORTED, imported)
    with desk.writing(Role.EDITOR, on_behalf_of=person.id) as w:
        return sum(
            _add_or_split(w, batch[begin : begin + AT_ONCE], reason_ids, left_out)
            for begin in range(0, len(batch), AT_ONCE)
        )


def _add_or_split(
    write: Write, batch: _Batch, reason_ids: Mapping[str, int], left_out: list[str]
) -> int:
    """Keep some decisions; where one of them is refused, keep the others."""
    new = [
        replace(decision, reason_ids=tuple(reason_ids[label] for label in row.decision.reasons))
        for row, decision in batch
    ]
    try:
        with write.connection.begin_nested():
            return decisions.add(write, new)
    except (Invalid, NotAllowed) as error:
        if len(batch) == 1:
            left_out.append(_because(batch[0][0], str(error)))
            return 0
    middle = len(batch) // 2
    return _add_or_split(write, batch[:middle], reason_ids, left_out) + _add_or_split(
        write, batch[middle:], reason_ids, left_out
    )


def _reason_ids(write: Write, batch: _Batch) -> dict[str, int]:
    """The review's reasons by label, with those added that the file has and the review lacks."""
    labels = [reason.label for reason in reasons.listing(write.connection, write.review_id)]
    labels += (label for row, _ in batch for label in row.decision.reasons)
    reasons.replace(write, list(dict.fromkeys(labels)))
    in_use = reasons.listing(write.connection, write.review_id)
    return {reason.label: reason.id for reason in in_use}


def _client_id(file: FilePreview, row: FileDecision, name: str) -> str:
    """The id under which a decision of a file is kept once, however often the file comes."""
    values = (row.line, row.title, *astuple(row.decision), name)
    digest = hashlib.sha256("|".join(map(str, values)).encode()).hexdigest()
    return f"file-{file.sha256[:16]}-{digest[:24]}"


def _because(row: FileDecision, why: str) -> str:
    where = f"Line {row.line}" if row.line else "A record"
    return f"{where}, “{row.title[:80] or '(no title)'}”: {why.rstrip('.')}."
