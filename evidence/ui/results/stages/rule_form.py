"""The form in which an editor writes the rule of a stage: conditions joined by and, and by or."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from evidence.steps.desk import Desk
from evidence.steps.results.stages import stage_rules
from evidence.synthesis.reasons import LONGEST_REASON
from evidence.synthesis.stages.stage_rule import (
    NO_RULE,
    RuleQuestion,
    StageCondition,
    StageRule,
    in_words,
)
from evidence.synthesis.stages.study_stages import ReviewStage
from evidence.ui.shell.errors import attempt, rerun
from evidence.ui.shell.under_way import choice_under_way
from evidence.ui.shell.wording import plain

IS, IS_NOT = "is one of", "is none of"


@dataclass(slots=True)
class RuleDraft:
    """The rows of a rule that somebody is writing; what stands in them is kept by the widgets.

    Attributes:
        alternatives: the numbers of their rows.
        begun: what a row began with.
    """

    alternatives: list[list[int]] = field(default_factory=list)
    begun: dict[int, StageCondition] = field(default_factory=dict)
    newest: int = 0

    def add(self, alternative: list[int], condition: StageCondition | None = None) -> None:
        """A row at the end of an alternative."""
        self.newest += 1
        alternative.append(self.newest)
        if condition is not None:
            self.begun[self.newest] = condition

    def remove(self, row: int) -> None:
        """Take a row away, and its alternative where it was the last of it."""
        for alternative in self.alternatives:
            if row in alternative:
                alternative.remove(row)
        self.alternatives = [each for each in self.alternatives if each]


def rule_form(desk: Desk, stage: ReviewStage, questions: Mapping[str, RuleQuestion]) -> None:
    """A box with the form; its rule is told in words before it is kept."""
    box = st.expander(
        "Write the rule", icon=":material/edit_note:", on_change="rerun", key=f"rule-{stage}"
    )
    if box.open:
        with box:
            _form(desk, stage, questions)


def _form(desk: Desk, stage: ReviewStage, questions: Mapping[str, RuleQuestion]) -> None:
    now = stage_rules.current(desk).rule(stage)
    choice = choice_under_way(f"stage-rule-{desk.review_id}-{stage}", now)
    key = f"stage-rule-{desk.review_id}-{stage}-{choice.turn}"
    draft: RuleDraft = st.session_state.setdefault(f"{key}-draft", _begin(choice.before))
    alternatives = []
    for place, rows in enumerate(draft.alternatives):
        if place:
            st.markdown("**or**")
        with st.container(border=True, key=f"{key}-alternative-{place}"):
            alternatives.append(tuple(_condition(draft, row, questions, key) for row in list(rows)))
            if st.button("And …", icon=":material/add:", key=f"{key}-and-{rows[0]}"):
                draft.add(rows)
                rerun()
    label = "Or …" if draft.alternatives else "A first condition"
    if st.button(label, icon=":material/add:", key=f"{key}-or"):
        draft.alternatives.append([])
        draft.add(draft.alternatives[-1])
        rerun()
    reason = st.text_input(
        "Why the rule is so",
        choice.before.reason,
        max_chars=LONGEST_REASON,
        key=f"{key}-reason",
    )
    rule = StageRule(alternatives=tuple(alternatives), reason=reason)
    whole = all(each.question and each.codes for part in alternatives for each in part)
    if alternatives and whole:
        st.caption(plain(f"In words: {in_words(rule, questions)}."))
    keep_box, drop_box = st.columns([1, 1])
    pressed = keep_box.button(
        "Keep the rule", type="primary", disabled=not alternatives, key=f"{key}-keep"
    )
    taken_away = choice.before.is_set and drop_box.button("Take the stage away", key=f"{key}-drop")
    new = NO_RULE if taken_away else rule
    if (pressed or taken_away) and attempt(stage_rules.change, desk, stage, new, choice.before):
        choice.begin_anew(stage_rules.current(desk).rule(stage))
        st.rerun()


def _begin(rule: StageRule) -> RuleDraft:
    draft = RuleDraft()
    for alternative in rule.alternatives:
        draft.alternatives.append([])
        for condition in alternative:
            draft.add(draft.alternatives[-1], condition)
    return draft


def _condition(
    draft: RuleDraft, row: int, questions: Mapping[str, RuleQuestion], key: str
) -> StageCondition:
    begun = draft.begun.get(row)
    named = list(questions)
    if begun is not None and begun.question not in questions:
        named.append(begun.question)
    question_box, is_box, codes_box, away_box = st.columns(
        [3, 1.5, 3.6, 1.3], vertical_alignment="bottom"
    )
    question = question_box.selectbox(
        "Question",
        named,
        named.index(begun.question) if begun else None,
        format_func=lambda each: questions[each].title if each in questions else each,
        placeholder="Choose a question",
        key=f"{key}-question-{row}",
    )
    how = is_box.selectbox(
        "How", [IS, IS_NOT], int(begun.is_negated) if begun else 0, key=f"{key}-how-{row}"
    )
    asked = questions.get(question) if question else None
    before = list(begun.codes) if begun is not None and begun.question == question else []
    known = list(asked.labels) if asked else []
    codes = codes_box.multiselect(
        "Codes",
        [*known, *(code for code in before if code not in known)],
        before,
        format_func=lambda code: asked.label(code) if asked else code,
        placeholder="Choose codes",
        key=f"{key}-codes-{row}-{question}",
    )
    if away_box.button("Remove", key=f"{key}-away-{row}"):
        draft.remove(row)
        rerun()
    return StageCondition(question=question or "", codes=tuple(codes), is_negated=how == IS_NOT)
