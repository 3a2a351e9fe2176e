"""Starting and stopping the app, without a browser."""

import errno
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from typer.testing import CliRunner

from evidence.cli import app
from evidence.steps.review import people, reviews
from evidence.store import Store
from evidence.store.review.reviews import Draft
from scripts.serving import Server, free_port
from tests.conftest import ROOT

pytestmark = pytest.mark.journey  # servers and installs of its own take long


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_server_that_stops_leaves_all_in_one_file(tmp_path: Path, how: signal.Signals) -> None:
    server = Server(folder=tmp_path, port=free_port())
    server.start()
    other = Store.open(server.database)  # else the last to leave would tidy up
    people.named(other, "Anna")
    assert (tmp_path / "waymark.db-wal").stat().st_size
    assert server.process
    server.process.send_signal(how)
    server.process.wait(20)
    alone = tmp_path / "alone" / "waymark.db"
    alone.parent.mkdir()
    shutil.copy(tmp_path / "waymark.db", alone)
    copied = Store.open(f"sqlite:///{alone}")
    assert [person.name for person in people.everybody(copied)] == ["Anna"]
    copied.close()
    other.close()


def test_a_port_that_cannot_be_had_is_told_before_anything_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAYMARK_DATABASE", f"sqlite:///{tmp_path / 'serve.db'}")
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        result = CliRunner().invoke(app, ["serve", "--port", str(port)])
    assert result.exit_code == 1
    assert f"Port {port} is taken by another program" in result.output
    assert "Loading" not in result.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("port", ["0", "-5", "65536", "99999", "eight"])
def test_a_port_that_is_none_is_wrong_usage(port: str) -> None:
    result = CliRunner().invoke(app, ["serve", f"--port={port}"])
    assert result.exit_code == 2
    assert "--port" in result.output


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EACCES, "Port 80 may be used by the machine's administrator only"),
        (errno.EADDRNOTAVAIL, "Nothing can listen at 127.0.0.1, port 80"),
    ],
)
def test_why_a_port_cannot_be_had_is_told(
    monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.delenv("STREAMLIT_SERVER_ADDRESS", raising=False)
    monkeypatch.setattr(socket.socket, "bind", refuse)
    result = CliRunner().invoke(app, ["serve", "--port", "80"])
    assert result.exit_code == 1
    assert words in result.output


def test_an_address_that_is_not_this_machines_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STREAMLIT_SERVER_ADDRESS", "192.0.2.1")
    result = CliRunner().invoke(app, ["serve"])
    assert result.exit_code == 1
    assert "Nothing can listen at 192.0.2.1" in result.output


def test_a_database_that_cannot_be_opened_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("WAYMARK_DATABASE", f"sqlite:///{tmp_path / 'nowhere' / 'serve.db'}")
    result = CliRunner().invoke(app, ["serve", "--port", str(free_port())])
    assert result.exit_code == 1
    assert "cannot be opened" in result.output


def test_a_database_is_looked_for_where_the_command_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    server = RelativeServer(folder=tmp_path, port=free_port(), started_in=tmp_path)
    server.start()
    server.kill()
    assert (tmp_path / "a.db").exists()
    assert not (ROOT / "a.db").exists()


def test_a_log_in_json_holds_nothing_of_reviews_and_probes_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    title, token, name = "A title nobody logs", "tok3n-nobody-logs", "Nobody Logged"
    monkeypatch.setenv("WAYMARK_LOG", "json")
    monkeypatch.setenv("WAYMARK_FREE_MB", "999999999")
    server = Server(folder=tmp_path, port=free_port())
    with closing(Store.open(server.database)) as store:
        person = people.named(store, name)
        reviews.create(store, person.id, Draft(title=title))
    server.start()
    try:
        answers = {
            path: ask(server.url + path, token)
            for path in ("/health", "/ready", "/_stcore/metrics", f"/public/{token}", f"/{token}")
        }
        assert answers["/health"] == (200, b"healthy\n")
        assert answers["/ready"] == (200, b"ready\n")
        assert answers["/_stcore/metrics"][0] == 404
        with closing(sqlite3.connect(tmp_path / "waymark.db")) as connection:
            connection.execute("ALTER TABLE publication RENAME TO gone")
        assert ask(f"{server.url}/public/{token}", token)[0] >= 500
    finally:
        assert server.process
        server.process.terminate()
        server.process.wait(30)
    log = (tmp_path / "server.log").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in log.splitlines()]
    assert any("MB are free" in line["message"] for line in lines)
    assert any("errors" in line for line in lines)
    assert not [secret for secret in (title, token, name) if secret in log]


PAGE_THAT_FAILS = """
import logging, sys, threading, warnings
from streamlit import error_util, logger
from evidence.settings import Settings
from evidence.ui.shell import logs

logs.begin(Settings(log="json"))
logger.get_logger("streamlit.later").warning("of %s", sys.argv[1])
try:
    raise ValueError(sys.argv[1])
except ValueError as error:
    error_util._log_uncaught_app_exception(error)
warnings.warn(sys.argv[1])
thread = threading.Thread(target=lambda: int(sys.argv[1]))
thread.start()
thread.join()
raise KeyError(sys.argv[1])
"""


def test_a_page_a_thread_and_a_process_that_fail_tell_no_content_in_json() -> None:
    command = [sys.executable, "-c", PAGE_THAT_FAILS, "A title nobody logs"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stdout == ""
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert "A title" not in done.stderr
    kinds = [line["errors"][0]["kind"] for line in lines if "errors" in line]
    assert kinds == ["builtins.ValueError", "builtins.ValueError", "builtins.KeyError"]
    assert {"of …", "This was not foreseen"} <= {line["message"] for line in lines}


def ask(url: str, token: str) -> tuple[int, bytes]:
    request = Request(url, headers={"Cookie": f"waymark={token}"})  # noqa: S310 - our own
    try:
        with urlopen(request, timeout=30) as answer:  # noqa: S310 - our own
            return answer.status, answer.read()
    except HTTPError as error:
        return error.code, b""


class RelativeServer(Server):
    """One whose database is named without its folder."""

    database = "sqlite:///a.db"
