"""The page Publish: what its buttons do to addresses and to comments of readers."""

from datetime import UTC, date, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from evidence.errors import NotFound
from evidence.steps.desk import Desk
from evidence.steps.results.publishing import public_pages, publish, reader_comments
from evidence.steps.results.publishing.reader_comments import SentComment
from evidence.store.results.reader_comments import CommentState
from evidence.ui.results.publishing.comments_read import AT_ONCE
from tests.pages.conftest import Open, texts


@pytest.fixture
def at(example_app: Open) -> AppTest:
    return example_app("publish")


def press(at: AppTest, label: str) -> AppTest:
    at = next(one for one in at.button if one.label == label).click().run()
    assert not at.exception
    return at


def test_what_is_chosen_is_published_and_gone_when_it_is_withdrawn(at: AppTest, desk: Desk) -> None:
    assert "Nothing is published yet." in texts(at)
    next(one for one in at.checkbox if one.label == "The map").uncheck().run()
    at = press(at, "Preview")
    assert "would have:" in texts(at)
    assert publish.listing(desk) == []
    at = press(at, "Publish")
    (page,) = publish.listing(desk)
    token = page.publication.token
    assert [each.value for each in at.code] == [f"/public/{token}/"]
    assert list(public_pages.read(desk.store, token).files) == ["report", "subjects"]
    at = press(at, "Withdraw at once")
    with pytest.raises(NotFound):
        public_pages.read(desk.store, token)
    assert not at.code
    press(at, "Put back")
    assert public_pages.read(desk.store, token)


def test_a_last_day_is_chosen_while_publishing(at: AppTest, desk: Desk) -> None:
    next(one for one in at.checkbox if one.label == "The map").uncheck().run()
    day = at.date_input(key="publish-last-day")
    assert "UTC" in day.help
    day_after = datetime.now(UTC).date() + timedelta(days=2)
    day.set_value(date(2020, 1, 1))
    at = press(at, "Publish")
    assert "over already" in at.error[0].value
    at.date_input(key="publish-last-day").set_value(day_after)
    at = press(at, "Publish")
    (page,) = publish.listing(desk)
    assert page.publication.ends_on == str(day_after)
    assert f"until the end of {day_after}, UTC" in texts(at)


def test_a_comment_is_answered_accepted_hidden_and_that_undone(
    example_app: Open, desk: Desk
) -> None:
    page = publish.publish(desk, publish.PublicChoice(map=False)).publication
    sent = SentComment(about="page", name="B. C.", comment="What of farms?")
    reader_comments.send(desk.store, page.token, sent, "192.0.2.1")
    at = example_app("publish")
    assert "What of farms?" in texts(at)
    next(one for one in at.text_area if one.label == "Answer").set_value("Two are on the map.")
    at = press(at, "Accept: readers see it")
    (kept,) = reader_comments.listing(desk)
    assert (kept.left.state, kept.left.answer) == (CommentState.ACCEPTED, "Two are on the map.")
    press(at, "Undo")
    (kept,) = reader_comments.listing(desk)
    assert (kept.left.state, kept.left.answer) == (CommentState.WAITING, "")


def test_what_a_program_sent_is_leafed_through_and_hidden_by_the_page(
    example_app: Open, desk: Desk
) -> None:
    page = publish.publish(desk, publish.PublicChoice(map=False)).publication
    for place in range(AT_ONCE + 1):
        sent = SentComment(about="page", name="B. C.", comment=f"Comment {place:02}.")
        reader_comments.send(desk.store, page.token, sent, f"192.0.2.{place}")
    at = example_app("publish")
    assert "Comment 00." not in texts(at)
    at = next(one for one in at.number_input if "Page of 2" in one.label).set_value(2).run()
    assert "Comment 00." in texts(at)
    at = next(one for one in at.number_input if "Page of 2" in one.label).set_value(1).run()
    at = press(at, f"Hide the {AT_ONCE} comments of this page")
    counts = reader_comments.counts(reader_comments.listing(desk))
    assert (counts[CommentState.HIDDEN], counts[CommentState.WAITING]) == (AT_ONCE, 1)
    press(at, "Undo")
    assert reader_comments.counts(reader_comments.listing(desk))[CommentState.HIDDEN] == 0


def test_who_looks_on_publishes_nothing(example_app: Open) -> None:
    at = example_app("publish", name="Eva", takes_part=False)
    assert "those who edit the review publish it" in texts(at)
    assert {"Publish", "Preview"}.isdisjoint(one.label for one in at.button)
