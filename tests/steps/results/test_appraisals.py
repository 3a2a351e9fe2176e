"""Judgements are shown as they count, by result where a scheme judges results, and unheard."""

import pytest

from evidence.coding.answers import Answer
from evidence.steps.coding import coding, schemes
from evidence.steps.desk import Desk
from evidence.steps.results import appraisals
from evidence.steps.results.appraisals import Appraisal
from evidence.synthesis.appraisal.judgements import Level
from tests.conftest import ROOT
from tests.steps.coding.test_coding import study_id
from tests.steps.coding.test_judged_findings import Appraisal as Tab
from tests.steps.coding.test_judged_findings import rob2, tab
from tests.steps.conftest import enter

__all__ = ["rob2", "study_id", "tab"]
WEIGHT = "weight-of-evidence.yaml"


@pytest.fixture
def weight(desk: Desk) -> int:
    yaml = (ROOT / "coding_schemes" / WEIGHT).read_text(encoding="utf-8")
    return schemes.add(desk, yaml, WEIGHT)


def weigh(desk: Desk, study_id: int, scheme_id: int, **codes: str) -> None:
    for letter, code in codes.items():
        answer = Answer(question=f"weight-{letter}", codes=(code,), note="p. 3")
        coding.set_answer(desk, study_id, answer, scheme_id)


def complete(desk: Desk, scheme_id: int) -> Appraisal:
    return appraisals.of_complete_codings(desk, scheme_id, appraisals.unheard(desk, scheme_id))


def drafts(desk: Desk, scheme_id: int) -> Appraisal:
    unheard = appraisals.unheard(desk, scheme_id)
    return appraisals.with_drafts(desk, desk.person_id, scheme_id, unheard)


def test_a_study_counts_once_its_appraisal_is_complete(
    desk: Desk, study_id: int, weight: int
) -> None:
    assert [each.id for each in appraisals.appraisal_schemes(desk)] == [weight]
    weigh(desk, study_id, weight, a="high", b="medium", c="high", d="medium")
    assert complete(desk, weight).table.rows == ()
    (draft,) = drafts(desk, weight).table.rows
    coding.complete(desk, study_id, weight)
    (row,) = complete(desk, weight).table.rows
    assert row == draft
    assert [judgement.words for judgement in row.judgements] == ["High", "Medium", "High"]
    assert row.overall is not None
    assert row.overall.words == "Medium"


def test_what_others_judged_is_unheard_while_one_judges_oneself(
    desk: Desk, bens_desk: Desk, study_id: int, weight: int
) -> None:
    weigh(desk, study_id, weight, a="high", b="high", c="high", d="high")
    coding.complete(desk, study_id, weight)
    enter(bens_desk)
    assert len(complete(bens_desk, weight).table.rows) == 1
    weigh(bens_desk, study_id, weight, a="low")
    heard = complete(bens_desk, weight)
    assert heard.table.rows == ()
    assert len(heard.coded.hidden) == 1


def test_each_judged_result_has_its_row(tab: Tab, desk: Desk, study_id: int, rob2: int) -> None:
    first, second = tab.findings().values()
    tab.judge(first, "missing", "high", "p. 3")
    tab.judge(second, "missing", "no-information", "p. 4")
    rows = drafts(desk, rob2).table.rows
    assert [row.result for row in rows] == list(tab.findings())
    assert [row.judgements[2].level for row in rows] == [
        Level.UNFAVOURABLE, Level.NO_INFORMATION
    ]  # fmt: skip


def test_a_judged_result_that_was_taken_away_is_told(
    tab: Tab, desk: Desk, study_id: int, rob2: int
) -> None:
    first, _ = tab.findings().values()
    tab.judge(first, "missing", "high", "p. 3")
    stored = next(one for one in coding.sheet(desk, study_id).findings if one.uid == first)
    coding.remove_finding(desk, study_id, stored.id)
    table = drafts(desk, rob2).table
    assert table.rows == ()
    assert any("1 judged result is not shown" in note for note in table.notes)
