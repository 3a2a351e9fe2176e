"""The server's own routes and the door for uploads: for browsers that belong to somebody."""

import asyncio
import gzip
import io
import json
from collections.abc import Callable, Iterator, MutableMapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
import streamlit as st
from PIL import Image
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, Router

import app
from evidence.coding.answers import Answer as SaidAnswer
from evidence.documents.pages import LINE_END_HYPHEN
from evidence.screening.verdicts import Stage, Verdict
from evidence.settings import Settings
from evidence.steps.coding import coders, coding, schemes
from evidence.steps.desk import Desk
from evidence.steps.review import people, reviews, team
from evidence.steps.screening import decisions, full_texts
from evidence.store import Role, Store
from evidence.store.coding import studies as kept_studies
from evidence.store.review.reviews import Draft
from evidence.store.screening.decisions import NewDecision
from evidence.ui.coding.desk import own_script as desk_script
from evidence.ui.coding.reconcile import own_script as reconciling_script
from evidence.ui.results.map_viewer import own_script as map_script
from evidence.ui.screening.deck import own_script as deck_script
from evidence.ui.shell import visitor
from evidence.ui.shell.scripts import OwnScript
from tests.conftest import a_reading, keep
from tests.documents.pdf_writer import PageSource, line, lines, scan, write
from tests.steps.coding.test_coding import SCHEME
from tests.steps.conftest import taken

TA = Stage.TITLE_ABSTRACT
LINES = lines(50, 700, ["people in recov-", "ery at work"])
PDF = write([PageSource(content=LINES), scan(), PageSource(content=line(50, 700, "Recovery"))])
PARTS = ["", "/pages", "/pages/1", "/pages/1/picture", "/search"]
UPLOAD = "/_stcore/upload_file/session/file"


async def accept_upload(_request: Request) -> Response:
    """Stands for Streamlit's route for uploads."""
    return PlainTextResponse("accepted")


