"""The report of a review as a file."""

from pathlib import Path
from typing import Annotated

import typer

from evidence.cli.output import AsJson, print_json, with_exit_code
from evidence.cli.reviews import ReviewName, store
from evidence.errors import Invalid
from evidence.report.checklists.catalogue import CHECKLISTS
from evidence.report.live_content import ReportFigure, ReportTable
from evidence.steps.records.exporting import save_pieces
from evidence.steps.results import report
from evidence.steps.results.report import FilledReport, ReportFormat
from evidence.steps.results.reporting import checklists
from evidence.steps.review.find_review import find_review


@with_exit_code
def report_of(
    review: ReviewName,
    out: Annotated[
        Path,
        typer.Option(help="Write report.docx, report.html, references.ris or checklist.csv."),
    ],
    checklist: Annotated[
        str, typer.Option(help="Which checklist the .csv is, such as prisma-2020.")
    ] = "",
    as_json: AsJson = False,
) -> bool:
    """Write the report of a review: each sentence leads to its studies."""
    ending = out.suffix.removeprefix(".").lower()
    if checklist or ending == checklists.ENDING:
        return _checklist(review, out, checklist, as_json=as_json)
    if ending not in list(ReportFormat):
        known = ", ".join(f".{form}" for form in (*ReportFormat, checklists.ENDING))
        raise Invalid(f"{out} does not say as what the report is written; end it in {known}.")
    made = report.filled(find_review(store(), review))
    save_pieces([report.file_of(made, ReportFormat(ending))], out)
    _print(made, out, as_json=as_json)
    return not made.report.faults


def _checklist(review: str, out: Path, name: str, *, as_json: bool) -> bool:
    """Write a checklist, filled; it is a CSV file."""
    if name not in CHECKLISTS:
        raise Invalid(f"Name a checklist with --checklist: {', '.join(CHECKLISTS)}.")
    if out.suffix.lower() != f".{checklists.ENDING}":
        raise Invalid(f"A checklist is written as .{checklists.ENDING}; {out} ends otherwise.")
    table = checklists.filled(find_review(store(), review), name)
    save_pieces([checklists.as_csv(table)], out)
    if as_json:
        rows = [dict(zip(table.head, row.cells, strict=True)) for row in table.rows]
        print_json({"file": str(out), "title": table.caption, "note": table.note, "rows": rows})
    else:
        typer.echo(f"Written: {out}. {table.note}")
    return True


def _print(made: FilledReport, out: Path, *, as_json: bool) -> None:
    contents = list(made.report.live.values())
    numbers = {
        "file": str(out),
        "studies": len(made.facts.studies),
        "sections": [section.title for section in made.report.sections],
        "tables": sum(isinstance(content, ReportTable) for content in contents),
        "figures": sum(isinstance(content, ReportFigure) for content in contents),
        "not_written": list(made.report.unwritten),
        "faults": list(made.report.faults),
    }
    if as_json:
        print_json(numbers)
        return
    typer.echo(
        f"Written: {out}, from {numbers['studies']:,} studies, with {numbers['tables']} tables and "
        f"{numbers['figures']} figures."
    )
    if made.report.unwritten:
        typer.echo(f"Not written yet: {', '.join(made.report.unwritten)}.")
    for fault in made.report.faults:
        typer.echo(fault, err=True)
