"""All that was decided, to take away as a table."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from evidence.steps.desk import Desk
from evidence.store.screening import decision_queries

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run
HEADS = (
    "work_id", "title", "doi", "year", "person", "stage", "verdict", "reasons", "note", "seconds",
    "at", "settles", "how",
)  # fmt: skip


def export_csv(desk: Desk) -> Iterator[bytes]:
    """Every decision as a table: a header, then a line each, oldest first.

    Of works that are still open it holds only one's own. Cells that a spreadsheet would run as a
    formula are neutralised with an apostrophe.
    """
    yield _line(HEADS)
    yield from map(_line, decision_rows(desk))


def decision_rows(desk: Desk) -> Iterator[list[object]]:
    """Every decision that the person at the desk may know, under HEADS, oldest first."""
    with desk.reading() as c:
        for decision in decision_queries.exported(c, desk.review_id, desk.person_id):
            values = asdict(decision) | {
                "reasons": "; ".join(decision.reasons),
                "at": decision.at.isoformat(),
                "settles": decision.resolves,
            }
            yield [values[head] for head in HEADS]


def _line(values: Iterable[object]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerow(["" if value is None else _safe(value) for value in values])
    return out.getvalue().encode()


def _safe(value: object) -> object:
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else value
