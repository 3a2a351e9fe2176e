"""Readers get what was published with its own headers, and everything else alike."""

import gzip
import re

import pytest
from starlette.applications import Starlette
from starlette.routing import Router

import app
from evidence.settings import Settings
from evidence.steps.desk import Desk
from evidence.steps.results.publishing import publish
from evidence.steps.results.publishing.publish import PublicChoice
from evidence.store import Store
from evidence.ui.results.public_page import server
from evidence.ui.results.public_page.server import public_app
from tests.steps.coding.test_coding import finding
from tests.steps.conftest import desk
from tests.steps.results.test_map_document import code, study_ids
from tests.ui.results.public_page.asking import ask

__all__ = ["desk", "study_ids"]

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def alone(store: Store) -> Starlette:
    """The server of `serve --public`."""
    return public_app(store, Settings())


@pytest.fixture
def beside(store: Store) -> app.Guarded:
    """The same pages beside the app's own."""
    return app.Guarded(Router(server.public_routes(lambda: store)))


@pytest.fixture
def token(desk: Desk, study_ids: list[int]) -> str:
    code(desk, study_ids[0], finding())
    return publish.publish(desk, PublicChoice(title=f"Work {HOSTILE}")).publication.token


def test_pages_say_who_may_frame_them_and_leave_no_cookie(
    alone: Starlette, beside: app.Guarded, token: str
) -> None:
    for path in ("", "map", "report", "version/1/", "version/1/map"):
        answers = [ask(each, f"/public/{token}/{path}") for each in (alone, beside)]
        assert answers[0] == answers[1]
        headers, body = answers[0].headers, answers[0].body
        assert answers[0].status == 200
        meta = re.search(rb'http-equiv="Content-Security-Policy" content="([^"]*)"', body)
        assert meta
        framed = "*" if path.endswith("map") else "'none'"
        first, *rest = headers["content-security-policy"].split("; sandbox ")
        sandbox, _, frames = (rest or [first])[0].partition("; frame-ancestors ")
        assert frames == framed
        assert first.partition("; frame-ancestors")[0] == meta[1].decode()
        assert bool(rest) == path.endswith(("map", "report"))
        assert "allow-same-origin" not in sandbox  # bytes of an archive get nothing of the app's
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "no-cache"
        assert "set-cookie" not in headers
        assert HOSTILE.encode() not in body
    assert ask(beside, "/public/anything/").headers.get("set-cookie") is None


def test_a_page_that_is_known_is_not_sent_again_and_comes_packed_to_who_can_read_it(
    alone: Starlette, token: str
) -> None:
    whole = ask(alone, f"/public/{token}/map")
    packed = ask(alone, f"/public/{token}/map", headers={"accept-encoding": "br, gzip"})
    refused = ask(alone, f"/public/{token}/map", headers={"accept-encoding": "gzip;q=0"})
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == whole.body == refused.body
    for path in ("", "map", "report"):
        tag = ask(alone, f"/public/{token}/{path}").headers["etag"]
        again = ask(alone, f"/public/{token}/{path}", headers={"if-none-match": tag})
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)


def test_guessed_withdrawn_and_ended_addresses_are_answered_alike(
    desk: Desk, alone: Starlette, beside: app.Guarded, token: str
) -> None:
    tag = ask(alone, f"/public/{token}/map").headers["etag"]
    page = publish.listing(desk)[0].publication
    other = publish.publish(desk, PublicChoice(map=False)).publication
    publish.withdraw(desk, page.id)
    with desk.store.writing_outside() as c:
        c.exec_driver_sql(f"UPDATE publication SET ends_on = '2020-01-01' WHERE id = {other.id}")  # noqa: S608
    paths = [
        *(f"/public/{token}/{path}" for path in ("", "map", "report", "version/1/")),
        *(f"/public/{other.token}/{path}" for path in ("", "report", "subjects", "map")),
        "/public/guessed/",
        "/public/guessed/map",
        "/public/%00/",
        f"/public/{token}/version/{'9' * 30}/",
        f"/public/{token}/version/-1/map",
    ]
    first = ask(alone, "/public/never-was/")
    assert first.status == 404
    assert b"withdrawn" in first.body
    for path in paths:
        for each in (alone, beside):
            assert ask(each, path, headers={"if-none-match": tag}) == first, path


def test_no_page_of_reviewers_is_reachable_on_the_port_of_readers(alone: Starlette) -> None:
    paths = (
        *("/", "/map?review=1", "/_stcore/health", "/_stcore/stream", "/map-document/1"),
        *("/full-text/1", "/own-script/x/1.js", "/public/", "/_stcore/upload_file/a/b"),
    )
    for path in paths:
        for method in ("GET", "POST", "PUT", "DELETE"):
            assert ask(alone, path, method).status in {404, 405}, path


def test_another_host_is_refused(alone: Starlette, beside: app.Guarded, token: str) -> None:
    for each in (alone, beside):
        assert ask(each, f"/public/{token}/", headers={"host": "evil.example"}).status == 400


def test_links_stay_below_the_path_of_the_installation(store: Store, token: str) -> None:
    based = public_app(store, Settings(), "/wm")
    assert ask(based, f"/public/{token}/").status == 404
    moved = ask(based, f"/wm/public/{token}")
    assert (moved.status, moved.headers["location"]) == (308, f"./{token}/")
    hostile = ask(based, "/wm/public/https:%5C%5Cevil.example")
    assert hostile.headers["location"] == "./https%3A%5C%5Cevil.example/"
    links = re.findall(rb'href="([^"]*)"', ask(based, f"/wm/public/{token}/").body)
    assert [link for link in links if link.startswith((b"/", b"http"))] == []


def test_both_servers_answer_from_the_same_reviews(
    store: Store, desk: Desk, alone: Starlette, token: str
) -> None:
    second = public_app(Store.open(str(store.engine.url)), Settings())
    assert ask(alone, f"/public/{token}/map") == ask(second, f"/public/{token}/map")
    publish.withdraw(desk, publish.listing(desk)[0].publication.id)
    assert {ask(each, f"/public/{token}/map").status for each in (alone, second)} == {404}
