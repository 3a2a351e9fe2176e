import streamlit as st

from evidence.ui.practice.answers_upload import upload_view
from evidence.ui.practice.invitations import invitations_view
from evidence.ui.practice.survey import forms_view, questionnaire
from evidence.ui.shell import visitor
from evidence.ui.shell.public_address import address_before

desk = visitor.desk()
st.title("Survey")
taken = questionnaire(desk)
if taken is not None:
    forms, asking, uploading = st.tabs(
        ["Forms", "By a link", "From a file"], on_change="rerun", key="survey-tab"
    )
    if forms.open:
        with forms:
            forms_view(desk, taken)
    if asking.open:
        with asking:
            invitations_view(desk, taken, address_before(visitor.current().settings))
    if uploading.open:
        with uploading:
            upload_view(desk, taken)
