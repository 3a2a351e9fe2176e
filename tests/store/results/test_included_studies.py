"""Lists of reviews: the newest row of an entry counts, and nothing is written over."""

import pytest

from evidence.errors import NotAllowed
from evidence.store import Role, Store, events
from evidence.store.coding import studies
from evidence.store.events import EventKind
from evidence.store.results import included_studies
from evidence.store.review import people
from evidence.synthesis.review_overlap.listed_studies import ListedStudy, StudyMatch


@pytest.fixture
def review(store: Store, anna: people.Person, review_id: int) -> int:
    """The id of a study that is a review."""
    with store.writing(review_id, anna.id, Role.READER) as w:
        return studies.create(w, "A review", [], free=set())


def test_entries_are_included_matched_taken_back_and_undone(
    store: Store, anna: people.Person, ben: people.Person, review_id: int, review: int
) -> None:
    old, new = (ListedStudy(including=review, citation=name) for name in ("Old 1990", "New\x00"))
    matched = ListedStudy(including=review, citation="Old 1990", match=StudyMatch.ELSEWHERE)
    with store.writing(review_id, anna.id, Role.READER) as w:
        assert included_studies.include(w, [old, new, old], "list.csv") == 2
        assert included_studies.include(w, [old]) == 0
    with store.writing(review_id, ben.id, Role.READER) as w:
        assert included_studies.match(w, [matched]) == 1
        assert included_studies.match(w, [matched]) == 0
        assert included_studies.take_back(w, [old]) == 1
    with store.reading_outside() as c:
        assert [each.citation for each in included_studies.current(c, review_id)] == ["New"]
        acts = included_studies.acts(c, review_id)
        noted = events.of_kind(c, review_id, EventKind.INCLUSIONS_CHANGED)
    assert [(act.number, act.person, act.file, act.stands) for act in acts] == [
        (3, "Ben", "", True), (2, "Ben", "", False), (1, "Anna", "list.csv", True)
    ]  # fmt: skip
    assert (acts[0].taken_back, acts[2].included, len(noted)) == (1, 2, 3)
    with store.writing(review_id, anna.id, Role.READER) as w:
        assert included_studies.undo(w, 3) == 1
        assert matched in included_studies.current(w.connection, review_id)
        with pytest.raises(NotAllowed):
            included_studies.undo(w, 2)


def test_a_study_that_a_list_names_stays(
    store: Store, anna: people.Person, review_id: int, review: int
) -> None:
    with store.writing(review_id, anna.id, Role.READER) as w:
        primary = studies.create(w, "Park 2001", [], free=set())
        entry = ListedStudy(
            including=review, citation="Park", match=StudyMatch.STUDY, primary=primary
        )
        included_studies.include(w, [entry])
    with store.reading_outside() as c:
        assert included_studies.current(c, review_id) == (entry,)
        assert included_studies.current(c, review_id + 1) == ()
