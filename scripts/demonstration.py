"""Writes what the example publishes into docs/demonstration, to be seen without installing.

    python -m scripts.demonstration

The map and the report are those that a reader without an account gets, without the ways to comment:
nobody is there to answer. The same example gives the same bytes, on any day.
"""

import tempfile
from datetime import date
from pathlib import Path

from evidence.exports.report_html import report_html
from evidence.steps import example
from evidence.steps.desk import Desk
from evidence.steps.results import map_document, map_file, report
from evidence.steps.results.map_file import MapWishes
from evidence.steps.results.publishing.publish import NOBODY
from evidence.store import Store

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "demonstration"
LARGEST = 1_500_000  # bytes of all files together
DAY = date(2026, 12, 1)  # that the report names as its own


def parts(store: Store) -> dict[str, bytes]:
    """Each file by its name, of a store that holds the example as its first review."""
    reader = Desk(store=store, person_id=NOBODY, review_id=1)
    made = map_file.make(reader, map_document.wanted(reader), MapWishes(), None)
    filled = report.filled(reader, DAY)
    return {"map.html": made.data, "report.html": report_html(filled.report, filled.pictures)}


def main() -> None:
    """Load the example into a store of its own and write."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(f"sqlite:///{folder}/example.db")
        try:
            example.load(store)
            FOLDER.mkdir(parents=True, exist_ok=True)
            for name, data in parts(store).items():
                (FOLDER / name).write_bytes(data)
                print(f"{name}: {len(data):,} bytes")
        finally:
            store.close()


if __name__ == "__main__":
    main()
