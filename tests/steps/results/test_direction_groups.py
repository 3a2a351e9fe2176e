"""What stands beside and above studies in a plot of directions."""

from dataclasses import replace
from pathlib import Path

from evidence.coding.answers import Answer
from evidence.steps.coding import coding, schemes
from evidence.steps.desk import Desk
from evidence.steps.results import directions
from evidence.steps.results.directions import DirectionStudies
from evidence.synthesis.direction_groups import Appraisal
from tests.conftest import ROOT
from tests.steps.coding.test_coding import SCHEME, study_id
from tests.steps.results.test_kept_studies import all_studies, code

__all__ = ["study_id"]
VOCATIONAL = """\
      - id: vocational
        text: Which vocational outcome?
        short: Vocational outcomes
        kind: many of
        axis: outcome
        options:
          - {id: work, label: Gaining work}
"""


def appraisal(found: DirectionStudies) -> Appraisal:
    return directions.groups(found, "arms").groups[0].studies[0].appraisal


def test_an_overall_judgement_without_a_role_is_no_study_that_nobody_judged(
    desk: Desk, study_id: int
) -> None:
    code(desk, study_id)
    assert appraisal(all_studies(desk)) is Appraisal.NOT_JUDGED
    yaml = Path(ROOT, "coding_schemes", "weight-of-evidence.yaml").read_text(encoding="utf-8")
    scheme_id = schemes.add(desk, yaml, "weight-of-evidence.yaml")
    for letter in "abcd":
        answer = Answer(question=f"weight-{letter}", codes=("high",))
        coding.set_answer(desk, study_id, answer, scheme_id)
    coding.complete(desk, study_id, scheme_id)
    assert appraisal(all_studies(desk)) is Appraisal.HIGH


def test_outcomes_of_several_questions_stand_under_their_questions(
    desk: Desk, study_id: int
) -> None:
    code(desk, study_id)
    found = all_studies(desk)
    assert [h.above for h in directions.groups(found, "arms").outcomes] == [()]
    two = schemes.read(SCHEME + VOCATIONAL, "small.yaml")
    found = replace(found, coded=replace(found.coded, scheme=two))
    assert [h.above for h in directions.groups(found, "arms").outcomes] == [("Which outcome?",)]
