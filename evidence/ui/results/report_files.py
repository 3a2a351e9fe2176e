"""The report as files: made when somebody asks for one."""

from collections.abc import Sequence

import streamlit as st

from evidence.steps.desk import Desk
from evidence.steps.results import report
from evidence.steps.results.report import ReportFormat
from evidence.steps.results.reporting.report_page import SectionLine
from evidence.ui.results.report_routes import filled_parts
from evidence.ui.shell.errors import show_errors
from evidence.ui.shell.wording import plain, size

FORMATS = {
    ReportFormat.DOCX: "Word document",
    ReportFormat.HTML: "Web page, one file",
    ReportFormat.RIS: "References of the included studies (RIS)",
}
MEDIA_TYPES = {
    ReportFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ReportFormat.HTML: "text/html",
    ReportFormat.RIS: "application/x-research-info-systems",
}


def not_written(lines: Sequence[SectionLine]) -> None:
    """Name the sections that nobody has written yet; files leave them out."""
    titles = [line.edited.section.title for line in lines
              if not line.is_written and not line.edited.edit.is_removed]  # fmt: skip
    if titles:
        st.caption(f"Not written yet, and not in the files: {plain(', '.join(titles))}.")


def offer_report(desk: Desk) -> None:
    """A button that asks as what the report is taken along, and gives it."""
    if st.button("Download the report", icon=":material/download:", key="report-download"):
        _dialog(desk)


@st.dialog("Download the report")
def _dialog(desk: Desk) -> None:
    with show_errors():
        form = st.radio("As", list(FORMATS), format_func=FORMATS.__getitem__, key="report-form")
        with st.spinner("The report is being written …"):
            made = report.filled(desk, known=filled_parts(desk).facts)
            content = report.file_of(made, form)
        for fault in made.report.faults:
            st.warning(plain(fault))
        st.download_button(
            f"Download the file ({size(len(content))})",
            content,
            "references.ris" if form is ReportFormat.RIS else f"report.{form}",
            MEDIA_TYPES[form],
            on_click="ignore",
            icon=":material/download:",
            type="primary",
            key="report-file",
        )
