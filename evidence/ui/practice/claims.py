"""Claims on the page: what they say, what supports them, where they conflict, and their history."""

from collections.abc import Mapping, Sequence

import streamlit as st

from evidence.steps.desk import Desk
from evidence.steps.practice import claim_file
from evidence.steps.practice import claims as steps
from evidence.steps.practice.claims import ClaimLine
from evidence.steps.review import membership
from evidence.store import Role
from evidence.store.practice.claims import ClaimAct, ClaimState
from evidence.synthesis.claims.checks import CHECK_WORDS, Check, ClaimConflict
from evidence.synthesis.claims.claim import VERDICT_WORDS, ClaimKind, ClaimVerdict
from evidence.synthesis.claims.figures import figures_in_words
from evidence.ui.practice.claim_form import claim_form, judgement_form, new_claim
from evidence.ui.shell.errors import attempt, fragment, rerun
from evidence.ui.shell.wording import number, plain, short

ABOUT = (
    "What documents claim, in your own words, with where they claim it and what they cite for it. "
    "A person says whether the cited work supports it; three checks tell where claims conflict."
)
SHOWN = 30
CHANGES_SHOWN = 20
ICONS = {
    ClaimVerdict.SUPPORTS: ":material/check_circle:",
    ClaimVerdict.PARTLY: ":material/contrast:",
    ClaimVerdict.DOES_NOT: ":material/cancel:",
    ClaimVerdict.CANNOT_TELL: ":material/help:",
    ClaimVerdict.NOT_LOOKED_UP: ":material/radio_button_unchecked:",
}
DID = {
    ClaimAct.WRITTEN: "wrote",
    ClaimAct.JUDGED: "judged",
    ClaimAct.REMOVED: "took away",
    ClaimAct.RETURNED: "went back to",
}


@fragment
def claims_page(desk: Desk) -> None:
    """The register with its filters, what conflicts, the forms, and the history."""
    st.caption(ABOUT)
    lines = steps.register(desk)
    found = steps.conflicts_among(lines)
    may_change = membership.standing(desk).role >= Role.EDITOR
    if lines:
        _conflicts(lines, found)
        _listed(lines, found)
        st.download_button(
            "Download as CSV",
            claim_file.as_csv(lines, found),
            "claims.csv",
            "text/csv",
            on_click="ignore",
            icon=":material/download:",
            key="claims-csv",
        )
    else:
        st.info("No claim is entered yet.", icon=":material/campaign:")
    if may_change:
        new_claim(desk)
        if lines:
            judgement_form(desk, lines)
            claim_form(desk, lines)
    else:
        st.caption("Editors of the review enter claims and judge them.")
    _history(desk, may_change=may_change)


def _conflicts(lines: Sequence[ClaimLine], found: Sequence[ClaimConflict]) -> None:
    st.header("Where they conflict")
    names = {line.claim.uid: line.claim for line in lines}
    for check in Check:
        some = [each for each in found if each.check is check]
        st.markdown(f"**{check.value}**: {number(len(some), 'conflict') if some else 'none'}")
        st.caption(CHECK_WORDS[check])
        for each in some:
            about = " · ".join(f"“{short(names[uid].text)}”" for uid in each.uids)
            st.markdown(f":material/flag: {plain(each.text)}")
            st.caption(plain(about))


def _listed(lines: Sequence[ClaimLine], found: Sequence[ClaimConflict]) -> None:
    st.header("Claims")
    chosen = _filtered(lines, found)
    verdicts = [line.judgement.verdict for line in chosen]
    counts = ", ".join(
        f"{verdict.value} {verdicts.count(verdict):,}"
        for verdict in ClaimVerdict
        if verdict in verdicts
    )
    whole = number(len(lines), "claim")
    of_all = f"{len(chosen):,} of {whole}" if len(chosen) < len(lines) else whole
    st.caption(f"{of_all}. Does the cited work support them? {counts}" if counts else of_all)
    by_uid: dict[str, list[ClaimConflict]] = {}
    for each in found:
        for uid in each.uids:
            by_uid.setdefault(uid, []).append(each)
    most = st.session_state.get("claims-shown", SHOWN)
    for line in chosen[:most]:
        _card(line, by_uid.get(line.claim.uid, ()))
    if len(chosen) > most and st.button(f"Show {min(SHOWN, len(chosen) - most):,} more"):
        st.session_state["claims-shown"] = most + SHOWN
        rerun()


