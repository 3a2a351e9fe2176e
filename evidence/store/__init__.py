"""The only place that speaks SQL. schema.py is the whole data model; one module per noun.

Functions that read take a connection; functions that write take a `Write`, which knows who and
when.
"""

from sqlalchemy import Connection

from evidence.store.engine import Store, Write

__all__ = ["Connection", "Store", "Write"]
