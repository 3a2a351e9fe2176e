from pathlib import Path
from typing import Any

import pytest
import yaml

from evidence import deduplication
from evidence.deduplication.reference_columns import FIELDS

CASES = yaml.safe_load(
    (Path(__file__).parents[1] / "fixtures" / "dedupe_cases.yaml").read_text(encoding="utf-8")
)


def _columns(*records: dict[str, str]) -> deduplication.Columns:
    return deduplication.Columns(**{name: [r.get(name, "") for r in records] for name in FIELDS})


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_rules_say_what_the_case_expects(case: dict[str, Any]) -> None:
    result = deduplication.find(_columns(case["a"], case["b"]), ids=[1, 2])

    found = result.verdicts[0].band if result.verdicts else deduplication.Band.DIFFERENT
    assert found == case["expect"], case["why"]
    assert result.groups == (((1, 2),) if case["expect"] == "same" else ())


def test_cases_have_ids_of_their_own_and_a_reason() -> None:
    assert len({case["id"] for case in CASES}) == len(CASES)
    assert all(case["why"].endswith(".") for case in CASES)
    assert all(set(case["a"]) | set(case["b"]) <= set(FIELDS) for case in CASES)
