"""The development sets, where they lie beside the repository."""

import csv
from pathlib import Path

import pytest

from evidence import deduplication

SETS = Path(__file__).resolve().parents[3] / "shared" / "bench" / "dedupe"
pytestmark = pytest.mark.skipif(not SETS.is_dir(), reason=f"the public test sets are not in {SETS}")


def _labels(name: str) -> dict[str, str]:
    with (SETS / name / "labels_adjudicated.csv").open(newline="", encoding="utf-8") as lines:
        return {row["record_id"]: row["group_id"] for row in csv.DictReader(lines)}


@pytest.mark.parametrize(("name", "missed"), [("rathbone_stroke", 2), ("rathbone_haematology", 8)])
def test_no_false_join_and_few_misses(name: str, missed: int) -> None:
    columns, ids, problems = deduplication.read_csv(SETS / name / "records.csv")
    labels = _labels(name)

    result = deduplication.find(columns, ids=range(len(ids)))

    entities = [[labels[ids[row]] for row in group] for group in result.groups]
    right = sum(len(entity) - 1 for entity in entities)
    removable = len(ids) - len(set(labels.values()))
    assert problems == []
    assert all(len(set(entity)) == 1 for entity in entities)
    assert removable - right <= missed
