"""The report of a review as a file."""

from pathlib import Path
from typing import Annotated

import typer

from evidence.cli.output import AsJson, print_json, with_exit_code
from evidence.cli.reviews import ReviewName, find_review, store
from evidence.errors import Invalid
from evidence.report.live_content import ReportFigure, ReportTable
from evidence.steps.records.exporting import save_pieces
from evidence.steps.results import report
from evidence.steps.results.report import FilledReport, ReportFormat


@with_exit_code
def report_of(
    review: ReviewName,
    out: Annotated[Path, typer.Option(help="Write report.docx, report.html or references.ris.")],
    as_json: AsJson = False,
) -> bool:
    """Write the report of a review: each statement leads to its studies."""
    ending = out.suffix.removeprefix(".").lower()
    if ending not in list(ReportFormat):
        known = ", ".join(f".{form}" for form in ReportFormat)
        raise Invalid(f"{out} does not say as what the report is written; end it in {known}.")
    made = report.filled(find_review(store(), review))
    save_pieces([report.file_of(made, ReportFormat(ending))], out)
    _print(made, out, as_json=as_json)
    return not made.report.faults


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
