"""Requests under other names, websockets of other sites and files of strangers are refused."""

import asyncio
import socket
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from evidence.errors import Invalid, Unavailable
from evidence.hosts import host_names, is_allowed, is_loopback, is_same_origin
from evidence.settings import Settings
from scripts.serving import Server, free_port

OWN = host_names("")
HERE = socket.gethostname()
UPGRADE = (
    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
)


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LOCALHOST:8501",
        "127.0.0.1:1",
        "[::1]:8501",
        "localhost.",
        socket.gethostname(),
    ],
)
def test_this_machine_is_allowed_by_its_own_names(host: str) -> None:
    assert is_allowed([host], OWN)


@pytest.mark.parametrize(
    "host",
    ["evil.example", "localhost.evil.example", "127.0.0.1.nip.io", "", " ", "localhost@evil.test",
     "localhost:x", "localhost/evil", "127.0.0.2", "[::2]", "*", "[", "evil.example:8501"],
)  # fmt: skip
def test_another_name_is_refused(host: str) -> None:
    assert not is_allowed([host], OWN)


@pytest.mark.parametrize(
    ("address", "is_only_here"),
    [
        ("http://127.0.0.1:8777/", True),
        ("http://127.8.0.1/wm/", True),
        ("http://LOCALHOST:8501/", True),
        ("http://[::1]:8501/", True),
        ("https://reviews.example/", False),
        ("http://192.168.0.7:8501/", False),
        ("http://[broken/", False),
        ("/", False),
    ],
)
def test_an_address_that_nobody_else_can_open_is_known(address: str, is_only_here: object) -> None:
    assert is_loopback(address) is is_only_here


def test_none_and_two_are_refused() -> None:
    assert not is_allowed([], OWN)
    assert not is_allowed(["localhost", "evil.example"], OWN)


def test_the_setting_takes_the_place_of_the_default() -> None:
    names = host_names("Waymark.example.org, reviews.example.org:8443 ::1")
    assert names == {"waymark.example.org", "reviews.example.org", "[::1]"}
    assert not is_allowed(["localhost"], names)
    assert is_allowed(["anything.example"], host_names("*"))


@pytest.mark.parametrize("setting", ["http://waymark.example.org", "a/b", "localhost:x", "a@b"])
def test_a_setting_that_holds_no_name_is_told(setting: str) -> None:
    with pytest.raises(Invalid, match="WAYMARK_HOSTS"):
        Settings.from_environment({"WAYMARK_HOSTS": setting})


@given(st.text(max_size=20), st.text(max_size=20))
def test_no_header_breaks_the_check(origin: str, host: str) -> None:
    is_allowed([host], OWN)
    is_same_origin([origin], [host])


@pytest.mark.parametrize(
    ("origin", "host", "same"),
    [
        ("http://localhost:8501", "localhost:8501", True),
        ("https://waymark.example.org", "waymark.example.org", True),
        ("https://waymark.example.org", "waymark.example.org:443", True),
        ("http://[::1]:8501", "[::1]:8501", True),
        ("http://LocalHost:8501", "localhost:8501", True),
        ("http://localhost:3000", "localhost:8501", False),
        ("http://localhost", "localhost:8501", False),
        ("https://evil.example", "localhost:8501", False),
        ("https://localhost:8501.evil.example", "localhost:8501", False),
        ("https://localhost:8501@evil.example", "localhost:8501", False),
        ("null", "localhost:8501", False),
        ("", "localhost:8501", False),
        ("chrome-extension://localhost:8501", "localhost:8501", False),
    ],
)
def test_a_page_may_open_websockets_to_its_own_host(origin: str, host: str, same: object) -> None:
    assert is_same_origin([origin], [host]) is same


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One that answers under other names than the usual ones; all other servers here show those."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WAYMARK_HOSTS", "waymark.example.org, localhost")
        started = Server(folder=tmp_path_factory.mktemp("hosts"), port=free_port())
        started.start()
    yield started
    started.kill()


def status(server: Server, start: str, headers: str, body: str = "") -> int:
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as wire:
        wire.sendall(f"{start} HTTP/1.1\r\n{headers}\r\n{body}".encode())
        return int(wire.recv(2000).split()[1])


@pytest.mark.parametrize(
    "path", ["/", "/_stcore/health", "/full-text/1", "/records", "/static/x.js"]
)
def test_the_server_answers_under_its_own_names_only(server: Server, path: str) -> None:
    other = "Host: evil.example\r\nConnection: close\r\n"
    assert status(server, f"GET {path}", other) == 400
    assert status(server, f"GET {path}", other.replace("evil.example", "localhost")) != 400


def test_websockets_of_other_sites_are_refused(server: Server) -> None:
    own = f"localhost:{server.port}"
    for host, origin, expected in [
        (own, f"Origin: http://{own}\r\n", 101),
        (own, "", 101),
        (own, "Origin: http://evil.example\r\n", 403),
        (own, "Origin: http://localhost:1\r\n", 403),
        (own, "Origin: null\r\n", 403),
        ("evil.example", "Origin: http://evil.example\r\n", 403),
        ("evil.example", "", 403),
    ]:
        headers = f"Host: {host}\r\n{UPGRADE}{origin}"
        for path in ("/_stcore/stream", "/anything"):
            answer = status(server, f"GET {path}", headers)
            if path == "/_stcore/stream" or expected != 101:
                assert answer == expected, (host, origin, path)


@pytest.mark.parametrize("cookie", ["", "Cookie: waymark=invented\r\n"])
@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_files_are_taken_from_known_people_only(server: Server, method: str, cookie: str) -> None:
    headers = f"Host: localhost\r\nContent-Length: 2\r\n{cookie}"
    assert status(server, f"{method} /_stcore/upload_file/a/b", headers, "{}") == 403


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        (f"Content-Length: {200 * 2**20}\r\n", 403),
        (f"Content-Length: {201 * 2**20}\r\n", 413),
        ("Content-Length: 99999999999999999999\r\n", 413),
        ("Transfer-Encoding: chunked\r\n", 413),  # no length is announced
    ],
)
def test_a_file_over_the_limit_of_the_setting_is_not_read(
    server: Server, length: str, expected: int
) -> None:
    assert (
        status(server, "PUT /_stcore/upload_file/a/b", f"Host: localhost\r\n{length}") == expected
    )


def test_another_name_can_be_set(server: Server) -> None:
    close = "Connection: close\r\n"
    assert status(server, "GET /", f"Host: waymark.example.org\r\n{close}") == 200
    assert status(server, "GET /", f"Host: 127.0.0.1\r\n{close}") == 400


def test_a_database_that_fails_is_told_to_who_sends_or_asks_for_a_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """By the server's own routes, which no page stands around."""
    import app  # noqa: PLC0415 - the server, of which only two functions are asked

    def fail(_cookies: object) -> None:
        raise Unavailable("The disk is full.")

    monkeypatch.setattr(app, "_who_asks", fail)
    refused = app._refusal({})
    assert refused is not None
    assert (refused.status_code, bytes(refused.body)) == (503, b"The disk is full.")
    request = Request({"type": "http", "headers": [], "path_params": {"number": 1}})
    for path, give in app.OWN_ROUTES.items():
        if path.startswith("/own-script/"):  # which is no secret, and needs no database
            continue
        answer = asyncio.run(give(request))
        assert (answer.status_code, bytes(answer.body)) == (503, b"The disk is full.")
