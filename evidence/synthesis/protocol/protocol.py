"""The protocol of a review: what it planned, put together from where it is entered, in versions."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from difflib import SequenceMatcher
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolSearch:
    """A search with what PRISMA-S asks of it (doi:10.1186/s13643-020-01542-z).

    Attributes:
        wave: of searching to which it belongs, in words.
    """

    name: str
    wave: str = ""
    kind: str = ""
    database: str = ""
    platform: str = ""
    searched: str = ""
    strategy: str = ""
    notes: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """As a version of the protocol has it, line by line."""
        where = ", ".join(filter(None, (self.database, self.platform, self.kind)))
        head = "; ".join(filter(None, (self.name, where, self.wave, self.searched)))
        return (head, *self.strategy.splitlines(), *self.notes.splitlines())


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """What a review planned; an empty text where nothing is entered.

    Attributes:
        criteria: what a study must meet, one line each.
        in_depth: which studies go on from the map, in words.
        sound: which of these are sound, in words.
    """

    title: str = ""
    question: str = ""
    background: str = ""
    definitions: str = ""
    criteria: tuple[str, ...] = ()
    searches: tuple[ProtocolSearch, ...] = ()
    in_depth: str = ""
    sound: str = ""
    registration: str = ""
    protocol: str = ""
    deviations: str = ""


PART_NAMES: Mapping[str, str] = {
    "title": "Title",
    "question": "Question",
    "background": "Background",
    "definitions": "Definitions",
    "criteria": "Criteria",
    "searches": "Searches",
    "in_depth": "In-depth review",
    "sound": "Quality gate",
    "registration": "Registration",
    "protocol": "Protocol",
    "deviations": "Deviations from the protocol",
}
"""The parts of a protocol in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartDifference:
    """What is other in a part of the protocol.

    Attributes:
        part: its name.
        gone, new: whole lines.
    """

    part: str
    gone: tuple[str, ...]
    new: tuple[str, ...]


def differences(before: Protocol, after: Protocol) -> tuple[PartDifference, ...]:
    """What a version changes of another one, part by part and line by line."""
    return tuple(_differences(before, after))


def part_lines(protocol: Protocol, part: str) -> tuple[str, ...]:
    """A part of a protocol, line by line."""
    value = getattr(protocol, part)
    if isinstance(value, str):
        return tuple(value.splitlines())
    return tuple(line for each in value for line in (each.lines if part == "searches" else (each,)))


def protocol_json(protocol: Protocol) -> dict[str, Any]:
    """A protocol as it is kept."""
    return asdict(protocol)


def protocol_from(stored: Mapping[str, Any]) -> Protocol:
    """A protocol as it was kept; a part that a later Waymark added is empty."""
    known = {field.name for field in fields(Protocol)}
    searches = tuple(ProtocolSearch(**search) for search in stored.get("searches", ()))
    return Protocol(
        **{
            **{name: value for name, value in stored.items() if name in known},
            "criteria": tuple(stored.get("criteria", ())),
            "searches": searches,
        }
    )


def _differences(before: Protocol, after: Protocol) -> Iterator[PartDifference]:
    for part, name in PART_NAMES.items():
        old, new = part_lines(before, part), part_lines(after, part)
        if old == new:
            continue
        gone: list[str] = []
        come: list[str] = []
        matcher = SequenceMatcher(a=old, b=new, autojunk=False)
        for tag, first, last, at, to in matcher.get_opcodes():
            if tag != "equal":
                gone += old[first:last]
                come += new[at:to]
        yield PartDifference(part=name, gone=tuple(gone), new=tuple(come))
