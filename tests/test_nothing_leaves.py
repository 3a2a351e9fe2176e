"""No name is looked up and nothing is sent outside of this machine by the server.

The browser's tests (tests/browser/test_access.py) open every page of such a server.
"""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from evidence.steps.accounts import signing_in
from evidence.steps.accounts.signing_in import Admission
from evidence.store import Store
from evidence.store.accounts.accounts import Identity
from evidence.ui.shell.identity import COOKIE
from scripts.serving import Server, free_port
from tests.conftest import ROOT

pytestmark = pytest.mark.journey  # servers and installs of its own take long

CLOSED = ROOT / "tests" / "closed_sockets"
UPGRADE = (
    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
)


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """One that listens at every address, behind a proxy that asks under another name."""
    monkeypatch.setenv("STREAMLIT_SERVER_ADDRESS", "0.0.0.0")  # noqa: S104
    monkeypatch.setenv("WAYMARK_HOSTS", "waymark.example,localhost")
    monkeypatch.setenv("WAYMARK_SIGN_IN", "invitation")  # others reach it
    started = Server(folder=tmp_path, port=free_port(), example=True, closed=True)
    started.start()
    yield started
    started.kill()


def asked(server: Server, path: str, *headers: str) -> int:
    lines = "".join(f"{header}\r\n" for header in headers)
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as wire:
        wire.sendall(f"GET {path} HTTP/1.1\r\n{lines}\r\n".encode())
        return int(wire.recv(2000).split()[1])


def signed_in(server: Server) -> str:
    """The cookie of somebody who is signed in."""
    store = Store.open(server.database, private=True)
    amira = Identity(issuer="https://sign-in.example", subject="amira", name="Amira")
    everybody, lasts = Admission(everybody=True), timedelta(days=1)
    token = signing_in.sign_in(store, amira, everybody, lasts=lasts)
    store.close()
    return f"Cookie: {COOKIE}={token}"


def test_a_server_at_every_address_asks_nobody(server: Server) -> None:
    host = "Host: waymark.example:443"
    assert asked(server, "/records", host) == 403
    assert asked(server, "/_stcore/stream", host, UPGRADE.rstrip()) == 403
    name = f"{host}\r\n{signed_in(server)}"
    assert asked(server, "/records", name) == 200
    for origin in ("https://waymark.example", "https://Waymark.Example:443"):
        upgraded = asked(server, "/_stcore/stream", name, f"Origin: {origin}", UPGRADE.rstrip())
        assert upgraded == 101, origin
    refused = asked(
        server, "/_stcore/stream", name, "Origin: https://evil.example", UPGRADE.rstrip()
    )
    assert refused == 403
    assert server.tried() == []
    assert f"http://localhost:{server.port}" in (server.folder / "server.log").read_text()


@pytest.mark.parametrize(
    ("ask", "event"),
    [
        ("socket.getaddrinfo('evil.example', 80)", "socket.getaddrinfo evil.example"),
        ("socket.create_connection(('192.0.2.1', 80), 1)", "socket.getaddrinfo 192.0.2.1"),
        ("socket.socket(type=2).connect(('8.8.8.8', 1))", "socket.connect 8.8.8.8"),
        ("socket.socket(type=2).sendto(b'', ('8.8.8.8', 1))", "socket.sendto 8.8.8.8"),
        ("socket.gethostbyname('evil.example')", "socket.gethostbyname evil.example"),
    ],
)
def test_what_would_leave_is_refused_and_written_down(tmp_path: Path, ask: str, event: str) -> None:
    log = tmp_path / "network.log"
    environment = {**os.environ, "PYTHONPATH": str(CLOSED), "NETWORK_LOG": str(log)}
    command = [sys.executable, "-c", f"import socket; {ask}"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert "Refused" in done.stderr
    assert log.read_text() == f"{event}\n"


def test_this_machine_can_be_asked(tmp_path: Path) -> None:
    log = tmp_path / "network.log"
    environment = {**os.environ, "PYTHONPATH": str(CLOSED), "NETWORK_LOG": str(log)}
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        ask = f"import socket; socket.create_connection(('localhost', {port}), 5)"
        subprocess.run([sys.executable, "-c", ask], env=environment, check=True)
    assert not log.exists()
