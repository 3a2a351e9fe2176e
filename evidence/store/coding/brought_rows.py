"""Codings of a file come into a review: studies, arms, answers, quotations, findings, and history.

All rows are made beforehand and inserted by a few statements, since 10,000 coded references are
hundreds of thousands of rows. Each line of the history has a client id that names the act, by which
it is told and taken back (undo_brought_codings.py).
"""

import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table, select

from evidence.coding.answer_rows import AnswerRow
from evidence.coding.coding_tables.exported import ExportedArm, ExportedTimePoint
from evidence.eppi.coded_review import CodedStudy, QuotedWords, StudyCoding
from evidence.store.bulk import ids, insert_rows, new_ids, to_json, to_moment
from evidence.store.coding.coding_edits import YES
from evidence.store.coding.quotations import Part
from evidence.store.engine import Write
from evidence.store.id_batches import batches
from evidence.store.schema import (
    answer,
    arm,
    coding,
    coding_change,
    finding,
    quotation,
    study,
    study_work,
    time_point,
)
from evidence.store.schema.coding import LOTS
from evidence.store.schema.column_types import clean

BROUGHT = "brought-"  # how the client ids of what came in files begin
AT_ONCE = 500  # studies whose rows are inserted together; they stand in memory until then
AnswerPlace = tuple[str, str, str]
_Group = ExportedArm | ExportedTimePoint


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedStudy:
    """What is coded of a study, and where it goes.

    Attributes:
        work_id: its report.
        study_id: the study that has this report; None where one is to be made.
    """

    work_id: int
    study_id: int | None
    coded: CodedStudy


@dataclass(slots=True)
class Counts:
    """What a file brought.

    Attributes:
        studies: new ones.
        joined: studies that were there.
        codings: new ones; `filled` were begun before, `stayed` were there and stay as they are.
        differing: answers and findings that stayed as they were, since something else was said.
        quotations: passages; one of the `highlights` of the file can have several.
    """

    studies: int = 0
    joined: int = 0
    codings: int = 0
    filled: int = 0
    stayed: int = 0
    answers: int = 0
    differing: int = 0
    findings: int = 0
    quotations: int = 0
    highlights: int = 0
    arms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """Whose a coding is.

    Attributes:
        fills: whether codings that they have begun are filled; else these stay.
        is_complete: whether new ones are complete.
    """

    person_id: int
    is_agreed: bool
    fills: bool
    is_complete: bool


def standing(
    connection: Connection, whose: Whose, study_ids: Collection[int]
) -> dict[tuple[int, int], tuple[int, str]]:
    """The codings of a person that these studies have: by study and scheme its id and state."""
    found: dict[tuple[int, int], tuple[int, str]] = {}
    for batch in batches(study_ids):
        query = select(coding.c.study_id, coding.c.scheme_id, coding.c.id, coding.c.state).where(
            coding.c.study_id.in_(batch), coding.c.is_agreed.is_(whose.is_agreed)
        )
        if not whose.is_agreed:
            query = query.where(coding.c.person_id == whose.person_id)
        for study_id, scheme_id, coding_id, state in connection.execute(query):
            found[study_id, scheme_id] = coding_id, state
    return found


def write_all(
    write: Write,
    brought_id: int,
    whose: Whose,
    placed: Sequence[PlacedStudy],
    versions: Mapping[str, tuple[int, int]],
) -> tuple[Counts, list[int]]:
    """Write what is coded of these studies; gives how much, and the ids of new studies.

    Args:
        write: of who brings it.
        brought_id: the act.
        whose: the codings are.
        placed: each study once.
        versions: for each scheme, by its own id, the lineage and the version that was seen.
    """
    rows = _Rows(write, f"{BROUGHT}{brought_id}", whose, to_moment(write.connection, write.at))
    there = [each.study_id for each in placed if each.study_id is not None]
    before = standing(write.connection, whose, there)
    rows.read_before(there, [coding_id for coding_id, _ in before.values()])
    new = iter(new_ids(write.connection, study, len(placed) - len(there)))
    made: list[int] = []
    for number, each in enumerate(placed, 1):
        study_id = each.study_id
        if study_id is None:
            study_id = next(new)
            made.append(study_id)
            rows.study(study_id, each)
        rows.report = each.work_id
        rows.codings(study_id, each.coded, versions, before)
        if number % AT_ONCE == 0:
            rows.insert()
    rows.insert()
    rows.counts.studies, rows.counts.joined = len(made), len(there)
    return rows.counts, made


