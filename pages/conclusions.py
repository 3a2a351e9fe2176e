import streamlit as st

from evidence.ui.results.conclusions import conclusions_page
from evidence.ui.shell import visitor

desk = visitor.desk()
st.title("Conclusions")
conclusions_page(desk)
