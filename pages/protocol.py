import streamlit as st

from evidence.ui.review.protocol.protocol_page import protocol_page
from evidence.ui.shell import visitor

desk = visitor.desk()
st.title("Protocol")
protocol_page(desk)
