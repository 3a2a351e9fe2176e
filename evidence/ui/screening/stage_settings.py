"""How a stage is screened: the choices in plain words, and what a change would do."""

from collections.abc import Mapping
from typing import TypeVar

import streamlit as st

from evidence.screening.methods_text import methods
from evidence.screening.stage_settings import MOST_VOICES, Maybe, Order, Rule, StageSettings
from evidence.screening.verdicts import Stage, State
from evidence.steps.desk import Desk
from evidence.steps.screening import screening_history, stage_settings
from evidence.ui.shell import menu
from evidence.ui.shell.cache import cached
from evidence.ui.shell.errors import attempt, fragment, rerun
from evidence.ui.shell.under_way import choice_under_way
from evidence.ui.shell.unsaved import ask_before_leaving
from evidence.ui.shell.wording import STAGES, STATES, number, plain

Choice = TypeVar("Choice")
PEOPLE = ("", "One person", "Two people", "Three people", "Four people", "Five people")
RULES = {
    Rule.CONSENSUS: ("Consensus", "All must say the same; otherwise it is a conflict."),
    Rule.MAJORITY: ("Majority", "More than half must say the same."),
    Rule.SAFETY_FIRST: ("Safety first", "One include is enough; little gets lost."),
}
MAYBES = {
    Maybe.OTHERS: (
        "Leaves it to the others",
        "Include and maybe come to include, exclude and maybe to exclude.",
    ),
    Maybe.INCLUDE: ("Counts as an include", "Exclude and maybe differ."),
    Maybe.CONFLICT: ("Differs from everything else", "Include and maybe differ, too."),
}
ORDERS = {
    Order.IMPORTED: ("As imported", "The order of your files."),
    Order.PRIORITY: ("Likely relevant first", "Learnt from the decisions so far."),
    Order.SECOND: (
        "Likely relevant first, by a second model",
        "To read on with once the first one brings nothing new.",
    ),
}
QUEUES = {
    True: ("The common queue", "Whoever asks gets the next work that lacks people."),
    False: ("What is assigned to them", "Nobody gets a work that nobody gave them."),
}


@fragment
def settings_tab(desk: Desk, stage: Stage) -> None:
    """The settings of a stage, to look at and to change."""
    now = stage_settings.current(desk, stage)
    choice = choice_under_way(_key(desk, stage), now)
    before = choice.before
    draft = _choices(before, f"{desk.review_id}-{stage}-{choice.turn}")
    choice.unsaved = draft != before
    ask_before_leaving(f"unsaved-{stage}", unsaved=choice.unsaved)
    st.markdown("**For the methods of your report**")
    text = f"{methods(stage, draft)} {cached(screening_history.happened, desk, stage)}".rstrip()
    st.code(text, language=None, wrap_lines=True)
    st.caption(_elsewhere(desk, stage))
    if draft == before:
        for warning in stage_settings.warnings(desk, stage):
            st.warning(warning, icon=":material/group_off:")
    changed = _preview(desk, stage, draft, before) if draft != before else now != before
    if changed:
        choice.begin_anew(stage_settings.current(desk, stage))
        rerun()
    _history(desk, stage)


def ask_about_unsaved(desk: Desk, shown: Stage | None = None) -> None:
    """Say on other pages, and beside other stages, that settings were changed and not kept.

    Args:
        desk: whose choices these are.
        shown: the stage whose settings stand on the page themselves.
    """
    for stage in STAGES:
        choice = st.session_state.get(_key(desk, stage))
        if stage is shown or not choice or not choice.unsaved:
            continue
        st.warning(
            f"You changed how “{STAGES[stage]}” is screened, and did not keep it.",
            icon=":material/edit_off:",
        )
        with st.container(horizontal=True):
            menu.link("team", "Look at it again", stage)
            if st.button("Leave it as it was", key=f"forget-settings-{stage}"):
                choice.begin_anew(stage_settings.current(desk, stage))
                st.rerun()


def _key(desk: Desk, stage: Stage) -> str:
    return f"settings-{desk.review_id}-{stage}"


def _elsewhere(desk: Desk, stage: Stage) -> str:
    """How the other stage is screened; people take a choice for a choice for both."""
    (other,) = (each for each in STAGES if each is not stage)
    settings = stage_settings.current(desk, other)
    many = PEOPLE[settings.voices].lower()
    if settings.voices == 1:
        read = f"{many} reads each work"
    elif settings.share < 1:
        read = f"{many} read {settings.share:.0%} of the works, one person reads the others"
    else:
        read = f"{many} read each work"
    return (
        f"This is the setting of “{STAGES[stage]}” alone. “{STAGES[other]}” has its own: there "
        f"{read}. To change that, choose “{STAGES[other]}” as the stage above."
    )


