"""Pictures as files: SVG and PNG, a page each, and the table behind them as CSV."""

import codecs
import io
import zipfile
from dataclasses import dataclass
from enum import StrEnum

from evidence.charts.picture import Picture, PictureTable
from evidence.charts.pixels import as_png
from evidence.citations.formats.plain_tables import csv_pieces

_BEGIN = (1980, 1, 1, 0, 0, 0)
"""A time for all files of an archive, so that the same pages give the same bytes."""


class PictureFormat(StrEnum):
    """As what a picture is taken along."""

    SVG = "svg"
    PNG = "png"
    CSV = "csv"


_MEDIA_TYPES = {
    PictureFormat.SVG: "image/svg+xml",
    PictureFormat.PNG: "image/png",
    PictureFormat.CSV: "text/csv",
}
_ARCHIVE = "application/zip"


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureFile:
    """A file with its name, and what browsers call its kind."""

    name: str
    media_type: str
    data: bytes


def picture_file(picture: Picture, form: PictureFormat) -> PictureFile:
    """A picture in the light theme, fit for print; several pages go into one archive.

    Raises:
        Invalid: it is too large for PNG.
    """
    pages = page_files(picture, form)
    if len(pages) == 1:
        name = f"{picture.name}.{form}"
        return PictureFile(name=name, media_type=_MEDIA_TYPES[form], data=pages[0])
    packed = _packed({f"{picture.name}-{n}.{form}": page for n, page in enumerate(pages, 1)})
    return PictureFile(name=f"{picture.name}-{form}.zip", media_type=_ARCHIVE, data=packed)


def page_files(picture: Picture, form: PictureFormat) -> list[bytes]:
    """A picture in the light theme, a file for each page; its table is one file.

    Raises:
        Invalid: it is too large for PNG.
    """
    if form is PictureFormat.CSV:
        return [_csv(picture)]
    pages = picture.draw("light")
    return [as_png(page) if form is PictureFormat.PNG else page.encode() for page in pages]


def file_names(picture: Picture, pages: int) -> dict[PictureFormat, tuple[str, str]]:
    """The name and media type that `picture_file` gives, without drawing.

    Args:
        picture: which one.
        pages: how many pages it has.
    """
    names = {}
    for form in PictureFormat:
        if pages == 1 or form is PictureFormat.CSV:
            names[form] = (f"{picture.name}.{form}", _MEDIA_TYPES[form])
        else:
            names[form] = (f"{picture.name}-{form}.zip", _ARCHIVE)
    return names


def _csv(picture: Picture) -> bytes:
    """The table of a picture; R would take a byte order mark for a part of the first name."""
    written = table_csv(picture.program_table or picture.table)
    return written.removeprefix(codecs.BOM_UTF8) if picture.program_table else written


def table_csv(table: PictureTable) -> bytes:
    """A table as CSV that spreadsheets open; no cell runs as a formula."""
    return b"".join(csv_pieces(table.head, table.rows))


def _packed(files: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, _BEGIN), data, zipfile.ZIP_DEFLATED)
    return written.getvalue()
