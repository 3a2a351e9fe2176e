"""SQLite files of tests, which are copied thousands of times."""

import sqlite3
from contextlib import closing
from pathlib import Path

SIZE = 4096  # bytes; the program's own are larger, so that an empty file would have 4 MB


def with_small_pages(path: Path) -> bytes:
    """What a closed database holds, in the pages that SQLite itself would choose."""
    with closing(sqlite3.connect(path, isolation_level=None)) as c:
        for command in (
            "PRAGMA journal_mode=DELETE",  # with a log, pages keep their size
            f"PRAGMA page_size={SIZE}",
            "VACUUM",
            "PRAGMA journal_mode=WAL",
        ):
            c.execute(command)
    return path.read_bytes()
