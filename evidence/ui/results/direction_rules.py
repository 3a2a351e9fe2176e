"""The rules by which directions are read, to look at and, for editors, to change."""

import streamlit as st

from evidence.steps.desk import Desk
from evidence.steps.results import direction_rules
from evidence.steps.results.direction_rules import HALF, MOST_STUDIES
from evidence.steps.review import membership
from evidence.store import Role
from evidence.synthesis.direction_rules import ALL, DirectionRules
from evidence.ui.shell.errors import attempt, fragment
from evidence.ui.shell.under_way import choice_under_way
from evidence.ui.shell.wording import number, plain

NONE = ""


def rules_box(desk: Desk, people_questions: dict[str, str]) -> None:
    """A box with the rules; they are printed under every picture."""
    box = st.expander(
        "Rules of the protocol", icon=":material/gavel:", on_change="rerun", key="direction-rules"
    )
    if box.open:
        with box:
            _rules(desk, people_questions)


@fragment
def _rules(desk: Desk, people_questions: dict[str, str]) -> None:
    key = f"direction-rules-{desk.review_id}"
    choice = choice_under_way(key, direction_rules.current(desk))
    may_change = membership.standing(desk).role >= Role.EDITOR
    with st.form(f"{key}-{choice.turn}", border=False):
        rules = _choices(
            choice.before, people_questions, f"{key}-{choice.turn}", may_change=may_change
        )
        is_sent = st.form_submit_button("Keep", type="primary", disabled=not may_change)
    if not may_change:
        st.caption("Editors of the review can change them.")
    elif is_sent and attempt(direction_rules.change, desk, rules, choice.before):
        choice.begin_anew(direction_rules.current(desk))
        st.rerun()
    history = direction_rules.history(desk)
    if history:
        newest, times = history[0], number(len(history), "time")
        st.caption(plain(f"Changed {times}, last by {newest.person} on {newest.at:%Y-%m-%d}."))
    else:
        st.caption("Nobody has changed them.")


def _choices(
    before: DirectionRules, people_questions: dict[str, str], key: str, *, may_change: bool
) -> DirectionRules:
    off = not may_change
    first, second = st.columns(2)
    agree = first.number_input(
        "Findings that agree within a study (%)",
        HALF,
        ALL,
        before.agree_percent,
        help="From this share on a study has their direction; otherwise it is conflicting.",
        key=f"{key}-agree",
        disabled=off,
    )
    people = [NONE, *people_questions]
    asked = second.selectbox(
        "People, where neither findings nor arms say",
        people,
        people.index(before.people_question) if before.people_question in people else 0,
        format_func=lambda question: people_questions.get(question, "Not known"),
        help="Of the whole study, or better of its intervention group.",
        key=f"{key}-people",
        disabled=off,
    )
    no_change = st.checkbox(
        "“No change” counts as a direction within a study",
        before.count_no_change,
        help="The published rule leaves this open.",
        key=f"{key}-no-change",
        disabled=off,
    )
    least_box, consistent_box, most_box = st.columns(3)
    least = least_box.number_input(
        "Words from so many studies on",
        1,
        MOST_STUDIES,
        before.least_studies,
        key=f"{key}-least",
        disabled=off,
    )
    consistent = consistent_box.number_input(
        "“Consistent” from (%)",
        HALF,
        ALL,
        before.consistent_percent,
        key=f"{key}-consistent",
        disabled=off,
    )
    most = most_box.number_input(
        "“Most” from (%)", HALF, ALL, before.most_percent, key=f"{key}-most", disabled=off
    )
    return DirectionRules(
        agree_percent=int(agree),
        count_no_change=no_change,
        least_studies=int(least),
        consistent_percent=int(consistent),
        most_percent=int(most),
        people_question=asked,
    )
