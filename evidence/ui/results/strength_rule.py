"""The rule by which statements are called strong, to read and, for editors, to change."""

import streamlit as st

from evidence.steps.desk import Desk
from evidence.steps.results.concluding import strength_rules
from evidence.synthesis.conclusions.strength_rule import StrengthRule, levels_text
from evidence.ui.shell.errors import attempt, rerun
from evidence.ui.shell.under_way import choice_under_way
from evidence.ui.shell.wording import number, plain

BY_HAND, BOUNDED = "By hand, with a reason", "By hand, at most what certainty allows"


def strength_box(desk: Desk, *, may_change: bool) -> None:
    """A box with the rule; its sentence is printed with every list of statements."""
    rule = strength_rules.current(desk)
    st.caption(plain(rule.sentence))
    if not may_change:
        return
    box = st.expander(
        "Rule of strength", icon=":material/gavel:", on_change="rerun", key="strength-rule"
    )
    if box.open:
        with box:
            _form(desk, rule)


def _form(desk: Desk, now: StrengthRule) -> None:
    choice = choice_under_way(f"strength-{desk.review_id}", now)
    key = f"strength-{desk.review_id}-{choice.turn}"
    with st.form(key, border=False):
        how = st.radio(
            "How strength is given",
            [BY_HAND, BOUNDED],
            int(choice.before.is_bounded),
            help="Certainty is the lowest of the outcomes that a statement rests on.",
            key=f"{key}-how",
        )
        typed = st.text_area(
            "Levels, the strongest first, one per line",
            levels_text(choice.before),
            help="With the certainty that a level needs behind a colon: strong: high",
            key=f"{key}-levels",
        )
        is_sent = st.form_submit_button("Keep the rule", type="primary")
    is_bounded = how == BOUNDED
    if is_sent and attempt(
        strength_rules.change_typed, desk, typed, choice.before, is_bounded=is_bounded
    ):
        choice.begin_anew(strength_rules.current(desk))
        rerun()
    history = strength_rules.history(desk)
    if history:
        newest, times = history[0], number(len(history), "time")
        st.caption(plain(f"Changed {times}, last by {newest.person} on {newest.at:%Y-%m-%d}."))
