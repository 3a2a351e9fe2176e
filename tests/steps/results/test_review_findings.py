"""Findings of views and process are the editors' words, and nothing is written over unseen."""

from dataclasses import replace

import pytest

from evidence.errors import Invalid
from evidence.report.live_content import ReportTable
from evidence.report.live_parts import live_content
from evidence.report.live_tokens import live_token
from evidence.steps.coding import studies
from evidence.steps.desk import Desk
from evidence.steps.results import review_findings, summary_of_findings
from evidence.steps.results.report_facts import facts
from evidence.steps.results.review_findings import LONGEST_STATEMENT
from evidence.steps.results.whole_summary import whole_summary
from evidence.synthesis.certainty.cerqual import ReviewFinding
from evidence.synthesis.certainty.grade import OPEN, Certainty, CertaintyJudgement
from evidence.synthesis.conclusions.conclusion import Support
from evidence.synthesis.reasons import LONGEST_REASON
from tests.steps.coding.test_coding import study_id
from tests.steps.conftest import enter
from tests.steps.results.concluding.test_conclusions import drake, exclude, included
from tests.steps.results.test_pooling import THREE, found
from tests.steps.results.test_summary_of_findings import KEY
from tests.synthesis.certainty.test_cerqual import WHOLE

__all__ = ["drake", "study_id"]


@pytest.fixture
def finding(desk: Desk, study_id: int) -> ReviewFinding:
    """A finding of which nothing is judged yet."""
    assert study_id
    return now(desk, review_findings.add(desk, "  People value\n support. "))


def now(desk: Desk, uid: str) -> ReviewFinding:
    return review_findings.current(desk)[uid].finding


def test_a_finding_is_written_judged_and_its_history_kept(
    desk: Desk, finding: ReviewFinding, study_id: int
) -> None:
    assert finding.statement == "People value support."
    judged = replace(WHOLE, uid=finding.uid, study_ids=(study_id,), reason="because\x00")
    review_findings.change(desk, judged, finding)
    kept = now(desk, finding.uid)
    assert kept == replace(judged, reason="because")
    review_findings.change(desk, kept, kept)
    assert len(review_findings.history(desk)) == 2


def test_nobody_writes_over_what_they_did_not_see(
    desk: Desk, bens_desk: Desk, finding: ReviewFinding
) -> None:
    enter(bens_desk)
    review_findings.change(bens_desk, replace(finding, statement="Ben's words."), finding)
    with pytest.raises(Invalid, match="meanwhile"):
        review_findings.change(desk, replace(finding, reason="mine"), finding)
    with pytest.raises(Invalid, match="meanwhile"):
        review_findings.remove(desk, finding)
    assert now(desk, finding.uid).statement == "Ben's words."


def test_a_finding_is_taken_away_and_comes_back(desk: Desk, finding: ReviewFinding) -> None:
    with pytest.raises(Invalid, match="was not taken away"):
        review_findings.bring_back(desk, finding.uid)
    review_findings.remove(desk, finding)
    assert review_findings.current(desk) == {}
    review_findings.bring_back(desk, finding.uid)
    assert now(desk, finding.uid) == finding
    assert len(review_findings.history(desk)) == 3


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        (ReviewFinding(uid="", statement="  "), "Write what was found"),
        (ReviewFinding(uid="", statement="x" * (LONGEST_STATEMENT + 1)), "up to 3,000 characters"),
        (
            ReviewFinding(uid="", statement="x", reason="x" * (LONGEST_REASON + 1)),
            "up to 2,000 characters",
        ),
        (ReviewFinding(uid="", statement="x", study_ids=(999,)), "not there any more"),
    ],
)
def test_what_cannot_be_is_refused(
    desk: Desk, finding: ReviewFinding, changed: ReviewFinding, why: str
) -> None:
    with pytest.raises(Invalid, match=why):
        review_findings.change(desk, replace(changed, uid=finding.uid), finding)
    assert now(desk, finding.uid) == finding


def test_the_whole_summary_has_what_was_judged_and_the_findings(
    desk: Desk, finding: ReviewFinding, study_id: int
) -> None:
    review_findings.change(desk, replace(finding, study_ids=(study_id,)), finding)
    assert whole_summary(desk, None).parts == ()
    low = CertaintyJudgement(start=Certainty.LOW)
    summary_of_findings.judge(desk, KEY, low, OPEN)
    three = [
        replace(one, findings=tuple(replace(f, outcome="hope") for f in one.findings))
        for one in THREE
    ]
    whole = whole_summary(desk, found(*three))
    (part,) = whole.parts
    (row,) = part.rows
    assert (part.intervention, row.outcome, row.judgement) == ("Ips", "Hope", low)
    assert row.effect is not None
    assert [each.uid for each in whole.review_findings] == [finding.uid]
    assert whole.labels == {1: "Study 1"}


def test_a_report_names_no_study_of_a_finding_that_is_not_in_it(
    desk: Desk, drake: Support, finding: ReviewFinding
) -> None:
    number = int(drake.ids[0])
    opened = studies.create(desk, [included(desk, "Another report")], "Open 2001")
    review_findings.change(desk, replace(finding, study_ids=(number, opened)), finding)
    assert behind(desk) == ("Drake 1996, and 1 not in this report", (number,))
    exclude(desk, number)
    assert behind(desk) == ("2 not in this report", ())


def behind(desk: Desk) -> tuple[str, tuple[int, ...]]:
    """The studies of the only finding, as the report names them and refers to them."""
    content = live_content(facts(desk), live_token("review-findings"))
    assert isinstance(content, ReportTable)
    (row,) = content.rows
    return row.cells[1], row.studies
