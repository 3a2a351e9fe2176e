"""What no page could read is found before a review is taken in; what is written here is read."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Column

from evidence.coding.answers import Answer
from evidence.store.archive.readable import can_be_read
from evidence.store.results.study_stages import KINDS
from evidence.store.schema import (
    claim,
    practice_setting,
    principle_set,
    protocol_version,
    result_rule,
    service_form,
    survey_response,
)
from evidence.synthesis.practice.framework import Base, Counted, SuggestedLevel
from evidence.synthesis.practice.service_form import answers_as_json
from evidence.synthesis.practice.sufficiency import (
    AreaBase,
    AreaNumber,
    SufficiencyRule,
    SufficiencyRules,
    rules_as_json,
)

SETTING = practice_setting.c.content
STAGE = next(iter(KINDS.values()))
NO_ANSWERS: list[object] = [5, None, ["x"], [{}], [{"question": "kind", "codes": 5}]]
NO_PRINCIPLES: list[object] = [[], {}, 5, {"versions": [{}], "pairs": []}]
LEVEL = {"kind": "a", "of": "places", "per": "area", "least": "1"}


def is_read(column: Column[Any], **row: object) -> bool:
    stored: Mapping[str, Any] = row
    return can_be_read(column, lambda: stored)


@pytest.mark.parametrize(
    "content",
    [
        [], "x", 5, None, {"kinds": 5}, {"kinds": [{}]}, {"kinds": "abc"},
        {"kinds": [LEVEL | {"of": "x"}]}, {"kinds": [LEVEL | {"least": "NaN"}]},
        {"kinds": [LEVEL | {"caseload": "x"}]},
        {"populations": [{"area": "Dale", "people": "0"}]},
        {"populations": [{"area": "Dale", "people": "many"}]},
    ],
)  # fmt: skip
def test_what_is_no_rule_is_found(content: object) -> None:
    assert not is_read(SETTING, kind="sufficiency", content=content)


@pytest.mark.parametrize("content", [[], 5, None, {"yaml": 5}, {"yaml": "- x"}, {"yaml": "a: [x"}])
def test_what_is_no_framework_is_found(content: object) -> None:
    assert not is_read(SETTING, kind="framework", content=content)


def test_what_forms_claims_and_plans_cannot_hold_is_found() -> None:
    for column in (service_form.c.answers, survey_response.c.answers):
        for said in NO_ANSWERS:
            assert not is_read(column, answers=said)
    known = {"act": "written", "verdict": "unchecked", "claim": {}}
    assert not is_read(claim.c.claim, **known)
    for content in NO_PRINCIPLES:
        assert not is_read(principle_set.c.content, content=content)
    assert not is_read(protocol_version.c.content, content=5)
    assert not is_read(result_rule.c.rules, kind=STAGE, rules={"alternatives": 5, "reason": ""})


def test_what_is_written_here_is_read() -> None:
    answers = (Answer(question="kind", codes=("club",), note="x"),)
    assert is_read(service_form.c.answers, answers=answers_as_json(answers))
    level = SuggestedLevel(of=Counted.PLACES, per=Base.AREA, least=Decimal("0.5"), most=None)
    rules = SufficiencyRules(
        rules=(SufficiencyRule(kind="a", level=level, source="s", caseload=Decimal(20)),),
        numbers=tuple(
            AreaNumber(of=of, area="Dale", number=Decimal(5), source="s") for of in AreaBase
        ),
    )
    for kind, content in (("sufficiency", rules_as_json(rules)), ("framework", {"yaml": ""})):
        assert is_read(SETTING, kind=kind, content=content)
    assert is_read(result_rule.c.rules, kind="directions", rules={})