@dataclass(slots=True)
class _Rows:
    """Rows to insert, by table; lines of the history by what they are about, too."""

    write: Write
    client_id: str
    whose: Whose
    at: Any
    counts: Counts = field(default_factory=Counts)
    made: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)
    lines: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)
    ids: dict[str, Iterator[int]] = field(default_factory=dict)
    said: dict[int, dict[AnswerPlace, AnswerRow]] = field(default_factory=dict)
    uids: dict[int, dict[str, Any]] = field(default_factory=dict)
    arms_there: set[tuple[int, str]] = field(default_factory=set)
    report: int = 0

    def read_before(self, study_ids: Collection[int], coding_ids: Collection[int]) -> None:
        """What stands already in studies and codings that are joined."""
        c = self.write.connection
        for batch in batches(study_ids):
            for table in (arm, time_point):
                query = select(table.c.study_id, table.c.uid).where(table.c.study_id.in_(batch))
                self.arms_there |= {(row.study_id, row.uid) for row in c.execute(query)}
        names = ("question", "code", "arm", "chosen", "value", "note")
        for batch in batches(coding_ids):
            answers = select(answer.c.coding_id, *(answer.c[name] for name in names))
            for coding_id, *values in c.execute(answers.where(answer.c.coding_id.in_(batch))):
                row = AnswerRow(**dict(zip(names, values, strict=True)))
                self.said.setdefault(coding_id, {})[row.question, row.code, row.arm] = row
            for table in (finding, quotation):
                known = select(table).where(table.c.coding_id.in_(batch))
                for each in c.execute(known).mappings():
                    self.uids.setdefault(each["coding_id"], {})[each["uid"]] = each.get("fields")

    def add(self, table: str, *values: Any) -> None:
        self.made.setdefault(table, []).append(values)

    def new_id(self, table: str) -> int:
        """The id of a row that is made now."""
        if table not in self.ids:
            self.ids[table] = ids(self.write.connection, _INTO[table][0])
        return next(self.ids[table])

    def study(self, study_id: int, each: PlacedStudy) -> None:
        who, at = self.write.person_id, self.at
        label = clean(each.coded.label)
        self.add("study", study_id, self.write.review_id, label, "study",
                 secrets.randbelow(LOTS), who, at)  # fmt: skip
        self.add("study_work", study_id, each.work_id, who, at)

    def codings(
        self,
        study_id: int,
        coded: CodedStudy,
        versions: Mapping[str, tuple[int, int]],
        before: Mapping[tuple[int, int], tuple[int, str]],
    ) -> None:
        """What is coded of a study, with its arms and time points."""
        first = 0
        for each in coded.codings:
            scheme_id, version_id = versions[each.scheme]
            coding_id, state = before.get((study_id, scheme_id), (0, ""))
            if coding_id and (state == "complete" or not self.whose.fills):
                self.counts.stayed += 1
                continue
            if not coding_id:
                coding_id = self.begin(study_id, scheme_id, version_id)
            else:
                self.counts.filled += 1
            first = first or coding_id
            self.said_of(coding_id, version_id, each)
        if first:
            self.groups("arm", study_id, first, coded.arms)
            self.groups("time_point", study_id, first, coded.time_points)

    def begin(self, study_id: int, scheme_id: int, version_id: int) -> int:
        coding_id = self.new_id("coding")
        complete = self.whose.is_complete
        state, completed = ("complete", self.at) if complete else ("draft", None)
        self.add("coding", coding_id, study_id, scheme_id, self.whose.person_id,
                 self.whose.is_agreed, state, completed, self.at)  # fmt: skip
        self.line(coding_id, "state", state, version_id)
        self.counts.codings += 1
        return coding_id

    def line(
        self,
        coding_id: int,
        name: str,
        after: str,
        version_id: int | None,
        about: str = "",
        about_id: int | None = None,
    ) -> None:
        """A line of the history of a coding, about a row of a table or the coding itself; its
        texts are clean.
        """
        values = (name, after, True, self.client_id, version_id, self.write.person_id, self.at)
        self.lines.setdefault(about, []).append(
            (coding_id, about_id, *values) if about else (coding_id, *values)
        )

    def said_of(self, coding_id: int, version_id: int, each: StudyCoding) -> None:
        """What is said in a coding; where it says something else already, that stays."""
        said = self.said.get(coding_id, {})
        uids = self.uids.get(coding_id, {})
        answered = {place[0] for place, row in said.items() if row.says_something}
        answer_ids: dict[AnswerPlace, int] = {}
        for row in each.rows:
            place = row.question, row.code, row.arm
            if said.get(place) == row:
                continue
            if row.question in answered or place in said:
                self.counts.differing += 1
                continue
            answer_ids[place] = self.answer(coding_id, row, version_id)
        for one in each.findings:
            fields = {clean(name): clean(text) for name, text in one.fields.items()}
            if one.uid in uids:
                self.counts.differing += uids[one.uid] != fields
                continue
            finding_id = self.new_id("finding")
            self.add("finding", finding_id, coding_id, one.uid, to_json(fields), version_id,
                     self.at)  # fmt: skip
            for name, text in fields.items():
                self.line(coding_id, name, text, version_id, "finding", finding_id)
            self.counts.findings += 1
        self.quoted(coding_id, each.quotations, answer_ids, uids, version_id)

    def answer(self, coding_id: int, row: AnswerRow, version_id: int) -> int:
        answer_id = self.new_id("answer")
        value, note = clean(row.value), clean(row.note)
        said = row.question, row.code, row.arm, row.chosen, value, note
        self.add("answer", answer_id, coding_id, *said, version_id, self.at)
        for name, after in (("chosen", YES if row.chosen else ""), ("value", value),
                            ("note", note)):  # fmt: skip
            if after:
                self.line(coding_id, name, after, version_id, "answer", answer_id)
        self.counts.answers += 1
        return answer_id

    def quoted(
        self,
        coding_id: int,
        quotations: Iterable[QuotedWords],
        answer_ids: Mapping[AnswerPlace, int],
        uids: Collection[str],
        version_id: int,
    ) -> None:
        """Words wait for the file from which they are; then they are looked for on their page."""
        for place, each in enumerate(quotations):
            answer_id = answer_ids.get((each.question, each.code, each.arm))
            if answer_id is None:
                continue
            marked = each.highlight
            self.counts.highlights += bool(marked.words)
            for part, words in enumerate(marked.words):
                uid = f"quote{place:04}x{part}"
                if uid in uids:
                    uid = f"{self.client_id}-{uid}"
                quotation_id = self.new_id("quotation")
                exact = clean(words)
                where = marked.page, marked.start, marked.end
                self.add("quotation", quotation_id, coding_id, uid, answer_id, self.report,
                         Part.FILE.value, *where, exact, clean(marked.document),
                         self.at)  # fmt: skip
                self.line(coding_id, "exact", exact, version_id, "quotation", quotation_id)
                self.counts.quotations += 1

    def groups(
        self,
        table: str,
        study_id: int,
        coding_id: int,
        groups: Iterable[ExportedArm | ExportedTimePoint],
    ) -> None:
        """Arms, or time points; those that the study has stay as they are."""
        for each in groups:
            if (study_id, each.uid) in self.arms_there:
                continue
            self.arms_there.add((study_id, each.uid))
            group_id, label = self.new_id(table), clean(each.label)
            self.add(table, group_id, study_id, each.uid, label, self.write.person_id, self.at)
            self.line(coding_id, "label", label, None, table, group_id)
            self.counts.arms += table == "arm"

    def insert(self) -> None:
        """Insert what was gathered, and begin anew; what others name comes first."""
        c = self.write.connection
        for name, (table, columns) in _INTO.items():
            insert_rows(c, table, columns, self.made.pop(name, []))
        for about, lines in self.lines.items():
            named = (f"{about}_id",) if about else ()
            insert_rows(c, coding_change, ("coding_id", *named, *_LINE), lines)
        self.lines.clear()


_LINE = ("field", "after", "is_kept", "client_id", "version_id", "person_id", "at")
_GROUP = ("id", "study_id", "uid", "label", "created_by", "created_at")
_INTO: Mapping[str, tuple[Table, tuple[str, ...]]] = {
    "study": (study, ("id", "review_id", "label", "kind", "lot", "created_by", "created_at")),
    "study_work": (study_work, ("study_id", "work_id", "linked_by", "linked_at")),
    "arm": (arm, _GROUP),
    "time_point": (time_point, _GROUP),
    "coding": (coding, ("id", "study_id", "scheme_id", "person_id", "is_agreed", "state",
                        "completed_at", "changed_at")),
    "answer": (answer, ("id", "coding_id", "question", "code", "arm", "chosen", "value", "note",
                        "version_id", "changed_at")),
    "finding": (finding, ("id", "coding_id", "uid", "fields", "version_id", "changed_at")),
    "quotation": (quotation, ("id", "coding_id", "uid", "answer_id", "work_id", "part", "page",
                              "start", "end", "exact", "file_name", "added_at")),
}  # fmt: skip
