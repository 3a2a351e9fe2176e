"""The form in which people say what a review is about."""

import streamlit as st

from evidence.steps.review import reviews
from evidence.store.review.reviews import Draft
from evidence.store.review.terms import Terms
from evidence.ui.shell import shared_text
from evidence.ui.shell.shared_text import box_key

Filled = tuple[Draft, tuple[str, ...], Terms]
EMPTY: Filled = (Draft(title=""), (), Terms())

ONE_PER_LINE = "One per line."
TERMS_HELP = (
    "One per line; `*` stands for any letters (`employ*`, `behavio*r`). They are coloured while "
    "screening and decide nothing."
)
TITLE, QUESTION, CRITERIA = "Title", "Question", "Inclusion criteria"
REASONS = "Reasons for exclusion"
INCLUDE_TERMS, EXCLUDE_TERMS = "Terms that speak for inclusion", "Terms that speak for exclusion"


def review_form(key: str, now: Filled = EMPTY) -> Filled | None:
    """Show the form; gives what was written when it is sent.

    What a colleague changed while somebody was writing is told first; the words stay in the form.
    Whoever calls says so by `shared_text.saved(key)` once it is kept.

    Args:
        key: one for each review.
        now: what stands in the review.
    """
    texts = _texts(now)
    shared_text.fill(key, texts)
    written = _fields(key)
    pressed = st.button("Save", type="primary", key=f"save-{key}")
    return written if shared_text.may_save(key, texts, pressed=pressed) else None


def _texts(filled: Filled) -> dict[str, str]:
    """What the boxes say, by label."""
    draft, reasons, terms = filled
    return {
        TITLE: draft.title,
        QUESTION: draft.question,
        CRITERIA: "\n".join(draft.criteria),
        REASONS: "\n".join(reasons),
        INCLUDE_TERMS: "\n".join(terms.include),
        EXCLUDE_TERMS: "\n".join(terms.exclude),
    }


def _fields(key: str) -> Filled:
    title = st.text_input(TITLE, max_chars=500, key=box_key(key, TITLE))
    question = st.text_area(QUESTION, key=box_key(key, QUESTION), height=80)
    inclusion, exclusion = st.columns(2)
    criteria = inclusion.text_area(
        CRITERIA,
        key=box_key(key, CRITERIA),
        help=ONE_PER_LINE + " They stand beside every work while screening.",
        height=150,
    )
    reason_lines = exclusion.text_area(
        REASONS,
        key=box_key(key, REASONS),
        help=ONE_PER_LINE + " Each gets a number key while screening; PRISMA counts them. "
        "To reword one that was used already, rename it below.",
        height=150,
    )
    include_terms = inclusion.text_area(
        INCLUDE_TERMS, key=box_key(key, INCLUDE_TERMS), help=TERMS_HELP, height=100
    )
    exclude_terms = exclusion.text_area(
        EXCLUDE_TERMS, key=box_key(key, EXCLUDE_TERMS), help=TERMS_HELP, height=100
    )
    draft = Draft(
        title=" ".join(title.split()), question=question.strip(), criteria=reviews.lines(criteria)
    )
    new_terms = Terms(include=reviews.lines(include_terms), exclude=reviews.lines(exclude_terms))
    return draft, reviews.lines(reason_lines), new_terms
