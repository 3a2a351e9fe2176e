import streamlit as st

from evidence.ui.practice.answers_upload import upload_view
from evidence.ui.practice.monitoring import (
    chosen_monitoring,
    monitoring_view,
    published_view,
    quarter_forms,
)
from evidence.ui.shell import visitor

desk = visitor.desk()
st.title("Monitoring")
taken = chosen_monitoring(desk)
if taken is None:
    st.header("Published figures")
    published_view(desk, None)
else:
    quarters, published, forms, uploading = st.tabs(
        ["Quarters", "Published figures", "Forms", "From a file"],
        on_change="rerun",
        key="monitoring-tab",
    )
    if quarters.open:
        with quarters:
            monitoring_view(desk, taken)
    if published.open:
        with published:
            published_view(desk, taken)
    if forms.open:
        with forms:
            quarter_forms(desk, taken)
    if uploading.open:
        with uploading:
            upload_view(desk, taken)
