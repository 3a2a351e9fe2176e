"""What stands on the about page of a map where nobody wrote anything."""

from datetime import UTC, datetime

import pytest

from evidence.coding.answers import Answer
from evidence.steps.coding import coding, schemes
from evidence.steps.desk import Desk
from evidence.steps.results import map_texts
from evidence.steps.review import about, reviews
from evidence.store import Role
from evidence.store.coding import studies
from evidence.store.records import sources
from evidence.store.records.sources import Source, SourceDraft
from evidence.store.review.reviews import Draft
from evidence.store.review.terms import Terms
from evidence.synthesis.map_settings import MapTexts
from evidence.synthesis.review_about import Author, ReviewAbout
from tests.steps.coding.test_coding import SCHEME


def a_search(number: int, database: str, date: str, **values: object) -> Source:
    named = {"name": f"{database} {date}", "database": database, "date_searched": date}
    return Source(id=number, **named | values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("listed", "day"),
    [
        ([], ""),
        ([a_search(1, "Scopus", "2026-05-01")], "2026-05-01"),
        # Until then every database was searched, though one was searched again since.
        ([a_search(1, "Scopus", "2026-05-01"), a_search(2, "ERIC", "2024-11")], "2024-11"),
        ([a_search(1, "Scopus", "2020-01-01"), a_search(2, "Scopus", "2026-05-01")], "2026-05-01"),
        (
            [
                a_search(1, "Scopus", "2020-01-01"),
                a_search(2, "Scopus by Elsevier", "2026-05-01", update_of=1),
                a_search(3, "", "2026-06-01", update_of=2),
            ],
            "2026-06-01",
        ),
        ([a_search(1, "Scopus", "2026-05-01"), a_search(2, "ERIC", "")], ""),
        (
            [a_search(1, "Scopus", "2026-05-01"), a_search(2, "A site", "2019", kind="website")],
            "2026-05-01",
        ),
        ([a_search(1, "A", "2020", update_of=2), a_search(2, "B", "2021", update_of=1)], "2020"),
    ],
)
def test_the_map_is_searched_to_the_day_to_which_all_databases_are(
    listed: list[Source], day: str
) -> None:
    assert map_texts.searched_to(listed) == day


def test_what_was_entered_about_the_review_stands_on_its_map(desk: Desk) -> None:
    """Unless the map has words of its own, as maps had before that could be entered."""
    scheme_id = schemes.add(desk, SCHEME, "small.yaml")
    entered = ReviewAbout(
        authors=(Author(name="Meyer, Eva"),), licence="CC BY 4.0", contact="desk@example.org"
    )
    about.change(desk, entered)
    said = map_texts.known(desk, schemes.get(desk, scheme_id), []).texts
    assert (said.licence, said.contact) == ("CC BY 4.0", "desk@example.org")
    assert said.citation == f"Meyer, Eva ({datetime.now(UTC).year}). Work and recovery."
    own = map_texts.with_own(said, MapTexts(licence="CC0 1.0"))
    assert (own.licence, own.contact) == ("CC0 1.0", "desk@example.org")


def test_what_the_review_says_stands_where_nobody_wrote(desk: Desk) -> None:
    draft = Draft(title="Work and recovery", question="What helps?", criteria=("Adults", "Work"))
    reviews.change(desk, draft, (), Terms())
    scheme_id = schemes.add(desk, SCHEME, "small.yaml")
    with desk.writing(Role.REVIEWER) as w:
        study_id = studies.create(w, "Drake 1996", [])
        sources.add(w, SourceDraft(name="First", database="Scopus", date_searched="2026-05"))
        sources.add(w, SourceDraft(name="A site", kind="website", date_searched="2026-06-01"))
    coding.set_answer(desk, study_id, Answer(question="stream", codes=("outcome",)))
    coding.complete(desk, study_id)
    known = map_texts.known(desk, schemes.get(desk, scheme_id), [study_id])
    assert known.title == "Work and recovery"
    assert known.searches == (("Scopus", "2026-05"), ("A site", "2026-06-01"))
    assert known.texts == MapTexts(
        question="What helps?",
        criteria="Adults\nWork",
        coding="Coded with “A small scheme”, version 1. Each study was coded by one person.",
        searched_to="2026-05",
    )
    own = map_texts.with_own(known.texts, MapTexts(question="Ours", contact="Ada"))
    assert (own.question, own.criteria, own.contact) == ("Ours", "Adults\nWork", "Ada")
