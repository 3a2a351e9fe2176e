"""The history of one's own coding: what was said when, and what was typed and not kept."""

from typing import Any

from evidence.errors import Invalid
from evidence.steps.coding import desk_sheet
from evidence.steps.desk import Desk
from evidence.store import Store
from evidence.store.coding import (
    brought_codings,
    coding_history,
    copied_answers,
    scheme_places,
    studies,
)
from evidence.store.coding.coding_history import CodingChange

MOST_SHOWN = 100  # changes; what is older stays kept


def of_question(
    desk: Desk, study_id: int, scheme_id: int, question: str, most: int | None = None
) -> list[CodingChange]:
    """What the person at the desk said to a question about a study, the newest first."""
    with desk.reading() as c:
        studies.get(c, desk.review_id, study_id)
        own = (c, study_id, scheme_id, desk.person_id)
        return coding_history.of_question(*own, question, most)


def of_finding(
    desk: Desk, study_id: int, scheme_id: int, uid: str, most: int | None = None
) -> list[CodingChange]:
    """What the person at the desk said in one finding, the newest first."""
    with desk.reading() as c:
        studies.get(c, desk.review_id, study_id)
        return coding_history.of_finding(c, study_id, scheme_id, desk.person_id, uid, most)


def history_for(
    store: Store, person_id: int, study_id: int, scheme_id: int, *, question: str, finding: str
) -> dict[str, Any]:
    """The history of this person's answer to a question, or of a finding, for the coding desk.

    Args:
        store: that holds it.
        person_id: who asks; nobody is given what others said.
        study_id: of the study.
        scheme_id: of the scheme.
        question: the question's id; "" where a finding is asked for.
        finding: the finding's uid.

    Raises:
        Invalid: neither a question nor a finding is named.
        NotFound: there is no such study.
        NotAllowed: the person is not in the team of the review.
    """
    with store.reading_outside() as c:
        review_id = scheme_places.review_of_study(c, study_id)
    desk = desk_sheet.desk_of_team(store, person_id, review_id)
    if not question and not finding:
        raise Invalid("The address names no question and no finding; please reload the page.")
    if question:
        changes = of_question(desk, study_id, scheme_id, question, MOST_SHOWN + 1)
    else:
        changes = of_finding(desk, study_id, scheme_id, finding, MOST_SHOWN + 1)
    with desk.reading() as c:
        acts = {change.act for change in changes}
        sources = brought_codings.files_of(c, review_id, acts)
        studies_copied = copied_answers.sources(c, review_id, acts)
    names = (
        "code",
        "arm",
        "field",
        "before",
        "after",
        "is_kept",
        "reason",
        "version",
        "act",
        "person",
    )
    return {
        "changes": [
            {name: getattr(change, name) for name in names}
            | {
                "at": change.at.isoformat(),
                "source": sources.get(change.act, ""),
                "copied_from": studies_copied.get(change.act, ""),
            }
            for change in changes[:MOST_SHOWN]
        ],
        "is_whole": len(changes) <= MOST_SHOWN,
    }
