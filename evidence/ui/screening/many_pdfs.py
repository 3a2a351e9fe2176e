"""Many PDFs at once: each goes to the report that its name tells, or to one from a list."""

import streamlit as st

from evidence.steps.desk import Desk
from evidence.steps.screening import full_texts
from evidence.ui.screening.full_texts import largest_pdf
from evidence.ui.shell.errors import attempt, show_errors
from evidence.ui.shell.uploads import let_go
from evidence.ui.shell.wording import number, plain, short

UNPLACED = "unplaced-pdfs"  # files that fit no report, by name, until one has them


def many_pdfs(desk: Desk) -> None:
    """Drop files, see where each went, and say of the others which report they are."""
    with st.expander("Add many PDFs at once", icon=":material/library_add:"):
        batch = st.session_state.setdefault("pdf-batch", 0)
        files = st.file_uploader(
            "Files whose names hold the DOI, words of the title, or the first author and the year",
            accept_multiple_files=True,
            key=f"pdfs-{batch}",
            max_upload_size=largest_pdf(),
        )
        if files and st.button(f"Add {number(len(files), 'file')}", type="primary"):
            with show_errors():
                placed = full_texts.file_by_name(
                    desk, [(file.name, file.getvalue()) for file in files]
                )
                st.session_state["placed"] = placed
                unplaced = {pdf.name for pdf in placed if pdf.problem == full_texts.NO_REPORT}
                st.session_state[UNPLACED] = {
                    file.name: file.getvalue() for file in files if file.name in unplaced
                }
                let_go(files)
                st.session_state["pdf-batch"] += 1
                st.rerun()
        for pdf in st.session_state.get("placed", ()):
            words = f"{pdf.title}: {pdf.problem}" if pdf.title and pdf.problem else pdf.title
            if pdf.problem == full_texts.NO_REPORT:
                continue
            if pdf.problem:
                st.warning(f"**{plain(pdf.name)}** – {plain(words or pdf.problem)}")
            else:
                st.success(f"**{plain(pdf.name)}** – {plain(words)}")
        _unplaced_files(desk, st.session_state.setdefault(UNPLACED, {}))


def _unplaced_files(desk: Desk, files: dict[str, bytes]) -> None:
    """Files whose names fit no report, each with a list of reports to add it to; those that a
    report has by now are forgotten.
    """
    for name in files.keys() - full_texts.still_unfiled(desk, files.keys()):
        del files[name]
    reports = full_texts.sought_titles(desk) if files else {}
    for name, content in list(files.items()):
        st.warning(f"**{plain(name)}** – {full_texts.NO_REPORT}")
        which_box, add_box = st.columns([5, 1], vertical_alignment="bottom")
        work_id = which_box.selectbox(
            f"Report of {plain(name)}",
            list(reports),
            index=None,
            format_func=lambda id_: short(reports[id_], 200),
            placeholder="write to find the report",
            key=f"report-of-{name}",
        )
        add = add_box.button("Add", key=f"add-{name}", disabled=work_id is None, width="stretch")
        if add and work_id and attempt(full_texts.add, desk, work_id, name, content):
            del files[name]
            st.toast("The full text is kept.", icon=":material/check:")
            st.rerun()
