"""De-duplication: which records describe one publication, why, and what the merged one says."""

from evidence.dedupe.columns import Columns, from_references, read_csv
from evidence.dedupe.differences import Piece, differences
from evidence.dedupe.find import find
from evidence.dedupe.merge import MergedReference, merge
from evidence.dedupe.rule import Band, DedupeSettings, Rule, Veto
from evidence.dedupe.rules import RULES
from evidence.dedupe.verdicts import (
    DedupeResult,
    FieldScores,
    PairAnswer,
    PairDecision,
    RuleVerdict,
    explain,
)

__all__ = [
    "RULES",
    "Band",
    "Columns",
    "DedupeResult",
    "DedupeSettings",
    "FieldScores",
    "MergedReference",
    "PairAnswer",
    "PairDecision",
    "Piece",
    "Rule",
    "RuleVerdict",
    "Veto",
    "differences",
    "explain",
    "find",
    "from_references",
    "merge",
    "read_csv",
]
