"""Whether a database answers, and is at the step that this Waymark needs."""

from sqlalchemy.exc import DBAPIError

from evidence.errors import Unavailable
from evidence.store import migrate
from evidence.store.engine import Store

SILENT = "the database does not answer"
OTHER_STEP = "the tables are at the step of another version"


def trouble(store: Store) -> str | None:
    """Why nothing can be asked of a database now, without its name; None where all is well."""
    try:
        with store.reading_outside() as connection:
            step = migrate.step_of(connection)
    except (Unavailable, DBAPIError):
        return SILENT
    return None if step == migrate.newest_step() else OTHER_STEP
