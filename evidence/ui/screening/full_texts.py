"""Reports that are sought, each with its documents and what can be done about it."""

from urllib.parse import quote

import streamlit as st

from evidence.steps.desk import Desk
from evidence.steps.screening import full_texts
from evidence.ui.shell.errors import attempt
from evidence.ui.shell.wording import plain, short, size

Search = full_texts.Search
SEARCHES = {
    Search.SOUGHT: "Still sought",
    Search.ASKED: "Asked for",
    Search.RETRIEVED: "Retrieved",
    Search.NOT_RETRIEVED: "Not retrieved",
}


def report_card(desk: Desk, one: full_texts.SoughtReport) -> None:
    """One report."""
    with st.container(border=True):
        st.markdown(f"**{plain(short(one.reference.title or '(no title)', 200))}**")
        st.caption(_about(one))
        for document in one.documents:
            _document(desk, document)
        left, middle, right = st.columns(3)
        with left.popover("Add a PDF", icon=":material/upload_file:", width="stretch"):
            _upload(desk, one)
        with middle.popover("Where it stands …", icon=":material/mail:", width="stretch"):
            _standing(desk, one)
        with right.popover("Not retrieved …", icon=":material/block:", width="stretch"):
            _given_up(desk, one)


def document_link(document: full_texts.Document) -> str:
    """Markdown that opens a PDF in a tab of its own."""
    return f"[{plain(document.name)}](/full-text/{document.id})"


def _about(one: full_texts.SoughtReport) -> str:
    authors = "; ".join(str(name) for name in one.reference.authors[:3])
    parts = [authors, str(one.reference.year or ""), one.reference.journal]
    told = [plain(part) for part in parts if part]
    if doi := one.reference.doi:
        told.append(f"[{plain(f'doi.org/{doi}')}](https://doi.org/{quote(doi, safe='/')})")
    said = SEARCHES[one.search] + (f": {one.note}" if one.note else "")
    return " · ".join([*told, plain(said)])


def _document(desk: Desk, document: full_texts.Document) -> None:
    left, right = st.columns([5, 1], vertical_alignment="center")
    left.markdown(f":material/picture_as_pdf: {document_link(document)}")
    left.caption(
        f"{size(document.size)} · {plain(document.person)}, {document.at:%Y-%m-%d %H:%M} UTC"
    )
    if right.button("Remove", key=f"remove-{document.id}", width="stretch"):
        full_texts.remove(desk, document.id)
        st.session_state["removed-document"] = (document.id, document.name)
        st.rerun()


def _upload(desk: Desk, one: full_texts.SoughtReport) -> None:
    batch = st.session_state.setdefault(f"pdf-{one.work_id}", 0)
    file = st.file_uploader(
        "PDF of this report", key=f"pdf-{one.work_id}-{batch}", max_upload_size=100
    )
    if file and attempt(full_texts.add, desk, one.work_id, file.name, file.getvalue()):
        st.session_state[f"pdf-{one.work_id}"] += 1
        st.toast("The full text is kept.", icon=":material/check:")
        st.rerun()


def _standing(desk: Desk, one: full_texts.SoughtReport) -> None:
    with st.form(f"standing-{one.work_id}", border=False):
        offered = [Search.SOUGHT, Search.ASKED, Search.RETRIEVED]
        now = offered.index(one.search) if one.search in offered else 0
        search = st.radio("It is", offered, index=now, format_func=lambda s: SEARCHES[s])
        text = st.text_input("Note", one.note, placeholder="Who was asked, where it was read")
        if st.form_submit_button("Save") and attempt(
            full_texts.note, desk, one.work_id, search, text
        ):
            st.rerun()


def _given_up(desk: Desk, one: full_texts.SoughtReport) -> None:
    with st.form(f"given-up-{one.work_id}", border=False):
        why = st.text_input("Why", placeholder="Not held by any library; authors did not answer")
        st.caption("PRISMA counts it as a report not retrieved. It can be taken back.")
        if st.form_submit_button("It was not retrieved") and attempt(
            full_texts.note, desk, one.work_id, Search.NOT_RETRIEVED, why
        ):
            st.rerun()
