import streamlit as st

from evidence.ui.practice.services import services_view
from evidence.ui.shell import visitor

desk = visitor.desk()
st.title("Services")
services_view(desk)
