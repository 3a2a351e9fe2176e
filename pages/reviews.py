import streamlit as st

from evidence.steps import example
from evidence.steps.review import reviews
from evidence.store.review.reviews import Draft
from evidence.ui.review.review_form import rename_reason, review_form
from evidence.ui.shell import menu, visitor
from evidence.ui.shell.wording import number, plain

here = visitor.visitor()
st.title("Reviews")
overviews = reviews.overviews(here.store)

if not overviews:
    st.info(
        "There is no review yet. Make one below, or look around in the example.",
        icon=":material/waving_hand:",
    )
for one in overviews:
    open_now = here.review is not None and here.review.id == one.review.id
    with st.container(border=True, key=f"review-{one.review.id}"):
        left, right = st.columns([5, 1], vertical_alignment="center")
        left.markdown(f"**{plain(one.review.title)}**")
        left.caption(
            f"{number(one.records, 'record')} · {number(one.works, 'work')} · "
            f"{number(one.studies, 'study', 'studies')}"
            + (" · demonstration" if one.review.demonstration else "")
        )
        label = "Opened" if open_now else "Open"
        if right.button(label, key=f"open-{one.review.id}", disabled=open_now, width="stretch"):
            visitor.go_to(one.review.id)
        if open_now and not one.records:
            menu.link("importing", "Next: import the files of your databases")

has_example = any(one.review.demonstration for one in overviews)
if not has_example and st.button(
    "Load the example review", icon=":material/science:", key="example"
):
    with st.spinner("Importing, settling duplicates, screening and coding the example …"):
        visitor.go_to(example.load(here.store, here.settings).review_id)

if here.review is not None:
    desk = visitor.desk()
    with st.expander(f"What “{plain(here.review.title)}” is about", icon=":material/edit_note:"):
        review, reasons = here.review, reviews.reasons(desk)
        said = Draft(title=review.title, question=review.question, criteria=tuple(review.criteria))
        now = said, tuple(reason.label for reason in reasons), reviews.terms(desk)
        changed = review_form(f"change-{review.id}", now)
        if changed:
            reviews.change(desk, *changed)
            st.rerun()
        rename_reason(desk, reasons)

with st.expander("New review", icon=":material/add:", expanded=not overviews):
    made = review_form("new")
    if made:
        new = reviews.create(here.store, here.person.id, made[0])
        reviews.change(new, *made)
        visitor.go_to(new.review_id)
