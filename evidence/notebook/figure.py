"""A figure as notebooks show it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from evidence.charts.picture import Picture
from evidence.exports.picture_files import PictureFormat, page_files


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A drawing with the table behind it; a notebook shows it where it is the last line of a cell.

    Attributes:
        title: of the drawing.
        text: what it shows, in words.
    """

    title: str
    text: str
    _make: Callable[[], Picture]

    @property
    def table(self) -> pd.DataFrame:
        """The numbers that it shows."""
        behind = self._make().table
        return pd.DataFrame(behind.rows, columns=list(behind.head))

    def save(self, path: str | Path) -> list[Path]:
        """Write it; gives the files, as many as it has pages.

        Args:
            path: ends in .svg, .png or .csv; further pages have their number behind the name.
        """
        out = Path(path)
        pages = page_files(self._make(), PictureFormat(out.suffix.removeprefix(".").lower()))
        names = [out.with_stem(f"{out.stem}-{n}" if n > 1 else out.stem)
                 for n in range(1, len(pages) + 1)]  # fmt: skip
        for name, page in zip(names, pages, strict=True):
            name.write_bytes(page)
        return names

    def _repr_html_(self) -> str:
        """All pages as SVG, one below the other."""
        return "".join(f"<div>{page}</div>" for page in self._make().draw("light"))


def figure(picture: Picture) -> Figure:
    """A picture as notebooks have it."""
    return Figure(title=picture.title, text=picture.text, _make=lambda: picture)
