import streamlit as st

from evidence.steps.review import membership
from evidence.store import Role
from evidence.ui.results.publishing.comments_read import comments_read
from evidence.ui.results.publishing.publish_form import publish_form
from evidence.ui.results.publishing.published_pages import published_pages
from evidence.ui.shell import visitor
from evidence.ui.shell.public_address import address_before

desk = visitor.desk()
st.title("Publish")
may_publish = membership.standing(desk).role >= Role.EDITOR
if may_publish:
    publish_form(desk)
else:
    st.caption("You look on here: those who edit the review publish it.")
st.header("Published")
before = address_before(visitor.current().settings)
published_pages(desk, before, may_publish=may_publish)
if may_publish:
    st.header("Comments of readers")
    comments_read(desk)
