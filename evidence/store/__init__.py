"""The only place that speaks SQL. schema.py is the whole data model; one module per noun.

Functions that read take a connection; functions that write take a `Write`, which knows who and
when. Both are had from `Store.reading` and `Store.writing` only, which ask permission.py.
"""

from sqlalchemy import Connection

from evidence.store.engine import Store, Write
from evidence.store.permission import Role

__all__ = ["Connection", "Role", "Store", "Write"]
