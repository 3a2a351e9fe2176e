"""De-duplication: which records describe one publication, why, and what the merged one says."""

from evidence.dedupe.find import find
from evidence.dedupe.merge import merge
from evidence.dedupe.reference_columns import Columns, from_references, read_csv
from evidence.dedupe.rule_types import Band, DedupeSettings, Veto
from evidence.dedupe.verdicts import (
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
