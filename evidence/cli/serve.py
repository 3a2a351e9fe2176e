"""Starting the app."""

import errno
import logging
import os
import socket
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from evidence import json_log
from evidence.cli.output import with_exit_code
from evidence.cli.reviews import store
from evidence.errors import WaymarkError
from evidence.hosts import OPEN_TO_OTHERS, stays_on_this_machine
from evidence.settings import ROOT, LogForm, Settings, SignIn
from evidence.steps import caretaker, cluster, example
from evidence.steps.review import reviews
from evidence.store import Store, addresses

log = logging.getLogger("waymark")
WHY_NOT = {
    errno.EADDRINUSE: "Port {port} is taken by another program, perhaps by another Waymark. "
    "Choose another one, for example --port {other}.",
    errno.EACCES: "Port {port} may be used by the machine's administrator only. "
    "Choose one from 1024 on, for example --port {other}.",
}


@with_exit_code
def serve(
    port: Annotated[
        int, typer.Option(min=1, max=65535, help="Where to listen on this machine.")
    ] = 8501,
    with_example: Annotated[bool, typer.Option("--example/--no-example")] = True,
    public: Annotated[
        bool, typer.Option("--public", help="Serve published pages only, no reviewer's page.")
    ] = False,
) -> bool:
    """Start the app; on a new store the example review is loaded first."""
    _check_port(port)
    if Settings.from_environment().log == LogForm.JSON:
        json_log.install()
    if public:
        _serve_public(port)
    settings = Settings.from_environment()
    _refuse_openness(settings)
    cluster.check(settings)
    plan = caretaker.plan_of(settings)
    opened = store()
    if with_example and not reviews.overviews(opened):
        _tell("Loading the example review …")
        example.load(opened, settings)
    opened.close()
    _tell(f"Your reviews are kept in {_where_kept(opened)}.")
    if plan:
        _tell(f"Backups go to {plan.folder}, every {plan.hours:,} hours; {plan.kept:,} stay.")
    if settings.cluster:
        _tell(f"Work in the background runs on the cluster at {settings.cluster}.")
    _tell(f"Waymark is at {_url(port)} (Ctrl+C stops it).")
    if settings.sign_in == SignIn.PROXY:  # the gate itself asks from which machine a request comes
        os.environ["FORWARDED_ALLOW_IPS"] = ""
    script = str(ROOT / "app.py")  # Streamlit reads .streamlit/config.toml beside it
    _become([sys.executable, "-m", "streamlit", "run", script, f"--server.port={port}"])


def _refuse_openness(settings: Settings) -> None:
    """Where nobody signs in, only this machine may reach the server.

    Raises:
        WaymarkError: with what to do about it.
    """
    address = _address()
    if not settings.is_private and not stays_on_this_machine(address):
        raise WaymarkError(OPEN_TO_OTHERS.format(address=address))


def _tell(sentence: str) -> None:
    """Say what is going on: to people, or as a line of a log in JSON."""
    if Settings.from_environment().log == LogForm.JSON:
        log.info("%s", sentence, extra=json_log.PLAIN)
    else:
        typer.echo(sentence)


def _become(arguments: list[str]) -> NoReturn:
    """Go on as another program, so that a signal reaches it; Windows cannot, and waits for it."""
    if sys.platform == "win32":
        raise typer.Exit(subprocess.call(arguments))  # noqa: S603 - our own program, no shell
    os.execv(sys.executable, arguments)  # noqa: S606 - as above


def _where_kept(opened: Store) -> str:
    """The file of the database, or the server, without a password."""
    address = opened.engine.url
    if address.get_backend_name() == "sqlite" and address.database:
        return str(Path(address.database).resolve())
    return addresses.shown(address)


def _serve_public(port: int) -> NoReturn:
    """Answer readers of what was published, until the process is stopped."""
    store().close()
    _tell(f"Published pages are read below {_url(port)}/public/ (Ctrl+C stops it).")
    _become([sys.executable, "-m", "evidence.ui.results.public_page", _address(), str(port)])


def _check_port(port: int) -> None:
    """Refuse a port that cannot be had, before anything is done.

    Raises:
        WaymarkError: with what to do about it.
    """
    address = _address()
    try:
        for family, kind, *_, place in socket.getaddrinfo(address, port, type=socket.SOCK_STREAM):
            with socket.socket(family, kind) as probe:
                if os.name == "posix":  # what was just closed does not count, as for the server
                    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(place)
    except OSError as error:
        words = WHY_NOT.get(
            error.errno or 0, "Nothing can listen at {address}, port {port}: {why}."
        )
        other = port + 1 if 1024 <= port < 65535 else 8501  # noqa: PLR2004 - the ports there are
        why = error.strerror or error
        raise WaymarkError(
            words.format(address=address, port=port, other=other, why=why)
        ) from error


def _url(port: int) -> str:
    """Where people on this machine open the pages."""
    address = _address()
    everywhere = address in {"0.0.0.0", "::"}  # noqa: S104 - compared, not listened at
    host = "localhost" if everywhere else f"[{address}]" if ":" in address else address
    base = os.environ.get("STREAMLIT_SERVER_BASE_URL_PATH", "").strip("/")
    return f"http://{host}:{port}" + (f"/{base}" if base else "")


def _address() -> str:
    """Where Streamlit is going to listen."""
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    return os.environ.get("STREAMLIT_SERVER_ADDRESS") or str(settings["server"]["address"])
