"""Works on which people differ: side by side what each said, and how it ends."""

import html
from collections.abc import Sequence

import streamlit as st

from evidence.steps.desk import Desk
from evidence.steps.screening import conflicts, decisions, screening
from evidence.ui.records.comparison import shown
from evidence.ui.screening.highlighting import STYLE, marked
from evidence.ui.shell.errors import attempt, fragment, rerun
from evidence.ui.shell.keys import pressed
from evidence.ui.shell.wording import STATES, VERDICTS, number, plain, short

HOW = {conflicts.DISCUSSION: "Discussion", conflicts.THIRD_PERSON: "A third person"}
BY = {conflicts.DISCUSSION: ", after a discussion", conflicts.THIRD_PERSON: ", as a third person"}
KEYS = {"i": "include", "e": "exclude", "t": "not_retrieved", "k": "skip"}
LETTERS = {meaning: key.upper() for key, meaning in KEYS.items()}
ACROSS = 2  # verdicts in a row
EMPTY = {
    conflicts.State.CONFLICT: "No conflict waits to be resolved at this stage.",
    conflicts.State.MAYBE: "No work is “maybe” at this stage.",
}


@fragment
def to_resolve(desk: Desk, stage: conflicts.Stage, state: conflicts.State) -> None:
    """The next work in a state, with everything that is needed to resolve it."""
    skipped: list[int] = st.session_state.setdefault(f"skipped-{stage}-{state}", [])
    one = conflicts.following(desk, stage, state, skipped)
    if one is None:
        _nothing_left(state, skipped)
        return
    beside = conflicts.beside(desk)
    left, right = st.columns([4, 3], gap="large")
    with left:
        st.html(record(one, beside))
    with right:  # in sight however long the abstract is
        _voices(one.voices)
        ends = _ending(one, beside)
        meant = _meant(stage, one.work.id)
        _criteria(beside)
    if meant == "skip":
        skipped.append(one.work.id)
        rerun()
    if meant:
        verdict = conflicts.Verdict(meant)
        resolution = conflicts.Resolution(
            verdict=verdict, how=ends.how, reason_id=ends.reason_id, note=ends.note
        )
        if attempt(conflicts.settle, desk, stage, one.work.id, resolution):
            st.toast(f"Resolved: {VERDICTS[verdict].lower()}.", icon=":material/check:")
            st.rerun()


def record(one: conflicts.Conflict, beside: conflicts.Beside) -> str:
    """The work as HTML with the review's terms marked; all text is escaped."""
    reference = one.work.reference
    terms = beside.terms.include, beside.terms.exclude
    names = ("authors", "year", "journal", "volume", "pages")
    about = " · ".join(text for name in names if (text := shown(reference, name)))
    abstract = reference.abstract or "No abstract in the source."
    keywords = shown(reference, "keywords")
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


def _criteria(beside: conflicts.Beside) -> None:
    if beside.criteria:
        with st.container(border=True):
            st.markdown("**Criteria**")
            for one in beside.criteria:
                st.markdown(f"- {plain(one)}")


def _voices(voices: Sequence[conflicts.PastDecision]) -> None:
    """What each person says, beside each other while there are few."""
    for begin in range(0, len(voices), ACROSS):
        row = voices[begin : begin + ACROSS]
        for box, voice in zip(st.columns(ACROSS), row, strict=False):
            with box.container(border=True):
                _voice(voice)


def _voice(voice: conflicts.PastDecision) -> None:
    st.markdown(f"**{plain(voice.person)}: {VERDICTS[voice.verdict]}**")
    for reason in voice.reasons:
        st.markdown(f"- {plain(reason)}")
    if voice.note:
        st.markdown(f"“{plain(voice.note)}”")
    when = f"{voice.at:%Y-%m-%d %H:%M} UTC"
    st.caption(f"Resolved it on {when}, others disagreed later" if voice.resolves else when)


