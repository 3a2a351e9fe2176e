"""Pairs of records, and pairs of single fields, that other tools once got wrong."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evidence import deduplication
from evidence.deduplication.authors import FieldLevel, compare_authors, names
from evidence.deduplication.reference_columns import FIELDS
from evidence.deduplication.text import title_words
from evidence.deduplication.titles import TitleLevel, compare_titles


def hard_pairs(folder: Path) -> None:
    """Pairs that the best published tool once got wrong, and cases written by hand."""
    lines = (folder / "pairs.jsonl").read_text(encoding="utf-8").splitlines()
    listed = [(p["dataset"], p["a"], p["b"], p["duplicate"]) for p in map(json.loads, lines)]
    cases = json.loads((folder / "test_cases.json").read_text(encoding="utf-8"))["cases"]
    written = [(case["record_a"], case["record_b"], case["expected_duplicate"]) for case in cases]
    print(
        "\n| hard pairs | same: joined | possible | kept apart | different: kept apart | joined |"
    )
    print("|---|---|---|---|---|---|")
    for name in sorted({dataset for dataset, *_ in listed}):
        _print_pairs(name, [pair for dataset, *pair in listed if dataset == name])
    _print_pairs("all listed", [pair for _, *pair in listed])
    _print_pairs("written by hand", [list(pair) for pair in written])


def _print_pairs(name: str, pairs: Sequence[Sequence[Any]]) -> None:
    bands = Counter((bool(same), _band(a, b)) for a, b, same in pairs)
    same = [bands[True, band] for band in ("same", "possible", "different")]
    apart = bands[False, "possible"] + bands[False, "different"]
    print(f"| {name} | {same[0]} | {same[1]} | {same[2]} | {apart} | {bands[False, 'same']} |")


CONTAINERS = ("journal", "container_title", "booktitle")
PUBLISHED_NAMES: Mapping[str, Sequence[str]] = {
    "authors": ("author_full", "author"),
    "issue": ("number",),
    "issn": ("isbn",),
    "type": ("ENTRYTYPE",),
    "journal": CONTAINERS,
}


def _band(a: Mapping[str, Any], b: Mapping[str, Any]) -> str:
    def value(record: Mapping[str, Any], field: str) -> str:
        keys = PUBLISHED_NAMES.get(field, (field,))
        return str(next((record[key] for key in keys if record.get(key)), "")).removesuffix(".0")

    columns = deduplication.Columns(**{name: [value(a, name), value(b, name)] for name in FIELDS})
    verdicts = deduplication.find(columns, ids=[1, 2]).verdicts
    return str(verdicts[0].band) if verdicts else "different"


def field_pairs(path: Path) -> None:
    """Single fields: does the comparison say the same as the published tests of another tool?"""
    listed = json.loads(path.read_text(encoding="utf-8"))
    right = Counter(
        (p["field"], _same_field(p["field"], p["a"], p["b"]) == p["same"]) for p in listed
    )
    print("\n| field pairs | right | wrong |\n|---|---|---|")
    for field in sorted({pair["field"] for pair in listed}):
        print(f"| {field} | {right[field, True]} | {right[field, False]} |")


def _same_field(field: str, a: str, b: str) -> bool:
    if field == "title":
        return compare_titles(title_words(a), title_words(b)) >= TitleLevel.PART
    if field == "author":
        (family_a, words_a), (family_b, words_b) = names(a), names(b)
        return compare_authors(words_a, words_b, family_a, family_b)[0] in {
            FieldLevel.SAME,
            FieldLevel.MISSING,
        }
    record = {"title": "A title of several words to compare", "year": "2001"}
    blank = dict.fromkeys(FIELDS, "")
    rows = [blank | record | {"abstract": text, "authors": "Ito; Low"} for text in (a, b)]
    columns = deduplication.Columns(**{name: [row[name] for row in rows] for name in FIELDS})
    score = deduplication.find(columns, ids=[1, 2]).verdicts[0].scores.abstract
    return score is not None and score >= ABSTRACTS_ALIKE


ABSTRACTS_ALIKE = 0.85
