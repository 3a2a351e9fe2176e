"""The summary of findings on the page: the picture, what it lacks, and the form of a judgement."""

from collections.abc import Sequence

import streamlit as st

from evidence.charts.findings_summary import SummaryWords, summary_picture
from evidence.steps.desk import Desk
from evidence.steps.results import direction_rules, directions
from evidence.steps.results import summary_of_findings as steps
from evidence.steps.results.directions import DirectionStudies
from evidence.steps.results.summary_of_findings import STARTS
from evidence.steps.review import membership
from evidence.store import Role
from evidence.synthesis.certainty.grade import (
    LEVELS,
    MOST_RAISED,
    Certainty,
    CertaintyJudgement,
    Concern,
    DomainConcern,
    GradeDomain,
    proposed_certainty,
)
from evidence.synthesis.certainty.outcome_rows import (
    OutcomeRow,
    SummaryKey,
    certain_rows,
    incomplete,
)
from evidence.synthesis.reasons import LONGEST_REASON
from evidence.ui.results.kept_studies import show_kept
from evidence.ui.results.reasoned_choice import ChoiceWords, reasoned_choice
from evidence.ui.shell.errors import attempt, fragment
from evidence.ui.shell.under_way import choice_under_way
from evidence.ui.shell.wording import number, plain

CERTAINTY_OF_ALL = "Certainty was judged for all studies of an outcome, not for these alone."
FOLLOWS = ""
"""No other certainty than follows from the domains."""


@fragment
def summary_page(desk: Desk, found: DirectionStudies) -> None:
    """Choices, the summary, what it lacks, and a form for each outcome."""
    contrast, intervention = _ask(found)
    rules = direction_rules.current(desk)
    rows = steps.rows(desk, found, contrast, intervention, rules)
    if not rows:
        st.info("No finding fits this choice.", icon=":material/search:")
        return
    words = SummaryWords(
        intervention=directions.interventions(found)[intervention],
        contrast=directions.contrast_labels(found)[contrast],
        notes=(
            found.coded.sentence,
            *((CERTAINTY_OF_ALL,) if found.coded.kept else ()),
            f"{rules.of_words} {direction_rules.when_set(desk)}",
        ),
    )
    show_kept(summary_picture(rows, words), found.coded.kept, "summary")
    _what_is_missing(rows)
    _judge(desk, rows)


def _ask(found: DirectionStudies) -> tuple[str, str]:
    contrasts, labels = directions.contrasts(found), directions.contrast_labels(found)
    named = directions.interventions(found)
    contrast_box, intervention_box = st.columns(2)
    contrast = contrast_box.selectbox(
        "Type of contrast",
        list(contrasts),
        format_func=lambda code: f"{labels[code]} ({number(contrasts[code], 'finding')})",
        key="summary-contrast",
    )
    intervention = intervention_box.selectbox(
        "Intervention",
        list(named),
        format_func=named.__getitem__,
        help="With all that lies below it in the scheme.",
        key="summary-intervention",
    )
    return contrast, intervention


def _what_is_missing(rows: Sequence[OutcomeRow]) -> None:
    certain = certain_rows(rows)
    st.caption(f"Certainty is judged on {certain:,} of {number(len(rows), 'outcome')}.")
    lacks = list(incomplete(rows))
    if lacks:
        with st.expander(f"What is missing ({len(lacks):,})"):
            for sentence in lacks:
                st.markdown(f"- {plain(sentence)}")


def _judge(desk: Desk, rows: Sequence[OutcomeRow]) -> None:
    """One outcome at a time; editors judge, the others read."""
    st.header("Certainty of an outcome")
    by_outcome = {row.key.outcome: row for row in rows}
    outcome = st.selectbox(
        "Outcome",
        list(by_outcome),
        format_func=lambda code: (
            f"{by_outcome[code].outcome} ({by_outcome[code].certainty_words.lower()})"
        ),
        key="summary-outcome",
    )
    if outcome not in by_outcome:
        return
    row = by_outcome[outcome]
    st.caption(plain(f"{number(row.word.total, 'study', 'studies')}. {row.directions}."))
    may_judge = membership.standing(desk).role >= Role.EDITOR
    change = steps.judgements(desk).get(row.key)
    _form(desk, row.key, row.judgement, may_judge=may_judge)
    if change:
        st.caption(plain(f"Last judged by {change.person} on {change.at:%Y-%m-%d}."))
    if not may_judge:
        st.caption("Editors of the review can judge it.")


def _form(desk: Desk, outcome: SummaryKey, now: CertaintyJudgement, *, may_judge: bool) -> None:
    name = f"certainty-{desk.review_id}-{outcome.contrast}-{outcome.intervention}-{outcome.outcome}"
    choice = choice_under_way(name, now)
    before, key, off = choice.before, f"{name}-{choice.turn}", not may_judge
    with st.form(key, border=False):
        start = st.selectbox(
            "Begins as",
            STARTS,
            STARTS.index(before.start),
            format_func=lambda each: f"{each.capitalize()} ({_KINDS[each]})",
            key=f"{key}-start",
            disabled=off,
        )
        domains = {d: _domain(d, before.domains[d], key, off=off) for d in GradeDomain}
        raised, raised_reason = _raised(before, key, off=off)
        overall, reason = _overall(before, key, off=off)
        is_sent = st.form_submit_button("Keep", type="primary", disabled=off)
    judgement = CertaintyJudgement(
        start=start,
        domains=domains,
        raised=raised,
        raised_reason=raised_reason,
        overall=overall,
        reason=reason,
    )
    if is_sent and attempt(steps.judge, desk, outcome, judgement, before):
        choice.begin_anew(judgement)
        st.rerun()


_KINDS = {Certainty.HIGH: "randomised trials", Certainty.LOW: "other studies"}


def _domain(domain: GradeDomain, before: DomainConcern, key: str, *, off: bool) -> DomainConcern:
    words = ChoiceWords(label=domain.capitalize(), why=f"Why: {domain}")
    chosen = before.concern, before.reason
    concern, reason = reasoned_choice(words, tuple(Concern), chosen, f"{key}-{domain}", off=off)
    return DomainConcern(concern=concern, reason=reason)


def _raised(before: CertaintyJudgement, key: str, *, off: bool) -> tuple[int, str]:
    raised_box, reason_box = st.columns([1, 3])
    raised = raised_box.number_input(
        "Raised by",
        0,
        MOST_RAISED,
        before.raised,
        help="Levels, as for a large effect; of studies without randomisation.",
        key=f"{key}-raised",
        disabled=off,
    )
    reason = reason_box.text_input(
        "Why raised",
        before.raised_reason,
        max_chars=LONGEST_REASON,
        key=f"{key}-raised-why",
        disabled=off,
    )
    return int(raised), reason.strip()


def _overall(before: CertaintyJudgement, key: str, *, off: bool) -> tuple[Certainty | None, str]:
    follows = proposed_certainty(before)
    words = ChoiceWords(
        label="Certainty",
        why="Why another than by the domains",
        told=lambda each: each.capitalize() or f"By the domains ({follows or 'open'})",
    )
    chosen = before.overall or FOLLOWS, before.reason
    overall, reason = reasoned_choice(words, [FOLLOWS, *LEVELS], chosen, f"{key}-overall", off=off)
    return (Certainty(overall) if overall else None), reason
