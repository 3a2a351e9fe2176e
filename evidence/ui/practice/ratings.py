"""Ratings of what services provide on the page: read, given with a reason, and taken along."""

from collections.abc import Mapping

import streamlit as st

from evidence.steps.desk import Desk
from evidence.steps.practice import ratings as steps
from evidence.steps.practice.provision_tables import rating_table
from evidence.steps.practice.ratings import RatingLine
from evidence.synthesis.practice.rating import (
    ASPECTS,
    GRADES,
    Aspect,
    Grade,
    ProvisionRating,
    RatedThing,
)
from evidence.synthesis.practice.service import LONGEST_NOTE
from evidence.ui.shell.errors import attempt, rerun
from evidence.ui.shell.pictures import table_with_csv
from evidence.ui.shell.under_way import choice_under_way
from evidence.ui.shell.wording import plain

NO_SERVICE = "Nobody has rated a service yet."
NO_KIND = (
    "Nobody has rated a kind of service in an area yet; services are rated on the page Services."
)
WIDTHS = {"Aspect": 110, "Rating": 95, "On": 100, "Reason": 260}
TAKEN = "taken away"


def rating_words(line: RatingLine, *, with_thing: bool = False) -> str:
    """A rating in a line, with who gave it and why."""
    about = f"{line.about}: " if with_thing else ""
    who = f"{line.person}, {line.at:%Y-%m-%d}"
    return f"{about}{line.aspect} {line.grade} ({who}): {line.reason}"


def ratings_part(
    desk: Desk, things: Mapping[RatedThing, str], *, of_services: bool, may_rate: bool
) -> None:
    """The ratings of services, or of kinds in areas, and how reviewers give one.

    Args:
        desk: of a reader.
        things: that can be rated, with their names.
        of_services: which of the two.
        may_rate: the person is a reviewer.
    """
    st.subheader("Suitability and effectiveness")
    lines = [line for line in steps.listing(desk) if line.is_of_service == of_services]
    if lines:
        name = "ratings-services" if of_services else "ratings"
        table_with_csv(rating_table(lines), "Suitability and effectiveness", name, WIDTHS)
    else:
        st.caption(NO_SERVICE if of_services else NO_KIND)
    with st.expander("What the words mean", icon=":material/help:"):
        st.markdown("\n".join(_scale()))
    if not may_rate:
        st.caption("Reviewers rate, each time with a reason.")
    elif things:
        with st.expander("Rate", icon=":material/rate_review:"):
            _rate(desk, things, "service" if of_services else "kind")
    _history(desk, of_services=of_services)


def _scale() -> list[str]:
    told = []
    for aspect, asks in ASPECTS.items():
        told.append(f"- **{aspect.capitalize()}**: {asks}")
        told += [f"    - *{grade}*: {means}" for grade, means in GRADES[aspect].items()]
    return told


def _rate(desk: Desk, things: Mapping[RatedThing, str], what: str) -> None:
    thing_box, aspect_box = st.columns([3, 2])
    thing = thing_box.selectbox(
        "What is rated",
        list(things),
        format_func=things.__getitem__,
        key=f"rated-{what}",
    )
    aspect = aspect_box.selectbox(
        "Which aspect",
        list(Aspect),
        format_func=lambda each: each.value.capitalize(),
        key=f"rated-{what}-aspect",
    )
    if thing is None or aspect is None:
        return
    state = steps.standing(desk).get((thing.key, aspect))
    now = None if state is None else state.rating
    choice = choice_under_way(f"rating-{desk.review_id}-{thing.key}-{aspect}", now)
    key = f"rating-{desk.review_id}-{thing.key}-{aspect}-{choice.turn}"
    before = choice.before
    with st.form(key, border=False):
        grades = list(Grade)
        grade = st.radio(
            ASPECTS[aspect].capitalize() + "?",
            grades,
            None if before is None else grades.index(before.grade),
            format_func=lambda each: f"{each}: {GRADES[aspect][each]}",
            key=f"{key}-grade",
        )
        reason = st.text_area(
            "Reason: on what it rests",
            "" if before is None else before.reason,
            max_chars=LONGEST_NOTE,
            key=f"{key}-reason",
        )
        is_sent = st.form_submit_button("Keep the rating", type="primary")
    if is_sent and grade is None:
        st.warning("Choose how you rate it.")
    elif is_sent and grade is not None:
        rating = ProvisionRating(thing=thing, aspect=aspect, grade=grade, reason=reason)
        if attempt(steps.rate, desk, rating, before):
            _begin_anew(desk, thing, aspect)
    if before is None:
        return
    if st.button("Take the rating away", key=f"{key}-away") and attempt(
        steps.take_back, desk, before
    ):
        _begin_anew(desk, thing, aspect)


def _begin_anew(desk: Desk, thing: RatedThing, aspect: Aspect) -> None:
    state = steps.standing(desk).get((thing.key, aspect))
    choice = choice_under_way(
        f"rating-{desk.review_id}-{thing.key}-{aspect}", None if state is None else state.rating
    )
    choice.begin_anew(None if state is None else state.rating)
    rerun()


def _history(desk: Desk, *, of_services: bool) -> None:
    told = [each for each in steps.history(desk) if each[0].is_of_service == of_services]
    if not told:
        return
    with st.expander(f"Earlier and present ratings ({len(told):,})", icon=":material/history:"):
        for line, is_removed in told:
            words = rating_words(line, with_thing=True)
            st.markdown(plain(f"{words} – {TAKEN}" if is_removed else words))