SERVER = app.Guarded(
    Router(
        [
            *(Route(path, give) for path, give in app.OWN_ROUTES.items()),
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


def ask(
    path: str, token: str = "", method: str = "GET", known: str = "", *, packed: bool = False
) -> Answer:
    """Send a request from the browser with this token, which holds an answer of a version."""
    answer = Answer()
    path, _, query = path.partition("?")
    headers = [(b"host", b"localhost")]
    if packed:
        headers.append((b"accept-encoding", b"gzip, br"))
    if known:
        headers.append((b"if-none-match", known.encode()))
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
        "query_string": query.encode(),
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
def desk(sqlite_address: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Anna at her review; Ben is in its team, Cleo was taken out, Dora never was in it.

    Their names are the tokens of their browsers.
    """
    monkeypatch.setenv("WAYMARK_DATABASE", sqlite_address)
    store = Store.open(sqlite_address)
    anna, *others = (people.sign_in(store, name, name) for name in ("Anna", "Ben", "Cleo", "Dora"))
    desk = reviews.create(store, anna.id, Draft(title="Work and recovery"))
    for person in others[:2]:
        team.add(desk, person.name)
    team.take_out(desk, others[1].id)
    yield desk
    store.close()
    st.cache_resource.clear()


@pytest.fixture
def document_id(desk: Desk) -> int:
    """A full text of the review."""
    keep(desk.store, desk.person_id, desk.review_id, a_reading("Gardens and paid work"))
    (work,) = taken(desk, TA).waiting
    include = NewDecision(work_id=work.id, stage=TA, verdict=Verdict.INCLUDE, client_id="1")
    decisions.decide(desk, [include])
    full_texts.add(desk, work.id, "Gärten.pdf", PDF)
    (report,) = full_texts.page(desk, None, 0, 1)
    return report.documents[0].id


@pytest.mark.parametrize("browser", ["Anna", "Ben"])
def test_a_full_text_is_shown_to_the_people_of_its_review(document_id: int, browser: str) -> None:
    answer = ask(f"/full-text/{document_id}", browser)
    assert (answer.status, answer.body) == (200, PDF)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("browser", ["", "a browser that nobody named", "Cleo", "Dora"])
def test_a_full_text_is_kept_from_everybody_else(document_id: int, browser: str, part: str) -> None:
    known = ask(f"/full-text/{document_id}{part}", "Anna").headers.get("etag", "")
    for answer in (
        ask(f"/full-text/{document_id}{part}", browser),
        ask(f"/full-text/{document_id}{part}", browser, known=known),
    ):
        assert answer.status == 403
        assert b"PDF" not in answer.body
        assert b"people in" not in answer.body


@pytest.mark.parametrize("part", PARTS)
def test_a_full_text_that_is_not_there_is_not_found(document_id: int, part: str) -> None:
    for number in (document_id + 1, 2**63, 10**30):
        assert ask(f"/full-text/{number}{part}", "Anna").status == 404
        assert ask(f"/full-text/{number}{part}").status == 403


@pytest.fixture
def addresses(desk: Desk) -> tuple[str, str]:
    """The coding desk's scheme, and a study with Anna's answer."""
    scheme_id = schemes.add(desk, SCHEME, "small.yaml")
    with desk.writing(Role.REVIEWER) as w:
        study_id = kept_studies.create(w, "Drake 1996", [])
    coding.set_answer(desk, study_id, SaidAnswer(question="people", value="143", note="a secret"))
    (taken_scheme,) = schemes.taken(desk)
    study = f"/coding-desk/study/{study_id}?scheme={scheme_id}"
    return f"/coding-desk/scheme/{taken_scheme.version.id}", study


def test_a_scheme_and_ones_own_sheet_are_given_to_the_people_of_the_review(
    addresses: tuple[str, str],
) -> None:
    scheme, study = (ask(address, "Anna") for address in addresses)
    assert (scheme.status, study.status) == (200, 200)
    assert json.loads(scheme.body)["title"] == "A small scheme"
    assert json.loads(study.body)["answers"][0]["note"] == "a secret"
    assert study.headers["cache-control"] == "private, no-store"
    known = scheme.headers["etag"]
    assert ask(addresses[0], "Anna", known=known).status == 304
    of_ben = ask(addresses[1], "Ben")
    assert json.loads(of_ben.body)["answers"] == []
    assert b"secret" not in of_ben.body


@pytest.mark.parametrize("browser", ["", "a browser that nobody named", "Cleo", "Dora"])
def test_the_coding_desk_is_kept_from_everybody_else(
    addresses: tuple[str, str], browser: str
) -> None:
    known = ask(addresses[0], "Anna").headers["etag"]
    for address in addresses:
        answer = ask(address, browser, known=known)
        assert answer.status == 403
        assert b"secret" not in answer.body
        assert b"Which" not in answer.body


@pytest.mark.parametrize("script", [desk_script, reconciling_script, deck_script, map_script])
def test_a_component_s_script_is_given_to_all_under_its_version_and_kept_for_long(
    script: Callable[[], OwnScript],
) -> None:
    own = script()
    address = f"/own-script/{own.name}/{own.version}.js"
    assert address.lstrip("/") in own.loader
    assert len(own.loader) < 4_000  # this goes with every answer
    given = ask(address)
    assert (given.status, given.body.decode()) == (200, own.text)
    assert given.headers["content-type"].startswith("text/javascript")
    assert "immutable" in given.headers["cache-control"]
    assert gzip.decompress(ask(address, packed=True).body) == given.body
    for other in ("coding-desk/0123456789abcdef0123", f"none/{own.version}", "coding-desk/.."):
        assert ask(f"/own-script/{other}.js").status == 404


def test_the_history_of_an_answer_is_given_to_its_person_only(
    desk: Desk, addresses: tuple[str, str]
) -> None:
    address = addresses[1].replace("/study/", "/history/")
    study = int(addresses[1].partition("?")[0].rpartition("/")[2])
    coding.set_answer(desk, study, SaidAnswer(question="people", value="144", note="a secret"))
    told = json.loads(ask(f"{address}&question=people", "Anna").body)
    changes = [[c[k] for k in ("field", "before", "after", "is_kept")] for c in told["changes"]]
    assert changes == [
        ["value", "143", "144", True], ["note", "", "a secret", True], ["value", "", "143", True],
    ]  # fmt: skip
    assert {(c["person"], c["version"]) for c in told["changes"]} == {("Anna", "1")}
    assert told["is_whole"]
    of_ben = ask(f"{address}&question=people", "Ben")
    assert json.loads(of_ben.body)["changes"] == []
    assert ask(address, "Anna").status == 400
    for browser in ("", "Cleo", "Dora"):
        answer = ask(f"{address}&question=people", browser)
        assert answer.status == 403
        assert b"secret" not in answer.body


def test_codings_stand_beside_each_other_only_when_all_are_complete(
    desk: Desk, addresses: tuple[str, str]
) -> None:
    address = addresses[1].replace("/study/", "/reconciling/")
    study = int(addresses[1].partition("?")[0].rpartition("/")[2])
    coders.change(desk, schemes.taken(desk)[0].id, 100, before=0)
    ben = replace(desk, person_id=people.named(desk.store, "Ben").id)
    for number, each in enumerate((desk, ben)):
        early = ask(address, "Anna")
        assert early.status == 403
        assert f"{number} of 2 codings are complete" in early.body.decode()
        assert b"secret" not in early.body
        coding.set_answer(each, study, SaidAnswer(question="stream", codes=("outcome",)))
        coding.complete(each, study)
    told = ask(address, "Ben")
    assert (told.status, told.headers["cache-control"]) == (200, "private, no-store")
    assert [one["person"] for one in json.loads(told.body)["coders"]] == ["Anna", "Ben"]
    assert b"secret" in told.body
    for browser in ("", "Cleo", "Dora"):
        assert ask(address, browser).status == 403
    assert ask(address.partition("?")[0], "Anna").status == 400


@pytest.mark.parametrize(
    "path", ["/full-text/{}", "/coding-desk/scheme/{}", "/map-document/{}", "/map-abstracts/{}"]
)
def test_an_address_with_thousands_of_digits_is_no_address(desk: Desk, path: str) -> None:
    """Python refuses to read so long a number, which was a failure of the server."""
    assert ask(path.format("9" * 5000), "Anna").status == 404


def test_a_study_or_scheme_that_is_not_there_is_not_found(addresses: tuple[str, str]) -> None:
    for number in (99, 2**63, 10**30):
        assert ask(f"/coding-desk/scheme/{number}", "Anna").status == 404
        assert ask(f"/coding-desk/study/{number}?scheme=1", "Anna").status == 404
        assert ask(f"{addresses[1].split('?')[0]}?scheme={number}", "Anna").status == 404
    assert ask(addresses[1].split("?")[0], "Anna").status == 400
    assert ask(f"{addresses[1]}x", "Anna").status == 400


def test_the_pages_of_a_full_text_have_sizes(document_id: int) -> None:
    answer = ask(f"/full-text/{document_id}/pages", "Ben")
    assert json.loads(answer.body) == {"pages": [[595.0, 842.0]] * 3}


def test_a_page_of_a_full_text_has_words_with_places(document_id: int) -> None:
    answer = ask(f"/full-text/{document_id}/pages/1", "Ben")
    page = json.loads(answer.body)
    assert page["text"] == f"people in recov{LINE_END_HYPHEN}ery at work"
    start, end, *boxes = page["words"][2]
    assert (page["text"][start:end], len(boxes)) == (f"recov{LINE_END_HYPHEN}ery", 2)
    assert (page["width"], page["height"], page["message"]) == (595.0, 842.0, "")


def test_a_scan_says_that_it_has_no_text(document_id: int) -> None:
    page = json.loads(ask(f"/full-text/{document_id}/pages/2", "Ben").body)
    assert (page["text"], page["words"]) == ("", [])
    assert "it is a picture" in page["message"]


def test_a_page_of_a_full_text_has_a_picture(document_id: int) -> None:
    address = f"/full-text/{document_id}/pages/1/picture"
    answer = ask(f"{address}?width=300&kind=png", "Ben")
    assert answer.headers["content-type"] == "image/png"
    assert Image.open(io.BytesIO(answer.body)).size == (300, 425)
    assert ask(address, "Ben").headers["content-type"] == "image/jpeg"
    for wrong in ("width=wide", "width=-5", "width=1000000", "width=²", "kind=gif"):
        assert ask(f"{address}?{wrong}", "Ben").status == 400


@pytest.mark.parametrize("page", [0, 4, 2**70])
def test_a_page_that_a_full_text_has_not_is_not_found(document_id: int, page: int) -> None:
    assert ask(f"/full-text/{document_id}/pages/{page}", "Ben").status == 404
    assert ask(f"/full-text/{document_id}/pages/{page}/picture", "Ben").status == 404


def test_words_are_found_on_all_pages_of_a_full_text(document_id: int) -> None:
    answer = json.loads(ask(f"/full-text/{document_id}/search?words=RECOVERY", "Ben").body)
    assert answer == {
        "found": [
            {"page": 1, "start": 10, "end": 19, "before": "people in ", "words": "recovery",
             "after": " at work"},
            {"page": 3, "start": 0, "end": 8, "before": "", "words": "Recovery", "after": ""},
        ],
        "is_complete": True,
        "without_text": [2],
        "unreadable": [],
    }  # fmt: skip
    assert ask(f"/full-text/{document_id}/search?words={'a' * 201}", "Ben").status == 400


@pytest.mark.parametrize("part", PARTS[1:])
def test_what_a_browser_holds_is_not_sent_again_but_asked_for(document_id: int, part: str) -> None:
    first = ask(f"/full-text/{document_id}{part}", "Ben")
    assert first.headers["cache-control"] == "private, no-cache"
    assert first.headers["vary"] == "cookie"
    again = ask(f"/full-text/{document_id}{part}", "Ben", known=f'"old", W/{first.headers["etag"]}')
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]


def test_a_full_text_that_cannot_be_read_says_why(desk: Desk, document_id: int) -> None:
    locked = write([scan()], password="sesame")  # noqa: S106  # of no use elsewhere
    for name, content, words in (
        ("locked.pdf", locked, b"asks for a password"),
        ("cut.pdf", PDF[:300], b"damaged or incomplete"),
    ):
        (report,) = full_texts.page(desk, None, 0, 1)
        full_texts.add(desk, report.work_id, name, content)
        number = full_texts.page(desk, None, 0, 1)[0].documents[-1].id
        for part in PARTS[1:]:
            answer = ask(f"/full-text/{number}{part}", "Anna")
            assert answer.status == 422
            assert words in answer.body
        assert ask(f"/full-text/{number}", "Anna").body == content


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
    people.sign_out(visitor.store(Settings.from_environment()), "Dora")
    assert ask(path, "Dora", method).status == 403
