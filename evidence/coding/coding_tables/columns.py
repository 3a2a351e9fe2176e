"""The tables in which codings leave, their columns, and what each means.

The same words stand in the table data_dictionary of every export.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from evidence.coding.coding_tables.finding_columns import FINDING_FIELDS, NUMBER_FIELDS

FORMAT = "waymark codings 1"
LONG_TEXTS = "long_texts"


class Kind(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    NUMBER = "whole number"
    DECIMAL = "number"
    YES_NO = "yes or no"
    MOMENT = "date and time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table.

    Attributes:
        for_people: repeats what stands elsewhere, so that a row can be read by itself; it is not
            read back.
        where_absent: what every row says in exports that were made before the column was; None
            for one that was always there.
    """

    name: str
    meaning: str
    kind: Kind = Kind.TEXT
    for_people: bool = False
    where_absent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table; one that is `for_people` as a whole is not read back."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    for_people: bool = False


def _text(name: str, meaning: str) -> Column:
    return Column(name=name, meaning=meaning)


def _number(name: str, meaning: str) -> Column:
    return Column(name=name, meaning=meaning, kind=Kind.NUMBER)


def _yes_no(name: str, meaning: str) -> Column:
    return Column(name=name, meaning=meaning, kind=Kind.YES_NO)


def _moment(name: str, meaning: str) -> Column:
    return Column(name=name, meaning=f"{meaning}, in UTC", kind=Kind.MOMENT)


def for_people(name: str, meaning: str, kind: Kind = Kind.TEXT) -> Column:
    """A column that is not read back."""
    return Column(name=name, meaning=meaning, kind=kind, for_people=True)


_STUDY = for_people("study", "label of the study")
_STUDY_OF_CODING = for_people("study_id", "number of the study", Kind.NUMBER)
_CODER = for_people("coder", "who coded")
_CODING = _number("coding_id", "of the coding, in the table codings")
_SEEN = _number("scheme_version", "number of the version of the scheme that was seen, in the table "
                "schemes")  # fmt: skip
_SEEN_VERSION = for_people("version", "the version that was seen, as the scheme says it")
_CHANGED = _moment("changed_at", "when it was changed last")

HOW_TO_READ: Mapping[str, str] = MappingProxyType(
    {
        "where to begin": "studies_by_coder: a row for each study and coder, in words. The other "
        "tables say the same exactly; study_id, coding_id and finding join them.",
        "what columns mean": "data_dictionary says it; questions and codes say what was asked and "
        "which answers there were.",
        "empty cells": "Nothing was said.",
        "an apostrophe in front": "The text begins as a formula does; the apostrophe keeps "
        "programs from running it, and is no part of the text.",
    }
)
"""What somebody needs to know who has only the export; nothing of it is read back."""

LABELLED = ("intervention", "outcome", "contrast")  # fields of a finding that hold a code
GROUPS = ("time", "arm_intervention", "arm_comparison")  # fields that may hold an id of a study's
FURTHER = "further_fields"

_STUDY_ID = _number("study_id", "number of the study")
_QUESTION = _text("question", "id of the question, after that of its scheme and a slash")
_ARM = _text("arm", "id of the arm; empty for the whole study")
_JUDGED = Column(
    name="judged_finding",
    meaning="id of the finding that is judged, where the scheme judges findings; in the table "
    "findings it stands with the coding that has it",
    where_absent="",
)

_FINDING_COLUMNS = tuple(
    column
    for name, meaning in FINDING_FIELDS.items()
    for column in (
        _text(name, meaning),
        *(
            [for_people(f"{name}_label", f"label of the {name}")]
            if name in (*LABELLED, *GROUPS)
            else []
        ),
        *(
            [for_people(f"{name}_number", f"{name} as it is read as a number", Kind.DECIMAL)]
            if name in NUMBER_FIELDS
            else []
        ),
    )
)

