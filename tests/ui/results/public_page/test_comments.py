"""Readers comment without an account; what they write is bounded, text, and the authors' first."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from starlette.applications import Starlette

from evidence.errors import NotAllowed
from evidence.report.live_content import ReportTable
from evidence.report.live_parts import live_content
from evidence.report.live_tokens import live_token
from evidence.settings import Settings
from evidence.steps.desk import Desk
from evidence.steps.results import map_document, map_file, report
from evidence.steps.results.map_file import MapWishes
from evidence.steps.results.publishing import publish, reader_comments
from evidence.steps.results.publishing.publish import PublicChoice
from evidence.steps.results.publishing.reader_comments import (
    LONGEST_COMMENT,
    OF_PAGE,
    OF_SENDER,
    SentComment,
    TooMany,
)
from evidence.steps.results.report_facts import facts
from evidence.store import Store
from evidence.store.results.reader_comments import CommentAnswer, CommentState
from evidence.store.schema import reader_comment
from evidence.ui.results.public_page.routes import LONGEST_FORM
from evidence.ui.results.public_page.server import public_app
from tests.steps.coding.test_coding import finding
from tests.steps.conftest import bens_desk, desk
from tests.steps.results.test_map_document import code, study_ids
from tests.ui.results.public_page.asking import Answer, ask, fill_in

__all__ = ["bens_desk", "desk", "study_ids"]

MARKUP = "<img src=x onerror=alert(1)> </textarea><b>bold</b> https://spam.example =1+1"


@pytest.fixture
def server(store: Store) -> Starlette:
    return public_app(store, Settings())


@pytest.fixture
def token(desk: Desk, study_ids: list[int]) -> str:
    code(desk, study_ids[0], finding())
    return publish.publish(desk, PublicChoice()).publication.token


def test_sections_and_statements_of_the_report_lead_to_the_form_and_name_what_it_is_about(
    desk: Desk, server: Starlette, token: str
) -> None:
    page = ask(server, f"/public/{token}/report").body.decode()
    abouts = re.findall(r'href="comment\?about=([^"]+)"', page)
    assert {each.partition("-")[0] for each in abouts} == {"section", "statement"}
    assert 'href="./"' in page
    listed = ask(server, f"/public/{token}/comment").body.decode()
    assert all(f'value="{about}"' in listed for about in abouts)
    form = ask(server, f"/public/{token}/comment?about={abouts[-1]}").body.decode()
    assert re.search(f'value="{abouts[-1]}" selected', form)
    earlier = ask(server, f"/public/{token}/version/1/comment?about={abouts[0]}")
    assert earlier.headers["location"] == f"../../comment?about={abouts[0]}"
    own = report.file_of(report.filled(desk), report.ReportFormat.HTML).decode()
    assert "comment?about" not in own
    assert 'href="./"' not in own


def comment(server: Starlette, token: str, client: str = "192.0.2.1", **fields: str) -> Answer:
    filled = {"about": "page", "name": "A. R.", "comment": "Where are the farms?", **fields}
    return fill_in(server, f"/public/{token}/comment", client, **filled)


def table_of(desk: Desk) -> list[tuple[str, ...]]:
    """The table of comments in the report, as a stranger has it."""
    known = facts(replace(desk, person_id=publish.NOBODY))
    content = live_content(known, live_token("comments"))
    assert isinstance(content, ReportTable)
    return [row.cells for row in content.rows]


def test_the_authors_read_a_comment_first_and_readers_see_what_they_accept(
    desk: Desk, server: Starlette, token: str, study_ids: list[int]
) -> None:
    form = ask(server, f"/public/{token}/comment?about=study-{study_ids[0]}").body.decode()
    assert f'<option value="study-{study_ids[0]}" selected>' in form
    assert '<optgroup label="Sentences of the report">' in form
    assert '<option value="cell-' in form
    sent = comment(server, token, about=f"study-{study_ids[0]}", comment=MARKUP, name="<i>N</i>")
    assert (sent.status, sent.headers["location"]) == (303, "comment?sent=yes")
    assert b"Thank you" in ask(server, f"/public/{token}/comment?sent=yes").body
    index = ask(server, f"/public/{token}/")
    assert b"onerror" not in index.body
    (kept,) = reader_comments.listing(desk)
    assert (kept.comment, kept.subject, kept.left.state) == (
        MARKUP,
        f"study-{study_ids[0]}",
        CommentState.WAITING,
    )
    left = CommentAnswer(state=CommentState.ACCEPTED, answer="We <b>looked</b>", changed="A column")
    reader_comments.answer(desk, [kept.id], left)
    again = ask(server, f"/public/{token}/", headers={"if-none-match": index.headers["etag"]})
    assert again.status == 200
    shown = again.body.decode()
    assert "&lt;img src=x onerror=alert(1)&gt;" in shown
    assert "We &lt;b&gt;looked&lt;/b&gt;" in shown
    assert "A column" in shown
    assert 'href="https://spam.example' not in shown
    reader_comments.answer(desk, [kept.id], CommentAnswer(state=CommentState.HIDDEN))
    assert b"onerror" not in ask(server, f"/public/{token}/").body
    assert table_of(desk) == []
    reader_comments.answer(desk, [kept.id], left)
    assert b"A column" in ask(server, f"/public/{token}/").body
    assert [cells[3:] for cells in table_of(desk)] == [(MARKUP, "We <b>looked</b>", "A column")]
    table = reader_comments.as_csv(desk).decode("utf-8-sig")
    assert "A column" in table


def test_of_more_comments_than_a_page_shows_the_others_are_counted(
    desk: Desk, server: Starlette, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for words in ("First words", "Second words"):
        comment(server, token, comment=words)
    ids = [each.id for each in reader_comments.listing(desk)]
    reader_comments.answer(desk, ids, CommentAnswer(state=CommentState.ACCEPTED))
    assert b"not shown here" not in ask(server, f"/public/{token}/").body
    monkeypatch.setattr(reader_comments, "MOST_SHOWN", 1)
    page = ask(server, f"/public/{token}/").body.decode()
    assert ("Second words" in page, "First words" in page) == (True, False)
    assert "1 older comment was accepted, too, and not shown here." in page


def test_a_published_map_leads_to_what_the_form_lists_and_one_for_oneself_nowhere(
    desk: Desk, server: Starlette, token: str
) -> None:
    made = ask(server, f"/public/{token}/map").body.decode()
    (written,) = re.findall(r'<script [^>]*id="map-comments">(.*?)</script>', made)
    cells = json.loads(written)
    form = ask(server, f"/public/{token}/comment").body.decode()
    listed = set(re.findall(r'<option value="cell-([^"]*)"', form))
    assert {f"{a}~{b}" for a in cells["row_ids"] for b in cells["column_ids"]} == listed != set()
    own = map_file.make(desk, map_document.wanted(desk), MapWishes()).data.decode()
    assert "map-comments" not in own
    gone = ask(server, f"/public/{token}/comment?about=study-999").body.decode()
    assert "not listed in the newest version" in gone
    assert "not listed" not in form


@pytest.mark.parametrize(
    "wrong",
    [
        *({"comment": " \n"}, {"comment": "x" * (LONGEST_COMMENT + 1)}),
        *({"name": ""}, {"name": "x" * 101}, {"about": "study-999"}, {"about": ""}),
    ],
    ids=lambda each: next(iter(each)),
)
def test_what_is_wrong_is_said_and_what_was_written_stays_in_the_form(
    desk: Desk, server: Starlette, token: str, wrong: dict[str, str]
) -> None:
    answer = comment(server, token, **wrong)
    assert answer.status == 400
    assert b'role="alert"' in answer.body
    assert (wrong.get("comment", "Where are the farms?").encode()) in answer.body
    assert reader_comments.listing(desk) == []


def test_a_comment_of_a_megabyte_and_forms_that_are_none_are_refused(
    desk: Desk, server: Starlette, token: str
) -> None:
    path = f"/public/{token}/comment"
    assert comment(server, token, comment="x" * 1_000_000).status == 413
    assert ask(server, path, "POST", body=b"x" * (LONGEST_FORM + 1)).status == 413
    longest = "\U0001f33e" * LONGEST_COMMENT
    assert comment(server, token, comment=longest).status == 303
    for body in (b"", b"\xff\xfe", b"a=1&" * 50, b'{"comment": "x"}', b"comment=%00&name=%00"):
        assert ask(server, path, "POST", body=body).status == 400
    assert [each.comment for each in reader_comments.listing(desk)] == [longest]


@pytest.mark.journey
def test_a_thousand_comments_of_a_script_leave_a_few(
    desk: Desk, server: Starlette, token: str
) -> None:
    answers = [comment(server, token).status for _ in range(50)]
    most = OF_SENDER[0][1]
    assert answers == [303] * most + [429] * (50 - most)
    assert comment(server, token, client="2001:db8::1").status == 303
    now = datetime.now(UTC)
    sent = SentComment(about="page", name="A", comment="B")
    kept = 0
    for number in range(1000):
        address = f"10.{number // 250}.{number % 250}.1"
        try:
            reader_comments.send(desk.store, token, sent, address, now)
        except TooMany:
            continue
        kept += 1
    assert len(reader_comments.listing(desk)) == OF_PAGE[0][1] == kept + most + 1


def test_a_household_counts_once_and_is_forgotten_after_a_day(
    desk: Desk, server: Starlette, token: str
) -> None:
    now, most = datetime.now(UTC), OF_SENDER[0][1]
    sent = SentComment(about="page", name="A", comment="B")
    for number in range(most):
        reader_comments.send(desk.store, token, sent, f"2001:db8::{number}", now)
    with pytest.raises(TooMany):
        reader_comments.send(desk.store, token, sent, "2001:db8::ffff", now)
    later = now + timedelta(days=1, seconds=1)
    reader_comments.send(desk.store, token, sent, "2001:db8::ffff", later)
    with desk.reading() as c:
        senders = c.execute(reader_comment.select().order_by(reader_comment.c.id)).all()
    assert [bool(row.sender) for row in senders] == [False] * most + [True]


def test_signs_that_nobody_sees_or_that_turn_the_page_do_not_come_in(
    desk: Desk, server: Starlette, token: str
) -> None:
    for blank in ({"comment": "\u200b\u202e\ufeff"}, {"name": "\u2066\xad\u200b"}):
        assert comment(server, token, **blank).status == 400
    sent = "One\u202e\x07 two\u2028\u200d\r\n\r\nthree\u2069"
    assert comment(server, token, comment=sent, name="A\u202e.\n R\x1b.").status == 303
    (kept,) = reader_comments.listing(desk)
    assert (kept.comment, kept.name) == ("One two\u2028\u200d\n\nthree", "A. R.")


def test_readers_with_addresses_of_both_kinds_are_told_apart(
    desk: Desk, server: Starlette, token: str
) -> None:
    """A server that listens for both has old addresses as new ones, all in one network."""
    most = OF_SENDER[0][1]
    for _ in range(most):
        assert comment(server, token, client="::ffff:192.0.2.1").status == 303
    assert comment(server, token, client="192.0.2.1").status == 429
    assert comment(server, token, client="::ffff:192.0.2.2").status == 303


def test_who_goes_away_within_a_comment_leaves_nothing(
    desk: Desk, server: Starlette, token: str
) -> None:
    """Not even a trace in the log, which the next thousand would fill."""
    kind = {"content-type": "application/x-www-form-urlencoded"}
    path = f"/public/{token}/comment"
    assert ask(server, path, "POST", kind, None).status == 400
    assert reader_comments.listing(desk) == []


def test_who_fills_in_the_field_that_nobody_sees_is_thanked_and_forgotten(
    desk: Desk, server: Starlette, token: str
) -> None:
    assert comment(server, token, website="https://spam.example").status == 303
    assert reader_comments.listing(desk) == []


def test_no_comment_reaches_a_page_that_is_gone_or_takes_none(
    desk: Desk, server: Starlette, token: str
) -> None:
    page = publish.listing(desk)[0].publication
    publish.take_comments(desk, page.id, wanted=False)
    assert comment(server, token).status == 403
    assert b"Write a comment" not in ask(server, f"/public/{token}/").body
    publish.take_comments(desk, page.id, wanted=True)
    publish.withdraw(desk, page.id)
    gone = ask(server, "/public/guess/")
    assert comment(server, token) == comment(server, "guess") == gone
    assert comment(server, token, comment="x" * 1_000_000) == gone
    assert comment(server, token, website="x") == gone
    assert reader_comments.listing(desk) == []


def test_only_those_who_edit_read_what_waits(
    desk: Desk, bens_desk: Desk, server: Starlette, token: str
) -> None:
    comment(server, token)
    (kept,) = reader_comments.listing(desk)
    with pytest.raises(NotAllowed):
        reader_comments.listing(bens_desk)
    with pytest.raises(NotAllowed):
        reader_comments.as_csv(bens_desk)
    with pytest.raises(NotAllowed):
        reader_comments.answer(bens_desk, [kept.id], CommentAnswer())
