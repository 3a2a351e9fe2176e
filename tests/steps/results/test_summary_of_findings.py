"""Certainty is the editors' judgement, and never goes over a colleague's unseen."""

from dataclasses import replace

import pytest

from evidence.errors import Invalid
from evidence.steps.desk import Desk
from evidence.steps.results import summary_of_findings
from evidence.synthesis.certainty.grade import OPEN, Certainty, CertaintyJudgement
from evidence.synthesis.certainty.outcome_rows import SummaryKey
from evidence.synthesis.reasons import LONGEST_REASON
from tests.steps.coding.test_coding import study_id
from tests.steps.conftest import enter

__all__ = ["study_id"]
KEY = SummaryKey(contrast="arms", intervention="ips", outcome="hope")
LOW = CertaintyJudgement(start=Certainty.LOW)

pytestmark = pytest.mark.usefixtures("study_id")  # it takes the scheme, too


def test_the_same_judgement_again_is_no_change(desk: Desk) -> None:
    summary_of_findings.judge(desk, KEY, LOW, OPEN)
    first = summary_of_findings.judgements(desk)
    summary_of_findings.judge(desk, KEY, LOW, LOW)
    assert summary_of_findings.judgements(desk) == first
    assert first[KEY].judgement == LOW


def test_nobody_goes_over_a_judgement_that_they_did_not_see(desk: Desk, bens_desk: Desk) -> None:
    enter(bens_desk)
    summary_of_findings.judge(bens_desk, KEY, LOW, OPEN)
    with pytest.raises(Invalid, match="meanwhile"):
        summary_of_findings.judge(desk, KEY, CertaintyJudgement(raised=1), OPEN)
    assert summary_of_findings.judgements(desk)[KEY].judgement == LOW


@pytest.mark.parametrize(
    ("key", "judgement", "why"),
    [
        (replace(KEY, outcome="<b>"), LOW, "no outcome “<b>” any more"),
        (replace(KEY, intervention=""), LOW, "no intervention"),
        (KEY, CertaintyJudgement(start=Certainty.VERY_LOW), "begins as high"),
        (KEY, CertaintyJudgement(raised=3), "up to 2 levels"),
        (KEY, CertaintyJudgement(reason="x" * (LONGEST_REASON + 1)), "up to 2,000 characters"),
    ],
)
def test_judgements_that_cannot_be_are_refused(
    desk: Desk, key: SummaryKey, judgement: CertaintyJudgement, why: str
) -> None:
    with pytest.raises(Invalid, match=why):
        summary_of_findings.judge(desk, key, judgement, OPEN)
    assert summary_of_findings.judgements(desk) == {}
