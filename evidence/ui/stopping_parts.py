"""What the rules for stopping say, and what a team chose."""

import streamlit as st

from evidence.steps import stopping
from evidence.steps.desk import Desk
from evidence.ui.trouble import done
from evidence.ui.words import plain

TARGETS = (0.9, 0.95, 0.99)


def wanted() -> stopping.Settings:
    """What the team wants of the rules."""
    left, middle, right = st.columns(3)
    target = left.selectbox(
        "Share of relevant works to find",
        TARGETS,
        1,
        format_func=lambda share: f"{share:.0%}",
        key="target",
        persist_state="session",
    )
    confidence = middle.selectbox(
        "How sure to be",
        TARGETS,
        1,
        format_func=lambda share: f"{share:.0%}",
        key="confidence",
        persist_state="session",
    )
    in_a_row = right.number_input(
        "Irrelevant works in a row", 5, 1000, 50, 5, key="in-a-row", persist_state="session"
    )
    return stopping.Settings(target=target, confidence=confidence, in_a_row=int(in_a_row))


def rule_cards(desk: Desk, seen: stopping.Seen, settings: stopping.Settings) -> None:
    """Each rule with what it sees, what it assumes, and a way to note that it was chosen."""
    for rule in stopping.STOPPING_RULES:
        advice = seen.advice[rule.code]
        with st.container(border=True, key=f"rule-{rule.code}"):
            if advice.reached:
                st.markdown(
                    f"**{rule.name}** :green-badge[:material/check: says that reading may end]"
                )
            else:
                st.markdown(f"**{rule.name}** :gray-badge[says to read on]")
            st.write(plain(advice.says))
            with st.expander("What it does, and what it takes for granted"):
                st.write(plain(rule.does))
                st.write("**It takes for granted:** " + plain(rule.assumes))
                st.caption(plain(rule.source))
                _choose(desk, seen, rule, settings)


def _choose(
    desk: Desk, seen: stopping.Seen, rule: stopping.StoppingRule, settings: stopping.Settings
) -> None:
    with st.form(f"choose-{rule.code}", border=False):
        note = st.text_input(
            "Why the team ends reading by this rule",
            max_chars=stopping.LONGEST_NOTE,
            key=f"why-{rule.code}",
        )
        if st.form_submit_button("Note this for the methods") and done(
            stopping.choose, desk, seen, rule.code, settings, note
        ):
            st.rerun()


def chosen_before(desk: Desk) -> None:
    """What was noted, for the methods of the report."""
    events = stopping.chosen(desk)
    if not events:
        return
    st.subheader("For the methods of your report")
    for event in events:
        st.markdown(f"> {plain(event.subject)}")
        st.caption(f"{plain(event.person)}, {event.at:%Y-%m-%d %H:%M} UTC")
