"""Assessments are read from forms by their service, whatever it is called now."""

from dataclasses import replace

import pytest

from evidence.errors import Invalid
from evidence.report.live_content import ReportTable
from evidence.report.live_parts import live_content
from evidence.report.live_tokens import live_token
from evidence.steps.desk import Desk
from evidence.steps.practice import fidelity, services
from evidence.steps.results.report_facts import facts
from tests.steps.practice.assessed import a_service, assess, take_scale
from tests.synthesis.practice.test_fidelity import IDS, summing_to


def test_a_service_that_is_renamed_keeps_its_assessments(desk: Desk) -> None:
    assert fidelity.by_scale(desk) == ()
    scheme_id, north = take_scale(desk), a_service(desk, "North")
    assess(desk, scheme_id, north, "2025-03-01", summing_to(90))
    services.change(desk, replace(north, name="New <b>North</b>"), north)
    assess(desk, scheme_id, north, "2026-03-01", summing_to(101))
    assess(desk, scheme_id, north, "2026-06-01", {IDS[0]: "score-2"})
    (given,) = fidelity.by_scale(desk)
    assert [(o.first.service_name, o.total) for o in given.occasions] == [
        ("New <b>North</b>", 90), ("New <b>North</b>", 101),
    ]  # fmt: skip
    assert given.unfinished == 1
    part = live_content(facts(desk), live_token("fidelity"))
    assert isinstance(part, ReportTable)
    assert [row.cells[1:5] for row in part.rows] == [
        ("New <b>North</b>", "2026-03-01", "101", "good")
    ]
    assert "totals of 25 to 125; exemplary from 115, good from 100, fair from 74" in part.note


def test_a_score_outside_1_to_5_is_refused(desk: Desk) -> None:
    scheme_id, north = take_scale(desk), a_service(desk, "North")
    with pytest.raises(Invalid, match="not an option of “1"):
        assess(desk, scheme_id, north, "2026-03-01", {**summing_to(90), IDS[0]: "score-6"})
    (given,) = fidelity.by_scale(desk)
    assert given.assessments == ()
