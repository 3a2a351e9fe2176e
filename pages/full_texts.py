import streamlit as st

from evidence.steps.screening import full_texts
from evidence.ui.screening.full_texts import SEARCHES, report_card
from evidence.ui.shell import menu, visitor
from evidence.ui.shell.errors import show_errors
from evidence.ui.shell.wording import number, plain

desk = visitor.desk()
PAGE = 10
st.title("Full texts")
counts = full_texts.counts(desk)
total = sum(counts.values())
if not total:
    st.info(
        "Reports are sought once works are included by title and abstract.",
        icon=":material/picture_as_pdf:",
    )
    menu.link("screening", "Go to screening")
    st.stop()

st.write(
    f"{number(total, 'report')} sought. Add the PDFs that you have; say why the others could not "
    "be retrieved. Then screen them at full text, where the PDF stands beside the work."
)
menu.link("screening", "Next: screen at full text")
gone = st.session_state.get("removed-document")
if gone and st.button(f"Bring back {plain(gone[1])}", icon=":material/undo:"):
    full_texts.bring_back(desk, gone[0])
    st.session_state.pop("removed-document")
    st.rerun()

with st.expander("Add many PDFs at once", icon=":material/library_add:"):
    batch = st.session_state.setdefault("pdf-batch", 0)
    files = st.file_uploader(
        "Files whose names hold the DOI, or words of the title",
        accept_multiple_files=True,
        key=f"pdfs-{batch}",
        max_upload_size=100,
    )
    if files and st.button(f"Add {number(len(files), 'file')}", type="primary"):
        with show_errors():
            placed = full_texts.place(desk, [(one.name, one.getvalue()) for one in files])
            st.session_state["placed"] = placed
            st.session_state["pdf-batch"] += 1
            st.rerun()
    for one in st.session_state.get("placed", ()):
        words = f"{one.title}: {one.problem}" if one.title and one.problem else one.title
        if one.problem:
            st.warning(f"**{plain(one.name)}** – {plain(words or one.problem)}")
        else:
            st.success(f"**{plain(one.name)}** – {plain(words)}")

chosen = st.segmented_control(
    "Show",
    ["all", *SEARCHES],
    default="all",
    format_func=lambda one: (
        f"{SEARCHES[one]} {counts[one]:,}" if one in counts else f"All {total:,}"
    ),
    key="search",
    required=True,
)
search = None if chosen == "all" else full_texts.Search(chosen)
shown = counts[search] if search else total
page = 1
if shown > PAGE:
    page = st.pagination(-(-shown // PAGE), key=f"page-{chosen}")
reports = full_texts.page(desk, search, (page - 1) * PAGE, PAGE)
if not reports:
    st.caption("No report stands there.")
for report in reports:
    report_card(desk, report)
