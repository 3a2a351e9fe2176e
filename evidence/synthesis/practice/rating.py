"""How suitable and how effective what services provide is, as a person rates it with a reason.

Provision is counted by a rule; whether it suits the people of an area, and whether it works, no
rule can tell. Words of grades are stated, so that two people mean the same by them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from evidence.synthesis.practice.service import area_key


class Aspect(StrEnum):
    """What is rated."""

    SUITABILITY = "suitability"
    EFFECTIVENESS = "effectiveness"


class Grade(StrEnum):
    """How it is rated."""

    GOOD = "good"
    PARTLY = "partly"
    POOR = "poor"
    UNKNOWN = "cannot tell"


ASPECTS: Mapping[Aspect, str] = {
    Aspect.SUITABILITY: "whether it suits the people for whom it is meant: what they need and "
    "want, who they are, and whether they can reach it",
    Aspect.EFFECTIVENESS: "whether people come to what it is for, such as work that they keep",
}
"""What each aspect asks."""

GRADES: Mapping[Aspect, Mapping[Grade, str]] = {
    Aspect.SUITABILITY: {
        Grade.GOOD: "suits nearly all of them",
        Grade.PARTLY: "suits some, and not others, or only in part",
        Grade.POOR: "suits few of them",
        Grade.UNKNOWN: "was looked at, and what is known is too little to say",
    },
    Aspect.EFFECTIVENESS: {
        Grade.GOOD: "does what it is for, as figures or people who use it show",
        Grade.PARTLY: "does so for some, or not in all that it is for",
        Grade.POOR: "does so for few, though it was long enough there to tell",
        Grade.UNKNOWN: "was looked at, and what is known is too little to say",
    },
}
"""What each grade means of each aspect; the words are Waymark's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedThing:
    """A service, or a kind of service in an area.

    Attributes:
        service: the uid of the service; empty for a kind in an area.
        kind: the id of the kind of service; empty for a service.
        area: in words; empty for a service, and for services that name no area.
    """

    service: str = ""
    kind: str = ""
    area: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """By which things are told apart: capitals make no other area."""
        return self.service, self.kind, area_key(self.area)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionRating:
    """What a person says of one aspect of a thing."""

    thing: RatedThing
    aspect: Aspect
    grade: Grade
    reason: str

    @property
    def words(self) -> str:
        """The rating in a line, without its reason."""
        return f"{self.aspect}: {self.grade}"
