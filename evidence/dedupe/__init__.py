"""De-duplication: which records describe one publication, why, and what the merged one says."""

from evidence.dedupe.columns import Columns, from_references, read_csv
from evidence.dedupe.differences import Piece, differences
from evidence.dedupe.find import find
from evidence.dedupe.merge import Merged, merge
from evidence.dedupe.rule import Band, Rule, Settings, Veto
from evidence.dedupe.rules import RULES
from evidence.dedupe.verdicts import Answer, Decided, Result, Scores, Verdict, explain

__all__ = [
    "RULES",
    "Answer",
    "Band",
    "Columns",
    "Decided",
    "Merged",
    "Piece",
    "Result",
    "Rule",
    "Scores",
    "Settings",
    "Verdict",
    "Veto",
    "differences",
    "explain",
    "find",
    "from_references",
    "merge",
    "read_csv",
]