def _choices(before: StageSettings, key: str) -> StageSettings:
    reading_column, order_column = st.columns(2, gap="large")
    with reading_column:
        voices = st.selectbox(
            "Who reads each work?",
            range(1, MOST_VOICES + 1),
            index=before.voices - 1,
            format_func=lambda many: PEOPLE[many],
            key=f"voices-{key}",
            persist_state="session",
        )
        share, rule, maybe = before.share, before.rule, before.maybe
        if voices > 1:
            read_by_all = st.number_input(
                f"Share of works that {PEOPLE[voices].lower()} read, in percent",
                min_value=1,
                max_value=100,
                value=max(1, round(before.share * 100)),
                help="Drawn at random; the others are read by one person.",
                key=f"share-{key}",
                persist_state="session",
            )
            share = read_by_all / 100
            rule = _radio("When they differ", RULES, before.rule, f"rule-{key}")
            maybe = _radio("A maybe", MAYBES, before.maybe, f"maybe-{key}")
    with order_column:
        pulls = _radio("People read", QUEUES, before.pulls, f"pulls-{key}")
        order = _radio("Order", ORDERS, before.order, f"order-{key}")
        chance = before.chance
        if order.learnt:
            drawn = st.number_input(
                "Of these drawn at random, in percent",
                min_value=0,
                max_value=100,
                value=round(before.chance * 100),
                help="They keep the estimates of what was missed honest.",
                key=f"chance-{key}",
                persist_state="session",
            )
            chance = drawn / 100
    return StageSettings(
        voices=voices, share=share, rule=rule, maybe=maybe, order=order, pulls=pulls, chance=chance
    )


def _radio(label: str, offered: dict[Choice, tuple[str, str]], now: Choice, key: str) -> Choice:
    answer = st.radio(
        label,
        list(offered),
        index=list(offered).index(now),
        format_func=lambda choice: offered[choice][0],
        captions=[caption for _, caption in offered.values()],
        key=key,
        persist_state="session",
    )
    return now if answer is None else answer


def _preview(
    desk: Desk, stage: Stage, draft: StageSettings, settings_before: StageSettings
) -> bool:
    """What the change would do, and the buttons to keep it or not; gives whether one was pressed
    and the choice is over.
    """
    with st.spinner("Looking what would change …"):
        changes = cached(stage_settings.preview, desk, stage, draft)
    for warning in changes.warnings:
        st.warning(warning, icon=":material/group_off:")
    with st.container(border=True):
        if changes.works:
            st.write(f"**{number(changes.works, 'work')}** would change:")
            for (before, then), count in changes.moves.items():
                st.markdown(f"- {STATES[before]} → {STATES[then]}: {count:,}")
            if changes.closed:
                st.markdown(
                    f"- {STATES[State.OPEN]} → decided: {changes.closed:,}. Which way is told to "
                    "nobody before it is kept; then all can see what was said of them."
                )
            if changes.opened:
                st.write(
                    "What opens again was decided, so everybody could see what was said of it. "
                    "Whoever reads it next may know that."
                )
        else:
            st.write("No work that was decided so far would change.")
        if changes.read_in_full:
            st.write(
                f"{number(changes.read_in_full, 'work was', 'works were')} decided at full "
                "text already. That is kept, and counts again once they are included."
            )
        with st.container(horizontal=True):
            keep = st.button("Keep these settings", type="primary", key=f"keep-{stage}")
            drop = st.button("Leave it as it was", key=f"drop-{stage}")
    if keep and attempt(stage_settings.change, desk, stage, draft, settings_before):
        st.toast("From now on it is screened like this.", icon=":material/check:")
        return True
    return drop


def _history(desk: Desk, stage: Stage) -> None:
    past = stage_settings.history(desk, stage)
    if not past:
        return
    did = stage_settings.past_effects(desk, stage)
    with st.expander("Earlier settings", icon=":material/history:"):
        for change in past:
            st.caption(
                f"{change.at:%Y-%m-%d %H:%M} UTC, {plain(change.person)}{_did(did.get(change.at))}"
            )
            st.text(methods(stage, change.settings))


def _did(counts: Mapping[str, int] | None) -> str:
    """How many works a change decided and opened again."""
    parts = [
        f"{counts[name]:,} {words}"
        for name, words in (("settled", "decided by it"), ("opened", "opened again"))
        if counts and counts[name]
    ]
    return f" · works: {', '.join(parts)}" if parts else ""
