"""The part of the page Coding where people take away what was coded."""

from functools import partial

import streamlit as st

from evidence.coding.coding_tables import workbook
from evidence.steps.coding import codings_export, eppi_export
from evidence.steps.coding.codings_export import Form
from evidence.steps.desk import Desk

_LABELS = {Form.WORKBOOK: "Excel (.xlsx)", Form.CSV_FILES: "CSV files (.zip)"}
_MEDIA_TYPES = {Form.WORKBOOK: workbook.MEDIA_TYPE, Form.CSV_FILES: "application/zip"}


def export_button(desk: Desk) -> None:
    """Offer all codings as tables, to the people of the review; a file is made when it is asked
    for.
    """
    if not codings_export.may_take(desk):
        return
    stem = codings_export.file_stem(desk)
    with st.popover("Export codings", icon=":material/download:"):
        st.caption(
            "Studies, answers, findings and quotations as tables, with a data dictionary: all that "
            "you coded, and what colleagues marked complete, but not of studies that you have as a "
            "draft."
        )
        for form in Form:
            st.download_button(
                _LABELS[form],
                partial(codings_export.build, desk, form),
                f"{stem}.{form}",
                _MEDIA_TYPES[form],
                on_click="ignore",
                icon=":material/download:",
                key=f"export-codings-{form}",
            )
        st.caption(
            "Or for EPPI-Reviewer, as its JSON: agreed codings, or else the complete ones of all "
            "coders together, with a list of what its form cannot say."
        )
        st.download_button(
            "EPPI-Reviewer (.zip)",
            partial(eppi_export.build_package, desk),
            f"{stem.removesuffix('codings')}for_eppi_reviewer.zip",
            "application/zip",
            on_click="ignore",
            icon=":material/download:",
            key="export-codings-eppi",
        )
