import streamlit as st

from evidence.ui.results.directions import directions_or_stop
from evidence.ui.results.pooling import pooling_page
from evidence.ui.shell import visitor

desk = visitor.desk()
st.title("Meta-analysis")
pooling_page(directions_or_stop(desk))
