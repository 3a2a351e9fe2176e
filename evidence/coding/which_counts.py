"""Which coding of a study counts where several people code it: one rule, for every figure.

The agreed coding counts; without it, the only complete one counts where the study asks for one
coder. A study with several complete codings that nobody reconciled counts nowhere: to take one of
them would be to choose in silence.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

RULE = (
    "Of each study its agreed coding counts, or the only complete one where one coder is asked; a "
    "study whose codings are not reconciled yet counts nowhere."
)


class CodingStage(StrEnum):
    """How far the coding of a study by all its coders is."""

    TO_CODE = "to code"
    TO_RECONCILE = "to reconcile"
    COUNTED = "counted"


@dataclass(frozen=True, slots=True, kw_only=True)
class CodersOfStudy:
    """How a study stands, whoever codes it.

    Attributes:
        asked: how many people are asked to code it.
        complete: how many have, completely.
        is_agreed: whether their codings were reconciled completely.
    """

    asked: int
    complete: int
    is_agreed: bool = False

    @property
    def stage(self) -> CodingStage:
        """How far it is."""
        if self.is_agreed:
            return CodingStage.COUNTED
        if self.complete < max(self.asked, 1):
            return CodingStage.TO_CODE
        return CodingStage.COUNTED if self.complete == 1 else CodingStage.TO_RECONCILE

    @property
    def is_blind(self) -> bool:
        """Whether nobody may know yet what others said of it."""
        return self.stage is CodingStage.TO_CODE

    @property
    def hides_codings(self) -> bool:
        """Whether somebody coded it completely and others may not read that yet."""
        return self.is_blind and self.complete > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """What another share of double coding, or other assignments, would change.

    Attributes:
        counted: studies that would count, and do not now.
        reconcile: studies that would have to be reconciled, and need not now.
        waiting: studies that would wait for another coder, and do not now.
        shown: of these, how many have a coding that everybody could read already.
    """

    counted: int = 0
    reconcile: int = 0
    waiting: int = 0
    shown: int = 0


def moves(now: Sequence[CodersOfStudy], then: Sequence[CodersOfStudy]) -> Moves:
    """What changes for studies, in the same order before and after."""
    changed = [
        (before.stage, after.stage, before.complete)
        for before, after in zip(now, then, strict=True)
        if before.stage is not after.stage
    ]
    return Moves(
        counted=sum(stage is CodingStage.COUNTED for _, stage, _ in changed),
        reconcile=sum(stage is CodingStage.TO_RECONCILE for _, stage, _ in changed),
        waiting=sum(stage is CodingStage.TO_CODE for _, stage, _ in changed),
        shown=sum(stage is CodingStage.TO_CODE and complete > 0 for _, stage, complete in changed),
    )
