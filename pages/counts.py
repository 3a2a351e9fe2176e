import streamlit as st

from evidence.charts.prisma_flow import flow_picture
from evidence.steps.results import prisma_flow
from evidence.ui.shell import menu, visitor
from evidence.ui.shell.cache import cached
from evidence.ui.shell.pictures import show_picture
from evidence.ui.shell.wording import plain

desk = visitor.desk()
st.title("Counts")
st.header("PRISMA 2020 so far")
numbers = cached(prisma_flow.flow, desk)
for fault in prisma_flow.faults(numbers):
    st.warning(plain(fault), icon=":material/calculate:")
waiting = prisma_flow.still_open(numbers)
if waiting:
    st.caption("Still open: " + plain("; ".join(waiting)) + ".")
show_picture(flow_picture(numbers), "flow")
st.header("Studies")
st.markdown("The evidence map counts studies by year and by every question, under **Frequencies**.")
menu.link("evidence_map", "Evidence map")
