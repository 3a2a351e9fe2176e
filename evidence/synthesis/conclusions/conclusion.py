"""What a review concludes or recommends, for whom, and on what it rests."""

from dataclasses import dataclass
from enum import StrEnum

POLICY, RESEARCH = "Policy and practice", "Further research"
AUDIENCES = (POLICY, RESEARCH)
"""For whom most reviews write; others are named freely."""


class ConclusionKind(StrEnum):
    """What a statement is."""

    CONCLUSION = "conclusion"
    RECOMMENDATION = "recommendation"


class SupportKind(StrEnum):
    """What a statement can rest on. The codes stand in databases and never change."""

    STUDY = "study"
    OUTCOME = "outcome"
    CELL = "cell"
    FINDING = "finding"
    THEME = "theme"
    STATEMENT = "statement"
    PRACTICE = "practice"
    CLAIM = "claim"


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """One thing on which a statement rests.

    Attributes:
        ids: by its kind: the id of a study; contrast, intervention and outcome; dimension and
            heading of the row and of the column of a cell; the uid of a finding of views and
            process, of a theme, of another statement or of a claim; of practice or views that no
            study reports, who says it and what, in words.
    """

    kind: SupportKind
    ids: tuple[str, ...]


IDS_OF = {
    SupportKind.STUDY: 1,
    SupportKind.OUTCOME: 3,
    SupportKind.CELL: 4,
    SupportKind.FINDING: 1,
    SupportKind.THEME: 1,
    SupportKind.STATEMENT: 1,
    SupportKind.PRACTICE: 1,
    SupportKind.CLAIM: 1,
}
"""How many ids name a thing of each kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """A statement of the review: a conclusion or a recommendation.

    Attributes:
        uid: by which it stays the same when its words change.
        audience: for whom it is.
        strength: a level of the review's rule (strength_rule.py); empty where none is given.
        reason: why it has this strength.
        supports: on what it rests, each once.
    """

    uid: str
    text: str
    kind: ConclusionKind = ConclusionKind.CONCLUSION
    audience: str = POLICY
    strength: str = ""
    reason: str = ""
    supports: tuple[Support, ...] = ()
