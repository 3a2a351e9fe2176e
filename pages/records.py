import streamlit as st

from evidence.steps.records import records
from evidence.store.records.filters import Filter
from evidence.ui.records.export import export_card
from evidence.ui.records.listing import ask_columns, works_table
from evidence.ui.records.work import selected_works
from evidence.ui.records.work_filters import ask_filter, in_use
from evidence.ui.shell import visitor
from evidence.ui.shell.cache import cached
from evidence.ui.shell.errors import fragment
from evidence.ui.shell.wording import number, plain, short

desk = visitor.desk()
PAGE = 50
st.title("Records")


@fragment
def listing() -> None:
    which = ask_filter(desk)
    total = cached(records.count, desk, which)
    count_box, columns_box = st.columns([4, 1], vertical_alignment="bottom")
    count_box.caption(
        number(total, "work")
        + (f" for “{plain(short(which.words))}”" if which.words else "")
        + (f", with {number(filters, 'filter')}" if (filters := in_use()) else "")
        + ". Choose one to see it, two to compare."
    )
    if not total:
        st.info(
            "Import a file first." if which == Filter() else "Nothing found.",
            icon=":material/search:",
        )
        return
    with columns_box:
        columns = ask_columns(desk)
    page = st.pagination(-(-total // PAGE), key=f"page-{which}") if total > PAGE else 1
    ids = cached(records.page_ids, desk, which, (page - 1) * PAGE, PAGE)
    rows = records.rows(desk, ids)
    ticked = works_table(rows, columns, f"works-{which}-{page}-{total}")
    export_card(desk, which)
    selected_works(desk, ticked)


listing()
