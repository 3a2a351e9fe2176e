"""Works on which people differ: side by side what each said, and how it ends."""

import html
from collections.abc import Sequence

import streamlit as st

from evidence.screening.verdicts import ALLOWED, Stage, State, Verdict
from evidence.steps.desk import Desk
from evidence.steps.screening import conflicts, decisions
from evidence.store.screening.decisions import DISCUSSION, THIRD_PERSON
from evidence.store.screening.resolutions import PastDecision, ResolvedConflict
from evidence.ui.records.comparison import field_text
from evidence.ui.screening.highlighting import STYLE, marked
from evidence.ui.shell.errors import attempt, fragment, rerun
from evidence.ui.shell.keys import pressed
from evidence.ui.shell.wording import STATES, VERDICTS, number, plain, short

HOW = {DISCUSSION: "Discussion", THIRD_PERSON: "A third person"}
BY = {DISCUSSION: ", after a discussion", THIRD_PERSON: ", as a third person"}
KEYS = {"i": "include", "e": "exclude", "t": "not_retrieved", "k": "skip"}
LETTERS = {meaning: key.upper() for key, meaning in KEYS.items()}
ACROSS = 2  # verdicts in a row
EMPTY = {
    State.CONFLICT: "No conflict waits to be resolved at this stage.",
    State.MAYBE: "No work is “maybe” at this stage.",
}


@fragment
def to_resolve(desk: Desk, stage: Stage, state: State) -> None:
    """The next work in a state, with everything that is needed to resolve it."""
    skipped: list[int] = st.session_state.setdefault(f"skipped-{stage}-{state}", [])
    conflict = conflicts.next_conflict(desk, stage, state, skipped)
    if conflict is None:
        _nothing_waits(state, skipped)
        return
    beside = conflicts.review_context(desk)
    work_column, resolution_column = st.columns([4, 3], gap="large")
    with work_column:
        st.html(work_html(conflict, beside))
    with resolution_column:  # in sight however long the abstract is
        _voices(conflict.current)
        ending = _ending(conflict, beside)
        choice = _choice(stage, conflict.work.id)
        _criteria(beside)
    if choice == "skip":
        skipped.append(conflict.work.id)
        rerun()
    if choice:
        verdict = Verdict(choice)
        resolution = conflicts.Resolution(
            verdict=verdict, how=ending.how, reason_id=ending.reason_id, note=ending.note
        )
        if attempt(conflicts.resolve, desk, stage, conflict.work.id, resolution):
            st.toast(f"Resolved: {VERDICTS[verdict].lower()}.", icon=":material/check:")
            st.rerun()


def work_html(conflict: conflicts.Conflict, beside: conflicts.ReviewContext) -> str:
    """The work as HTML with the review's terms marked; all text is escaped."""
    reference = conflict.work.reference
    terms = beside.terms.include, beside.terms.exclude
    names = ("authors", "year", "journal", "volume", "pages")
    about = " · ".join(text for name in names if (text := field_text(reference, name)))
    abstract = reference.abstract or "No abstract in the source."
    keywords = field_text(reference, "keywords")
    parts = [
        f"<h3>{marked(reference.title or '(no title)', *terms)}</h3>",
        f"<p class='small'>{html.escape(about)}</p>",
        f"<p>{marked(abstract, *terms)}</p>",
    ]
    if keywords:
        parts.append(f"<p class='small'>{marked('Keywords: ' + keywords, *terms)}</p>")
    if reference.doi:
        address = html.escape(f"https://doi.org/{reference.doi}", quote=True)
        parts.append(f"<p><a href='{address}' target='_blank' rel='noopener'>DOI</a></p>")
    return f"{STYLE}<div class='marked'>{''.join(parts)}</div>"


def _criteria(beside: conflicts.ReviewContext) -> None:
    if beside.criteria:
        with st.container(border=True):
            st.markdown("**Criteria**")
            for criterion in beside.criteria:
                st.markdown(f"- {plain(criterion)}")


def _voices(voices: Sequence[PastDecision]) -> None:
    """What each person says, beside each other while there are few."""
    for begin in range(0, len(voices), ACROSS):
        row = voices[begin : begin + ACROSS]
        for box, voice in zip(st.columns(ACROSS), row, strict=False):
            with box.container(border=True):
                _voice(voice)


def _voice(voice: PastDecision) -> None:
    st.markdown(f"**{plain(voice.person)}: {VERDICTS[voice.verdict]}**")
    for reason in voice.reasons:
        st.markdown(f"- {plain(reason)}")
    if voice.note:
        st.markdown(f"“{plain(voice.note)}”")
    when = f"{voice.at:%Y-%m-%d %H:%M} UTC"
    st.caption(f"Resolved it on {when}, others disagreed later" if voice.resolves else when)


