"""How far reviews include the same primary studies, from a table."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from evidence.charts.review_overlap import (
    inclusion_matrix_picture,
    overlap_pairs_picture,
    overlap_words,
)
from evidence.cli.output import AsJson, CsvFile, print_json, print_table, with_exit_code
from evidence.cli.pictures import PictureFile, check_picture_file, print_written, write_picture
from evidence.synthesis.review_overlap.covered_area import (
    InclusionTable,
    PairOverlap,
    covered_area,
    pair_overlaps,
)
from evidence.synthesis.review_overlap.read_inclusions import ReadInclusions, read_inclusions

_MOST_SHOWN = 20  # pairs and faults; JSON has all


class OverlapPicture(StrEnum):
    """How overlap is drawn."""

    MATRIX = "matrix"
    PAIRS = "pairs"


@with_exit_code
def overlap_of(
    path: CsvFile,
    out: PictureFile = None,
    picture: Annotated[
        OverlapPicture, typer.Option(help="Studies by reviews, or reviews by pairs.")
    ] = OverlapPicture.MATRIX,
    as_json: AsJson = False,
) -> bool:
    """How far reviews include the same primary studies: columns Review and Study, or a matrix."""
    check_picture_file(out, path)
    read = read_inclusions(path.read_bytes(), path.name)
    table = read.table
    draw = inclusion_matrix_picture if picture is OverlapPicture.MATRIX else overlap_pairs_picture
    written = write_picture(draw(table), out) if out else []
    print_json(_json(read, written)) if as_json else _print(read, written)
    return not read.faults


def _json(read: ReadInclusions, written: list[Path]) -> dict[str, Any]:
    area = covered_area(read.table)
    return {
        "reviews": area.reviews,
        "studies": area.studies,
        "inclusions": area.inclusions,
        "corrected_covered_area": area.share,
        "overlap": area.degree,
        "pairs": [_pair_json(pair, read.table) for pair in pair_overlaps(read.table)],
        "files": [str(path) for path in written],
        "faults": list(read.faults),
        "remarks": list(read.remarks),
    }


def _pair_json(pair: PairOverlap, table: InclusionTable) -> dict[str, Any]:
    return {
        "reviews": [table.reviews[pair.first], table.reviews[pair.second]],
        "studies": list(pair.sizes),
        "shared": pair.shared,
        "in_either": pair.area.studies,
        "corrected_covered_area": pair.area.share,
        "overlap": pair.area.degree,
    }


def _print(read: ReadInclusions, written: list[Path]) -> None:
    table = read.table
    typer.echo(overlap_words(table))
    pairs = sorted(pair_overlaps(table), key=lambda pair: -(pair.area.share or 0))
    if pairs:
        typer.echo("")
        rows = [
            (
                table.reviews[pair.first],
                table.reviews[pair.second],
                f"{pair.shared:,} of {pair.area.studies:,}",
                pair.area.words,
            )
            for pair in pairs[:_MOST_SHOWN]
        ]
        print_table(rows, ("review", "other review", "shared", "corrected covered area"))
    if len(pairs) > _MOST_SHOWN:
        typer.echo(f"… and {len(pairs) - _MOST_SHOWN:,} more pairs; --json has all.")
    if written or read.remarks or read.faults:
        typer.echo("")
    print_written(written)
    for sentence in (*read.remarks, *read.faults[:_MOST_SHOWN]):
        typer.echo(sentence)
    if len(read.faults) > _MOST_SHOWN:
        typer.echo(f"… and {len(read.faults) - _MOST_SHOWN:,} more; --json has all.")
