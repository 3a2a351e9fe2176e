import streamlit as st

from evidence.screening.verdicts import Stage, State
from evidence.steps.review import membership
from evidence.steps.screening import decisions, progress, screening_page
from evidence.ui.review.team import take_part
from evidence.ui.screening.brought_files import waiting_hint
from evidence.ui.screening.deck import closed_deck, deck
from evidence.ui.screening.duplicate_dialog import duplicate_dialog
from evidence.ui.screening.own_decisions import my_decisions
from evidence.ui.screening.own_pilots import own_pilots
from evidence.ui.screening.reasons_and_labels import reasons_form
from evidence.ui.screening.screening_preferences import own_choices
from evidence.ui.shell import menu, visitor
from evidence.ui.shell.errors import fragment
from evidence.ui.shell.progress import pace_words
from evidence.ui.shell.stage_choice import choose_stage
from evidence.ui.shell.wording import STATES, number

desk = visitor.desk()
OFFERED = (
    State.OPEN,
    State.MAYBE,
    State.CONFLICT,
    State.NOT_RETRIEVED,
)
st.title("Screening")
stage = choose_stage()
new = screening_page.uncompared_records(desk)
if new:
    st.warning(
        f"{number(new, 'record')} came in since duplicates were last looked for; "
        "you may screen the same publication twice.",
        icon=":material/join_inner:",
    )
    menu.link("duplicates", "Settle duplicates first")
waiting_hint(desk)


@fragment
def screening_deck() -> None:
    if not membership.may_screen(desk):
        take_part(desk)
        closed_deck(desk, stage)
        my_decisions(desk, stage, read_only=True)
        return
    tally = decisions.tally(desk, stage)
    last = len(OFFERED) if stage is Stage.FULL_TEXT else -1
    state = st.segmented_control(
        "Show",
        OFFERED[:last],
        default=State.OPEN,
        format_func=lambda state: f"{STATES[state]} {tally[state]:,}",
        key=f"show-{stage}",
        required=True,
    )
    decided = sum(tally.values()) - tally[State.OPEN]
    st.progress(
        decided / max(1, sum(tally.values())),
        text=" · ".join(f"{name} {tally[key]:,}" for key, name in STATES.items() if tally[key])
        or "Empty",
    )
    if state is State.OPEN:
        own_pilots(desk, stage)
    mine = progress.own_progress(desk, stage)
    left = mine.left if state is State.OPEN else tally[state]
    duplicate_of = deck(desk, stage, state, tally, left)
    st.caption(pace_words(mine))
    my_decisions(desk, stage)
    own_choices(desk)
    reasons_form(desk)
    if duplicate_of is not None:
        duplicate_dialog(desk, duplicate_of)


screening_deck()