ABOUT = Table(
    name="about",
    meaning="what this export is of",
    columns=(
        _text("name", "format, review, person, made_at, or withheld: complete codings of "
              "colleagues that are left out, since the person is coding these studies"),
        _text("value", "what it is"),
    ),
)  # fmt: skip
BY_CODER = Table(
    name="studies_by_coder",
    meaning="one row per study and coder, with labels instead of ids, to read and to filter; the "
    "tables below say all of it exactly",
    columns=(
        for_people("Number of the study", "study_id of the other tables", Kind.NUMBER),
        for_people("Study", "label of the study"),
        for_people("Kind", "study or practice"),
        for_people("Year", "of the first report", Kind.NUMBER),
        for_people("Reports", "titles of the works that report the study"),
        for_people("Coder", "who coded; empty where no coding of the study leaves"),
        for_people("State of the codings", "scheme by scheme"),
        for_people("Findings", "how many findings the coder has", Kind.NUMBER),
    ),
    for_people=True,
)
STUDIES = Table(
    name="studies",
    meaning="one row per study",
    columns=(
        _STUDY_ID,
        _text("study", "its label"),
        _text("kind", "study or practice"),
        for_people("year", "of the first report", Kind.NUMBER),
    ),
)
REPORTS = Table(
    name="reports",
    meaning="one row per work that reports a study",
    columns=(
        _STUDY_ID,
        _STUDY,
        _number("work_id", "number of the work"),
        _text("title", "of the work"),
        _text("authors", "of the work, in one line"),
        _number("year", "of publication"),
        _text("journal", "or what else it was published in"),
        _text("doi", "of the work"),
    ),
)
ARMS = Table(
    name="arms",
    meaning="one row per group of people that a study compares",
    columns=(
        _STUDY_ID,
        _STUDY,
        _text("arm", "id of the arm"),
        _text("label", "its name"),
        _text("people", "how many there were, as the report says"),
        _yes_no("removed", "whether it was taken away later"),
    ),
)
TIME_POINTS = Table(
    name="time_points",
    meaning="one row per time at which a study measured something",
    columns=(
        _STUDY_ID,
        _STUDY,
        _text("time_point", "id of the time point"),
        _text("label", "its name"),
        _yes_no("removed", "whether it was taken away later"),
    ),
)
CODINGS = Table(
    name="codings",
    meaning="one row per study, scheme and coder",
    columns=(
        _number("coding_id", "number of the coding"),
        _STUDY_ID,
        _STUDY,
        _text("scheme", "id of the scheme"),
        _number("coder_id", "number of the coder; tells people of one name apart"),
        _text("coder", "who coded"),
        _text("state", "draft or complete"),
        Column(
            name="is_agreed",
            meaning="whether it is what several codings of the study came to",
            kind=Kind.YES_NO,
            where_absent="no",
        ),
        _moment("completed_at", "when it was marked complete"),
        _CHANGED,
    ),
)
ANSWERS = Table(
    name="answers",
    meaning="one row per question, code and arm of a coding of which something is said",
    columns=(
        _STUDY_OF_CODING,
        _STUDY,
        _CODING,
        _CODER,
        _QUESTION,
        for_people("question_text", "the question in short"),
        _text("code", "id of the code; empty for what is said to the question itself"),
        for_people(
            "counts_as",
            "id of the code that it counts as: one that was merged into another counts as that",
        ),
        for_people("code_label", "label of the code that it counts as"),
        _ARM,
        for_people("arm_label", "name of the arm"),
        _JUDGED,
        for_people("judged_label", "outcome, instrument, time and intervention of that finding"),
        _yes_no(
            "chosen",
            "whether the code is ticked; a code can have a note without that. Empty "
            "where there is no code",
        ),
        _text("value", "number, text or date, as it was typed"),
        for_people("number", "the value as a number, where it is typed as one", Kind.DECIMAL),
        _text("note", "a remark"),
        _SEEN,
        _SEEN_VERSION,
        _CHANGED,
    ),
)
FINDINGS = Table(
    name="findings",
    meaning="one row per finding of a coding; findings that were removed do not leave",
    columns=(
        _STUDY_OF_CODING,
        _STUDY,
        _CODING,
        _CODER,
        _text("finding", "id of the finding"),
        *_FINDING_COLUMNS,
        _text(FURTHER, "fields that have no column here, as JSON: answers to questions that no "
              "version of the scheme has"),
        _SEEN,
        _SEEN_VERSION,
        _CHANGED,
    ),
)  # fmt: skip
_ANALYSED = "on the scale of analysis, intervention minus comparison"
EFFECTS = Table(
    name="effects",
    meaning="one row per finding and measure of effect, computed anew from the numbers of the "
    "finding as on the page Coding; formulas in docs/methods.md, “Effect sizes”; a finding without "
    "an effect has a row that says why",
    columns=(
        _STUDY_OF_CODING,
        _STUDY,
        for_people("coding_id", "of the coding, in the table codings", Kind.NUMBER),
        _CODER,
        for_people("scheme", "id of the scheme"),
        for_people("state", "of the coding: draft or complete"),
        for_people("is_agreed", "whether it is what several codings came to", Kind.YES_NO),
        for_people("finding", "id of the finding, in the table findings"),
        for_people("intervention", "label of the intervention"),
        for_people("outcome", "label of the outcome"),
        for_people("contrast", "label of the type of contrast"),
        for_people("instrument", "or what was counted"),
        for_people("time", "when it was measured"),
        for_people("arm_intervention", "name of the group with the intervention"),
        for_people("arm_comparison", "name of the group that it is compared with"),
        for_people("benefit", "which way is better on the instrument: higher or lower; no sign is "
                   "turned in the numbers of this table"),
        for_people("effect", "measure of effect: SMD, MD, OR, RR, RD, HR or r"),
        for_people("scale", "on which it is analysed, such as log odds ratio"),
        for_people("estimate", f"of the effect, {_ANALYSED}", Kind.DECIMAL),
        for_people("standard_error", "of the estimate", Kind.DECIMAL),
        for_people("low", "lower end of the 95 % interval, on the scale of analysis", Kind.DECIMAL),
        for_people("high", "upper end of it", Kind.DECIMAL),
        for_people("variance", "of the estimate", Kind.DECIMAL),
        for_people("natural_estimate", "as readers know it: a ratio itself, r itself",
                   Kind.DECIMAL),
        for_people("natural_low", "lower end of the 95 % interval of that", Kind.DECIMAL),
        for_people("natural_high", "upper end of it", Kind.DECIMAL),
        for_people("computed_from", "means, 2x2 table, effect as printed, t or p of a test, or "
                   "correlation; each with its formula in docs/methods.md, “From what, to what”"),
        for_people("as_shown", "all effects of the finding as the page Coding shows them; there "
                   "signs are turned where less is better, and it says so"),
        for_people("remark", "what was done to the printed numbers, or why there is no effect"),
    ),
    for_people=True,
)  # fmt: skip
QUOTATIONS = Table(
    name="quotations",
    meaning="one row per quotation on which an answer or a finding rests; removed ones do not "
    "leave",
    columns=(
        _STUDY_OF_CODING,
        _STUDY,
        _CODING,
        _CODER,
        _text("quotation", "id of the quotation"),
        _text("question", "of the answer that rests on it; empty where a finding does"),
        _text("code", "of that answer"),
        _text("arm", "of that answer"),
        _JUDGED,
        _text("finding", "id of the finding that rests on it; empty where an answer does"),
        _number("work_id", "number of the work that is quoted"),
        _text("part", "title, abstract or file"),
        _text("document", "name of the file"),
        _text("sha256", "of the file"),
        _number("page", "counted from 1; 0 for title or abstract"),
        _number("start", "place of the first character in the text of the page or part"),
        _number("end", "place after the last character"),
        for_people("words", "the words in one line, to read"),
        _text("exact", "the words as they stand in the text, with its line breaks"),
        _text("prefix", "a little of what stands before them"),
        _text("suffix", "a little of what stands after them"),
    ),
)
SCHEMES = Table(
    name="schemes",
    meaning="one row per version of a coding scheme, with its whole text",
    columns=(
        _text("scheme", "id of the scheme"),
        _number("number", "of the version among those that the review took, counted from 1"),
        _text("version", "as the scheme says it"),
        for_people("title", "of the scheme"),
        for_people("purpose", "what the scheme is for"),
        for_people("judges", "what one coding is about"),
        _text("added_by", "who took it into the review"),
        _moment("added_at", "when it was taken into the review"),
        _text("yaml", "the scheme itself, as a file for the page Coding"),
    ),
)
QUESTIONS = Table(
    name="questions",
    meaning="one row per question of the schemes, in the words of the newest version that has it",
    columns=(
        for_people("scheme", "id of the scheme"),
        for_people("question", "id of the question, after that of its scheme and a slash"),
        for_people("section", "heading under which it stands"),
        for_people("text", "the question"),
        for_people("short", "its short name"),
        for_people("kind", "how it is answered"),
        for_people("unit", "of a number"),
        for_people("minimum", "of a number"),
        for_people("maximum", "of a number"),
        for_people("of", "what it is asked about: study or finding"),
        for_people(
            "per_arm",
            "whether it is asked of each arm, or of each finding that is judged",
            Kind.YES_NO,
        ),
        for_people("axis", "what its codes are to findings"),
        for_people("required", "whether it must be answered", Kind.YES_NO),
        for_people("rule", "of an overall judgement, how it follows from other questions"),
        for_people("help", "what the coder is told"),
        for_people("retired", "whether the newest version no longer asks it", Kind.YES_NO),
    ),
    for_people=True,
)
CODES = Table(
    name="codes",
    meaning="one row per code of each question, in the words of the newest version that has it",
    columns=(
        for_people("question", "id of the question, after that of its scheme and a slash"),
        for_people("code", "id of the code"),
        for_people("label", "what the coder reads"),
        for_people("path", "labels of the codes above it and its own, with “ > ” between"),
        for_people("role", "what choosing it says of a study"),
        for_people("selectable", "no for a heading", Kind.YES_NO),
        for_people("link", "an address that explains it"),
        for_people("replaces", "codes of earlier versions that count as this one"),
        for_people("help", "what the coder is told"),
        for_people("retired", "whether the newest version no longer has it", Kind.YES_NO),
    ),
    for_people=True,
)
DICTIONARY = Table(
    name="data_dictionary",
    meaning="what every table and column of this export means",
    columns=(
        for_people("table", "name of the table"),
        for_people("column", "name of the column; empty for the table itself"),
        for_people("kind", "what its cells hold"),
        for_people("meaning", "what it says"),
        for_people("read_back", "no where it repeats what stands elsewhere", Kind.YES_NO),
    ),
    for_people=True,
)
LONG = Table(
    name=LONG_TEXTS,
    meaning="only in a workbook: texts that a cell of Excel cannot hold (more than 32,767 "
    "characters, or signs that it does not keep); their cells name them by number",
    columns=(
        _number("number", "by which a cell names it"),
        _number("part", "of the text, counted from 1; the parts follow one another"),
        _number("parts", "how many the text has"),
        _text("text", "the part; \\\\ is a backslash, \\u and four signs are one that Excel does "
              "not keep"),
    ),
)  # fmt: skip

TABLES: Mapping[str, Table] = MappingProxyType(
    {
        table.name: table
        for table in (
            ABOUT, BY_CODER, STUDIES, REPORTS, ARMS, TIME_POINTS, CODINGS, ANSWERS, FINDINGS,
            EFFECTS, QUOTATIONS, SCHEMES, QUESTIONS, CODES, DICTIONARY, LONG,
        )
    }
)  # fmt: skip
