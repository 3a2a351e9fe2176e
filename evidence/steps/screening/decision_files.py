"""Decisions that were made in other tools become a person's decisions here."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

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
from evidence.store.review import reviews as store_reviews
from evidence.store.screening import decisions
from evidence.store.screening.decisions import NewDecision

LARGEST = 200_000_000  # bytes of a file with decisions
AT_ONCE = 2000  # decisions that are kept together
TELLING = 25  # letters of a title that stands alone for its work


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDecision:
    """One decision of a file.

    Attributes:
        line: of the record in the file; 0 where the file has no lines.
        work_id: the work of the review that it is about; None where none was recognised.
    """

    line: int
    title: str
    said: ExternalDecision
    work_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePreview:
    """What a file says, before anything is kept.

    Attributes:
        silent: records without a decision.
        problems: what the reader of the file remarked, as sentences.
    """

    name: str
    sha256: str
    rows: tuple[FileDecision, ...]
    silent: int
    problems: tuple[str, ...]

    @property
    def people(self) -> tuple[str, ...]:
        """Who decided, as the file names them; an empty name where it does not."""
        return tuple(dict.fromkeys(row.said.person for row in self.rows))

    @property
    def tools(self) -> tuple[Tool, ...]:
        """Where the decisions come from."""
        return tuple(dict.fromkeys(row.said.tool for row in self.rows))

    @property
    def needs_verdict(self) -> bool:
        """Whether people must say what the file as a whole is."""
        return any(row.said.verdict is None for row in self.rows)

    @property
    def needs_stage(self) -> bool:
        """Whether people must say at which stage was decided."""
        return any(row.said.stage is None for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What became of a file's decisions; kept + known + left out = all of them.

    Attributes:
        known: were kept before, from the same file.
        left_out: each with its line and the reason, as a sentence.
    """

    kept: int
    known: int
    left_out: tuple[str, ...]


def preview(desk: Desk, name: str, data: bytes) -> FilePreview:
    """Read a file with decisions and find the works that they are about.

    Raises:
        Invalid: it is too large, or holds no record at all.
    """
    if len(data) > LARGEST:
        raise Invalid(f"{name} is larger than {LARGEST // 1_000_000} MB; please export in parts.")
    read, problems = _read(name, data)
    if not read:
        why = " ".join(problems[:1])
        raise Invalid(f"{name} holds no records with decisions that could be read. {why}".strip())
    homes = _homes(desk, [reference for _, reference, _ in read])
    rows = tuple(
        FileDecision(line=line, title=reference.title, said=one, work_id=homes[at])
        for at, (line, reference, told) in enumerate(read)
        for one in told
    )
    return FilePreview(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        rows=rows,
        silent=sum(not told for _, _, told in read),
        problems=problems,
    )


def add(
    desk: Desk,
    found: FilePreview,
    people: Mapping[str, str],
    *,
    stage: Stage | None = None,
    verdict: Verdict | None = None,
) -> ImportReport:
    """Keep the decisions of a file, each as the decision of a person of this review.

    Args:
        desk: whose desk the file lies on; the trail says who brought it.
        found: from `look`.
        people: for each name in the file the name that the person has here.
        stage: where the file does not say.
        verdict: of the whole file, where it does not say.

    Raises:
        Invalid: a name, stage or verdict that is needed is missing.
    """
    made, left_out = _decisions(found, people, stage, verdict)
    kept = sum(_keep_of(desk, found, name, new, left_out) for name, new in made.items())
    wanted = sum(len(new) for new in made.values())
    refused = len(left_out) - (len(found.rows) - wanted)
    return ImportReport(kept=kept, known=wanted - kept - refused, left_out=tuple(left_out))


Read = list[tuple[int, Reference, list[ExternalDecision]]]


def _read(name: str, data: bytes) -> tuple[Read, tuple[str, ...]]:
    """Line, reference and decisions of every record."""
    if eppi_json.is_report(data):
        return [(0, one.reference, list(one.decisions)) for one in eppi_json.read_report(data)], ()
    reading = formats.read(data, name)
    problems = tuple(str(problem) for problem in reading.problems)
    return [(one.line, one.reference, decisions_in(one)) for one in reading.records], problems


def _homes(desk: Desk, references: Sequence[Reference]) -> list[int | None]:
    """For each reference the one work that surely describes the same publication."""
    with desk.reading() as c:
        ids, known = works.references_to_match(c, desk.review_id)
    count = len(references)
    result = dedupe.find(
        [*references, *known],
        ids=[*range(-count, 0), *ids],
        new=set(range(-count, 0)),
        settings=dedupe.DedupeSettings(),
    )
    homes: list[int | None] = [None] * count
    for group in result.groups:
        own = [one for one in group if one > 0]
        for one in group:
            if one < 0 and len(own) == 1:
                homes[one + count] = own[0]
    by_title = _by_title(ids, known)
    return [
        home or _alone(by_title.get(_plain(one.title), ()), one.year)
        for home, one in zip(homes, references, strict=True)
    ]


