"""The history of one's own coding: what was said when, and what was typed and not kept."""

from evidence.steps.desk import Desk
from evidence.store.coding import coding_history, studies
from evidence.store.coding.coding_history import CodingChange


def of_question(desk: Desk, study_id: int, scheme_id: int, question: str) -> list[CodingChange]:
    """All that the person at the desk said to a question about a study, the newest first."""
    with desk.reading() as c:
        studies.get(c, desk.review_id, study_id)
        return coding_history.of_question(c, study_id, scheme_id, desk.person_id, question)


def of_finding(desk: Desk, study_id: int, scheme_id: int, uid: str) -> list[CodingChange]:
    """All that the person at the desk said in one finding, the newest first."""
    with desk.reading() as c:
        studies.get(c, desk.review_id, study_id)
        return coding_history.of_finding(c, study_id, scheme_id, desk.person_id, uid)
