"""Which studies go on from the map to the in-depth review, which of these are sound, and why."""

from collections.abc import Mapping

import streamlit as st

from evidence.charts.picture import PictureTable
from evidence.steps.desk import Desk
from evidence.steps.results.directions import DirectionStudies
from evidence.steps.results.stages import stage_rules, study_stages
from evidence.steps.review import membership
from evidence.store import Role
from evidence.synthesis.stages.stage_rule import Outcome, RuleQuestion, in_words, lost_parts
from evidence.synthesis.stages.study_stages import Gate, ReviewStage, StudyStages
from evidence.ui.results.kept_studies import judged
from evidence.ui.results.stages.overruling import overruling_box
from evidence.ui.results.stages.rule_form import rule_form
from evidence.ui.shell import menu
from evidence.ui.shell.errors import fragment
from evidence.ui.shell.pictures import numbers_behind, show_table
from evidence.ui.shell.wording import number, plain

ABOUT = {
    ReviewStage.IN_DEPTH: (
        "Which studies of the map are looked at in depth follows from what is coded of them. The "
        "rule is asked for every study; what is not coded yet cannot be told."
    ),
    ReviewStage.SOUND: (
        "Being in the in-depth review and being sound are two things: the quality gate asks how "
        "studies were appraised, for example whether the weight of evidence is medium or better."
    ),
}
TITLES = {ReviewStage.IN_DEPTH: "In-depth review", ReviewStage.SOUND: "Quality gate"}
HEADINGS = {
    ReviewStage.IN_DEPTH: "Which studies go on",
    ReviewStage.SOUND: "Which of these are sound",
}
WORDS = {
    ReviewStage.IN_DEPTH: {
        Outcome.GOES_ON: "Goes on",
        Outcome.STAYS: "Stays in the map",
        Outcome.UNTOLD: "Cannot be told",
    },
    ReviewStage.SOUND: {
        Outcome.GOES_ON: "Sound",
        Outcome.STAYS: "Not sound",
        Outcome.UNTOLD: "Cannot be told",
    },
}
NO_RULE = {
    ReviewStage.IN_DEPTH: "No rule is set, so the review has one stage: all studies of the map.",
    ReviewStage.SOUND: "No rule is set, so no study is called sound or not.",
}
SHOWN = 20
"""Versions of a rule that are listed."""


@fragment
def stages_page(desk: Desk, found: DirectionStudies) -> None:
    """Both stages: the rule in words, what it comes to, and the studies one by one."""
    questions = study_stages.rule_questions(desk, found, judged(desk))
    may_change = membership.standing(desk).role >= Role.EDITOR
    for stage in ReviewStage:
        st.header(HEADINGS[stage])
        st.caption(ABOUT[stage])
        _rule(desk, stage, questions, may_change=may_change)
        if found.stages is not None and found.stages.rules.rule(stage).is_set:
            _studies(desk, found.stages, stage, may_change=may_change)
    if found.stages is not None:
        st.markdown(
            "The numbers stand in the flow diagram, too. Results can be told for studies of a "
            "stage alone: choose it under **Studies by stage or appraisal** on their pages."
        )
        menu.link("counts", "Flow diagram")


def _rule(
    desk: Desk, stage: ReviewStage, questions: Mapping[str, RuleQuestion], *, may_change: bool
) -> None:
    changes = stage_rules.history(desk, stage)
    rule = changes[0].rule if changes else None
    if rule is None or not rule.is_set:
        st.info(NO_RULE[stage], icon=":material/rule:")
    else:
        st.markdown(f"**{plain(in_words(rule, questions))}**")
        since = f"Set by {changes[0].person} on {changes[0].at:%Y-%m-%d}."
        st.caption(plain(f"{since} {rule.reason}".strip()))
        for lost in lost_parts(rule, questions):
            st.warning(plain(lost), icon=":material/account_tree:")
    if may_change:
        rule_form(desk, stage, questions)
    else:
        st.caption("Editors of the review set the rule.")
    if len(changes) > 1:
        with st.expander(f"All {number(len(changes), 'version')} of the rule"):
            for change in changes[:SHOWN]:
                told = in_words(change.rule, questions) or "No rule"
                reason = f" ({change.rule.reason})" if change.rule.reason else ""
                st.caption(
                    plain(f"{change.at:%Y-%m-%d %H:%M} UTC, {change.person}: {told}{reason}")
                )
            if len(changes) > SHOWN:
                st.caption(f"And {len(changes) - SHOWN:,} earlier ones.")


def _studies(desk: Desk, stages: StudyStages, stage: ReviewStage, *, may_change: bool) -> None:
    words = WORDS[stage]
    by_outcome = {outcome: stages.at(stage, outcome) for outcome in words}
    asked = sum(map(len, by_outcome.values()))
    st.markdown(
        f"Of {number(asked, 'study', 'studies')}: "
        + "; ".join(f"{words[outcome].lower()} {len(of):,}" for outcome, of in by_outcome.items())
        + "."
    )
    kinds = [None, *(outcome for outcome, of in by_outcome.items() if of)]
    shown = st.segmented_control(
        "Show",
        kinds,
        default=None if len(kinds) == 1 else kinds[0],
        format_func=lambda each: words[each] if each else "All",
        key=f"stage-shown-{stage}",
    )
    chosen = [
        study
        for study in stages.studies
        if (gate := study.gate(stage)) is not None and shown in (None, gate.outcome)
    ]
    rows = [
        (study.label, *_row(gate, words))
        for study in chosen
        if (gate := study.gate(stage)) is not None
    ]
    head = ("Study", TITLES[stage], "Meets", "Lacks", "Not coded", "Decided by a person")
    show_table(PictureTable(head=head, rows=tuple(rows)), f"Studies at the {TITLES[stage].lower()}")
    everything = tuple(
        (study.label, *_row(gate, words))
        for study in stages.studies
        if (gate := study.gate(stage)) is not None
    )
    numbers_behind(
        PictureTable(head=head, rows=everything), f"All studies, {TITLES[stage]}", f"stage-{stage}"
    )
    if may_change:
        overruling_box(desk, stages, stage)


def _row(gate: Gate, words: Mapping[Outcome, str]) -> tuple[str, str, str, str, str]:
    overruling = gate.overruling
    decided = f"{overruling.reason} ({overruling.person}, {overruling.day})" if overruling else ""
    check = gate.by_rule
    return (
        words[gate.outcome],
        "; ".join(check.met),
        "; ".join(check.lacking),
        "; ".join(check.untold),
        decided,
    )
