"""Four studies to choose from, and what is said of them."""

import pytest

from evidence.coding.answers import Answer
from evidence.steps.coding import coding, schemes
from evidence.steps.desk import Desk
from evidence.store import Role
from evidence.store.coding import studies as kept_studies
from tests.steps.coding.test_coding import SCHEME, link_an_included_report


@pytest.fixture
def ids(desk: Desk) -> list[int]:
    """Four studies, A to D; the first has a report."""
    schemes.add(desk, SCHEME, "small.yaml")
    with desk.writing(Role.REVIEWER) as w:
        made = [kept_studies.create(w, f"{letter} Müller 1999", []) for letter in "DCBA"]
    made.reverse()
    link_an_included_report(desk, made[0])
    return made


def say(desk: Desk, study_id: int, question: str, *codes: str, value: str = "") -> None:
    """Answer a question about a study."""
    coding.set_answer(desk, study_id, Answer(question=question, codes=codes, value=value))


def ticked(desk: Desk, study_id: int, question: str = "service") -> set[str]:
    """The codes of a question that one ticked for a study."""
    answers = {answer.question: answer for answer in coding.sheet(desk, study_id).answers}
    return set(answers[question].codes) if question in answers else set()
