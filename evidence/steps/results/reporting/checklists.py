"""Checklists of reporting guidelines, filled from a review and the report as people left it."""

from datetime import date

from evidence.citations.formats.plain_tables import csv_pieces
from evidence.errors import Invalid
from evidence.report.checklists.catalogue import CHECKLISTS
from evidence.report.live_content import ReportTable
from evidence.report.live_parts import filled_checklist
from evidence.steps.desk import Desk
from evidence.steps.results.report_facts import facts
from evidence.steps.results.reporting import report_text

ENDING = "csv"


def filled(desk: Desk, name: str, today: date | None = None) -> ReportTable:
    """A checklist with where the report answers each item, and what is missing.

    Args:
        desk: of the person who looks.
        name: one of `CHECKLISTS`, such as `prisma-2020`.
        today: the day of the report; None for this one, in UTC.

    Raises:
        Invalid: no checklist has this name.
    """
    if name not in CHECKLISTS:
        raise Invalid(f"No checklist is called “{name[:40]}”; there are {', '.join(CHECKLISTS)}.")
    known = facts(desk, today)
    return filled_checklist(known.with_sections(report_text.standing(desk, known)), name)


def as_csv(table: ReportTable) -> bytes:
    """A filled checklist as a CSV file; nothing in it is a formula to a spreadsheet."""
    return b"".join(csv_pieces(table.head, [row.cells for row in table.rows]))
