"""Deciding for one study otherwise than the rule does, with a reason."""

import streamlit as st

from evidence.steps.desk import Desk
from evidence.steps.results.stages import stage_rules
from evidence.synthesis.reasons import LONGEST_REASON
from evidence.synthesis.stages.stage_rule import Outcome
from evidence.synthesis.stages.study_stages import ReviewStage, StudyStages
from evidence.ui.shell.errors import attempt
from evidence.ui.shell.wording import plain

CHOICES = {
    ReviewStage.IN_DEPTH: {Outcome.GOES_ON: "It goes on", Outcome.STAYS: "It stays in the map"},
    ReviewStage.SOUND: {Outcome.GOES_ON: "It is sound", Outcome.STAYS: "It is not sound"},
}


def overruling_box(desk: Desk, stages: StudyStages, stage: ReviewStage) -> None:
    """A box in which an editor decides for one study."""
    box = st.expander(
        "Decide otherwise for one study",
        icon=":material/gavel:",
        on_change="rerun",
        key=f"overrule-{stage}",
    )
    if box.open:
        with box:
            _decide(desk, stages, stage)


def _decide(desk: Desk, stages: StudyStages, stage: ReviewStage) -> None:
    gates = {
        study.study_id: (study.label, gate)
        for study in stages.studies
        if (gate := study.gate(stage)) is not None
    }
    study_id = st.selectbox(
        "Study",
        list(gates),
        index=None,
        format_func=lambda each: gates[each][0],
        placeholder="Choose a study",
        key=f"overrule-study-{stage}",
    )
    if study_id is None:
        return
    seen = gates[study_id][1].overruling
    if seen is not None:
        st.caption(
            plain(
                f"{CHOICES[stage][seen.outcome]}, {seen.person} decided on {seen.day}: "
                f"{seen.reason}"
            )
        )
        if st.button("Let the rule hold again", key=f"follow-{stage}-{study_id}") and attempt(
            stage_rules.follow_rule, desk, study_id, stage, seen
        ):
            st.rerun()
    key = f"overrule-{stage}-{study_id}"
    with st.form(key, border=False):
        outcome = st.radio(
            "What holds for it",
            list(CHOICES[stage]),
            format_func=CHOICES[stage].__getitem__,
            horizontal=True,
            key=f"{key}-outcome",
        )
        reason = st.text_input("Why", max_chars=LONGEST_REASON, key=f"{key}-reason")
        is_sent = st.form_submit_button("Keep the decision", type="primary")
    if is_sent and attempt(stage_rules.overrule, desk, study_id, stage, outcome, reason, seen):
        st.rerun()
