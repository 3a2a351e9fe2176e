"""The words for codes, and people's text made safe for Markdown."""

import re

from evidence.problems import EXPLANATIONS, Effect
from evidence.steps.importing import Problem
from evidence.steps.screening import Stage, State, Verdict

MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&^=@/])")

STAGES = {Stage.TITLE_ABSTRACT: "Title and abstract", Stage.FULL_TEXT: "Full text"}
VERDICTS = {
    Verdict.INCLUDE: "Include",
    Verdict.EXCLUDE: "Exclude",
    Verdict.MAYBE: "Maybe",
    Verdict.NOT_RETRIEVED: "Not retrieved",
    Verdict.WITHDRAWN: "Taken back",
}
STATES = {
    State.OPEN: "Open",
    State.INCLUDE: "Included",
    State.EXCLUDE: "Excluded",
    State.MAYBE: "Maybe",
    State.NOT_RETRIEVED: "Not retrieved",
    State.CONFLICT: "Conflict",
}
SOURCE_KINDS = {
    "database": "Bibliographic database",
    "register": "Register of studies",
    "website": "Website",
    "organisation": "Organisation",
    "citation searching": "Citation searching (reference lists, citing papers)",
    "other": "Other",
}
FORMATS = {"ris": "RIS", "bibtex": "BibTeX"}
EFFECTS = {Effect.LOST: "Not kept", Effect.REPAIRED: "Kept after repair", Effect.NOTED: "Note"}


def plain(text: str) -> str:
    """People's text for a place that reads Markdown: every sign stands for itself."""
    return MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def short(text: str, most: int = 90) -> str:
    """The beginning of a long text."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def number(count: int, one: str, many: str = "") -> str:
    """A count with its noun: `1 record`, `1,204 records`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def problem_row(problem: Problem) -> dict[str, object]:
    """A problem as a row of a table for people."""
    told = EXPLANATIONS[problem.code]
    return {
        "File": problem.file,
        "Line": problem.line,
        "What": told.message + (f" ({problem.detail})" if problem.detail else ""),
        "What became of it": EFFECTS[told.effect],
        "What to do": told.remedy,
    }
