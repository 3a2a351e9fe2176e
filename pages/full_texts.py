import streamlit as st

from evidence.screening.verdicts import Stage
from evidence.steps.screening import full_texts
from evidence.store.screening.full_texts import Search
from evidence.ui.screening.full_texts import SEARCHES, report_card
from evidence.ui.screening.many_pdfs import many_pdfs
from evidence.ui.shell import menu, visitor
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
    menu.link("screening", "Go to screening", Stage.TITLE_ABSTRACT)
    st.stop()

st.write(
    f"{number(total, 'report')} sought. Add the PDFs that you have; say why the others could not "
    "be retrieved. Then screen them at full text, where the PDF stands beside the work."
)
menu.link("screening", "Next: screen at full text", Stage.FULL_TEXT)
gone = st.session_state.get("removed-document")
if gone and st.button(f"Bring back {plain(gone[1])}", icon=":material/undo:"):
    full_texts.bring_back(desk, gone[0])
    st.session_state.pop("removed-document")
    st.rerun()

many_pdfs(desk)
choice = st.segmented_control(
    "Show",
    ["all", *SEARCHES],
    default="all",
    format_func=lambda state: (
        f"{SEARCHES[state]} {counts[state]:,}" if state in counts else f"All {total:,}"
    ),
    key="search",
    required=True,
)
elsewhere = full_texts.retrieved_elsewhere(desk)
if elsewhere:
    counts_as = "counts" if elsewhere == 1 else "count"
    st.caption(
        f"{elsewhere:,} of the {counts[Search.RETRIEVED]:,} retrieved {counts_as} so without a PDF "
        "here, because somebody decided on the full text."
    )
search = None if choice == "all" else Search(choice)
matching = counts[search] if search else total
page = 1
if matching > PAGE:
    page = st.pagination(-(-matching // PAGE), key=f"page-{choice}")
reports = full_texts.page(desk, search, (page - 1) * PAGE, PAGE)
if not reports:
    st.caption("No report stands there.")
for report in reports:
    report_card(desk, report)
