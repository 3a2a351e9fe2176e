"""An export of EPPI-Reviewer as it says it, whatever its generation; frozen values.

What it means in Waymark's own words is worked out in `coded_review.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, StrEnum

from evidence.citations.record import Record
from evidence.eppi.account import Account


class Generation(Enum):
    """Which of EPPI-Reviewer's forms a file has; told from its keys, since no file says it."""

    SILVERLIGHT = 1
    WEB = 2
    TYPE_IDS = 3  # 14 January 2025
    OLDEST_IDS = 4  # 21 November 2025
    ARMS = 5  # 25 February 2026


class SetType(StrEnum):
    """What a code set is for."""

    STANDARD = "Standard"
    SCREENING = "Screening"
    ADMINISTRATION = "Administration"


class CodeType(Enum):
    """What a code is; the numbers are those of `AttributeTypeId`."""

    NOT_SELECTABLE = 1
    SELECTABLE = 2
    OUTCOME = 4
    INTERVENTION = 5
    COMPARISON = 6
    CLASSIFICATION = 9
    INCLUDE = 10
    EXCLUDE = 11


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A code of a set, with the codes below it.

    Attributes:
        id: by which references name it; None where the file gives none.
    """

    id: int | None
    name: str
    type: CodeType = CodeType.SELECTABLE
    description: str = ""
    link: str = ""
    codes: tuple["Code", ...] = ()

    def walk(self) -> Iterator["Code"]:
        """This code and all below it, in reading order."""
        yield self
        for code in self.codes:
            yield from code.walk()


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeSet:
    """A set of codes ("coding tool").

    Attributes:
        id: None where the file gives none, as in those made by scripts.
    """

    id: int | None
    name: str
    type: SetType = SetType.STANDARD
    description: str = ""
    codes: tuple[Code, ...] = ()

    def walk(self) -> Iterator[Code]:
        """All codes, in reading order."""
        for code in self.codes:
            yield from code.walk()


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlight:
    """Words of a document that somebody marked for a code.

    Attributes:
        document: its name.
        document_id: EPPI's number of it; 0 where the file gives none.
        page: counted from 1; 0 where it is not said.
        start, end: places in a document that is plain text; 0 and 0 for a PDF.
        words: each selection of its own.
    """

    document: str
    words: tuple[str, ...]
    document_id: int = 0
    page: int = 0
    start: int = 0
    end: int = 0
    is_from_pdf: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliedCode:
    """A code as it was applied to a reference.

    Attributes:
        code: the code's id.
        arm: the arm's key; "" for the whole study.
        note: from the Info box.
    """

    code: int
    arm: str = ""
    note: str = ""
    highlights: tuple[Highlight, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    """A group of people of a study; the key is unique within its reference.

    Attributes:
        id: EPPI's number; 0 where only a title is there, which is then the key.
    """

    key: str
    id: int
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimePoint:
    """A time at which a study measured something."""

    id: int
    label: str
    value: str = ""
    metric: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A result of a study, with its numbers.

    Attributes:
        type: 0 to 7, EPPI's kinds of numbers (see `outcomes.py`).
        intervention, comparison, outcome: ids of codes; 0 for none.
        time_point: id of a time point; 0 for none.
        arm_1, arm_2: keys of arms; "" for none.
        numbers: Data1 to Data14, None where there is no number.
        stored: what EPPI computed, by its own names (SMD, SESMD and so on).
        classification: ids of the codes of the outcome.
    """

    id: int
    type: int
    title: str = ""
    description: str = ""
    intervention: int = 0
    comparison: int = 0
    outcome: int = 0
    intervention_text: str = ""
    comparison_text: str = ""
    outcome_text: str = ""
    time_point: int = 0
    arm_1: str = ""
    arm_2: str = ""
    numbers: tuple[float | None, ...] = (None,) * 14
    stored: tuple[tuple[str, float], ...] = ()
    classification: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedReference:
    """A reference with what was coded of it.

    Attributes:
        item_id: EPPI's number; None where the file gives none.
        label: EPPI's short title.
        status: I, E, D or S as it stands; it is no decision of a person.
        created: the day, as 2021-01-20, where the file shows how it writes days; else as it stands.
    """

    item_id: int | None
    record: Record
    label: str = ""
    status: str = ""
    created: str = ""
    applied: tuple[AppliedCode, ...] = ()
    arms: tuple[Arm, ...] = ()
    time_points: tuple[TimePoint, ...] = ()
    outcomes: tuple[Outcome, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A whole file.

    Attributes:
        generation: None for a page of EPPI-Mapper, and for files that scripts made.
    """

    file: str
    encoding: str
    generation: Generation | None
    is_page: bool
    sets: tuple[CodeSet, ...]
    references: tuple[CodedReference, ...]
    account: Account
