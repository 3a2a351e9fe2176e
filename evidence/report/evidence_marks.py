"""Marks behind statements, and the table that says which studies each rests on."""

from collections.abc import Mapping
from dataclasses import dataclass

from evidence.report.live_content import PartKind, ReportFigure, ReportList, ReportTable
from evidence.report.live_parts import LIVE_PARTS
from evidence.report.live_tokens import live_token
from evidence.report.report import Report
from evidence.report.statements import Statement

TITLE = "What each statement rests on"
FIRST = "E"
_SEVERAL = 4  # studies that need no list where a statement rests on all


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceMark:
    """One statement with its studies.

    Attributes:
        name: as it stands behind the statement: `E3`.
        text: the statement, with the codes of the studies that it is about.
        is_number: whether the statement is a number inside somebody's sentence.
        studies: their ids and labels, in the order of the report.
        is_all: whether these are all studies of the report.
    """

    name: str
    text: str
    is_number: bool
    studies: tuple[tuple[int, str], ...]
    is_all: bool = False

    @property
    def in_short(self) -> str:
        """`All 18 studies`, where they are all of several; else empty."""
        return f"All {len(self.studies):,} studies" if self.is_all else ""


def evidence_marks(report: Report) -> Mapping[str, EvidenceMark]:
    """A mark for each statement that rests on studies, by the id of its token, in reading order."""
    marks: dict[str, EvidenceMark] = {}
    for token_id, content in report.live.items():
        if isinstance(content, Statement) and content.studies and content.text:
            known = [(s, report.labels[s]) for s in content.studies if s in report.labels]
            name = f"{FIRST}{len(marks) + 1}"
            of = "; ".join(f"{question}: {code}" for question, code in live_token(token_id).of)
            text = f"{content.text} ({of})" if of else content.text
            is_number = LIVE_PARTS[live_token(token_id).name].kind is PartKind.NUMBER
            marks[token_id] = EvidenceMark(
                name=name,
                text=text,
                is_number=is_number,
                studies=tuple(known),
                is_all=len(known) == len(report.labels) >= _SEVERAL,
            )
    return marks


def cited_studies(report: Report) -> frozenset[int]:
    """Ids of all studies that something in the report rests on."""
    found: set[int] = set()
    for content in report.live.values():
        if isinstance(content, Statement | ReportTable | ReportFigure | ReportList):
            found |= set(content.studies)
    return frozenset(found)
