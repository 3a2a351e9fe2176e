"""From what leaves to the rows of its tables, study by study."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from evidence.coding.coding_tables import columns, dictionary
from evidence.coding.coding_tables.by_coder import by_coder_head, by_coder_rows
from evidence.coding.coding_tables.columns import GROUPS, LABELLED, Table
from evidence.coding.coding_tables.effect_rows import effect_rows
from evidence.coding.coding_tables.exported import (
    About,
    ExportedAnswer,
    ExportedCoding,
    ExportedFinding,
    ExportedQuotation,
    ExportedScheme,
    ExportedStudy,
)
from evidence.coding.coding_tables.finding_columns import FINDING_FIELDS, NUMBER_FIELDS, number_read
from evidence.coding.coding_tables.judged_labels import judged_labels
from evidence.coding.coding_tables.vocabulary import Vocabulary, qualified
from evidence.coding.finding_fields import ANSWER, ANSWER_NOTE
from evidence.coding.read_scheme import load
from evidence.coding.scheme import Axis, Of, QuestionKind

Cell = str | int | float | None
_TYPED_AS_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?")
TableRow = tuple[str, Sequence[Cell]]
"""The name of a table, and the cells of one of its rows."""


def table_rows(
    about: About, schemes: Sequence[ExportedScheme], studies: Iterable[ExportedStudy]
) -> Iterator[TableRow]:
    """All tables of an export, row by row: first the head of each, in the order in which people
    shall see them, then the rows, study by study.
    """
    vocabulary = Vocabulary(schemes)
    answers_of_findings = finding_answer_fields(vocabulary)
    extra = {
        columns.BY_CODER.name: by_coder_head(vocabulary),
        columns.FINDINGS.name: tuple(answers_of_findings),
    }
    for table in columns.TABLES.values():
        if table is not columns.LONG:
            names = tuple(column.name for column in table.columns)
            yield table.name, (*names, *extra.get(table.name, ()))
    yield from _about_rows(about)
    for study in studies:
        yield from _study_rows(study, vocabulary, tuple(answers_of_findings))
        for row in by_coder_rows(study, vocabulary):
            yield columns.BY_CODER.name, row
    yield from _scheme_rows(schemes)
    yield from dictionary.rows(vocabulary, answers_of_findings)


def finding_answer_fields(vocabulary: Vocabulary) -> dict[str, str]:
    """The columns for answers about findings, with what each means: of each question its answer,
    the labels of its codes, and its note.
    """
    found: dict[str, str] = {}
    for known in vocabulary.about(Of.FINDING):
        found[ANSWER + known.id] = known.question.text
        if known.question.options:
            found[_label_column(known.id)] = f"labels of {ANSWER}{known.id}"
        found[ANSWER_NOTE + known.id] = f"note on {ANSWER}{known.id}"
    return found


def _label_column(question: str) -> str:
    return f"answer_label.{question}"


def is_label_column(name: str) -> bool:
    """Whether a column repeats an answer about findings for people."""
    return name.startswith("answer_label.")


def _about_rows(about: About) -> Iterator[TableRow]:
    pairs = {
        "format": columns.FORMAT,
        "review": about.review,
        "person": about.person,
        "made_at": _moment(about.made_at),
        "withheld": str(about.withheld),
        **columns.HOW_TO_READ,
    }
    for pair in pairs.items():
        yield columns.ABOUT.name, pair


def _study_rows(
    study: ExportedStudy, vocabulary: Vocabulary, finding_columns: Sequence[str]
) -> Iterator[TableRow]:
    yield columns.STUDIES.name, (study.id, study.label, study.kind, study.year)
    for report in study.reports:
        yield (
            columns.REPORTS.name,
            (
                *(study.id, study.label, report.work_id, report.title, report.authors),
                *(report.year, report.journal, report.doi),
            ),
        )
    for arm in study.arms:
        row = (study.id, study.label, arm.uid, arm.label, arm.people, _yes_no(arm.removed))
        yield columns.ARMS.name, row
    for point in study.time_points:
        removed = _yes_no(point.removed)
        yield columns.TIME_POINTS.name, (study.id, study.label, point.uid, point.label, removed)
    arms = {arm.uid: arm.label for arm in study.arms}
    times = {point.uid: point.label for point in study.time_points}
    judged = judged_labels(study, vocabulary)
    for coding in study.codings:
        completed = _moment(coding.completed_at) if coding.completed_at else ""
        yield (
            columns.CODINGS.name,
            (
                *(coding.id, study.id, study.label, coding.scheme, coding.coder_id, coding.coder),
                *(coding.state, _yes_no(coding.is_agreed)),
                *(completed, _moment(coding.changed_at)),
            ),
        )
        start = (study.id, study.label, coding.id, coding.coder)
        for answer in coding.answers:
            said = _answer_cells(answer, coding.scheme, vocabulary, arms, judged)
            yield columns.ANSWERS.name, (*start, *said)
        for finding in coding.findings:
            cells = _finding_cells(finding, coding, vocabulary, finding_columns, arms | times)
            yield columns.FINDINGS.name, (*start, *cells)
        for effect in effect_rows(coding, vocabulary, arms, times):
            yield columns.EFFECTS.name, (*start, *effect)
        for quotation in coding.quotations:
            words = _quotation_cells(quotation, coding.scheme, vocabulary, arms)
            yield columns.QUOTATIONS.name, (*start, *words)


def _arm_or_finding(
    uid: str, scheme: str, vocabulary: Vocabulary, arms: Mapping[str, str]
) -> tuple[str, str]:
    """The cells for the arm and for the judged finding that an answer names, one of them empty."""
    is_judged = uid and uid not in arms and vocabulary.newest[scheme].judges_findings
    return ("", uid) if is_judged else (uid, "")


def _answer_cells(
    answer: ExportedAnswer,
    scheme: str,
    vocabulary: Vocabulary,
    arms: Mapping[str, str],
    judged: Mapping[str, str],
) -> tuple[Cell, ...]:
    arm, finding = _arm_or_finding(answer.arm, scheme, vocabulary, arms)
    question = qualified(scheme, answer.question)
    known = vocabulary.questions.get(question)
    return (
        question,
        known.question.name if known else "",
        answer.code,
        known.question.code_now(answer.code) if known else answer.code,
        known.label(answer.code) if known and answer.code else "",
        arm,
        arms.get(arm, "") if arm else "",
        finding,
        judged.get(finding, "") if finding else "",
        _yes_no(answer.chosen) if answer.code or answer.chosen else "",
        answer.value,
        _number(answer.value) if known and known.question.kind is QuestionKind.NUMBER else "",
        answer.note,
        answer.scheme_version,
        vocabulary.versions.get((scheme, answer.scheme_version), ""),
        _moment(answer.changed_at),
    )


def _finding_cells(
    finding: ExportedFinding,
    coding: ExportedCoding,
    vocabulary: Vocabulary,
    finding_columns: Sequence[str],
    groups: Mapping[str, str],
) -> Iterator[Cell]:
    left = {
        _qualified_field(name, coding.scheme): text for name, text in finding.fields.items() if text
    }
    answers = {name: left.get(name, "") for name in finding_columns}
    yield finding.uid
    for name in FINDING_FIELDS:
        text = left.pop(name, "")
        yield text
        if name in LABELLED:
            yield vocabulary.axis_label(coding.scheme, Axis(name), text) if text else ""
        if name in GROUPS:
            yield groups.get(text, text)
        if name in NUMBER_FIELDS:
            yield number_read(name, text) if text.strip() else ""
    further = {name: text for name, text in left.items() if name not in answers}
    yield json.dumps(further, ensure_ascii=False) if further else ""
    yield finding.scheme_version
    yield vocabulary.versions.get((coding.scheme, finding.scheme_version), "")
    yield _moment(finding.changed_at)
    for name in finding_columns:
        yield _labels(name, answers, vocabulary) if is_label_column(name) else answers[name]


def _labels(column: str, answers: dict[str, str], vocabulary: Vocabulary) -> str:
    question = column.partition(".")[2]
    known = vocabulary.questions[question]
    return "; ".join(known.label(code) for code in answers[ANSWER + question].split())


def _qualified_field(name: str, scheme: str) -> str:
    """The name of a field of a finding in tables, where questions carry their scheme."""
    for group in (ANSWER, ANSWER_NOTE):
        if name.startswith(group):
            return group + qualified(scheme, name.removeprefix(group))
    return name


def _quotation_cells(
    quotation: ExportedQuotation, scheme: str, vocabulary: Vocabulary, arms: Mapping[str, str]
) -> tuple[Cell, ...]:
    arm, judged = _arm_or_finding(quotation.arm, scheme, vocabulary, arms)
    return (
        quotation.uid,
        qualified(scheme, quotation.question) if quotation.question else "",
        *(quotation.code, arm, judged, quotation.finding, quotation.work_id, quotation.part),
        *(quotation.document, quotation.sha256, quotation.page, quotation.start, quotation.end),
        " ".join(quotation.exact.split()),
        *(quotation.exact, quotation.prefix, quotation.suffix),
    )


def _scheme_rows(schemes: Iterable[ExportedScheme]) -> Iterator[TableRow]:
    for each in schemes:
        scheme = load(each.yaml, each.name)
        yield (
            columns.SCHEMES.name,
            (
                *(each.name, each.number, each.version, scheme.title, scheme.purpose.value),
                *(scheme.judges.value, each.added_by, _moment(each.added_at), each.yaml),
            ),
        )


def _number(text: str) -> Cell:
    """A value as a number, where it is typed as one and reads the same; `007` is none."""
    typed = text.strip()
    if not _TYPED_AS_NUMBER.fullmatch(typed):
        return ""
    return float(typed) if "." in typed else int(typed)


def _yes_no(value: bool) -> str:  # noqa: FBT001 - one value, as it stands in the cell
    return "yes" if value else "no"


def _moment(moment: datetime) -> str:
    return moment.isoformat()


def names_of(table: Table) -> tuple[str, ...]:
    """The columns of a table that are read back."""
    return tuple(column.name for column in table.columns if not column.for_people)
