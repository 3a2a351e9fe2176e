"""The forms by which editors write a statement and say on what it rests."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence

import streamlit as st

from evidence.steps.desk import Desk
from evidence.steps.results import map_document
from evidence.steps.results.concluding import conclusions as steps
from evidence.steps.results.concluding import strength_rules, support_choices
from evidence.steps.results.concluding.conclusions import (
    LONGEST_AUDIENCE,
    LONGEST_STATEMENT,
    LedgerLine,
    new_uid,
)
from evidence.steps.results.concluding.support_choices import Choices
from evidence.synthesis.conclusions.conclusion import (
    AUDIENCES,
    Conclusion,
    ConclusionKind,
    Support,
    SupportKind,
)
from evidence.synthesis.reasons import LONGEST_REASON
from evidence.ui.shell.cache import cached_whole
from evidence.ui.shell.errors import attempt, rerun
from evidence.ui.shell.under_way import choice_under_way
from evidence.ui.shell.wording import plain, short

NO_STRENGTH = ""
ASKED = {
    SupportKind.OUTCOME: "Outcomes",
    SupportKind.STUDY: "Studies",
    SupportKind.CELL: "Cells of the map",
    SupportKind.FINDING: "Findings of views and process",
    SupportKind.THEME: "Themes",
    SupportKind.STATEMENT: "Other statements",
    SupportKind.CLAIM: "Claims of the register",
}


def new_conclusion(desk: Desk, lines: Sequence[LedgerLine]) -> None:
    """A form for a statement of which only words and audience are known yet.

    Args:
        desk: of an editor.
        lines: the statements that are there, by which audiences are offered.
    """
    st.header("Write a statement")
    st.caption("First its words; what it rests on, and how strong it is, follows once it is added.")
    choice = choice_under_way(f"conclusion-new-{desk.review_id}", new_uid())
    key = f"conclusion-new-{desk.review_id}-{choice.turn}"
    with st.form(key, border=False):
        kind, audience = _kind_and_audience(
            Conclusion(uid=choice.before, text=""), _audiences(lines), key
        )
        text = st.text_area(
            "A new statement",
            placeholder="For example: offer support that goes on after people begin a job.",
            max_chars=LONGEST_STATEMENT,
            key=f"{key}-text",
        )
        is_sent = st.form_submit_button("Add")
    said = Conclusion(uid=choice.before, text=text, kind=kind, audience=audience)
    if is_sent and attempt(steps.add, desk, said):
        choice.begin_anew(new_uid())
        st.session_state["conclusion-chosen"] = said.uid
        rerun()


def conclusion_form(desk: Desk, lines: Sequence[LedgerLine]) -> None:
    """A form for one statement; what is typed stays until it is kept or given up."""
    st.header("Change a statement, and what it rests on")
    by_uid = {line.conclusion.uid: line for line in lines}
    uid = st.selectbox(
        "Statement",
        list(by_uid),
        format_func=lambda each: short(by_uid[each].conclusion.text),
        key="conclusion-chosen",
    )
    if uid not in by_uid:
        return
    line = by_uid[uid]
    now = line.conclusion
    choice = choice_under_way(f"conclusion-form-{desk.review_id}-{uid}", now)
    if choice.before != now:
        st.warning(
            plain(f"{line.change.person} changed this statement since you began: {now.text}"),
            icon=":material/group:",
        )
        if st.button("Begin with what stands now", key=f"conclusion-anew-{uid}"):
            choice.begin_anew(now)
            rerun()
    key = f"conclusion-{desk.review_id}-{uid}-{choice.turn}"
    said, is_sent = _form(desk, choice.before, line.supports, _audiences(lines), key)
    if is_sent and attempt(steps.change, desk, said, choice.before):
        choice.begin_anew(_now(desk, uid, said))
        rerun()
    goes = st.button("Take this statement away", key=f"conclusion-remove-{uid}")
    if goes and attempt(steps.remove, desk, now):
        rerun()


def _now(desk: Desk, uid: str, said: Conclusion) -> Conclusion:
    return next(
        (line.conclusion for line in steps.ledger(desk) if line.conclusion.uid == uid), said
    )


def _form(
    desk: Desk,
    before: Conclusion,
    labels: Mapping[Support, str],
    audiences: Sequence[str],
    key: str,
) -> tuple[Conclusion, bool]:
    rule = strength_rules.current(desk)
    with st.form(key, border=False):
        kind, audience = _kind_and_audience(before, audiences, key)
        text = st.text_area(
            "What is concluded or recommended",
            before.text,
            max_chars=LONGEST_STATEMENT,
            key=f"{key}-text",
        )
        levels = list(dict.fromkeys([NO_STRENGTH, *rule.names, before.strength]))
        strength_box, reason_box = st.columns([1, 3])
        strength = strength_box.selectbox(
            "Strength",
            levels,
            levels.index(before.strength),
            format_func=lambda each: each.capitalize() or "Not given",
            help=rule.sentence,
            key=f"{key}-strength",
        )
        reason = reason_box.text_input(
            "Why this strength", before.reason, max_chars=LONGEST_REASON, key=f"{key}-why"
        )
        supports = _supports(desk, before, labels, key)
        is_sent = st.form_submit_button("Keep", type="primary")
    said = Conclusion(
        uid=before.uid,
        text=text,
        kind=kind,
        audience=audience,
        strength=strength,
        reason=reason,
        supports=supports,
    )
    return said, is_sent


def _audiences(lines: Sequence[LedgerLine]) -> list[str]:
    """The usual audiences, then those of other statements by name."""
    others = sorted({line.conclusion.audience for line in lines}.difference(AUDIENCES))
    return [*AUDIENCES, *others]


def _kind_and_audience(
    before: Conclusion, offered: Sequence[str], key: str
) -> tuple[ConclusionKind, str]:
    """What is typed into the choice only finds audiences; a new one has a field of its own."""
    kind_box, audience_box, other_box = st.columns(3)
    kinds = list(ConclusionKind)
    kind = kind_box.selectbox(
        "Kind",
        kinds,
        kinds.index(before.kind),
        format_func=lambda each: each.capitalize(),
        key=f"{key}-kind",
    )
    audiences = list(dict.fromkeys([*offered, before.audience]))
    audience = audience_box.selectbox(
        "For whom",
        audiences,
        audiences.index(before.audience),
        key=f"{key}-audience",
    )
    other = other_box.text_input(
        "Or for somebody else",
        placeholder="For example: funders",
        max_chars=LONGEST_AUDIENCE,
        help="Leave it empty where the choice beside it is right.",
        key=f"{key}-audience-other",
    ).strip()
    same = {each.casefold(): each for each in audiences}
    return kind, same.get(other.casefold(), other) or audience


def _supports(
    desk: Desk, before: Conclusion, labels: Mapping[Support, str], key: str
) -> tuple[Support, ...]:
    """What it rests on, kind by kind; what is gone stays chosen until somebody takes it out."""
    st.markdown("**What it rests on**")
    offered = {**support_choices.of_review(desk)}
    coded = cached_whole(support_choices.of_codings, desk, map_document.wanted(desk))
    offered |= {SupportKind.OUTCOME: coded.outcomes, SupportKind.CELL: coded.cells}
    own = Support(kind=SupportKind.STATEMENT, ids=(before.uid,))
    chosen: list[Support] = []
    for kind, title in ASKED.items():
        known = {each: label for each, label in offered[kind].items() if each != own}
        known |= {each: labels.get(each, "?") for each in _of_kind(before, kind, known)}
        chosen += _choose(kind, title, known, before, key)
    return (*chosen, *_practice(before, key))


def _of_kind(before: Conclusion, kind: SupportKind, known: Choices) -> list[Support]:
    return [each for each in before.supports if each.kind is kind and each not in known]


def _choose(
    kind: SupportKind, title: str, known: Choices, before: Conclusion, key: str
) -> list[Support]:
    if not known:
        return []
    tokens = {json.dumps(each.ids): each for each in known}
    words = _distinct({token: known[each] for token, each in tokens.items()})
    chosen = st.multiselect(
        title,
        list(tokens),
        [token for token, each in tokens.items() if each in before.supports],
        format_func=words.__getitem__,
        placeholder="Choose",
        key=f"{key}-{kind}",
    )
    return [tokens[token] for token in chosen]


def _distinct(labels: Mapping[str, str]) -> dict[str, str]:
    """Labels of which no two are the same, so that each can be chosen."""
    times: Counter[str] = Counter()
    told = {}
    for token, label in labels.items():
        times[label] += 1
        told[token] = f"{label} ({times[label]})" if times[label] > 1 else label
    return told


def _practice(before: Conclusion, key: str) -> list[Support]:
    was = [each.ids[0] for each in before.supports if each.kind is SupportKind.PRACTICE]
    typed = st.text_area(
        "Practice and views that no study reports",
        "\n".join(was),
        placeholder="One per line, with who says it: survey of 12 teams, 2026",
        key=f"{key}-practice",
    )
    lines = dict.fromkeys(line.strip() for line in typed.splitlines() if line.strip())
    return [Support(kind=SupportKind.PRACTICE, ids=(line,)) for line in lines]
