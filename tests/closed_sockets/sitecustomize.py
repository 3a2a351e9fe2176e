"""Closes the socket module of a process to all but this machine; for PYTHONPATH.

What is tried nonetheless is refused and written down in the file NETWORK_LOG, by every process that
the first one starts as well. Python loads a module of this name before anything else.
"""

import os
import sys

HERE = {"", "localhost", "ip6-localhost", "0.0.0.0", "::", "::1"}  # noqa: S104 - names, no server
WITH_ADDRESS = {"socket.connect", "socket.sendto", "socket.sendmsg"}
WITH_NAME = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}


def _place(event: str, arguments: tuple[object, ...]) -> object:
    """Where something is asked of; empty for a socket that is bound to its other end."""
    if event in WITH_NAME:
        return arguments[0]
    if event in WITH_ADDRESS or event == "socket.getnameinfo":
        address = arguments[-1]
        return address[0] if isinstance(address, tuple) else ""  # a path is a pipe of this machine
    return ""


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if not event.startswith("socket."):
        return
    place = _place(event, arguments)
    name = place.decode() if isinstance(place, bytes) else str(place or "")
    if name in HERE or name.startswith("127."):
        return
    with open(os.environ["NETWORK_LOG"], "a", encoding="utf-8") as log:  # noqa: PTH123 - early
        log.write(f"{event} {name}\n")
    raise OSError(f"Refused: {event} {name}")


sys.addaudithook(_watch)
