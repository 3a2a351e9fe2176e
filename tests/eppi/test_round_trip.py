"""In, out and in again gives the same review; and what came in is all that the file held."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from evidence.coding.finding_fields import is_field
from evidence.coding.read_scheme import load
from evidence.coding.scheme import Axis
from evidence.coding.write_scheme import as_yaml
from evidence.eppi.account import Part
from evidence.eppi.coded_review import CodedReview, CodedStudy, review_of
from evidence.eppi.export import Export, Generation
from evidence.eppi.read_export import read_export
from evidence.eppi.write_export import write_code_sets, write_export
from tests.conftest import SHARED
from tests.eppi.made_exports import as_bytes
from tests.eppi.odd_reports import OddReports

FILES = sorted([*(SHARED / "eppi").rglob("*.json"), *(SHARED / "eppi").rglob("*.html")])
SEEDS = range(150)
JUNK: tuple[Any, ...] = (
    None, True, 0, -1, 1.5, 2.0, float("inf"), float("nan"), "", " ", "x", "12", " 12 ", "12.0",
    "-3", "NaN", "\u0663", "\uff11", 10**18, 10**19, 2**63, "9" * 5000, "9" * 19, "\ud800", "a\0b",
)  # fmt: skip


def read(content: bytes) -> Export:
    export = read_export(content, "Report.json")
    assert isinstance(export, Export)
    assert export.account.unaccounted == {}
    return export


def as_kept(study: CodedStudy) -> tuple[Any, ...]:
    """What a study is; the raw text of its record is that of another file."""
    said = (study.label, study.status, study.arms, study.time_points, study.codings)
    return (study.record.reference, study.record.key, *said)


def assert_same(first: CodedReview, second: CodedReview) -> None:
    assert first.schemes == second.schemes
    assert [as_kept(each) for each in first.studies] == [as_kept(each) for each in second.studies]


@pytest.mark.journey
def test_odd_reports_go_in_and_out_and_in() -> None:
    seen: Counter[str] = Counter()
    for seed in SEEDS:
        made = OddReports(seed)
        export = read(as_bytes(made.report()))
        review = review_of(export)
        seen.update(made.seen)
        seen["codes applied"] += export.account.kept[Part.APPLIED]
        seen["quotations"] += export.account.kept[Part.QUOTATIONS]
        seen["outcomes"] += export.account.kept[Part.OUTCOMES]
        assert_all_is_in_the_review(export, review)
        for scheme in review.schemes:
            assert load(as_yaml(scheme), "made.yaml") == scheme, seed
        written = write_export(review)
        again = read(written.content)
        assert again.generation is Generation.ARMS
        assert_same(review, review_of(again))
        assert write_export(review_of(again)).root == written.root, seed
    wanted = {
        "codes for an arm", "notes on parents", "codes on headings", "codes in no set",
        "references with several documents", "highlights in plain text",
        *(f"outcomes of type {kind}" for kind in range(8)),
    }  # fmt: skip
    assert {name for name in wanted if seen[name] < 20} == set()
    assert seen["codes applied"] > 1000


def assert_all_is_in_the_review(export: Export, review: CodedReview) -> None:
    codings = [coding for study in review.studies for coding in study.codings]
    rows = [row for coding in codings for row in coding.rows]
    twice = sum(r.number for r in review.repairs if r.sentence.startswith("A code was applied t"))
    kept = export.account.kept
    assert len(rows) + twice == kept[Part.APPLIED]
    assert sum(len(coding.quotations) for coding in codings) == kept[Part.QUOTATIONS]
    findings = [finding for coding in codings for finding in coding.findings]
    assert len(findings) == kept[Part.OUTCOMES]
    assert sum(len(study.arms) for study in review.studies) == kept[Part.ARMS]
    assert all(is_field(name) for finding in findings for name in finding.fields)
    notes = "\n".join(row.note for row in rows)
    for reference in export.references:
        for applied in reference.applied:
            assert applied.note in notes


@pytest.mark.skipif(not FILES, reason="the shared exports are not beside the repository")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_shared_files_go_in_and_out_and_in(path: Path) -> None:
    export = read(path.read_bytes())
    review = review_of(export)
    assert_all_is_in_the_review(export, review)
    written = write_export(review)
    assert written.unsaid == ()
    assert_same(review, review_of(read(written.content)))
    alone = read(write_code_sets(review.schemes).content)
    assert review_of(alone).schemes == review.schemes
    for scheme in review.schemes:
        assert load(as_yaml(scheme), "made.yaml") == scheme


@pytest.mark.skipif(not FILES, reason="the shared exports are not beside the repository")
def test_codes_of_outcomes_are_axes() -> None:
    (path,) = (path for path in FILES if "Batch2" in path.name)
    review = review_of(read(path.read_bytes()))
    scheme = review.schemes[1]
    (question,) = scheme.axis(Axis.OUTCOME)
    assert [option.label for option in question.walk()] == ["NEW outcome value"]
    findings = [f for study in review.studies for c in study.codings for f in c.findings]
    assert len(findings) == 111
    placed = [f for f in findings if f.fields.get("outcome") == question.options[0].id]
    assert len(placed) == 108  # the other three name no code


def test_values_of_another_kind_by_chance_break_nothing() -> None:
    for seed in range(60):
        made = OddReports(seed).report()
        chance = Random(seed)  # noqa: S311 - no secret
        for _ in range(40):
            holder, name = chance.choice(list(places_in(made)))
            holder[name] = chance.choice(JUNK)
        review = review_of(read(json.dumps(made).encode()))
        review_of(read(write_export(review).content))


def places_in(value: Any) -> Iterator[tuple[Any, Any]]:
    """Where single values stand in JSON, so that they can be exchanged."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for name, each in inner:
        if isinstance(each, dict | list):
            yield from places_in(each)
        else:
            yield value, name
