"""What is published and what readers wrote is kept alike on both databases."""

from datetime import date, timedelta

import pytest

from evidence.errors import NotFound
from evidence.store import Role, Store
from evidence.store.results import publications, reader_comments
from evidence.store.results.publications import new_file
from evidence.store.results.reader_comments import CommentAnswer, CommentState, NewComment
from evidence.store.review.people import Person
from tests.conftest import NOW

TODAY = date(2026, 11, 30)
FILES = (new_file("map", b"<p>a map", "default-src 'none'"), new_file("subjects", b"[]"))


@pytest.fixture
def page_id(store: Store, anna: Person, review_id: int) -> int:
    with store.writing(review_id, anna.id, Role.EDITOR) as w:
        made = publications.add(w, "secret", takes_comments=True)
        publications.add_version(w, made, "One", {"licence": "CC0"}, {"map": True}, FILES)
        publications.add_version(w, made, "Two", {}, {}, FILES[:1])
    return made


def test_an_address_opens_its_versions_and_their_bytes(store: Store, page_id: int) -> None:
    with store.reading_outside() as c:
        page = publications.open_one(c, "secret", TODAY)
        newest, first = publications.versions(c, page.id)
        files = publications.files(c, first.id)
        content = publications.content(c, files["map"].id)
    assert (page.id, page.token, page.takes_comments) == (page_id, "secret", True)
    assert [(each.number, each.title) for each in (newest, first)] == [(2, "Two"), (1, "One")]
    assert first.words == {"licence": "CC0"}
    assert (list(files), files["map"].policy) == (["map", "subjects"], "default-src 'none'")
    assert content == FILES[0].content


@pytest.mark.parametrize("token", ["Secret", "secret ", "", "\x00", "\ud800"])
def test_another_token_opens_nothing(store: Store, page_id: int, token: str) -> None:
    with store.reading_outside() as c, pytest.raises(NotFound):
        publications.open_one(c, token, TODAY)


def test_what_is_withdrawn_or_over_opens_no_more(
    store: Store, anna: Person, review_id: int, page_id: int
) -> None:
    for ends_on, withdrawn_at, day, is_open in (
        ("2026-11-30", None, TODAY, True),
        ("2026-11-30", None, TODAY + timedelta(days=1), False),
        ("", NOW, TODAY, False),
        ("", None, date(9999, 1, 1), True),
    ):
        with store.writing(review_id, anna.id, Role.EDITOR) as w:
            publications.change(
                w, page_id, ends_on=ends_on, withdrawn_at=withdrawn_at, takes_comments=True
            )
        with store.reading_outside() as c:
            (page,) = publications.listing(c, review_id)
            assert page.is_open(day) == is_open
            if is_open:
                assert publications.open_one(c, "secret", day) == page
            else:
                with pytest.raises(NotFound):
                    publications.open_one(c, "secret", day)


def test_the_newest_answer_to_a_comment_counts(
    store: Store, anna: Person, review_id: int, page_id: int
) -> None:
    sent = [
        NewComment(
            version=1, subject="page", subject_words="All", name="B", comment=each, sender="s"
        )
        for each in ("first", "second")
    ]
    with store.writing_outside() as c:
        reader_comments.lock(c, page_id)
        for number, each in enumerate(sent):
            reader_comments.add(c, page_id, each, NOW + timedelta(hours=number))
    with store.reading_outside() as c:
        second, first = reader_comments.listing(c, review_id)
        assert reader_comments.count(c, page_id, sender="s", since=NOW) == 1
        assert reader_comments.count_waiting(c, page_id) == 2
    for state in (CommentState.HIDDEN, CommentState.ACCEPTED):
        with store.writing(review_id, anna.id, Role.EDITOR) as w:
            left = CommentAnswer(state=state, answer=f"as {state}")
            reader_comments.answer(w, [first.id], left)
    with store.writing_outside() as c:
        reader_comments.forget_senders(c, page_id, NOW + timedelta(minutes=1))
    with store.reading_outside() as c:
        (accepted,) = reader_comments.accepted(c, page_id, 10)
        assert (accepted.comment, accepted.left, accepted.left_by) == ("first", left, anna.name)
        assert reader_comments.count_waiting(c, page_id) == 1
        assert reader_comments.count(c, page_id, sender="s") == 1
        with pytest.raises(NotFound):
            reader_comments.get(c, review_id + 1, second.id)
