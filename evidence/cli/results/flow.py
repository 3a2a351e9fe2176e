"""The flow diagram of a review as a picture, or as numbers."""

from typing import Annotated

import typer

from evidence.charts.flow.flow_picture import flow_picture
from evidence.cli.output import AsJson, print_json, print_table, with_exit_code
from evidence.cli.pictures import PictureFile, check_picture_file, print_written, write_picture
from evidence.cli.reviews import ReviewName, store
from evidence.steps.results import prisma_flow
from evidence.steps.review.find_review import find_review
from evidence.synthesis.flow.flow_notes import flow_rows, flow_title
from evidence.synthesis.flow.flow_settings import Template


@with_exit_code
def flow_of(
    review: ReviewName,
    template: Annotated[
        Template | None, typer.Option(help="Which diagram; without, the review's own.")
    ] = None,
    out: PictureFile = None,
    as_json: AsJson = False,
) -> bool:
    """How records, reports and studies flow through a review (PRISMA 2020, or ROSES for maps)."""
    check_picture_file(out)
    desk = find_review(store(), review)
    numbers = prisma_flow.with_uses(desk, prisma_flow.flow(desk, template))
    written = write_picture(flow_picture(numbers), out) if out else []
    faults, waiting = prisma_flow.faults(numbers), prisma_flow.still_open(numbers)
    rows = flow_rows(numbers)
    if as_json:
        print_json(
            {
                "template": numbers.drawn_as,
                "boxes": [{"box": box, "line": line, "n": n} for box, line, n in rows],
                "still_open": waiting,
                "faults": list(faults),
                "files": [str(path) for path in written],
            }
        )
        return not faults
    typer.echo(flow_title(numbers))
    print_table([(box, line, "?" if n is None else f"{n:,}") for box, line, n in rows],
                ("box", "of these", "n"))  # fmt: skip
    for sentence in (*(f"Still open: {each}." for each in waiting), *faults):
        typer.echo(sentence)
    print_written(written)
    return not faults
