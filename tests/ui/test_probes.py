"""Machines ask whether the server is well; they learn nothing else."""

from collections.abc import Iterator
from dataclasses import replace
from threading import Event

import pytest
from sqlalchemy import text
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from evidence.errors import Invalid
from evidence.settings import Settings
from evidence.store import Store
from evidence.store.installation import readiness
from evidence.ui.results.public_page.server import public_app
from evidence.ui.shell import probes
from evidence.ui.shell.probes import Probed


@pytest.fixture
def opened(sqlite_address: str) -> Iterator[Store]:
    store = Store.open(sqlite_address)
    yield store
    store.close()


def other(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("another page")


def client(store: Store | None, *, base: str = "", metrics: str = "closed") -> TestClient:
    def give() -> Store:
        if store is None:
            raise Invalid("secret address of the database")
        return store

    settings = replace(Settings(), metrics=metrics)
    middleware = [Middleware(Probed, store=give, settings=settings, base=base)]
    routes = [Route("/{rest:path}", other)]
    return TestClient(Starlette(routes=routes, middleware=middleware), base_url="http://elsewhere")


def test_a_server_in_order_is_healthy_and_ready(opened: Store) -> None:
    asks = client(opened, base="/wm")
    for path, words in (("/wm/health", "healthy\n"), ("/wm/ready", "ready\n")):
        answer = asks.get(path)
        assert (answer.status_code, answer.text) == (200, words)
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["content-type"].startswith("text/plain")
        assert "set-cookie" not in answer.headers
        assert asks.head(path).status_code == 200
        assert asks.post(path).status_code == 405
    assert asks.get("/wm/healthy").text == "another page"


def test_a_database_of_another_step_or_none_is_not_ready(
    opened: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probes, "HOLDS", 0.0)
    asks = client(opened)
    with opened.writing_outside() as c:
        c.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    answer = asks.get("/ready")
    assert (answer.status_code, answer.text) == (
        503, "not ready: the tables are at the step of another version\n"
    )  # fmt: skip
    assert asks.get("/health").status_code == 200
    answer = client(None).get("/ready")
    assert (answer.status_code, answer.text) == (503, "not ready: the database does not answer\n")


def test_a_server_that_is_gone_is_not_ready() -> None:
    from evidence.store.engine import engine_of  # noqa: PLC0415

    gone = Store(engine_of("postgresql+psycopg://nobody@127.0.0.1:1/none"))
    assert client(gone).get("/ready").status_code == 503


def test_a_database_that_does_not_come_back_is_asked_once(
    opened: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probes, "HOLDS", 0.0)
    monkeypatch.setattr(probes, "PATIENCE", 0.01)
    asked, comes_back = [], Event()

    def trouble(_store: Store) -> None:
        asked.append(1)
        comes_back.wait(10)

    monkeypatch.setattr(readiness, "trouble", trouble)
    with client(opened) as asks:
        assert [asks.get("/ready").status_code for _ in range(3)] == [503] * 3
        assert len(asked) == 1
        monkeypatch.setattr(probes, "PATIENCE", 10)
        comes_back.set()
        assert asks.get("/ready").status_code == 200


def test_metrics_are_closed_until_somebody_opens_them(opened: Store) -> None:
    for base in ("", "/wm"):
        asks = client(opened, base=base)
        assert asks.get(f"{base}/_stcore/metrics").status_code == 404
        assert asks.get(f"{base}/_stcore/metrics/").status_code == 404
        opens = client(opened, base=base, metrics="open")
        assert opens.get(f"{base}/_stcore/metrics").text == "another page"
    with pytest.raises(Invalid, match="WAYMARK_METRICS must be closed or open"):
        Settings.from_environment({"WAYMARK_METRICS": "yes"})


def test_the_server_of_public_pages_answers_the_same(opened: Store) -> None:
    asks = TestClient(public_app(opened, Settings()), base_url="http://elsewhere")
    assert asks.get("/health").text == "healthy\n"
    assert asks.get("/ready").text == "ready\n"
    assert asks.get("/public/x").status_code == 400  # a name that is not allowed