def _by_title(ids: Sequence[int], known: Sequence[Reference]) -> dict[str, list[tuple[int, int]]]:
    """Works with their years by title, for exports that hold little more than titles."""
    found: dict[str, list[tuple[int, int]]] = {}
    for work_id, reference in zip(ids, known, strict=True):
        found.setdefault(_plain(reference.title), []).append((work_id, reference.year or 0))
    return found


def _alone(works_: Sequence[tuple[int, int]], year: int | None) -> int | None:
    """The work, where only one has this title and its year does not speak against it."""
    if len(works_) != 1:
        return None
    ((work_id, own),) = works_
    return work_id if not year or not own or year == own else None


def _plain(title: str) -> str:
    """The title's letters and digits; empty where it is too short to tell works apart."""
    plain = "".join(sign for sign in title.casefold() if sign.isalnum())
    return plain if len(plain) >= TELLING else ""


def _decisions(
    found: FilePreview, people: Mapping[str, str], stage: Stage | None, verdict: Verdict | None
) -> tuple[dict[str, list[tuple[FileDecision, NewDecision]]], list[str]]:
    """New decisions by the person who made them, and what is left out and why."""
    made: dict[str, list[tuple[FileDecision, NewDecision]]] = {}
    left_out: list[str] = []
    for row in found.rows:
        name = " ".join(people.get(row.said.person, "").split())
        at, what = row.said.stage or stage, row.said.verdict or verdict
        if not name:
            raise Invalid(f"Please say who “{row.said.person or 'nobody named'}” is here.")
        if at is None or what is None:
            raise Invalid("Please say at which stage, and what the whole file was decided to be.")
        if row.work_id is None:
            left_out.append(_because(row, "no work of this review is surely the same publication"))
        elif what is not Verdict.WITHDRAWN and what not in ALLOWED[at]:
            left_out.append(_because(row, f"“{what}” cannot be said at this stage"))
        else:
            new = NewDecision(
                work_id=row.work_id,
                stage=at,
                verdict=what,
                client_id=_client_id(found, row, name),
                note=row.said.note[:2000],
                seconds=row.said.seconds,
                how=row.said.tool.value,
            )
            made.setdefault(name, []).append((row, new))
    return made, left_out


def _keep_of(
    desk: Desk,
    found: FilePreview,
    name: str,
    rows: Sequence[tuple[FileDecision, NewDecision]],
    left_out: list[str],
) -> int:
    """Keep one person's decisions; those that are refused one by one go to `left_out`."""
    person = people.named(desk.store, name)
    with desk.writing(Role.EDITOR) as w:
        reasons = _reasons(w, rows)
        events.note(w, EventKind.DECISIONS_IMPORTED, f"{len(rows)} of {name} from {found.name}")
    with desk.writing(Role.EDITOR, on_behalf_of=person.id) as w:
        return sum(
            _add(w, rows[begin : begin + AT_ONCE], reasons, left_out)
            for begin in range(0, len(rows), AT_ONCE)
        )


def _add(
    write: Write,
    rows: Sequence[tuple[FileDecision, NewDecision]],
    reasons: Mapping[str, int],
    left_out: list[str],
) -> int:
    """Keep some decisions; where one of them is refused, keep the others."""
    made = [
        replace(new, reason_ids=tuple(reasons[label] for label in row.said.reasons))
        for row, new in rows
    ]
    try:
        with write.connection.begin_nested():
            return decisions.add(write, made)
    except (Invalid, NotAllowed) as error:
        if len(rows) == 1:
            left_out.append(_because(rows[0][0], str(error)))
            return 0
    middle = len(rows) // 2
    return _add(write, rows[:middle], reasons, left_out) + _add(
        write, rows[middle:], reasons, left_out
    )


def _reasons(write: Write, rows: Iterable[tuple[FileDecision, NewDecision]]) -> dict[str, int]:
    """The review's reasons by label, with those added that the file has and the review lacks."""
    known = [one.label for one in store_reviews.reasons(write.connection, write.review_id)]
    named = (label for row, _ in rows for label in row.said.reasons)
    store_reviews.set_reasons(write, list(dict.fromkeys([*known, *named])))
    found = store_reviews.reasons(write.connection, write.review_id)
    return {one.label: one.id for one in found}


def _client_id(found: FilePreview, row: FileDecision, name: str) -> str:
    """The same decision of the same file has the same id, so that a second import adds nothing."""
    text = f"{row.line}|{row.title}|{row.said}|{name}"
    return f"file-{found.sha256[:16]}-{hashlib.sha256(text.encode()).hexdigest()[:24]}"


def _because(row: FileDecision, why: str) -> str:
    where = f"Line {row.line}" if row.line else "A record"
    return f"{where}, “{row.title[:80] or '(no title)'}”: {why.rstrip('.')}."
