"""How a team screens a stage: how many people read each work, and what their verdicts come to."""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b

from evidence.errors import Invalid

MOST_VOICES = 5


class Rule(StrEnum):
    """What several verdicts come to where they differ."""

    CONSENSUS = "consensus"  # all must say the same, otherwise it is a conflict
    MAJORITY = "majority"  # more than half must say the same, otherwise it is a conflict
    SAFETY_FIRST = "safety_first"  # one include is enough


class Maybe(StrEnum):
    """What a maybe counts for beside other verdicts."""

    OTHERS = "others"  # it leaves the work to the others
    INCLUDE = "include"  # it counts as an include
    CONFLICT = "conflict"  # it differs from every other verdict


class Order(StrEnum):
    """What comes first in the queue."""

    IMPORTED = "imported"  # in the order of the import
    PRIORITY = "priority"  # what is likely relevant, learnt from the decisions so far
    SECOND = "second"  # what is likely relevant, learnt by another model

    @property
    def learnt(self) -> bool:
        """Whether a model makes it; then a share of the works may be drawn at random."""
        return self is not Order.IMPORTED


@dataclass(frozen=True, slots=True, kw_only=True)
class StageSettings:
    """How one stage is screened.

    Attributes:
        voices: how many people read a work.
        share: of the works that many people read, from 0 to 1; the others are read by one.
        pulls: people take works from the common queue; without, they get what is assigned.
        chance: share of works drawn at random while a model makes the order, from 0 to 1.
    """

    voices: int = 1
    share: float = 1.0
    rule: Rule = Rule.CONSENSUS
    maybe: Maybe = Maybe.OTHERS
    order: Order = Order.IMPORTED
    pulls: bool = True
    chance: float = 0.05

    @property
    def drawn(self) -> float:
        """The share of works that is drawn at random; 0 where no model makes the order."""
        return self.chance if self.order.learnt else 0.0

    def __post_init__(self) -> None:
        if not 1 <= self.voices <= MOST_VOICES:
            raise Invalid(f"Choose 1 to {MOST_VOICES} people per work.")
        if not (0 <= self.share <= 1 and 0 <= self.chance <= 1):
            raise Invalid("A share lies between 0 and 100 percent.")


def voices_of(settings: StageSettings, work_id: int) -> int:
    """How many people must read this work.

    Which works belong to the share is drawn by a hash of their number: at random, but always the
    same works, however often it is asked and whatever is imported later.
    """
    if settings.voices == 1 or settings.share >= 1:
        return settings.voices
    digest = blake2b(str(work_id).encode(), digest_size=8, person=b"waymark-share").digest()
    drawn = int.from_bytes(digest) / 2**64 < settings.share
    return settings.voices if drawn else 1
