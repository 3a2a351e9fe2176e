import streamlit as st

from evidence.ui.practice.answers_upload import upload_view
from evidence.ui.practice.fidelity import chosen_scale, fidelity_view
from evidence.ui.practice.survey import forms_view
from evidence.ui.shell import visitor

desk = visitor.desk()
st.title("Fidelity")
taken = chosen_scale(desk)
if taken is not None:
    totals, forms, uploading = st.tabs(
        ["Totals", "Forms", "From a file"], on_change="rerun", key="fidelity-tab"
    )
    if totals.open:
        with totals:
            fidelity_view(desk, taken)
    if forms.open:
        with forms:
            forms_view(desk, taken)
    if uploading.open:
        with uploading:
            upload_view(desk, taken)
