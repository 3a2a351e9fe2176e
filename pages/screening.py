import streamlit as st

from evidence.steps.review import membership
from evidence.steps.screening import progress, screening
from evidence.ui.review.team import out_words
from evidence.ui.screening.deck import closed_deck, screener
from evidence.ui.screening.duplicate_dialog import twin_dialog
from evidence.ui.screening.own_choices import own_choices, reasons_form
from evidence.ui.screening.own_decisions import my_decisions
from evidence.ui.screening.own_pilots import own_pilots
from evidence.ui.shell import menu, visitor
from evidence.ui.shell.errors import fragment
from evidence.ui.shell.progress import count_waiting, pace_words
from evidence.ui.shell.stage_choice import choose_stage
from evidence.ui.shell.wording import STATES, number

desk = visitor.desk()
OFFERED = (
    screening.State.OPEN,
    screening.State.MAYBE,
    screening.State.CONFLICT,
    screening.State.NOT_RETRIEVED,
)
st.title("Screening")
stage = choose_stage()
new = screening.not_compared(desk)
if new:
    st.warning(
        f"{number(new, 'record')} came in since duplicates were last looked for; "
        "you may screen the same publication twice.",
        icon=":material/join_inner:",
    )
    menu.link("duplicates", "Settle duplicates first")


@fragment
def deck() -> None:
    out = membership.removal(desk)
    if out is not None:
        st.warning(out_words(out), icon=":material/person_off:")
        closed_deck(desk, stage)
        my_decisions(desk, stage, read_only=True)
        return
    tally = screening.tally(desk, stage)
    last = len(OFFERED) if stage is screening.Stage.FULL_TEXT else -1
    state = st.segmented_control(
        "Show",
        OFFERED[:last],
        default=screening.State.OPEN,
        format_func=lambda one: f"{STATES[one]} {tally[one]:,}",
        key=f"show-{stage}",
        required=True,
    )
    decided = sum(tally.values()) - tally[screening.State.OPEN]
    st.progress(
        decided / max(1, sum(tally.values())),
        text=" · ".join(f"{STATES[one]} {tally[one]:,}" for one in STATES if tally[one]) or "Empty",
    )
    if state is screening.State.OPEN:
        own_pilots(desk, stage)
    mine = progress.progress(desk, stage)
    left = count_waiting(desk, stage, mine, tally[screening.State.OPEN])
    shown = left if state is screening.State.OPEN else tally[state]
    twin_of = screener(desk, stage, state, tally, shown)
    st.caption(pace_words(mine, left))
    my_decisions(desk, stage)
    own_choices(desk)
    reasons_form(desk)
    if twin_of is not None:
        twin_dialog(desk, twin_of)


deck()
