import pandas as pd
import streamlit as st

from evidence.steps import screening
from evidence.ui import place
from evidence.ui.decision_change import decision_change
from evidence.ui.screener import screener
from evidence.ui.trouble import part
from evidence.ui.words import STAGES, STATES, VERDICTS

desk = place.desk()
OFFERED = (screening.State.OPEN, screening.State.MAYBE, screening.State.CONFLICT)
st.title("Screening")
stage = st.segmented_control(
    "Stage",
    list(STAGES),
    default=screening.Stage.TITLE_ABSTRACT,
    format_func=STAGES.__getitem__,
    key="stage",
    required=True,
)


@part
def deck() -> None:
    tally = screening.tally(desk, stage)
    state = st.segmented_control(
        "Show",
        OFFERED,
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
    screener(desk, stage, state)


deck()

with st.expander("My decisions", icon=":material/history:", on_change="rerun") as mine:
    if mine.open:
        said = screening.mine(desk, stage)
        st.caption("The newest 200, as they count now. Choose one to change it or see its history.")
        rows = [
            {
                "When": one.at,
                "Verdict": VERDICTS[one.verdict],
                "Reason": one.reason,
                "Title": one.title,
                "Note": one.note,
            }
            for one in said
        ]
        chosen = st.dataframe(
            pd.DataFrame(rows, columns=["When", "Verdict", "Reason", "Title", "Note"]),
            hide_index=True,
            on_select="rerun",
            selection_mode="single-row",
            key=f"mine-{stage}",
            alt="My decisions",
        )
        for row in chosen.selection.rows[:1]:
            decision_change(desk, said[row])
