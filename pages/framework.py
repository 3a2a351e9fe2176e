import streamlit as st

from evidence.ui.practice.framework import framework_page
from evidence.ui.shell import visitor

desk = visitor.desk()
st.title("Framework")
framework_page(desk)
