"""The form in which people say what a review is about."""

import streamlit as st

from evidence.steps.review import reviews
from evidence.store.review.reviews import Draft
from evidence.store.review.terms import Terms
from evidence.ui.shell.wording import plain

Filled = tuple[Draft, tuple[str, ...], Terms]
EMPTY: Filled = (Draft(title=""), (), Terms())

ONE_PER_LINE = "One per line."
TERMS_HELP = (
    "One per line; `*` stands for any letters (`employ*`, `behavio*r`). They are coloured while "
    "screening and decide nothing."
)


def review_form(key: str, now: Filled = EMPTY) -> Filled | None:
    """Show the form; gives what was written when it is sent.

    What a colleague changed while somebody was writing is shown once; the words stay in the form.

    Args:
        key: one for each review.
        now: what stands in the review.
    """
    state_key, sending = f"review-before-{key}", bool(st.session_state.get(f"save-{key}"))
    # What stands in the form, and what the person last saw of the review.
    in_form, last_seen = st.session_state.get(state_key, (now, now))
    if not sending and in_form == last_seen:
        in_form = last_seen = now
    st.session_state[state_key] = (in_form, last_seen)
    if in_form != last_seen:
        st.warning(
            f"Meanwhile somebody else changed this. Now it says: {_in_words(last_seen)}. Your "
            "words are still here: press Save again to put them in the place of these.",
            icon=":material/group:",
        )
    written = _fields(key, in_form)
    if written is None:
        return None
    if now not in (last_seen, written):
        st.session_state[state_key] = (written, now)
        st.rerun()
    del st.session_state[state_key]
    return written


def _in_words(filled: Filled) -> str:
    draft, reasons, terms = filled
    parts = (draft.title, draft.question, *draft.criteria, *reasons, *terms.include, *terms.exclude)
    return plain("; ".join(part for part in parts if part))


def _fields(key: str, now: Filled) -> Filled | None:
    review, labels, terms = now
    with st.form(f"review-{key}", border=False):
        title = st.text_input("Title", review.title, max_chars=500)
        question = st.text_area("Question", review.question, height=80)
        inclusion, exclusion = st.columns(2)
        criteria = inclusion.text_area(
            "Inclusion criteria",
            "\n".join(review.criteria),
            help=ONE_PER_LINE + " They stand beside every work while screening.",
            height=150,
        )
        reason_lines = exclusion.text_area(
            "Reasons for exclusion",
            "\n".join(labels),
            help=ONE_PER_LINE + " Each gets a number key while screening; PRISMA counts them. "
            "To reword one that was used already, rename it below.",
            height=150,
        )
        include_terms = inclusion.text_area(
            "Terms that speak for inclusion", "\n".join(terms.include), help=TERMS_HELP, height=100
        )
        exclude_terms = exclusion.text_area(
            "Terms that speak for exclusion", "\n".join(terms.exclude), help=TERMS_HELP, height=100
        )
        if not st.form_submit_button("Save", type="primary", key=f"save-{key}"):
            return None
    draft = Draft(
        title=" ".join(title.split()), question=question.strip(), criteria=reviews.lines(criteria)
    )
    new_terms = Terms(include=reviews.lines(include_terms), exclude=reviews.lines(exclude_terms))
    return draft, reviews.lines(reason_lines), new_terms
