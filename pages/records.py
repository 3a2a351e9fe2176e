import pandas as pd
import streamlit as st

from evidence.screening.verdicts import State
from evidence.steps.records import records
from evidence.store.records.filters import Filter
from evidence.ui.records.export import export_card
from evidence.ui.records.labels import label_filter
from evidence.ui.records.work import selected_works
from evidence.ui.shell import visitor
from evidence.ui.shell.cache import cached
from evidence.ui.shell.errors import fragment
from evidence.ui.shell.wording import STATES, number

desk = visitor.desk()
PAGE = 50
st.title("Records")


@fragment
def listing() -> None:
    search_box, toggle_box = st.columns([3, 1], vertical_alignment="bottom")
    words = search_box.text_input("Search title, abstract and authors", type="search", key="words")
    joined = toggle_box.toggle("Joined from several records", key="joined")
    label_id = label_filter(desk)
    works_filter = Filter(
        words=words,
        joined=joined,
        label_id=label_id,
        person_id=desk.person_id if label_id else None,
    )
    total = cached(records.count, desk, works_filter)
    page = 1
    if total > PAGE:
        page = st.pagination(-(-total // PAGE), key=f"page-{words}-{joined}-{label_id}")
    lines = cached(records.page, desk, works_filter, (page - 1) * PAGE, PAGE)
    st.caption(
        number(total, "work")
        + (f" for “{words}”" if words else "")
        + ". Choose one to see it, two to compare."
    )
    if not lines:
        st.info(
            "Nothing found." if words or joined or label_id else "Import a file first.",
            icon=":material/search:",
        )
        return
    rows = [
        {
            "Title": line.title,
            "Authors": line.authors,
            "Year": line.year,
            "Journal": line.journal,
            "Records": line.records,
            "Title and abstract": STATES[State(line.title_abstract)],
            "Full text": STATES[State(line.full_text)],
        }
        for line in lines
    ]
    picked = st.dataframe(
        pd.DataFrame(rows).astype({"Year": "Int64"}),
        hide_index=True,
        height=460,
        placeholder="",
        column_config={
            "Title": st.column_config.TextColumn(width="large"),
            "Year": st.column_config.NumberColumn(format="%d", width="small"),
            "Records": st.column_config.NumberColumn(width="small"),
        },
        on_select="rerun",
        selection_mode="multi-row",
        key=f"works-{words}-{joined}-{label_id}-{page}-{total}",
        alt="Works of this review",
    )
    export_card(desk, works_filter)
    selected_works(desk, [lines[row].id for row in picked.selection.rows if row < len(lines)])


listing()
