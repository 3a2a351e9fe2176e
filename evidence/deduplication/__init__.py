"""De-duplication: which records describe one publication, why, and what the merged one says."""

from evidence.deduplication.find import find
from evidence.deduplication.merge import merge
from evidence.deduplication.reference_columns import Columns, from_references, read_csv
from evidence.deduplication.rule_types import Band, DedupeSettings, Veto
from evidence.deduplication.verdicts import (
    DedupeResult,
    FieldScores,
    PairAnswer,
    PairDecision,
    RuleVerdict,
    explain,
)

__all__ = [
    "Band",
    "Columns",
    "DedupeResult",
    "DedupeSettings",
    "FieldScores",
    "PairAnswer",
    "PairDecision",
    "RuleVerdict",
    "Veto",
    "explain",
    "find",
    "from_references",
    "merge",
    "read_csv",
]
