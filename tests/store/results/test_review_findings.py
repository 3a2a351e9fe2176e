"""Findings of the review: the newest words and judgement count, and the others stay."""

from dataclasses import replace

from evidence.store import Role, Store, events
from evidence.store.coding import studies
from evidence.store.events import EventKind
from evidence.store.results import review_findings
from evidence.store.review import people
from evidence.synthesis.certainty.cerqual import ReviewFinding
from evidence.synthesis.certainty.grade import Certainty

FIRST = ReviewFinding(uid="a", statement="People value support.")
OTHER = ReviewFinding(uid="b", statement="Staff have little time.")


def test_the_newest_change_of_a_finding_counts_and_the_others_stay(
    store: Store, anna: people.Person, ben: people.Person, review_id: int
) -> None:
    with store.writing(review_id, anna.id, Role.READER) as w:
        some = [studies.create(w, f"Study {n}", [], free=set()) for n in range(3)]
        review_findings.put(w, FIRST)
        review_findings.put(w, OTHER)
    judged = replace(
        FIRST, study_ids=tuple(reversed(some)), confidence=Certainty.LOW, reason="thin\x00"
    )
    with store.writing(review_id, ben.id, Role.READER) as w:
        review_findings.put(w, judged)
        review_findings.remove(w, OTHER)
    with store.reading_outside() as c:
        current = review_findings.current(c, review_id)
        history = review_findings.history(c, review_id)
        noted = events.of_kind(c, review_id, EventKind.REVIEW_FINDING_CHANGED)
    assert list(current) == ["a"]
    assert (current["a"].person, current["a"].finding) == ("Ben", replace(judged, reason="thin"))
    assert [change.is_removed for change in history] == [True, False, False, False]
    assert history[-1].finding == FIRST
    assert len(noted) == 4
