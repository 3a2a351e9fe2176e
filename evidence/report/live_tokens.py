"""Live parts as an author writes them into a section: `{{countries of stream=outcome}}`.

Read aloud: the name of the part; `by` which question; `of` which studies, as question=code and
several with commas; `for` which results, as intervention=, outcome=, contrast=, measure=,
scheme=, service= or part=, likewise with commas; `as` what these studies are called. The text
between the braces is the id of the part: two equal ones say the same.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

OPEN, CLOSE = "{{", "}}"
LONGEST = 300  # characters between the braces
_PARTS = re.compile(
    r"(?P<name>[a-z]+(?:-[a-z0-9]+)*)"
    r"(?:\s+by\s+(?P<by>\S+))?"
    r"(?:\s+of\s+(?P<of>\S.*?))?"
    r"(?:\s+for\s+(?P<choices>(?:intervention|outcome|contrast|measure|scheme|service|part)\s*=\s*\S.*?))?"
    r"(?:\s+as\s+(?P<noun>\S.*?))?"
)
_CODE = re.compile(r"(?P<question>[^=]+?)\s*=\s*(?P<code>\S.*)")


class Choice(StrEnum):
    """What can be named after `for`."""

    INTERVENTION = "intervention"
    OUTCOME = "outcome"
    CONTRAST = "contrast"
    MEASURE = "measure"
    SCHEME = "scheme"
    SERVICE = "service"
    PART = "part"


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveToken:
    """One live part that an author asks for.

    Attributes:
        id: the text between the braces, with single spaces.
        name: which part.
        by: id of the question by which it counts; empty for none.
        of: (question, code) pairs that all its studies have; ids or labels.
        choices: which results it is about; ids or labels.
        noun: what its studies are called; empty for the usual words.
        fault: why the text could not be read; empty where it could.
    """

    id: str
    name: str = ""
    by: str = ""
    of: tuple[tuple[str, str], ...] = ()
    choices: tuple[tuple[Choice, str], ...] = ()
    noun: str = ""
    fault: str = ""

    def choice(self, name: Choice) -> str:
        """What is named after `for`; empty where it is not."""
        return dict(self.choices).get(name, "")

    @property
    def written(self) -> str:
        """As it stands in the text of a section."""
        return f"{OPEN}{self.id}{CLOSE}"


def live_token(text: str) -> LiveToken:
    """Read what stands between two pairs of braces; what cannot be read says why."""
    token_id = " ".join(text.split())
    match = _PARTS.fullmatch(token_id)
    if match is None:
        return LiveToken(
            id=token_id[:LONGEST],
            fault="A live part begins with its name in small letters, as in {{included-studies}}.",
        )
    of, choices = _pairs(match["of"] or ""), _pairs(match["choices"] or "")
    known = {str(choice): choice for choice in Choice}
    faults = [
        *(f"“{part}” after “of” names no code: write question=code." for part in of.unread),
        *(f"“{part}” after “for” names no choice: write outcome=…." for part in choices.unread),
        *(
            f"“{name}” cannot be chosen after “for”."
            for name, _ in choices.read
            if name not in known
        ),
    ]
    return LiveToken(
        id=token_id,
        name=match["name"],
        by=match["by"] or "",
        of=tuple(of.read),
        choices=tuple((known[name], code) for name, code in choices.read if name in known),
        noun=match["noun"] or "",
        fault=faults[0] if faults else "",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pairs:
    """Names with values, and what is none."""

    read: list[tuple[str, str]]
    unread: list[str]


def _pairs(text: str) -> _Pairs:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    found = [_CODE.fullmatch(part) for part in parts]
    return _Pairs(
        read=[(match["question"], match["code"]) for match in found if match],
        unread=[part for part, match in zip(parts, found, strict=True) if not match],
    )
