"""What rows hold of forms, rules, claims and principles is read before it is taken in.

Pages read these values whole each time. One that cannot be read would leave its page without
anything to show, and without a way to mend it; so the archive is refused, with file and line.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import Column

from evidence.store.practice import claims, principles
from evidence.store.practice.practice_settings import FRAMEWORK, SUFFICIENCY
from evidence.store.results import study_stages
from evidence.store.schema import (
    claim,
    practice_setting,
    principle_set,
    protocol_version,
    result_rule,
    service_form,
    survey_response,
)
from evidence.synthesis.practice.read_framework import read_framework
from evidence.synthesis.practice.service_form import answers_from_json
from evidence.synthesis.practice.sufficiency import rules_from_json
from evidence.synthesis.protocol.protocol import protocol_from

StoredRow = Mapping[str, Any]
"""The values of a row by column, JSON as what it holds."""


def _setting(row: StoredRow) -> object:
    content = row["content"]
    if row["kind"] == SUFFICIENCY:
        return rules_from_json(content)
    text = content.get("yaml", "")
    return read_framework(str(text), "framework.yaml") if row["kind"] == FRAMEWORK and text else ""


def _stage_rule(row: StoredRow) -> object:
    of_stages = row["kind"] in study_stages.KINDS.values()
    return study_stages.stage_rule(row["rules"]) if of_stages else ""


READ: Mapping[Column[Any], Callable[[StoredRow], object]] = MappingProxyType(
    {
        service_form.c.answers: lambda row: answers_from_json(row["answers"]),
        survey_response.c.answers: lambda row: answers_from_json(row["answers"]),
        practice_setting.c.content: _setting,
        claim.c.claim: lambda row: claims.state({**row, "by": ""}),
        principle_set.c.content: lambda row: principles.from_json("", "", row["content"]),
        protocol_version.c.content: lambda row: protocol_from(row["content"]),
        result_rule.c.rules: _stage_rule,
    }
)
"""What reads a column as the pages do."""


def can_be_read(column: Column[Any], stored: Callable[[], StoredRow]) -> bool:
    """Whether pages could read what a row holds in a column of READ."""
    try:
        READ[column](stored())
    except Exception:  # noqa: BLE001 - whatever a page would stumble over
        return False
    return True
