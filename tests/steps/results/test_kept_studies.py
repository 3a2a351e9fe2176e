"""Results about studies that are kept by their appraisal; nothing else of them changes."""

from evidence.coding.answers import Answer
from evidence.steps.coding import coding, schemes
from evidence.steps.desk import Desk
from evidence.steps.results import directions, kept_studies, schemes_of_map
from evidence.steps.results.directions import DirectionStudies
from tests.steps.coding.test_coding import finding, study_id

__all__ = ["study_id"]

SOUND = """\
id: sound
title: Soundness
version: "1"
purpose: appraisal
judges: study
sections:
  - title: All
    questions:
      - id: sound
        text: Is it sound?
        kind: one of
        options:
          - {id: good, label: Sound, role: high quality}
          - {id: weak, label: Weak, role: low quality}
"""


def all_studies(desk: Desk) -> DirectionStudies:
    found = directions.of_complete_codings(desk, schemes_of_map.unheard(desk))
    assert found is not None
    return found


def code(desk: Desk, study_id: int) -> None:
    coding.set_answer(desk, study_id, Answer(question="stream", codes=("outcome",)))
    coding.put_finding(desk, study_id, finding())
    coding.complete(desk, study_id)


def test_what_is_judged_keeps_studies_and_says_how_many_are_left_out(
    desk: Desk, study_id: int
) -> None:
    code(desk, study_id)
    assert kept_studies.of_complete_codings(desk, kept_studies.unheard(desk)) == ()
    scheme_id = schemes.add(desk, SOUND, "sound.yaml")
    answer = Answer(question="sound", codes=("weak",))
    coding.set_answer(desk, study_id, answer, scheme_id)
    coding.complete(desk, study_id, scheme_id)
    (question,) = kept_studies.of_complete_codings(desk, kept_studies.unheard(desk))
    assert question.choices == ("Weak", "Not appraised")
    found = all_studies(desk)
    same = kept_studies.kept_directions(found, question, ["Weak"])
    assert same.studies == found.studies
    assert "(1 of 1); 0 left out." in same.coded.sentence
    none = kept_studies.kept_directions(found, question, ["Not appraised"])
    assert (none.studies, none.coded.studies, none.coded.texts) == ((), (), ())
    assert none.coded.left_out == ("Drake 1996",)
    assert none.coded.sentence.startswith("Rests on 1 of 1 study. Only studies with ")
    assert "(0 of 1); 1 left out." in none.coded.sentence
    assert none.coded.all_labels == found.coded.all_labels
