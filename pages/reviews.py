import streamlit as st

from evidence.steps import example
from evidence.steps.review import reasons, reviews, terms
from evidence.store.review.reviews import Draft
from evidence.ui.review.about_form import about_form
from evidence.ui.review.archive import take_archive, take_in_archive, tell_renamed
from evidence.ui.review.reasons import merge_reasons, rename_reason
from evidence.ui.review.review_form import review_form
from evidence.ui.shell import menu, shared_text, visitor
from evidence.ui.shell.errors import attempt, show_errors
from evidence.ui.shell.wording import number, plain

current = visitor.current()
st.title("Reviews")
tell_renamed()
overviews = reviews.overviews(current.store, current.person.id)

if not overviews:
    st.info(
        "There is no review yet. Make one below, or look around in the example.",
        icon=":material/waving_hand:",
    )
for overview in overviews:
    open_now = current.review is not None and current.review.id == overview.review.id
    with st.container(border=True, key=f"review-{overview.review.id}"):
        about, button_box = st.columns([5, 1], vertical_alignment="center")
        about.markdown(f"**{plain(overview.review.title)}**")
        about.caption(
            f"{number(overview.records, 'record')} · {number(overview.works, 'work')} · "
            f"{number(overview.studies, 'study', 'studies')}"
            + (" · demonstration" if overview.review.demonstration else "")
        )
        label = "Opened" if open_now else "Open"
        if button_box.button(
            label, key=f"open-{overview.review.id}", disabled=open_now, width="stretch"
        ):
            visitor.go_to(overview.review.id)
        if open_now and not overview.records:
            menu.link("importing", "Next: import the files of your databases")

has_example = any(overview.review.demonstration for overview in overviews)
if not has_example and st.button(
    "Load the example review", icon=":material/science:", key="example"
):
    with st.spinner("Importing, settling duplicates, screening and coding the example …"):
        visitor.go_to(example.load(current.store, current.settings).review_id)

if current.review is not None:
    desk = visitor.desk()
    with st.expander(f"What “{plain(current.review.title)}” is about", icon=":material/edit_note:"):
        review, in_use = current.review, reasons.listing(desk)
        draft = Draft(title=review.title, question=review.question, criteria=tuple(review.criteria))
        now = draft, tuple(reason.label for reason in in_use), terms.get(desk)
        form = f"change-{review.id}"
        changed = review_form(form, now)
        if changed and attempt(reviews.change, desk, *changed, shown=now):
            shared_text.saved(form)
            st.rerun()
        rename_reason(desk, in_use)
        merge_reasons(desk, in_use)

    with st.expander("Authors, licence and what else readers ask for", icon=":material/badge:"):
        about_form(desk)
    with st.expander("Archive of this review", icon=":material/archive:"):
        take_archive(desk)

with st.expander("Take in an archive", icon=":material/unarchive:"):
    take_in_archive(current.store, current.person.id)

with st.expander("New review", icon=":material/add:", expanded=not overviews):
    filled = review_form("new")
    if filled:
        with show_errors():
            new = reviews.create(current.store, current.person.id, filled[0])
            reviews.change(new, *filled)
            shared_text.saved("new")
            visitor.go_to(new.review_id)
