"""Opening the store for the app and the command line."""

from evidence.store import Store

__all__ = ["Store", "open_store"]


def open_store(address: str) -> Store:
    """Open a database, making or upgrading its tables."""
    return Store.open(address)