def _filtered(lines: Sequence[ClaimLine], found: Sequence[ClaimConflict]) -> list[ClaimLine]:
    words_box, source_box, verdict_box, kind_box = st.columns(4)
    words = words_box.text_input("Words", key="claims-words", placeholder="Any")
    sources = sorted({line.claim.source for line in lines})
    source = source_box.selectbox(
        "Claimed in", sources, None, placeholder="Any document", key="claims-source"
    )
    verdict = verdict_box.selectbox(
        "Does the cited work support it?",
        list(ClaimVerdict),
        None,
        format_func=_verdict_word,
        placeholder="Any answer",
        key="claims-verdict",
    )
    kind = kind_box.selectbox(
        "Kind of evidence",
        list(ClaimKind),
        None,
        format_func=lambda each: each.value.capitalize(),
        placeholder="Any kind",
        key="claims-kind",
    )
    only = st.toggle("Only claims with a conflict", key="claims-conflicts")
    in_conflict = {uid for each in found for uid in each.uids}
    wanted = words.casefold().split()
    return [
        line
        for line in lines
        if (source is None or line.claim.source == source)
        and (verdict is None or line.judgement.verdict is verdict)
        and (kind is None or line.claim.kind is kind)
        and (not only or line.claim.uid in in_conflict)
        and all(word in _searched(line) for word in wanted)
    ]


def _verdict_word(verdict: ClaimVerdict) -> str:
    return verdict.value.capitalize()


def _searched(line: ClaimLine) -> str:
    stated = line.claim
    parts = (
        stated.text,
        figures_in_words(stated.figures),
        stated.population,
        stated.comparator,
        stated.where,
        line.cited,
        line.judgement.reason,
    )
    return " ".join(parts).casefold()


def _card(line: ClaimLine, found: Sequence[ClaimConflict]) -> None:
    stated, judgement = line.claim, line.judgement
    with st.container(border=True):
        st.markdown(f"**{plain(stated.text)}**")
        if stated.figures:
            st.markdown(plain(figures_in_words(stated.figures)))
        st.caption(plain(" · ".join(_about(line))))
        older = " The claim was changed since." if line.is_older else ""
        by = ""
        if line.judged_at:
            by = f" ({plain(line.judged_by)}, {line.judged_at:%Y-%m-%d})"
        st.markdown(
            f"{ICONS[judgement.verdict]} {VERDICT_WORDS[judgement.verdict]}{by}. "
            f"{plain(judgement.reason)}{older}"
        )
        if line.traced and line.traced != line.cited:
            st.caption(plain(f"Looked up in: {line.traced}"))
        checks = dict.fromkeys(each.check.value for each in found)
        if checks:
            st.markdown(f":material/flag: {', '.join(checks)}")


def _about(line: ClaimLine) -> list[str]:
    stated = line.claim
    year = f" ({stated.source_year})" if stated.source_year else ""
    people = f"{stated.people:,} people" if stated.people else ""
    parts = (
        stated.kind.value.capitalize(),
        f"Claimed in {stated.where}{year}",
        f"Cites {line.cited}" if line.cited else "Cites nothing",
        stated.year and f"Figures of {stated.year}",
        people,
        stated.population,
        stated.comparator and f"Compared with {stated.comparator}",
    )
    return [part for part in parts if part]


def _history(desk: Desk, *, may_change: bool) -> None:
    states = steps.history(desk)
    if not states:
        return
    newest: dict[str, int] = {}
    for state in states:
        newest.setdefault(state.claim.uid, state.number)
    with st.expander("What was changed", icon=":material/history:"):
        for state in states[:CHANGES_SHOWN]:
            _change(desk, state, newest, may_change=may_change)
        if len(states) > CHANGES_SHOWN:
            st.caption(f"And {len(states) - CHANGES_SHOWN:,} earlier ones, which are kept.")


def _change(desk: Desk, state: ClaimState, newest: Mapping[str, int], *, may_change: bool) -> None:
    uid = state.claim.uid
    text_box, button_box = st.columns([4, 1], vertical_alignment="center")
    judged = f": {state.judgement.verdict.value}" if state.act is ClaimAct.JUDGED else ""
    text_box.caption(
        plain(
            f"{state.person}, {state.at:%Y-%m-%d %H:%M} UTC, {DID[state.act]}{judged}: "
            f"{short(state.claim.text, 160)}"
        )
    )
    if newest[uid] != state.number or not may_change:
        return
    is_sent = button_box.button("Undo", key=f"claim-undo-{uid}")
    if is_sent and attempt(steps.undo, desk, uid, state.number):
        rerun()
