import io
import zipfile
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from evidence.charts.palette import THEMES
from evidence.charts.picture import Picture, PictureTable
from evidence.charts.svg_parts import SvgTheme, Told, svg_text, text_at
from evidence.citations.formats.plain_tables import xlsx_pieces
from evidence.exports.picture_files import PictureFormat, file_names, picture_file


def a_picture(pages: int) -> Picture:
    def draw(theme: SvgTheme) -> tuple[str, ...]:
        assert theme != "page"
        told = Told(name="p", title="T", text="D")
        return tuple(
            svg_text(told, 60, 30, THEMES[theme], [text_at(5, 20, f"page {n}")])
            for n in range(pages)
        )

    table = PictureTable(head=("Study", "n"), rows=(("=1+1", 3), ("Burns", None)))
    return Picture(name="forest", title="T", text="D", draw=draw, table=table)


@pytest.mark.parametrize("form", list(PictureFormat))
@pytest.mark.parametrize("pages", [1, 3])
def test_names_told_before_are_those_of_the_files(form: PictureFormat, pages: int) -> None:
    made = picture_file(a_picture(pages), form)
    assert file_names(a_picture(pages), pages)[form] == (made.name, made.media_type)
    assert picture_file(a_picture(pages), form) == made


def test_several_pages_are_one_archive_with_a_file_each() -> None:
    made = picture_file(a_picture(3), PictureFormat.SVG)
    with zipfile.ZipFile(io.BytesIO(made.data)) as archive:
        assert archive.namelist() == ["forest-1.svg", "forest-2.svg", "forest-3.svg"]
        assert b"page 2" in archive.read("forest-3.svg")
    png = picture_file(a_picture(1), PictureFormat.PNG).data
    assert png.startswith(b"\x89PNG")


def test_no_cell_of_the_table_runs_as_a_formula() -> None:
    text = picture_file(a_picture(1), PictureFormat.CSV).data.decode("utf-8-sig")
    assert text.splitlines()[0] == "Study,n"
    assert "\n=" not in text
    assert "Burns," in text


def test_no_head_of_the_table_runs_as_a_formula() -> None:
    table = PictureTable(head=("Study", "=1+1", "@review"), rows=(("Burns", 1, 0),))
    text = picture_file(replace(a_picture(1), table=table), PictureFormat.CSV).data.decode(
        "utf-8-sig"
    )
    assert text.splitlines()[0] == "Study,'=1+1,'@review"
    workbook = load_workbook(io.BytesIO(b"".join(xlsx_pieces(table.head, table.rows))))
    assert [cell.data_type for cell in workbook.worksheets[0][1]] == ["s", "s", "s"]
