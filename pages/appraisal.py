import streamlit as st

from evidence.ui.results.appraisal import appraisal_or_stop, appraisal_page, chosen_scheme
from evidence.ui.results.judgement_files import judgement_file_view
from evidence.ui.results.review_overlap import overlap_view
from evidence.ui.shell import visitor

desk = visitor.desk()
st.title("Appraisal")
judgements, overlap, file = st.tabs(
    ["Judgements", "Overlap of reviews", "From a file"], on_change="rerun", key="appraisal-tab"
)
if overlap.open:
    with overlap:
        overlap_view(desk)
if file.open:
    with file:
        judgement_file_view()
if judgements.open:
    with judgements:
        scheme = chosen_scheme(desk)
        if scheme is not None:
            appraisal_page(desk, appraisal_or_stop(desk, scheme))
