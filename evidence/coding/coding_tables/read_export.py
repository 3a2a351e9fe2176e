"""What a file or folder of codings says, and what is wrong with it."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from evidence.coding.coding_tables import columns
from evidence.coding.coding_tables.columns import Table
from evidence.coding.coding_tables.exported import (
    About,
    Export,
    ExportedAnswer,
    ExportedArm,
    ExportedCoding,
    ExportedFinding,
    ExportedQuotation,
    ExportedReport,
    ExportedScheme,
    ExportedStudy,
    ExportedTimePoint,
)
from evidence.coding.coding_tables.raw_tables import TableProblem
from evidence.coding.coding_tables.read_rows import (
    Reading,
    Row,
    UnreadableRow,
    fields_of,
    question_of,
)
from evidence.coding.read_scheme import load
from evidence.errors import InvalidScheme

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadExport:
    """An export that was read, with what is wrong."""

    export: Export
    problems: tuple[TableProblem, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing was lost or changed."""
        return not any(problem.is_lost for problem in self.problems)


def read_export(reading: Reading) -> ReadExport:
    """The export that the rows come to."""
    about = _about(reading)
    schemes = _schemes(reading)
    versions = {(scheme.name, scheme.number) for scheme in schemes}
    codings, of_study = _codings(reading, {scheme.name for scheme in schemes})
    studies = {study.id: study for _, study in _unique(reading, columns.STUDIES, _study, _id)}
    known = _Known(reading=reading, studies=studies, codings=codings)
    answers = known.by_coding(columns.ANSWERS, _answer(codings, versions), _answer_key)
    findings = known.by_coding(columns.FINDINGS, _finding(codings, versions), _uid)
    uids = {key: {each.uid for each in found} for key, found in findings.items()}
    quotations = known.by_coding(columns.QUOTATIONS, _quotation(codings, uids), _uid)
    reports = known.by_study(columns.REPORTS, _report, lambda report: report.work_id)
    arms = known.by_study(columns.ARMS, _arm, _uid)
    points = known.by_study(columns.TIME_POINTS, _time_point, _uid)
    whole: dict[int, list[ExportedCoding]] = defaultdict(list)
    for coding_id, (row, coding) in codings.items():
        study_id = of_study[coding_id]
        if study_id not in studies:
            reading.refuse(row, f"There is no study {study_id} in the table studies.")
            continue
        whole[study_id].append(
            replace(
                coding,
                answers=tuple(answers.get(coding_id, ())),
                findings=tuple(findings.get(coding_id, ())),
                quotations=tuple(quotations.get(coding_id, ())),
            )
        )
    export = Export(
        about=about,
        schemes=schemes,
        studies=tuple(
            replace(
                study,
                reports=tuple(reports.get(study.id, ())),
                arms=tuple(arms.get(study.id, ())),
                time_points=tuple(points.get(study.id, ())),
                codings=tuple(whole.get(study.id, ())),
            )
            for study in studies.values()
        ),
    )
    return ReadExport(export=export, problems=tuple(reading.problems))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What rows can hang on."""

    reading: Reading
    studies: Collection[int]
    codings: Mapping[int, tuple[Row, ExportedCoding]]

    def by_study(
        self, table: Table, make: Callable[[Row], Made], key: Callable[[Made], object]
    ) -> dict[int, list[Made]]:
        """What the rows of a table say, for each study."""
        return self._grouped(table, "study_id", self.studies, make, key)

    def by_coding(
        self, table: Table, make: Callable[[Row], Made], key: Callable[[Made], object]
    ) -> dict[int, list[Made]]:
        """What the rows of a table say, for each coding."""
        return self._grouped(table, "coding_id", self.codings, make, key)

    def _grouped(
        self,
        table: Table,
        column: str,
        owners: Collection[int],
        make: Callable[[Row], Made],
        key: Callable[[Made], object],
    ) -> dict[int, list[Made]]:
        noun = column.removesuffix("_id")

        def owned(row: Row) -> tuple[int, Made]:
            owner = row.number(column)
            if owner not in owners:
                raise UnreadableRow(f"There is no {noun} {owner} that could be read.")
            return owner, make(row)

        found: dict[int, list[Made]] = defaultdict(list)
        for _, (owner, made) in _unique(
            self.reading, table, owned, lambda pair: (pair[0], key(pair[1]))
        ):
            found[owner].append(made)
        return found


def _unique(
    reading: Reading, table: Table, make: Callable[[Row], Made], key: Callable[[Made], object]
) -> list[tuple[Row, Made]]:
    """What the rows of a table say; a second row for the same thing is named and left out."""
    seen: dict[object, Row] = {}
    found = []
    for row, made in reading.each(table, make):
        first = seen.setdefault(key(made), row)
        if first is not row:
            reading.refuse(row, f"It is about the same as line {first.line} of {first.file}.")
        else:
            found.append((row, made))
    return found


def _id(made: ExportedStudy | ExportedCoding) -> object:
    return made.id


def _uid(
    made: ExportedArm | ExportedTimePoint | ExportedFinding | ExportedQuotation,
) -> object:
    return made.uid


def _answer_key(made: ExportedAnswer) -> object:
    return made.question, made.code, made.arm


def _about(reading: Reading) -> About | None:
    rows = {row.text("name"): row for row in reading.rows[columns.ABOUT.name]}
    row = rows.get("format")
    if row is not None and row.text("value") != columns.FORMAT:
        reading.refuse(row, f"This Waymark reads “{columns.FORMAT}”.")
    wanted = ("review", "person", "made_at", "withheld")
    if not all(name in rows for name in wanted):
        return None
    review, person, made_at, withheld = (rows[name] for name in wanted)
    try:
        return About(
            review=review.text("value"),
            person=person.text("value"),
            made_at=made_at.moment("value"),
            withheld=withheld.number("value"),
        )
    except UnreadableRow as error:
        reading.refuse(made_at, str(error))
        return None


def _schemes(reading: Reading) -> tuple[ExportedScheme, ...]:
    def key(scheme: ExportedScheme) -> object:
        return scheme.name, scheme.number

    return tuple(scheme for _, scheme in _unique(reading, columns.SCHEMES, _scheme, key))


def _scheme(row: Row) -> ExportedScheme:
    scheme = ExportedScheme(
        name=row.text("scheme"),
        number=row.number("number"),
        version=row.text("version"),
        yaml=row.text("yaml"),
        added_by=row.text("added_by"),
        added_at=row.moment("added_at"),
    )
    try:
        load(scheme.yaml, scheme.name)
    except InvalidScheme as error:
        raise UnreadableRow(f"The scheme cannot be read: {error.faults[0]}.") from error
    return scheme


def _codings(
    reading: Reading, schemes: Collection[str]
) -> tuple[dict[int, tuple[Row, ExportedCoding]], dict[int, int]]:
    of_study: dict[int, int] = {}

    def coding(row: Row) -> ExportedCoding:
        made = ExportedCoding(
            id=row.number("coding_id"),
            scheme=row.text("scheme"),
            coder_id=row.number("coder_id"),
            coder=row.text("coder"),
            state=row.text("state"),
            is_agreed=row.yes_no("is_agreed"),
            changed_at=row.moment("changed_at"),
            completed_at=row.moment_or_none("completed_at"),
        )
        if made.scheme not in schemes:
            raise UnreadableRow(f"There is no scheme “{made.scheme[:60]}” in the table schemes.")
        if made.state not in {"draft", "complete"}:
            raise UnreadableRow(f"“{made.state[:40]}” in state is neither draft nor complete.")
        of_study.setdefault(made.id, row.number("study_id"))
        return made

    found = _unique(reading, columns.CODINGS, coding, _id)
    return {made.id: (row, made) for row, made in found}, of_study


def _study(row: Row) -> ExportedStudy:
    return ExportedStudy(id=row.number("study_id"), label=row.text("study"), kind=row.text("kind"))


def _report(row: Row) -> ExportedReport:
    return ExportedReport(
        work_id=row.number("work_id"),
        title=row.text("title"),
        authors=row.text("authors"),
        year=row.number_or_none("year"),
        journal=row.text("journal"),
        doi=row.text("doi"),
    )


def _arm(row: Row) -> ExportedArm:
    return ExportedArm(
        uid=row.text("arm"),
        label=row.text("label"),
        people=row.text("people"),
        removed=row.yes_no("removed"),
    )


def _time_point(row: Row) -> ExportedTimePoint:
    return ExportedTimePoint(
        uid=row.text("time_point"), label=row.text("label"), removed=row.yes_no("removed")
    )


Codings = Mapping[int, tuple[Row, ExportedCoding]]
Versions = Collection[tuple[str, int]]


def _version(row: Row, scheme: str, versions: Versions) -> int:
    number = row.number("scheme_version")
    if (scheme, number) not in versions:
        raise UnreadableRow(f"There is no version {number} of {scheme} in the table schemes.")
    return number


def _answer(codings: Codings, versions: Versions) -> Callable[[Row], ExportedAnswer]:
    def make(row: Row) -> ExportedAnswer:
        scheme = codings[row.number("coding_id")][1].scheme
        says_chosen = bool(row.text("chosen").strip() or row.text("code"))
        return ExportedAnswer(
            question=question_of(row.text("question"), scheme),
            code=row.text("code"),
            arm=row.text("arm") or row.text("judged_finding"),
            chosen=says_chosen and row.yes_no("chosen"),
            value=row.text("value"),
            note=row.text("note"),
            scheme_version=_version(row, scheme, versions),
            changed_at=row.moment("changed_at"),
        )

    return make


def _finding(codings: Codings, versions: Versions) -> Callable[[Row], ExportedFinding]:
    def make(row: Row) -> ExportedFinding:
        scheme = codings[row.number("coding_id")][1].scheme
        return ExportedFinding(
            uid=row.text("finding"),
            fields=fields_of(row, scheme),
            scheme_version=_version(row, scheme, versions),
            changed_at=row.moment("changed_at"),
        )

    return make


def _quotation(
    codings: Codings, findings: Mapping[int, Collection[str]]
) -> Callable[[Row], ExportedQuotation]:
    def make(row: Row) -> ExportedQuotation:
        coding_id = row.number("coding_id")
        question, finding = row.text("question"), row.text("finding")
        if bool(question) == bool(finding):
            raise UnreadableRow("A quotation belongs to an answer or to a finding.")
        if finding and finding not in findings.get(coding_id, ()):
            raise UnreadableRow(f"There is no finding “{finding[:80]}” that could be read.")
        scheme = codings[coding_id][1].scheme
        return ExportedQuotation(
            uid=row.text("quotation"),
            question=question_of(question, scheme) if question else "",
            code=row.text("code"),
            arm=row.text("arm") or row.text("judged_finding"),
            finding=finding,
            work_id=row.number("work_id"),
            part=row.text("part"),
            document=row.text("document"),
            sha256=row.text("sha256"),
            page=row.number("page"),
            start=row.number("start"),
            end=row.number("end"),
            exact=row.text("exact"),
            prefix=row.text("prefix"),
            suffix=row.text("suffix"),
        )

    return make