def _ending(conflict: conflicts.Conflict, beside: conflicts.ReviewContext) -> conflicts.Resolution:
    """How it is resolved and why; which verdict it ends with, the buttons say."""
    usual = DISCUSSION if conflict.involved else THIRD_PERSON
    how = st.radio(
        "Resolved by",
        list(HOW),
        index=list(HOW).index(usual),
        format_func=lambda way: HOW[way],
        horizontal=True,
        key=f"how-{conflict.work.id}",
    )
    labels = {reason.id: reason.label for reason in beside.reasons}
    reason_id = st.selectbox(
        "Reason, when excluded",
        list(labels),
        index=None,
        format_func=labels.__getitem__,
        key=f"reason-{conflict.work.id}",
    )
    note = st.text_input(
        "Note",
        max_chars=decisions.LONGEST_NOTE,
        placeholder="Why; it stands beside the resolution",
        key=f"note-{conflict.work.id}",
    )
    return conflicts.Resolution(
        verdict=Verdict.INCLUDE, how=how or usual, reason_id=reason_id, note=note
    )


def _choice(stage: Stage, work_id: int) -> str:
    """The verdict, or `skip`, that was clicked or pressed; empty without any."""
    choice = pressed(str(work_id), KEYS, "conflict-keys")
    possible = [verdict.value for verdict in ALLOWED[stage]]
    with st.container(horizontal=True):
        for name in (meaning for meaning in KEYS.values() if meaning in possible):
            label = f"{VERDICTS[Verdict(name)]} `{LETTERS[name]}`"
            primary = name == "include"
            if st.button(
                label, type="primary" if primary else "secondary", key=f"{name}-{work_id}"
            ):
                choice = name
        if st.button("Skip `K`", type="tertiary", key=f"skip-{work_id}"):
            choice = "skip"
    return choice if choice in {*possible, "skip"} else ""


def _nothing_waits(state: State, skipped: list[int]) -> None:
    if not skipped:
        st.success(EMPTY[state], icon=":material/check_circle:")
        return
    st.info(f"You skipped {number(len(skipped), 'work')}.", icon=":material/skip_next:")
    if st.button("Look at them again", key="unskip-conflicts"):
        skipped.clear()
        rerun()


@fragment
def resolved(desk: Desk, stage: Stage) -> None:
    """What was resolved, by whom and why, newest first, with the way back."""
    conflicts_resolved = conflicts.resolutions(desk, stage)
    if not conflicts_resolved:
        st.info("Nothing was resolved at this stage yet.", icon=":material/handshake:")
        return
    st.caption(f"The newest {conflicts.SHOWN}. Taking one back opens the conflict again.")
    for conflict in conflicts_resolved:
        with st.container(border=True):
            text_box, button_box = st.columns([5, 1], vertical_alignment="center")
            with text_box:
                _resolved_conflict(desk, stage, conflict)
            pressed = button_box.button(
                "Take back", key=f"unsettle-{conflict.work_id}", width="stretch"
            )
            if pressed and attempt(conflicts.reopen, desk, stage, conflict.work_id):
                st.rerun()


def _resolved_conflict(desk: Desk, stage: Stage, conflict: ResolvedConflict) -> None:
    resolution = conflict.resolution
    st.markdown(
        f"**{VERDICTS[resolution.verdict]}**: {plain(short(conflict.title or '(no title)', 140))}"
    )
    because = _because(resolution)
    who = f"{plain(resolution.person)}{BY.get(resolution.how, '')}"
    st.markdown(f"{who}: {plain(because)}" if because else who)
    st.caption(f"{resolution.at:%Y-%m-%d %H:%M} UTC · now {STATES[conflict.state].lower()}")
    key = f"said-{conflict.work_id}"
    box = st.expander("What was said", on_change="rerun", key=key)
    if box.open:
        with box:
            for decision in conflicts.history(desk, stage, conflict.work_id):
                _line(decision)


def _because(decision: PastDecision) -> str:
    """The reasons and the note of a decision, in one line."""
    return "; ".join([*decision.reasons, *([f"“{decision.note}”"] if decision.note else [])])


def _line(decision: PastDecision) -> None:
    verdict = VERDICTS[decision.verdict]
    if decision.resolves:
        verdict = (
            "Resolution taken back"
            if decision.verdict is Verdict.WITHDRAWN
            else f"Resolved: {verdict}"
        )
    because = _because(decision)
    st.caption(
        f"{decision.at:%Y-%m-%d %H:%M} · {plain(decision.person)}: {verdict}"
        + f" — {plain(because)}" * bool(because)
    )
