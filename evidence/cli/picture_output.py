"""Pictures from the command line: what a file is, its ending says."""

from pathlib import Path

from evidence.charts.picture import Picture
from evidence.errors import Invalid
from evidence.exports.picture_files import PictureFormat, picture_file


def check_ending(out: Path | None) -> None:
    """Refuse a file that no picture can be, before anything is computed.

    Raises:
        Invalid: the ending is none of ours.
    """
    if out is not None:
        _format(out)


def write_picture(picture: Picture, out: Path) -> Path:
    """Write a picture; one of several pages becomes an archive beside the name that was asked for.

    Gives the file that was written.

    Raises:
        Invalid: the ending is none of ours, or the picture is too large for PNG.
    """
    made = picture_file(picture, _format(out))
    written = out if Path(made.name).suffix == out.suffix.lower() else out.with_suffix(".zip")
    written.write_bytes(made.data)
    return written


def _format(out: Path) -> PictureFormat:
    ending = out.suffix.lower().removeprefix(".")
    if ending not in set(PictureFormat):
        endings = ", ".join(f".{form}" for form in PictureFormat)
        raise Invalid(f"{out.name}: a picture ends in one of {endings}.")
    return PictureFormat(ending)
