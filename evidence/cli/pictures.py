"""Pictures as files that are named on the command line, and their tables in the terminal."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from evidence.charts.picture import Picture, PictureTable
from evidence.cli.output import print_table
from evidence.errors import Invalid
from evidence.exports.picture_files import PictureFormat, page_files

PictureFile = Annotated[
    Path | None, typer.Option(help="Write the picture (.svg, .png) or its table (.csv).")
]


def check_picture_file(out: Path | None, *others: Path | None) -> None:
    """Refuse a file that no picture can be, before anything is computed.

    Args:
        out: the file; None for no picture.
        others: files that it must not be, such as the table that is read.

    Raises:
        Invalid: its ending is not known, or it is one of the others.
    """
    if out is None:
        return
    _format(out)
    if any(other and other.resolve() == out.resolve() for other in others):
        raise Invalid(f"{out} is named twice; give the picture a file of its own.")


def write_picture(picture: Picture, out: Path) -> list[Path]:
    """Write a picture, or the table behind it; gives the files that were written.

    Several pages go into as many files, with their numbers: picture-1.svg, picture-2.svg.

    Args:
        picture: which one.
        out: its ending says as what.

    Raises:
        Invalid: the ending is not known, or the picture is too large for PNG.
    """
    pages = page_files(picture, _format(out))
    if len(pages) == 1:
        names = [out]
    else:
        names = [
            out.with_name(f"{out.stem}-{number}{out.suffix}") for number in range(1, len(pages) + 1)
        ]
    for name, page in zip(names, pages, strict=True):
        name.write_bytes(page)
    return names


def print_picture_table(table: PictureTable) -> None:
    """Print the table behind a picture; what is not known is an empty cell."""
    print_table([["" if cell is None else cell for cell in row] for row in table.rows], table.head)


def print_written(files: Iterable[Path | str]) -> None:
    """Say which files were written."""
    for file in files:
        typer.echo(f"Written: {file}")


def _format(out: Path) -> PictureFormat:
    ending = out.suffix.removeprefix(".").lower()
    if ending not in list(PictureFormat):
        known = ", ".join(f".{form}" for form in PictureFormat)
        raise Invalid(f"{out} does not say as what the picture is written; end it in {known}.")
    return PictureFormat(ending)
