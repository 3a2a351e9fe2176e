"""How many people were in the intervention group, and where that is said.

A finding says it first, else the arm that it names, else the study as a whole (Boon and Thomson
2021, doi:10.1002/jrsm.1458, size their arrows by the sample of the intervention group).
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from evidence.coding.findings import Finding

NUMBER = re.compile(r"(?:n\s*=\s*)?(\d{1,3}(?:[, ]\d{3})+|\d{1,9})(?:\.0+)?", re.IGNORECASE)
MOST_NAMED = 4
LONGEST_TOLD = 40  # letters of what was typed


class PeopleFrom(StrEnum):
    """Where the number of people in the intervention group is said, the nearest first."""

    FINDING = "finding"
    ARM = "arm"
    STUDY = "study"


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """How many people were in the intervention group, and where that is said."""

    number: int
    source: PeopleFrom


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleOfFindings:
    """What findings and their arms say of people.

    Attributes:
        people: None where nothing that can be read is said.
        unread: what was typed as a number of people and cannot be read.
    """

    people: People | None
    unread: tuple[str, ...]


def read_people(typed: str) -> int | None:
    """A number of people as it was typed ("40", "n = 1,200"); None for other words, and for 0."""
    match = NUMBER.fullmatch(typed.strip())
    return (int(re.sub(r"\D", "", match[1])) or None) if match else None


def people_of_findings(findings: Sequence[Finding], arms: Mapping[str, str]) -> PeopleOfFindings:
    """The largest intervention group of some findings of one study.

    Numbers of findings come before those of arms, whichever is larger.

    Args:
        findings: of one study.
        arms: of that study, by uid, how many people each had, as typed. A finding that names no
            arm is of the only one, if there is but one.
    """
    said: list[People | None] = []
    unread: dict[str, None] = {}
    for finding in findings:
        own = _own(finding, unread)
        said.append(own or _people(_arm(finding, arms), PeopleFrom.ARM, unread))
    return PeopleOfFindings(people=first_said(said), unread=tuple(unread))


def first_said(people: Iterable[People | None]) -> People | None:
    """Of several numbers those that are said nearest to findings, and the largest of these."""
    order = list(PeopleFrom)
    known = [each for each in people if each is not None]
    return min(known, key=lambda each: (order.index(each.source), -each.number), default=None)


def sizes_sentence(people: Sequence[People | None], unread: Iterable[tuple[str, str]] = ()) -> str:
    """Where the numbers come from by which marks are sized, in words.

    Args:
        people: of each mark.
        unread: of numbers that cannot be read, the study's label and what was typed.
    """
    if not people:
        return ""
    counts = Counter(each.source if each else None for each in people)
    parts = [f"{words} ({counts[source]:,})" for source, words in _WORDS.items() if counts[source]]
    if counts[None]:
        parts.append(f"not told ({counts[None]:,})")
    sentence = f"Sizes: n of the intervention group {', '.join(parts)}."
    faults = list(dict.fromkeys(unread))
    if not faults:
        return sentence
    return f"{sentence} No number that can be read: {_named(faults)}."


_WORDS = {
    PeopleFrom.FINDING: "in the finding",
    PeopleFrom.ARM: "of its arm",
    PeopleFrom.STUDY: "of the whole study",
}


def _named(faults: Sequence[tuple[str, str]]) -> str:
    told = (f"{label} (“{typed[:LONGEST_TOLD]}”)" for label, typed in faults[:MOST_NAMED])
    more = len(faults) - MOST_NAMED
    return "; ".join(told) + (f" and {more:,} more" if more > 0 else "")


def _own(finding: Finding, unread: dict[str, None]) -> People | None:
    if finding.n_intervention:
        return People(number=finding.n_intervention, source=PeopleFrom.FINDING)
    zero = "0" if finding.n_intervention == 0 else ""
    return _people(finding.people_typed or zero, PeopleFrom.FINDING, unread)


def _arm(finding: Finding, arms: Mapping[str, str]) -> str:
    only = next(iter(arms.values())) if len(arms) == 1 else ""
    return arms.get(finding.arm, "") if finding.arm else only


def _people(typed: str, source: PeopleFrom, unread: dict[str, None]) -> People | None:
    """The number, or None; then what was typed is added to what cannot be read."""
    number = read_people(typed)
    if number is not None:
        return People(number=number, source=source)
    if typed.strip():
        unread[typed.strip()] = None
    return None
