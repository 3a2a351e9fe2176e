"""The part of the page Coding where people take away what was coded."""

from functools import partial

import streamlit as st

from evidence.coding.coding_tables import workbook
from evidence.steps.coding import codings_export, eppi_export
from evidence.steps.coding.codings_export import Form
from evidence.steps.coding.eppi_export import WhoseCodings
from evidence.steps.desk import Desk

LONGEST_NAME = 40  # characters of a coder's name in the name of a file
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
            "Or for EPPI-Reviewer, as its JSON, with a list of what its form cannot say. Only "
            "what is complete leaves, and of colleagues only what you may read."
        )
        whose = st.selectbox(
            "Whose codings",
            eppi_export.choices(desk),
            format_func=whose_words,
            key="export-codings-whose",
            help="EPPI-Reviewer’s form does not say who coded. To have the codings of two people "
            "there, take one file for each.",
        )
        st.download_button(
            "EPPI-Reviewer (.zip)",
            partial(eppi_export.build_package, desk, whose),
            f"{stem.removesuffix('codings')}{eppi_name(whose)}.zip",
            "application/zip",
            on_click="ignore",
            icon=":material/download:",
            key="export-codings-eppi",
        )


def whose_words(whose: WhoseCodings) -> str:
    """Whose codings leave, for a list."""
    if whose.agreed_only:
        return "Only what was agreed"
    return whose.coder or "What was agreed, or else all coders together"


def eppi_name(whose: WhoseCodings) -> str:
    """What stands in the name of a file for EPPI-Reviewer, so that those of two coders differ."""
    if whose.agreed_only:
        return "agreed_for_eppi_reviewer"
    name = "".join(sign if sign.isalnum() else "_" for sign in whose.coder)[:LONGEST_NAME]
    return f"{name}_for_eppi_reviewer" if name else "for_eppi_reviewer"
