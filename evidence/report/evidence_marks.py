"""Marks behind sentences, and the table that says which studies each rests on."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from evidence.report.blocks import Block, LiveBlock, Points, Quotation
from evidence.report.live_content import PartKind, ReportList, ReportTable
from evidence.report.live_parts import LIVE_PARTS
from evidence.report.live_tokens import LiveToken, live_token
from evidence.report.report import Report
from evidence.report.statements import Statement

TITLE = "What each sentence rests on"
FIRST = "E"
REFERENCES = "references"
"""Name of the live part in which each study has a line with its reports."""
LEAST_OF_ALL = 4
"""From so many studies on, a sentence that rests on all of the report has no list of them."""
MOST_LEFT_OUT = 3
LEAST_OF_MOST = 8
"""From so many on, one that rests on all but a few names these few."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceMark:
    """One sentence with its studies.

    Attributes:
        name: as it stands behind the sentence: `E3`.
        text: the sentence, with the codes of the studies that it is about.
        is_number: whether it is a number inside somebody's sentence.
        studies: their ids and labels, in the order of the report.
        without: the same of the other studies of the report, where these are few.
        in_short: `All 18 studies`, or `All 18 studies but`; empty where they are listed.
    """

    name: str
    text: str
    is_number: bool
    studies: tuple[tuple[int, str], ...]
    without: tuple[tuple[int, str], ...] = ()
    in_short: str = ""

    @property
    def listed(self) -> tuple[tuple[int, str], ...]:
        """The studies that are named in the table."""
        return self.without if self.in_short else self.studies


def evidence_marks(report: Report) -> Mapping[str, EvidenceMark]:
    """A mark for each sentence that rests on studies, by the id of its token, in reading order."""
    marks: dict[str, EvidenceMark] = {}
    for token_id, content in report.live.items():
        if isinstance(content, Statement) and content.studies and content.text:
            known = tuple((s, report.labels[s]) for s in content.studies if s in report.labels)
            others = tuple(each for each in report.labels.items() if each not in known)
            in_short = _in_short(len(known), len(others))
            about = report.about.get(token_id)
            marks[token_id] = EvidenceMark(
                name=f"{FIRST}{len(marks) + 1}",
                text=f"{content.text} ({about})" if about else content.text,
                is_number=LIVE_PARTS[live_token(token_id).name].kind is PartKind.NUMBER,
                studies=known,
                without=others if in_short else (),
                in_short=in_short,
            )
    return marks


def _in_short(known: int, others: int) -> str:
    if not others and known >= LEAST_OF_ALL:
        return f"All {known:,} studies"
    if others <= MOST_LEFT_OUT and known >= LEAST_OF_MOST:
        return f"All {known + others:,} studies but"
    return ""


def row_anchors(report: Report) -> frozenset[str]:
    """The anchors of all rows to which other rows can lead."""
    return frozenset(
        row.anchor
        for content in report.live.values()
        if isinstance(content, ReportTable)
        for row in content.rows
        if row.anchor
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyList:
    """Where links to studies lead: the live part that lists them, and no other line about a study.

    Attributes:
        section: key of the section in which it stands first; empty where the report has none.
        studies: ids of those that have a line of their own in it.
    """

    section: str = ""
    studies: frozenset[int] = frozenset()


def study_list(report: Report) -> StudyList:
    """Where links to studies lead; nowhere where an author took the list out of the report."""
    section, studies = "", set[int]()
    for each in report.sections:
        for token in _alone(each.blocks):
            content = report.live[token.id]
            if token.name == REFERENCES and isinstance(content, ReportList) and content.lines:
                section = section or each.key
                studies |= {line.studies[0] for line in content.lines if len(line.studies) == 1}
    return StudyList(section=section, studies=frozenset(studies))


def _alone(blocks: Iterable[Block]) -> Iterator[LiveToken]:
    """The live parts that stand alone, in lists and quotations, too."""
    for block in blocks:
        match block:
            case LiveBlock():
                yield block.token
            case Points():
                for point in block.points:
                    yield from _alone(point)
            case Quotation():
                yield from _alone(block.blocks)
