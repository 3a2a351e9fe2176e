"""A Dask cluster for work in the background, where WAYMARK_CLUSTER names its scheduler.

This module alone speaks to Dask, and loads it only where there is a cluster: it is an extra.
"""

import re
import sys
from concurrent.futures import Executor
from importlib.util import find_spec
from threading import Lock
from typing import TYPE_CHECKING

from evidence.errors import Invalid, Unavailable
from evidence.settings import Settings
from evidence.store import addresses

if TYPE_CHECKING:
    from distributed import Client

CONNECTING = 5  # seconds until a scheduler that does not answer is given up
MOST_MEGABYTES = 400  # of a file: it goes by the database, and PostgreSQL sends none twice as long
ADDRESS = re.compile(r"(?:[a-z]+://)?(?:\[[0-9a-fA-F:]+\]|[^\s:/\[\]]+):[0-9]{1,5}")
NO_ADDRESS = (
    "WAYMARK_CLUSTER must be the address of a Dask scheduler, such as tcp://scheduler:8786, "
    "not {address!r}."
)
WITH_SQLITE = (
    "WAYMARK_CLUSTER needs a PostgreSQL database: the workers of a cluster run on other machines, "
    "which cannot write to a SQLite file. Take WAYMARK_CLUSTER away, or move the installation "
    "with `python -m evidence move` and set WAYMARK_DATABASE."
)
NO_DASK = (
    "WAYMARK_CLUSTER needs Dask, which is not installed here. Install the extra: "
    "pip install 'waymark[dask]'."
)
TOO_LARGE = (
    "With WAYMARK_CLUSTER files reach the workers by the database, which takes up to {most} MB "
    "each. Set WAYMARK_MAX_UPLOAD_MB to {most} or less."
)
NO_ANSWER = (
    "The cluster does not answer, so this was not begun and nothing was changed. Whoever runs "
    "Waymark should see whether its scheduler runs; then try it again."
)

_lock = Lock()
_clients: "dict[str, Client]" = {}


def check(settings: Settings) -> None:
    """Refuse settings with which no cluster can work; fine where none is named.

    Raises:
        Invalid: with what to do about it.
    """
    if not settings.cluster:
        return
    if not ADDRESS.fullmatch(settings.cluster):
        raise Invalid(NO_ADDRESS.format(address=settings.cluster))
    if not addresses.is_server(settings.database):
        raise Invalid(WITH_SQLITE)
    if find_spec("distributed") is None:
        raise Invalid(NO_DASK)
    if settings.max_upload_mb > MOST_MEGABYTES:
        raise Invalid(TOO_LARGE.format(most=MOST_MEGABYTES))


def is_worker() -> bool:
    """Whether this runs in a worker of a cluster, within one of its tasks."""
    if "distributed" not in sys.modules:
        return False
    from distributed import get_worker  # noqa: PLC0415 - loaded in workers only

    try:
        get_worker()
    except ValueError:
        return False
    return True


def executor(settings: Settings) -> Executor:
    """The cluster as an executor: the one of this worker, else the one that the settings name.

    Raises:
        Invalid: no cluster can work with these settings.
        Unavailable: its scheduler does not answer.
    """
    from distributed import get_client  # noqa: PLC0415 - an extra

    client = get_client() if is_worker() else _client(settings)
    # One after another with equal arguments are two jobs; and who lost a worker is told (jobs.py).
    made: Executor = client.get_executor(pure=False, retries=0)  # type: ignore[no-untyped-call]
    return made


def was_lost(error: BaseException) -> bool:
    """Whether work failed because the workers to which it was given died."""
    if "distributed" not in sys.modules:
        return False
    from distributed import KilledWorker  # noqa: PLC0415 - an extra

    return isinstance(error, KilledWorker)


def _client(settings: Settings) -> "Client":
    """The connection of this process to the scheduler; a new one where the old one was given up."""
    from distributed import Client  # noqa: PLC0415 - an extra

    check(settings)
    address = settings.cluster
    with _lock:
        client = _clients.get(address)
        if client is None or client.status in {"closed", "closing"}:
            try:
                client = Client(  # type: ignore[no-untyped-call]
                    address, timeout=CONNECTING, set_as_default=False, name="waymark"
                )
            except (OSError, TimeoutError, ValueError) as error:
                raise Unavailable(NO_ANSWER) from error
            _clients[address] = client
        return client
