"""Reports that are sought, each with its documents and what can be done about it."""

from urllib.parse import quote

import streamlit as st

from evidence.steps.desk import Desk
from evidence.steps.screening import full_texts
from evidence.store.screening.full_texts import Document, Search, SoughtReport
from evidence.ui.shell import visitor
from evidence.ui.shell.errors import attempt
from evidence.ui.shell.uploads import let_go
from evidence.ui.shell.wording import plain, short, size

SEARCHES = {
    Search.SOUGHT: "Still sought",
    Search.ASKED: "Asked for",
    Search.RETRIEVED: "Retrieved",
    Search.NOT_RETRIEVED: "Not retrieved",
}

READ_ELSEWHERE = "No PDF here; decided at full text, so it counts as retrieved"
LARGEST_PDF = 100  # megabytes; scans of whole books are smaller


def largest_pdf() -> int:
    """The largest PDF that is taken, in megabytes."""
    return min(LARGEST_PDF, visitor.current().settings.max_upload_mb)


def report_card(desk: Desk, report: SoughtReport) -> None:
    """A report with its documents, and ways to add one or to say where the search for it stands."""
    with st.container(border=True):
        st.markdown(f"**{plain(short(report.reference.title or '(no title)', 200))}**")
        st.caption(_about(report))
        for document in report.documents:
            _document(desk, document)
        pdf_box, search_box, given_up_box = st.columns(3)
        with pdf_box.popover("Add a PDF", icon=":material/upload_file:", width="stretch"):
            _upload(desk, report)
        with search_box.popover("Where it stands …", icon=":material/mail:", width="stretch"):
            _search_form(desk, report)
        with given_up_box.popover("Not retrieved …", icon=":material/block:", width="stretch"):
            _given_up(desk, report)


def document_link(document: Document) -> str:
    """Markdown that opens a PDF in a tab of its own."""
    return f"[{plain(document.name)}]({address(document.id)})"


def address(document_id: int) -> str:
    """Where the server's own route gives a PDF, seen from any page.

    It begins without a slash, since a page may stand under a path such as /waymark.
    """
    return f"full-text/{document_id}"


def _about(report: SoughtReport) -> str:
    authors = "; ".join(str(name) for name in report.reference.authors[:3])
    parts = [authors, str(report.reference.year or ""), report.reference.journal]
    parts_shown = [plain(part) for part in parts if part]
    if doi := report.reference.doi:
        parts_shown.append(f"[{plain(f'doi.org/{doi}')}](https://doi.org/{quote(doi, safe='/')})")
    state = SEARCHES[report.search]
    if report.search is Search.RETRIEVED and not report.documents:
        state = READ_ELSEWHERE
    state += f": {report.note}" if report.note else ""
    return " · ".join([*parts_shown, plain(state)])


def _document(desk: Desk, document: Document) -> None:
    text_box, button_box = st.columns([5, 1], vertical_alignment="center")
    text_box.markdown(f":material/picture_as_pdf: {document_link(document)}")
    text_box.caption(
        f"{size(document.size)} · {plain(document.person)}, {document.at:%Y-%m-%d %H:%M} UTC"
    )
    if button_box.button("Remove", key=f"remove-{document.id}", width="stretch"):
        full_texts.remove(desk, document.id)
        st.session_state["removed-document"] = (document.id, document.name)
        st.rerun()


def _upload(desk: Desk, report: SoughtReport) -> None:
    batch = st.session_state.setdefault(f"pdf-{report.work_id}", 0)
    file = st.file_uploader(
        "PDF of this report",
        key=f"pdf-{report.work_id}-{batch}",
        max_upload_size=largest_pdf(),
    )
    if file and attempt(full_texts.add, desk, report.work_id, file.name, file.getvalue()):
        let_go([file])
        st.session_state[f"pdf-{report.work_id}"] += 1
        st.toast("The full text is kept.", icon=":material/check:")
        st.rerun()


def _search_form(desk: Desk, report: SoughtReport) -> None:
    with st.form(f"standing-{report.work_id}", border=False):
        offered = [Search.SOUGHT, Search.ASKED, Search.RETRIEVED]
        given_up = report.search not in offered
        now = None if given_up else offered.index(report.search)
        if given_up:
            st.caption("It is given up as not retrieved. Choose one of these to take that back.")
        search = st.radio("It is", offered, index=now, format_func=lambda s: SEARCHES[s])
        text = st.text_input("Note", report.note, placeholder="Who was asked, where it was read")
        save = st.form_submit_button("Save")
        if not save or search is None:
            return
        if attempt(full_texts.set_search, desk, report.work_id, search, text):
            st.rerun()


def _given_up(desk: Desk, report: SoughtReport) -> None:
    with st.form(f"given-up-{report.work_id}", border=False):
        why = st.text_input("Why", placeholder="Not held by any library; authors did not answer")
        st.caption(
            "PRISMA counts it as a report not retrieved. Under “Where it stands …” it can be taken "
            "back."
        )
        give_up = st.form_submit_button("It was not retrieved")
        state = Search.NOT_RETRIEVED
        if give_up and attempt(full_texts.set_search, desk, report.work_id, state, why):
            st.rerun()
