"""The desk offers the fields and words of findings that the server knows."""

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path

from playwright._impl._driver import compute_driver_executable

from evidence.coding.coding_tables.finding_columns import FINDING_FIELDS
from evidence.coding.finding_fields import is_field
from evidence.coding.finding_numbers import BENEFITS, EFFECT_KINDS
from evidence.coding.findings import Direction, Reporting, Significance
from evidence.coding.number_fields import NumbersKind

RUN = Path(__file__).with_name("findings_in_node.mjs")


def test_fields_and_words_are_those_of_the_server() -> None:
    node, _ = compute_driver_executable()
    done = subprocess.run([str(node), str(RUN)], capture_output=True, check=True, encoding="utf-8")
    offered = json.loads(done.stdout)
    words = offered["words"]
    unknown = [name for name in (*offered["fields"], *words) if not is_field(name)]
    assert unknown == []
    numbers = {name for name in FINDING_FIELDS if "." in name}
    assert set(offered["fields"]) == numbers  # what can be kept can be typed
    assert offered["kinds"] == [kind.value for kind in NumbersKind]
    known_words: dict[str, Iterable[str]] = {
        "direction": Direction,
        "significance": Significance,
        "reporting": Reporting,
        "benefit": BENEFITS,
        "numbers_kind": NumbersKind,
        "numbers.effect_kind": EFFECT_KINDS,
        "printed.effect_kind": EFFECT_KINDS,
    }
    for field, known in known_words.items():
        assert set(words[field]) == {str(word) for word in known}, field
