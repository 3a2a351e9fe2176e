"""Codings of a file come into a review: studies, arms, answers, quotations, findings, and history.

All rows are made beforehand and inserted by a few statements, since 10,000 coded references are
hundreds of thousands of rows. Each line of the history has a client id that names the act, by which
it is told and taken back (undo_brought_codings.py).
"""

import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table, select

from evidence.coding.answer_rows import AnswerRow
from evidence.coding.coding_tables.exported import ExportedArm, ExportedTimePoint
from evidence.eppi.coded_review import CodedStudy, QuotedWords, StudyCoding
from evidence.store.bulk import insert_rows, new_ids, to_json, to_moment
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
    """Rows to insert, by table; the numbers of codings, answers and so on are counted up here."""

    write: Write
    client_id: str
    whose: Whose
    at: Any
    counts: Counts = field(default_factory=Counts)
    made: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)
    next_id: dict[str, int] = field(default_factory=dict)
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

    def number(self, table: str) -> int:
        """A number of its own for a row, to be exchanged for its id once all are known."""
        self.next_id[table] = self.next_id.get(table, 0) + 1
        return self.next_id[table]

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
        first: tuple[int, bool] | None = None
        for each in coded.codings:
            scheme_id, version_id = versions[each.scheme]
            coding_id, state = before.get((study_id, scheme_id), (0, ""))
            if coding_id and (state == "complete" or not self.whose.fills):
                self.counts.stayed += 1
                continue
            is_new = not coding_id
            if is_new:
                coding_id = self.begin(study_id, scheme_id, version_id)
            else:
                self.counts.filled += 1
            first = first or (coding_id, is_new)
            self.said_of((coding_id, is_new), version_id, each)
        if first is not None:
            self.groups("arm", study_id, first, coded.arms)
            self.groups("time_point", study_id, first, coded.time_points)

    def begin(self, study_id: int, scheme_id: int, version_id: int) -> int:
        number = self.number("coding")
        complete = self.whose.is_complete
        state, completed = ("complete", self.at) if complete else ("draft", None)
        self.add("coding", number, study_id, scheme_id, self.whose.person_id,
                 self.whose.is_agreed, state, completed, self.at)  # fmt: skip
        self.line((number, True), "state", state, version_id)
        self.counts.codings += 1
        return number

    def line(
        self, of: tuple[int, bool], name: str, after: str, version_id: int | None, **about: int
    ) -> None:
        """A line of the history of a coding, which is named by its id, or its number if new."""
        self.add("coding_change", of, about, name, clean(after), version_id)

    def said_of(self, of: tuple[int, bool], version_id: int, each: StudyCoding) -> None:
        """What is said in a coding; where it says something else already, that stays."""
        coding_id, is_new = of
        said = {} if is_new else self.said.get(coding_id, {})
        uids = {} if is_new else self.uids.get(coding_id, {})
        answered = {place[0] for place, row in said.items() if row.says_something}
        numbers: dict[AnswerPlace, int] = {}
        for row in each.rows:
            place = row.question, row.code, row.arm
            if said.get(place) == row:
                continue
            if row.question in answered or place in said:
                self.counts.differing += 1
                continue
            numbers[place] = self.answer(of, row, version_id)
        for one in each.findings:
            fields = {clean(name): clean(text) for name, text in one.fields.items()}
            if one.uid in uids:
                self.counts.differing += uids[one.uid] != fields
                continue
            number = self.number("finding")
            self.add("finding", number, of, one.uid, to_json(fields), version_id, self.at)
            for name, text in fields.items():
                self.line(of, name, text, version_id, finding_id=number)
            self.counts.findings += 1
        self.quoted(of, each.quotations, numbers, uids, version_id)

    def answer(self, of: tuple[int, bool], row: AnswerRow, version_id: int) -> int:
        number = self.number("answer")
        value, note = clean(row.value), clean(row.note)
        self.add("answer", number, of, row.question, row.code, row.arm, row.chosen, value, note,
                 version_id, self.at)  # fmt: skip
        for name, after in (("chosen", YES if row.chosen else ""), ("value", value),
                            ("note", note)):  # fmt: skip
            if after:
                self.line(of, name, after, version_id, answer_id=number)
        self.counts.answers += 1
        return number

    def quoted(
        self,
        of: tuple[int, bool],
        quotations: Iterable[QuotedWords],
        numbers: Mapping[AnswerPlace, int],
        uids: Collection[str],
        version_id: int,
    ) -> None:
        """Words wait for the file from which they are; then they are looked for on their page."""
        for place, each in enumerate(quotations):
            answer_number = numbers.get((each.question, each.code, each.arm))
            if answer_number is None:
                continue
            marked = each.highlight
            for part, words in enumerate(marked.words):
                uid = f"quote{place:04}x{part}"
                if uid in uids:
                    uid = f"{self.client_id}-{uid}"
                number = self.number("quotation")
                exact = clean(words)
                where = marked.page, marked.start, marked.end
                self.add("quotation", number, of, uid, answer_number, self.report, Part.FILE.value,
                         *where, exact, clean(marked.document), self.at)  # fmt: skip
                self.line(of, "exact", exact, version_id, quotation_id=number)
                self.counts.quotations += 1

    def groups(
        self,
        table: str,
        study_id: int,
        of: tuple[int, bool],
        groups: Iterable[ExportedArm | ExportedTimePoint],
    ) -> None:
        """Arms, or time points; those that the study has stay as they are."""
        for each in groups:
            if (study_id, each.uid) in self.arms_there:
                continue
            self.arms_there.add((study_id, each.uid))
            number, label = self.number(table), clean(each.label)
            self.add(table, number, study_id, each.uid, label, self.write.person_id, self.at)
            self.line(of, "label", label, None, **{f"{table}_id": number})
            self.counts.arms += table == "arm"

    def insert(self) -> None:
        """Insert what was gathered, the ids of rows in place of their numbers, and begin anew."""
        c = self.write.connection
        counted = {name: (_INTO[name][0], count) for name, count in self.next_id.items()}
        ids = {name: new_ids(c, table, count) for name, (table, count) in counted.items()}

        def of(numbered: tuple[int, bool]) -> int:
            number, is_new = numbered
            return ids["coding"][number - 1] if is_new else number

        for name in ("study", "study_work"):
            self._insert(name, self.made.pop(name, []))
        for name in ("arm", "time_point", "coding"):
            rows = self.made.pop(name, [])
            self._insert(name, [(ids[name][row[0] - 1], *row[1:]) for row in rows])
        for name in ("answer", "finding"):
            rows = self.made.pop(name, [])
            self._insert(name, [(ids[name][row[0] - 1], of(row[1]), *row[2:]) for row in rows])
        quotations = [
            (ids["quotation"][row[0] - 1], of(row[1]), row[2], ids["answer"][row[3] - 1], *row[4:])
            for row in self.made.pop("quotation", [])
        ]
        self._insert("quotation", quotations)
        who, at = self.write.person_id, self.at
        lines = []
        for of_coding, about, name, after, version_id in self.made.pop("coding_change", []):
            named = (ids[key[:-3]][about[key] - 1] if key in about else None for key in _ABOUT)
            lines.append(
                (
                    of(of_coding),
                    *named,
                    name,
                    "",
                    after,
                    True,
                    "",
                    self.client_id,
                    version_id,
                    who,
                    at,
                )
            )
        self._insert("coding_change", lines)
        self.next_id.clear()

    def _insert(self, name: str, rows: list[tuple[Any, ...]]) -> None:
        table, columns = _INTO[name]
        insert_rows(self.write.connection, table, columns, rows)


_ABOUT = ("answer_id", "finding_id", "arm_id", "time_point_id", "quotation_id")
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
    "coding_change": (coding_change, ("coding_id", *_ABOUT, "field", "before", "after", "is_kept",
                                      "reason", "client_id", "version_id", "person_id", "at")),
}  # fmt: skip
