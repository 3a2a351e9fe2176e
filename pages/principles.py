import streamlit as st

from evidence.ui.practice.principles import principles_page
from evidence.ui.shell import visitor

desk = visitor.desk()
st.title("Principles")
principles_page(desk)
