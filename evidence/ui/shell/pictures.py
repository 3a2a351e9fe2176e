"""Pictures on the page: in the visitor's theme, with their table, and to be taken along."""

from collections.abc import Mapping, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from evidence.charts.picture import Picture, PictureTable
from evidence.exports.picture_files import PictureFormat, file_names, picture_file, table_csv
from evidence.ui.shell.charts import scrolling, theme

NO_WIDTHS: Mapping[str, int] = {}


def show_picture(picture: Picture, key: str) -> None:
    """Show a picture page by page, with the numbers behind it, and offer it as files.

    Args:
        picture: which one.
        key: unlike any other on the page.
    """
    pages = picture.draw(theme())
    if picture.draw_on_phone is None:
        _pages(picture, pages, key)
    else:  # style.css shows one of the two
        with st.container(key=f"on-phone-{key}"):
            st.image(picture.draw_on_phone(theme()), width="stretch", alt=picture.text)
        with st.container(key=f"off-phone-{key}"):
            _pages(picture, pages, key)
    with st.container(horizontal=True):
        for form, (name, media_type) in file_names(picture, len(pages)).items():
            st.download_button(
                form.upper(),
                partial(_made, picture, form),
                name,
                media_type,
                on_click="ignore",
                icon=":material/download:",
                key=f"{key}-{form}",
            )
    with st.expander("The numbers behind it"):
        show_table(picture.table, picture.title)


def _pages(picture: Picture, pages: Sequence[str], key: str) -> None:
    heads = picture.draw_row_heads(theme()) if picture.draw_row_heads else ()
    for number, page in enumerate(pages, start=1):
        alt = picture.text if number == 1 else f"{picture.title}, page {number} of {len(pages)}"
        with scrolling(f"page-{key}-{number}"):
            st.image(page, width="stretch", alt=alt)
            for still in heads[number - 1 : number]:
                st.image(still, width="stretch", alt="")


def show_table(table: PictureTable, alt: str, widths: Mapping[str, int] = NO_WIDTHS) -> None:
    """A table to look at, to search and to sort.

    Args:
        table: all of it.
        alt: what it is, for those who hear it.
        widths: of columns in pixels, where their own would cut words off.
    """
    frame = pd.DataFrame([list(row) for row in table.rows], columns=list(table.head))
    config = {name: st.column_config.Column(width=wide) for name, wide in widths.items()}
    st.dataframe(frame, hide_index=True, alt=alt, column_config=config)


def table_with_csv(
    table: PictureTable, title: str, name: str, widths: Mapping[str, int] = NO_WIDTHS
) -> None:
    """A table to look at and to take along.

    Args:
        table: all of it.
        title: what it is, for those who hear it.
        name: of the file, without its ending; unlike any other on the page.
        widths: of columns in pixels, where their own would cut words off.
    """
    show_table(table, title, widths)
    st.download_button(
        "CSV",
        partial(table_csv, table),
        f"{name}.csv",
        "text/csv",
        on_click="ignore",
        icon=":material/download:",
        key=f"{name}-csv",
    )


def numbers_behind(table: PictureTable, title: str, name: str) -> None:
    """A box with the numbers behind a chart that is explored, to look at and to take along.

    Args:
        table: all that the chart shows.
        title: of the chart.
        name: of the file, without its ending; unlike any other on the page.
    """
    with st.expander("The numbers behind it"):
        table_with_csv(table, title, name)


def _made(picture: Picture, form: PictureFormat) -> bytes:
    return picture_file(picture, form).data
