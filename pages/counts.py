import streamlit as st

from evidence.charts.prisma_flow import flow_svg
from evidence.charts.study_bars import option_bars, year_bars
from evidence.steps.results import prisma_flow, study_counts
from evidence.ui.coding.coded_studies import coded_or_stop
from evidence.ui.shell import visitor
from evidence.ui.shell.cache import cached
from evidence.ui.shell.charts import chart, scrolling, theme
from evidence.ui.shell.wording import plain

desk = visitor.desk()
st.title("Counts")
flow_tab, studies_tab = st.tabs(["PRISMA 2020 so far", "Studies"], on_change="rerun", key="counts")

if flow_tab.open:
    with flow_tab:
        numbers = cached(prisma_flow.flow, desk)
        for fault in prisma_flow.faults(numbers):
            st.warning(plain(fault), icon=":material/calculate:")
        waiting = prisma_flow.still_open(numbers)
        if waiting:
            st.caption("Still open: " + plain("; ".join(waiting)) + ".")
        with scrolling("flow"):
            alt = f"PRISMA 2020 flow diagram: {prisma_flow.in_words(numbers)}"
            st.image(flow_svg(numbers, theme()), width="content", alt=alt)
        st.download_button(
            "Download the diagram (SVG)",
            flow_svg(numbers, "light"),
            "prisma.svg",
            "image/svg+xml",
            key="prisma-svg",
        )

if studies_tab.open:
    with studies_tab:
        coded = coded_or_stop(desk)
        titles = study_counts.dimension_titles(coded)
        question_ids = st.multiselect(
            "Studies by",
            list(titles),
            study_counts.default_dimensions(coded),
            format_func=titles.__getitem__,
            key="counts-by",
        )
        for question_id in question_ids:
            st.header(plain(titles[question_id]))
            figure = option_bars(study_counts.studies_by(coded, question_id), theme())
            chart(figure, f"bars-{question_id}", f"Studies by {titles[question_id]}")
        st.header("Year of the first report")
        chart(year_bars(study_counts.years(coded), theme()), "years", "Studies by year")
