"""Addresses of databases, which may hold passwords: read with care, shown without them."""

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from evidence.errors import Invalid

NO_ADDRESS = (
    "That is no address of a database. One is written like sqlite:////srv/waymark.db or "
    "postgresql+psycopg://user@host/name; signs such as / or @ in a password as %2F and %40."
)


def parse(address: str) -> URL:
    """The parts of an address.

    Raises:
        Invalid: it is none; the sentence does not repeat it, since a password may stand in it.
    """
    try:
        return make_url(address)
    except (ArgumentError, ValueError) as error:  # a port that is no number is told with the rest
        raise Invalid(NO_ADDRESS) from error.with_traceback(None)


def shown(address: str | URL) -> str:
    """An address as it may be printed: without password and options, which can hold one, too."""
    url = parse(address) if isinstance(address, str) else address
    return url.set(query={}).render_as_string(hide_password=True)


def is_server(address: str | URL) -> bool:
    """Whether an address is that of a database server."""
    url = parse(address) if isinstance(address, str) else address
    return url.get_backend_name() == "postgresql"
