"""Every byte that readers get of a review in which all kinds of secrets were planted."""

import base64
import re
import zlib
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, select, update
from starlette.applications import Starlette

from evidence.settings import Settings
from evidence.steps.desk import Desk
from evidence.steps.results.publishing import publish, reader_comments
from evidence.steps.results.publishing.publish import PublicChoice
from evidence.store import Store
from evidence.store.results.reader_comments import CommentAnswer, CommentState
from evidence.store.schema import (
    answer,
    coding,
    decision,
    finding,
    person,
    reader_comment,
    study,
    study_work,
    work,
)
from evidence.synthesis.map_document import ALL_TEXTS
from evidence.ui.results.public_page.server import public_app
from tests.steps.prepared import prepare
from tests.ui.results.public_page.asking import ask, fill_in

NAME, VOTE, DRAFT, LEFT_OUT, UNREAD, OPEN = (
    f"Geheim-{each}" for each in ("Name", "Votum", "Entwurf", "Titel", "Kommentar", "Studie")
)
PATHS = ("", "map", "report", "comment", "version/1/", "version/1/map", "version/1/report")


def plant(c: Connection) -> None:
    """Put words into all that readers must not see."""
    for (number,) in c.execute(select(person.c.id)).all():
        c.execute(update(person).where(person.c.id == number).values(name=f"{NAME} {number}"))
    planted = [c.execute(update(decision).values(note=VOTE))]
    drafts = select(coding.c.id).where(coding.c.state == "draft")
    of_answers = update(answer).where(answer.c.coding_id.in_(drafts))
    planted.append(c.execute(of_answers.values(note=DRAFT)))
    of_drafts = select(finding.c.id, finding.c.fields).where(finding.c.coding_id.in_(drafts))
    for number, fields in c.execute(of_drafts).all():
        words = {**fields, "note": DRAFT, "quotation": DRAFT}
        c.execute(update(finding).where(finding.c.id == number).values(fields=words))
    complete = select(coding.c.study_id).where(coding.c.state != "draft")
    planted.append(c.execute(update(study).where(study.c.id.not_in(complete)).values(label=OPEN)))
    used = select(study_work.c.work_id)
    not_used = update(work).where(work.c.id.not_in(used))
    planted.append(c.execute(not_used.values(title=LEFT_OUT, abstract=LEFT_OUT)))
    assert all(each.rowcount for each in planted)


@pytest.fixture
def desk(store: Store) -> Desk:
    made = prepare(store)
    with store.writing_outside() as c:
        plant(c)
    return made.desk(store)


@pytest.fixture
def server(store: Store) -> Starlette:
    return public_app(store, Settings())


def texts(server: Starlette, token: str) -> Iterator[str]:
    """All that is sent, and what stands packed in it."""
    for path in PATHS:
        answered = ask(server, f"/public/{token}/{path}")
        assert answered.status == 200, path
        yield repr(answered.headers)
        page = answered.body.decode()
        yield page
        for packed in re.findall(r'data-packed="deflate">([^<]*)<', page):
            yield zlib.decompress(base64.b64decode(packed)).decode()
        for picture in re.findall(r"base64,([A-Za-z0-9+/=]+)", page):
            yield base64.b64decode(picture).decode("utf-8", "replace")


@pytest.mark.journey
def test_no_secret_is_in_any_byte_unless_it_was_chosen(desk: Desk, server: Starlette) -> None:
    page = publish.publish(desk, PublicChoice(texts=ALL_TEXTS)).publication
    form = {"about": "page", "name": UNREAD, "comment": UNREAD}
    assert fill_in(server, f"/public/{page.token}/comment", **form).status == 303
    public = "\n".join(texts(server, page.token))
    assert "Recovery approaches in vocational and training services" in public
    for secret in (NAME, VOTE, DRAFT, LEFT_OUT, UNREAD, OPEN, page.token):
        assert secret not in public, secret
    assert "This list is not part of what was published." in public
    chosen = PublicChoice(texts=ALL_TEXTS, left_out=True, names=True)
    other = publish.publish(desk, chosen).publication
    public = "\n".join(texts(server, other.token))
    for secret in (NAME, LEFT_OUT):
        assert secret in public, secret
    for secret in (VOTE, DRAFT, UNREAD, OPEN):
        assert secret not in public, secret


def test_a_secret_comes_out_with_the_comment_that_was_accepted_only(
    desk: Desk, server: Starlette, store: Store
) -> None:
    page = publish.publish(desk, PublicChoice(map=False)).publication
    for words in (UNREAD, "Accepted"):
        form = {"about": "page", "name": "A", "comment": words}
        fill_in(server, f"/public/{page.token}/comment", **form)
    kept = {each.comment: each for each in reader_comments.listing(desk)}
    left = CommentAnswer(state=CommentState.ACCEPTED)
    reader_comments.answer(desk, [kept["Accepted"].id], left)
    public = ask(server, f"/public/{page.token}/").body.decode()
    assert ("Accepted" in public, UNREAD in public) == (True, False)
    with store.reading_outside() as c:
        sender = c.execute(select(reader_comment.c.sender)).scalars().first()
    assert sender
    assert sender not in public
