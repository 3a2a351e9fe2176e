"""What the rules for stopping say, and what a team chose."""

import streamlit as st

from evidence.charts.explored.screening_curve import RelevantInAll
from evidence.screening.stopping_benchmarks import BENCHMARKS
from evidence.screening.stopping_rules import STOPPING_RULES, StoppingRule, StoppingSettings
from evidence.screening.verdicts import Stage
from evidence.steps.desk import Desk
from evidence.steps.screening import stopping
from evidence.ui.shell import menu
from evidence.ui.shell.errors import attempt
from evidence.ui.shell.wording import number, plain

TARGETS = (0.9, 0.95, 0.99)


def ask_settings() -> StoppingSettings:
    """What the team wants of the rules."""
    target_box, confidence_box, row_box, papers_box = st.columns(4)
    target = target_box.selectbox(
        "Share of relevant works to find",
        TARGETS,
        1,
        format_func=lambda share: f"{share:.0%}",
        key="target",
        persist_state="session",
    )
    confidence = confidence_box.selectbox(
        "How sure to be",
        TARGETS,
        1,
        format_func=lambda share: f"{share:.0%}",
        key="confidence",
        persist_state="session",
    )
    in_a_row = row_box.number_input(
        "Irrelevant works in a row", 5, 1000, 50, 5, key="in-a-row", persist_state="session"
    )
    missing = papers_box.number_input(
        "Key papers not found yet",
        0,
        1000,
        None,
        placeholder="not said",
        help="Studies that you knew beforehand and that must come up; SAFE asks for them.",
        key="key-papers",
        persist_state="session",
    )
    return StoppingSettings(
        target=target,
        confidence=confidence,
        in_a_row=int(in_a_row),
        key_papers_missing=None if missing is None else int(missing),
    )


def relevant_in_all(
    evaluation: stopping.Evaluation, settings: StoppingSettings
) -> RelevantInAll | None:
    """How many relevant works there are, read or not; None where random works cannot tell."""
    unread, curve = evaluation.unread, evaluation.relevant_read
    if unread is None or not curve:
        return None
    return RelevantInAll(
        likeliest=None if unread.likeliest is None else curve[-1] + unread.likeliest,
        at_most=curve[-1] + max(0, unread.fewer_than - 1),
        confidence=settings.confidence,
        random_works=evaluation.sample.size,
    )


def random_works(evaluation: stopping.Evaluation) -> None:
    """Where the random works come from that the rules speak of, and how to get some."""
    if not evaluation.by_priority:
        st.warning(
            "Works come in the order of their import. Which of them were read so far was no "
            "chance, so they are no random sample of all works, and nothing can be estimated from "
            "them. On the page Team choose that likely works come first, and which share is drawn "
            "at random.",
            icon=":material/sort:",
        )
    elif evaluation.random_since is None:
        st.warning(
            "No works are drawn at random, so nothing can be estimated from those read. On the "
            "page Team say which share is drawn at random; 5% costs little.",
            icon=":material/casino:",
        )
    else:
        share = (
            "All works are"
            if evaluation.random_share >= 1
            else f"Of the works you read, {evaluation.random_share:.0%} are"
        )
        st.info(
            f"{share} drawn at random, as the page Team says. By now "
            f"{number(evaluation.sample.size, 'random work was', 'random works were')} decided, "
            f"{evaluation.sample.relevant:,} of them relevant, counted since "
            f"{evaluation.random_since:%Y-%m-%d %H:%M} UTC. For a random check of what "
            "is left, set the share to 100%: the count begins anew then.",
            icon=":material/casino:",
        )
        return
    menu.link("team", "Go to the team's settings", Stage.TITLE_ABSTRACT)


def rule_cards(desk: Desk, evaluation: stopping.Evaluation, settings: StoppingSettings) -> None:
    """Each rule with what it sees, what it assumes, and a way to note that it was chosen."""
    for rule in STOPPING_RULES:
        advice = evaluation.advice[rule.code]
        with st.container(border=True, key=f"rule-{rule.code}"):
            if advice.reached:
                st.markdown(
                    f"**{rule.name}** :green-badge[:material/check: says that reading may end]"
                )
            elif advice.too_few:
                st.markdown(f"**{rule.name}** :gray-badge[too few random works to tell]")
            else:
                st.markdown(f"**{rule.name}** :gray-badge[says to read on]")
            st.write(plain(advice.sentence))
            with st.expander("What it does, and what it takes for granted"):
                st.write(plain(rule.does))
                st.write("**It takes for granted:** " + plain(rule.assumes))
                st.write("**Measured:** " + plain(BENCHMARKS[rule.code].sentence))
                st.caption(plain(rule.source))
                _choose(desk, evaluation, rule, settings)


def _choose(
    desk: Desk,
    evaluation: stopping.Evaluation,
    rule: StoppingRule,
    settings: StoppingSettings,
) -> None:
    with st.form(f"choose-{rule.code}", border=False):
        note = st.text_input(
            "Why the team ends reading by this rule",
            max_chars=stopping.LONGEST_NOTE,
            key=f"why-{rule.code}",
        )
        pressed = st.form_submit_button("Note this for the methods")
        if pressed and attempt(stopping.choose_rule, desk, evaluation, rule.code, settings, note):
            st.rerun()


def chosen_rules(desk: Desk) -> None:
    """What was noted, for the methods of the report."""
    events = stopping.past_choices(desk)
    if not events:
        return
    st.header("For the methods of your report")
    for event in events:
        st.markdown(f"> {plain(event.subject)}")
        st.caption(f"{plain(event.person)}, {event.at:%Y-%m-%d %H:%M} UTC")
