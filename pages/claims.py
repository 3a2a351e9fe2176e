import streamlit as st

from evidence.ui.practice.claims import claims_page
from evidence.ui.shell import visitor

desk = visitor.desk()
st.title("Claims")
claims_page(desk)