def _ending(one: conflicts.Conflict, beside: conflicts.Beside) -> conflicts.Resolution:
    """How it is resolved and why; which verdict it ends with, the buttons say."""
    usual = conflicts.DISCUSSION if one.spoke else conflicts.THIRD_PERSON
    how = st.radio(
        "Resolved by",
        list(HOW),
        index=list(HOW).index(usual),
        format_func=lambda way: HOW[way],
        horizontal=True,
        key=f"how-{one.work.id}",
    )
    labels = {reason.id: reason.label for reason in beside.reasons}
    reason_id = st.selectbox(
        "Reason, when excluded",
        list(labels),
        index=None,
        format_func=lambda i: plain(labels[i]),
        key=f"reason-{one.work.id}",
    )
    note = st.text_input(
        "Note",
        max_chars=decisions.LONGEST_NOTE,
        placeholder="Why; it stands beside the resolution",
        key=f"note-{one.work.id}",
    )
    return conflicts.Resolution(
        verdict=conflicts.Verdict.INCLUDE, how=how or usual, reason_id=reason_id, note=note
    )


def _meant(stage: conflicts.Stage, work_id: int) -> str:
    """The verdict, or `skip`, that was clicked or pressed; empty without any."""
    meant = pressed(str(work_id), KEYS, "conflict-keys")
    possible = [verdict.value for verdict in screening.possible(stage)]
    with st.container(horizontal=True):
        for name in (one for one in KEYS.values() if one in possible):
            label = f"{VERDICTS[conflicts.Verdict(name)]} `{LETTERS[name]}`"
            primary = name == "include"
            if st.button(
                label, type="primary" if primary else "secondary", key=f"{name}-{work_id}"
            ):
                meant = name
        if st.button("Skip `K`", type="tertiary", key=f"skip-{work_id}"):
            meant = "skip"
    return meant if meant in {*possible, "skip"} else ""


def _nothing_left(state: conflicts.State, skipped: list[int]) -> None:
    if not skipped:
        st.success(EMPTY[state], icon=":material/check_circle:")
        return
    st.info(f"You skipped {number(len(skipped), 'work')}.", icon=":material/skip_next:")
    if st.button("Look at them again", key="unskip-conflicts"):
        skipped.clear()
        rerun()


@fragment
def resolved(desk: Desk, stage: conflicts.Stage) -> None:
    """What was resolved, by whom and why, newest first, with the way back."""
    found = conflicts.resolved(desk, stage)
    if not found:
        st.info("Nothing was resolved at this stage yet.", icon=":material/handshake:")
        return
    st.caption(f"The newest {conflicts.SHOWN}. Taking one back opens the conflict again.")
    for one in found:
        with st.container(border=True):
            left, right = st.columns([5, 1], vertical_alignment="center")
            with left:
                _resolved_one(desk, stage, one)
            pressed = right.button("Take back", key=f"unsettle-{one.work_id}", width="stretch")
            if pressed and attempt(conflicts.take_back, desk, stage, one.work_id):
                st.rerun()


def _resolved_one(desk: Desk, stage: conflicts.Stage, one: conflicts.ResolvedConflict) -> None:
    voice = one.resolution
    st.markdown(f"**{VERDICTS[voice.verdict]}**: {plain(short(one.title or '(no title)', 140))}")
    because = "; ".join([*voice.reasons, *([f"“{voice.note}”"] if voice.note else [])])
    who = f"{plain(voice.person)}{BY.get(voice.how, '')}"
    st.markdown(f"{who}: {plain(because)}" if because else who)
    st.caption(f"{voice.at:%Y-%m-%d %H:%M} UTC · now {STATES[one.state].lower()}")
    key = f"said-{one.work_id}"
    box = st.expander("What was said", on_change="rerun", key=key)
    if box.open:
        with box:
            for said in conflicts.told(desk, stage, one.work_id):
                _line(said)


def _line(said: conflicts.PastDecision) -> None:
    verdict = VERDICTS[said.verdict]
    if said.resolves:
        verdict = (
            "Resolution taken back"
            if said.verdict is conflicts.Verdict.WITHDRAWN
            else (f"Resolved: {verdict}")
        )
    because = "; ".join([*said.reasons, *([f"“{said.note}”"] if said.note else [])])
    st.caption(
        f"{said.at:%Y-%m-%d %H:%M} · {plain(said.person)}: {verdict}"
        + f" — {plain(because)}" * bool(because)
    )
