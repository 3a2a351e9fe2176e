"""Works on which people differ: side by side what each said, and how it ends."""

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from evidence.screening.keyboard import Action
from evidence.screening.verdicts import ALLOWED, Stage, State, Verdict
from evidence.steps.desk import Desk
from evidence.steps.screening import conflicts, decisions, screening_preferences
from evidence.store.review.reasons import Reason
from evidence.store.screening.decisions import DISCUSSION, THIRD_PERSON
from evidence.store.screening.resolutions import PastDecision, ResolvedConflict
from evidence.ui.records.comparison import field_text
from evidence.ui.screening.highlighting import STYLE, marked
from evidence.ui.shell.errors import attempt, fragment, rerun
from evidence.ui.shell.keys import pressed
from evidence.ui.shell.wording import STATES, VERDICTS, number, plain, short

HOW = {DISCUSSION: "Discussion", THIRD_PERSON: "A third person"}
BY = {DISCUSSION: ", after a discussion", THIRD_PERSON: ", as a third person"}
ACROSS = 2  # verdicts in a row
EMPTY = {
    State.CONFLICT: "No conflict waits to be resolved at this stage.",
    State.MAYBE: "No work is “maybe” at this stage.",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What a button or its key stands for.

    Attributes:
        verdict: what the conflict ends with; None passes the work over for now.
        reason_id: why it is excluded.
    """

    verdict: Verdict | None
    reason_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a conflict is resolved, whatever it ends with."""

    how: str
    note: str


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
        ending = _ending(conflict)
        choice = _choice(desk, stage, conflict.work.id, beside.reasons)
        _criteria(beside)
    if choice is None:
        return
    if choice.verdict is None:
        skipped.append(conflict.work.id)
        rerun()
    resolution = conflicts.Resolution(
        verdict=choice.verdict, how=ending.how, reason_id=choice.reason_id, note=ending.note
    )
    if attempt(conflicts.resolve, desk, stage, conflict.work.id, resolution):
        st.toast(f"Resolved: {VERDICTS[choice.verdict].lower()}.", icon=":material/check:")
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
        f"<h2>{marked(reference.title or '(no title)', *terms)}</h2>",
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


def _ending(conflict: conflicts.Conflict) -> Ending:
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
    note = st.text_input(
        "Note",
        max_chars=decisions.LONGEST_NOTE,
        placeholder="Why; it stands beside the resolution",
        key=f"note-{conflict.work.id}",
    )
    return Ending(how=how or usual, note=note)


def _choice(desk: Desk, stage: Stage, work_id: int, reasons: Sequence[Reason]) -> Choice | None:
    """What was clicked or pressed, by the same keys as on the page Screening; None without any."""
    preferred = screening_preferences.get(desk)
    buttons: dict[str, tuple[str, str, Choice]] = {}  # by id: the words, the key, what it does
    for verdict in ALLOWED[stage]:
        if verdict is not Verdict.MAYBE:
            key = preferred.keys[Action(verdict.value)]
            buttons[verdict.value] = VERDICTS[verdict], key, Choice(verdict)
    buttons["skip"] = "Skip", preferred.keys[Action.SKIP], Choice(None)
    reason_keys = screening_preferences.reason_keys(preferred, len(reasons))
    by_reason = {
        f"because-{reason.id}": (plain(reason.label), key, Choice(Verdict.EXCLUDE, reason.id))
        for reason, key in zip(reasons, reason_keys, strict=True)
    }
    keys = {key: name for name, (_, key, _) in (buttons | by_reason).items() if key}
    chosen = pressed(str(work_id), keys, "conflict-keys")
    with st.container(horizontal=True):
        chosen = _clicked(buttons, work_id) or chosen
    if by_reason:
        st.caption("Exclude because")
        chosen = _clicked(by_reason, work_id) or chosen
    return (buttons | by_reason)[chosen][2] if chosen else None


def _clicked(buttons: Mapping[str, tuple[str, str, Choice]], work_id: int) -> str:
    """Draw buttons with their keys; gives the id of the one that was clicked."""
    clicked = ""
    for name, (words, key, choice) in buttons.items():
        letter = f" `{key.upper()}`" * bool(key)
        kind: Literal["primary", "secondary", "tertiary"] = "secondary"
        if choice.verdict is Verdict.INCLUDE:
            kind = "primary"
        elif choice.verdict is None:
            kind = "tertiary"
        if st.button(words + letter, type=kind, key=f"{name}-{work_id}"):
            clicked = name
    return clicked


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
