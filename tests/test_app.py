"""The server's own routes and the door for uploads: for browsers that belong to somebody."""

import asyncio
from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass, field
from typing import Any

import pytest
import streamlit as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, Router

import app
from evidence.screening.verdicts import Stage, Verdict
from evidence.settings import Settings
from evidence.steps.review import people, reviews, team
from evidence.steps.screening import decisions, full_texts
from evidence.store import Store
from evidence.store.review.reviews import Draft
from evidence.store.screening.decisions import NewDecision
from evidence.ui.shell import visitor
from tests.conftest import a_reading, keep
from tests.steps.conftest import taken

TA = Stage.TITLE_ABSTRACT
PDF = b"%PDF-1.7 invented"
UPLOAD = "/_stcore/upload_file/session/file"


async def accept_upload(_request: Request) -> Response:
    """Stands for Streamlit's route for uploads."""
    return PlainTextResponse("accepted")


SERVER = app.Guarded(
    Router(
        [
            Route("/full-text/{number:int}", app.full_text),
            Route("/waymark" + UPLOAD, accept_upload, methods=["PUT", "POST", "DELETE"]),
            Route(UPLOAD, accept_upload, methods=["PUT", "POST", "DELETE"]),
        ]
    )
)


@dataclass
class Answer:
    """What the server sent."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


def ask(path: str, token: str = "", method: str = "GET") -> Answer:
    """Send a request from the browser that holds this token."""
    answer = Answer()
    headers = [(b"host", b"localhost")]
    if token:
        headers.append((b"cookie", f"{app.COOKIE}={token}".encode()))
    if method in {"PUT", "POST"}:
        headers.append((b"content-length", b"0"))
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "root_path": "",
        "query_string": b"",
        "headers": headers,
    }

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = {key.decode(): value.decode() for key, value in message["headers"]}
        else:
            answer.body += message.get("body", b"")

    asyncio.run(SERVER(scope, receive, send))
    return answer


@pytest.fixture
def document_id(sqlite_address: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A full text of Anna's review; Ben is in its team, Cleo was taken out, Dora never was in it.

    Their names are the tokens of their browsers.
    """
    monkeypatch.setenv("WAYMARK_DATABASE", sqlite_address)
    store = Store.open(sqlite_address)
    anna, *others = (people.sign_in(store, name, name) for name in ("Anna", "Ben", "Cleo", "Dora"))
    desk = reviews.create(store, anna.id, Draft(title="Work and recovery"))
    for person in others[:2]:
        team.add(desk, person.name)
    team.take_out(desk, others[1].id)
    keep(store, anna.id, desk.review_id, a_reading("Gardens and paid work"))
    (work,) = taken(desk, TA).waiting
    include = NewDecision(work_id=work.id, stage=TA, verdict=Verdict.INCLUDE, client_id="1")
    decisions.decide(desk, [include])
    full_texts.add(desk, work.id, "Gärten.pdf", PDF)
    (report,) = full_texts.page(desk, None, 0, 1)
    yield report.documents[0].id
    store.close()
    st.cache_resource.clear()


@pytest.mark.parametrize("browser", ["Anna", "Ben"])
def test_a_full_text_is_shown_to_the_people_of_its_review(document_id: int, browser: str) -> None:
    answer = ask(f"/full-text/{document_id}", browser)
    assert (answer.status, answer.body) == (200, PDF)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("browser", ["", "a browser that nobody named", "Cleo", "Dora"])
def test_a_full_text_is_kept_from_everybody_else(document_id: int, browser: str) -> None:
    answer = ask(f"/full-text/{document_id}", browser)
    assert answer.status == 403
    assert PDF not in answer.body


def test_a_full_text_that_is_not_there_is_not_found(document_id: int) -> None:
    assert ask(f"/full-text/{document_id + 1}", "Anna").status == 404
    assert ask(f"/full-text/{document_id + 1}").status == 403


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
@pytest.mark.parametrize("path", [UPLOAD, f"/waymark{UPLOAD}"])
def test_files_are_taken_from_browsers_that_belong_to_somebody(
    document_id: int, method: str, path: str
) -> None:
    for browser in ("", "a browser that nobody named"):
        answer = ask(path, browser, method)
        assert (answer.status, answer.body) == (403, app.NOBODY.encode())
    assert (
        ask(path, "Dora", method).body == b"accepted"
    )  # whose files they are is asked by the steps
    people.sign_out(visitor.store(Settings.from_environment().database), "Dora")
    assert ask(path, "Dora", method).status == 403
