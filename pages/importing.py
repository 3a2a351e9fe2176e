import streamlit as st

from evidence.steps.records import sources
from evidence.steps.records.importing import previews
from evidence.ui.coding.brought_codings import codings_of_files
from evidence.ui.records.importing import paste_box, preview_cards, read_uploads, report_card
from evidence.ui.records.sources import sources_table
from evidence.ui.shell import visitor
from evidence.ui.shell.errors import fragment

desk = visitor.desk()
settings = visitor.current().settings
report_key = f"import-report-{desk.review_id}"
st.title("Import")
st.write(
    "Drop the files that your databases exported (RIS, BibTeX, nbib, XML, CSV, XLSX, JSON of "
    f"EPPI-Reviewer, or a zip of them; up to {settings.max_upload_mb:,} MB each). You see what is "
    "in them before anything is kept."
)

batch = st.session_state.setdefault("import-batch", 0)  # a new number empties the box
uploads = st.file_uploader(
    "Citation files",
    accept_multiple_files=True,
    key=f"uploads-{batch}",
    max_upload_size=settings.max_upload_mb,
)
if uploads:
    st.session_state.pop(report_key, None)
    if read_uploads(desk, uploads, settings):
        st.session_state["import-batch"] += 1
        st.rerun()
if paste_box(desk, settings):
    st.session_state.pop(report_key, None)
    st.rerun()

if report_key in st.session_state:
    report_card(st.session_state[report_key])

going = any(preview.file.job.going for preview in previews.listing(desk))


@fragment(every=1.0 if going else None)
def show_previews() -> None:
    files = previews.listing(desk)
    if going and not any(preview.file.job.going for preview in files):
        st.rerun()
    report = preview_cards(desk, files, settings)
    if report:
        st.session_state[report_key] = report
        st.rerun()


show_previews()
codings_of_files(desk)
st.header("Imported so far")
sources_table(desk, sources.listing(desk))
