"""The form in which a review says of itself what repositories, the map and the report need."""

import streamlit as st

from evidence.steps.desk import Desk
from evidence.steps.results import map_settings
from evidence.steps.review import about, reviews
from evidence.synthesis.review_about import LICENCES, ReviewAbout, authors_of
from evidence.ui.shell import shared_text
from evidence.ui.shell.errors import attempt
from evidence.ui.shell.shared_text import box_key
from evidence.ui.shell.wording import plain, short

ENTERED_ONCE = (
    "Entered once: the about page of the map, the report, its checklists and the archive read it."
)
HELP = {
    "Authors": "One per line, with the ORCID iD where there is one: "
    "`Eva Meyer, 0000-0002-1825-0097`.",
    "Description": "What the review is, for who has not read it.",
    "Keywords": "One per line.",
    "Licence": f"Under which it may be used. Usual ones: {', '.join(LICENCES)}.",
    "Funding": "Who paid, and their part in it; that nobody did is worth saying, too.",
    "Competing interests": "Of the authors; say also that there are none.",
    "Registration": "Where the review is registered, and its number there.",
    "Protocol": "The address where the protocol can be read.",
    "Deviations from the protocol": "What was done otherwise, and why.",
    "Contact": "Whom to ask. What stands here may be published.",
}
_SHORT = ("Registration", "Protocol", "Contact", "Licence")
_SHOWN = 20  # changes that are listed


def about_form(desk: Desk) -> None:
    """Show the form, and keep what is entered."""
    st.caption(ENTERED_ONCE)
    form, now = f"about-{desk.review_id}", about.current(desk)
    texts = _texts(now)
    shared_text.fill(form, texts)
    left, right = st.columns(2)
    for number, label in enumerate(texts):
        _box(left if number % 2 == 0 else right, form, label)
    _entered_on_the_map(desk, now)
    pressed = st.button("Save", type="primary", key=f"save-{form}")
    if shared_text.may_save(form, texts, pressed=pressed) and attempt(
        about.change, desk, _written(form, now), shown=now
    ):
        shared_text.saved(form)
        st.rerun()
    _history(desk)


def _box(column: st.delta_generator.DeltaGenerator, form: str, label: str) -> None:
    key = box_key(form, label)
    if label in _SHORT:
        column.text_input(label, key=key, help=HELP[label])
    else:
        column.text_area(label, key=key, help=HELP[label], height=110)


def _texts(now: ReviewAbout) -> dict[str, str]:
    """What the boxes say, by label."""
    return {
        "Authors": "\n".join(author.line for author in now.authors),
        "Description": now.description,
        "Keywords": "\n".join(now.keywords),
        "Funding": now.funding,
        "Competing interests": now.competing_interests,
        "Deviations from the protocol": now.deviations,
        "Registration": now.registration,
        "Protocol": now.protocol,
        "Licence": now.licence,
        "Contact": now.contact,
    }


def _written(form: str, now: ReviewAbout) -> ReviewAbout:
    """What stands in the boxes; what is entered on the page Protocol stays."""
    text = {label: str(st.session_state[box_key(form, label)]).strip() for label in HELP}
    return ReviewAbout(
        authors=authors_of(text["Authors"]),
        description=text["Description"],
        keywords=reviews.lines(text["Keywords"]),
        licence=text["Licence"],
        funding=text["Funding"],
        competing_interests=text["Competing interests"],
        registration=text["Registration"],
        protocol=text["Protocol"],
        deviations=text["Deviations from the protocol"],
        contact=text["Contact"],
        background=now.background,
        definitions=now.definitions,
    )


def _entered_on_the_map(desk: Desk, now: ReviewAbout) -> None:
    """Point to what was entered for the map before this form was there; the map keeps it."""
    texts = map_settings.current(desk).texts
    for label, own, here in (
        ("licence", texts.licence, now.licence),
        ("contact", texts.contact, now.contact),
    ):
        if own and own != here:
            st.caption(f"The map has a {label} of its own, which it goes on showing: {plain(own)}")


def _history(desk: Desk) -> None:
    changes = about.history(desk)[:_SHOWN]
    if not changes:
        return
    with st.popover("Earlier versions"):
        for change in changes:
            texts = "; ".join(
                f"{label}: {short(' '.join(text.split()), 80)}"
                for label, text in _texts(change.about).items()
                if text
            )
            st.caption(f"{change.at:%Y-%m-%d %H:%M}, {plain(change.person)}: {plain(texts)}")
