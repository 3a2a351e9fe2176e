"""The protocol on the page: its parts as they stand now, and versions with what each changed."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from evidence.steps.desk import Desk
from evidence.steps.results.protocol import protocol_versions
from evidence.steps.review import about, membership
from evidence.store import Role
from evidence.store.results.protocol_versions import ProtocolVersion
from evidence.synthesis.protocol.protocol import (
    PART_NAMES,
    PartDifference,
    Protocol,
    differences,
    part_lines,
)
from evidence.ui.review.protocol.search_waves import waves_view
from evidence.ui.shell import menu, shared_text
from evidence.ui.shell.errors import attempt
from evidence.ui.shell.shared_text import box_key
from evidence.ui.shell.wording import number, plain, plain_lines

ABOUT = (
    "What the review planned, put together from where each part is entered. A version is frozen "
    "with its day and a note; what came after it is told line by line. The report prints it in its "
    "appendix."
)
BACKGROUND, DEFINITIONS = "Background", "Definitions, one per line"
ELSEWHERE = ("question", "criteria", "registration", "protocol", "deviations")
NOW = "The protocol now"


def protocol_page(desk: Desk) -> None:
    """All of it, from what is planned to the versions."""
    st.caption(ABOUT)
    may_change = membership.standing(desk).role >= Role.EDITOR
    now = protocol_versions.current(desk)
    versions = protocol_versions.listing(desk)
    _standing(now, versions)
    st.header("What is planned")
    _texts(desk, may_change=may_change)
    _elsewhere(now)
    st.header("Searches in waves")
    waves_view(desk, may_change=may_change)
    st.header("Versions")
    if may_change:
        _freeze(desk, now, is_first=not versions)
    else:
        st.caption("Editors of the review freeze versions.")
    _versions(now, versions)


def _standing(now: Protocol, versions: Sequence[ProtocolVersion]) -> None:
    if not versions:
        st.info("No version is frozen yet.", icon=":material/edit_note:")
        return
    changed = differences(versions[0].protocol, now)
    if not changed:
        st.success(f"As in {plain(versions[0].name)}.", icon=":material/check:")
        return
    parts = ", ".join(each.part for each in changed)
    st.info(
        f"Changed since {plain(versions[0].name)}: {plain(parts)}.", icon=":material/difference:"
    )


def _texts(desk: Desk, *, may_change: bool) -> None:
    """Background and definitions, which are entered here."""
    form, now = f"protocol-{desk.review_id}", about.current(desk)
    texts = {BACKGROUND: now.background, DEFINITIONS: now.definitions}
    if not may_change:
        for label, text in texts.items():
            st.markdown(f"**{label}**")
            st.markdown(plain_lines(text) if text else "Not entered.")
        return
    shared_text.fill(form, texts)
    st.text_area(
        BACKGROUND,
        key=box_key(form, BACKGROUND),
        height=120,
        help="Why the review is made: what is known, and for whom it matters.",
    )
    st.text_area(
        DEFINITIONS,
        key=box_key(form, DEFINITIONS),
        height=120,
        help="Of the words that decide what belongs to it: `Supported employment: …`",
    )
    pressed = st.button("Save", type="primary", key=f"save-{form}")
    written = replace(
        now,
        background=str(st.session_state[box_key(form, BACKGROUND)]).strip(),
        definitions=str(st.session_state[box_key(form, DEFINITIONS)]).strip(),
    )
    if shared_text.may_save(form, texts, pressed=pressed) and attempt(
        about.change, desk, written, shown=now
    ):
        shared_text.saved(form)
        st.rerun()


def _elsewhere(now: Protocol) -> None:
    """The parts that are entered on other pages, to read."""
    for part in ELSEWHERE:
        lines = part_lines(now, part)
        st.markdown(f"**{PART_NAMES[part]}**")
        if lines:
            st.markdown("\n".join(f"- {plain(line)}" for line in lines))
        else:
            st.caption("Not entered.")
    menu.link("reviews", "They are entered on Reviews")
    for part in ("in_depth", "sound"):
        if lines := part_lines(now, part):
            st.markdown(f"**{PART_NAMES[part]}**: {plain(' '.join(lines))}")


def _freeze(desk: Desk, now: Protocol, *, is_first: bool) -> None:
    with st.form(f"freeze-protocol-{desk.review_id}", border=True):
        day_box, note_box = st.columns([1, 3])
        dated = day_box.text_input(
            "Holds from",
            placeholder="2026-11-22",
            help="The day of this version; for one of before Waymark, the day it had then.",
            key="protocol-dated",
        )
        note = note_box.text_input(
            "What it is" if is_first else "What changed, and why",
            max_chars=protocol_versions.LONGEST_NOTE,
            key="protocol-note",
        )
        is_sent = st.form_submit_button("Freeze a version", type="primary", icon=":material/lock:")
    if is_sent and attempt(protocol_versions.freeze, desk, dated, note, now):
        st.rerun()


def _versions(now: Protocol, versions: Sequence[ProtocolVersion]) -> None:
    for at, version in enumerate(versions):
        before = versions[at + 1] if at + 1 < len(versions) else None
        with st.expander(f"{plain(version.name)}: {plain(version.note)}"):
            st.caption(plain(f"Frozen by {version.person} on {version.at:%Y-%m-%d %H:%M} UTC."))
            if before is None:
                _whole(version.protocol)
            else:
                st.markdown(f"Compared with {plain(before.name)}:")
                _changes(differences(before.protocol, version.protocol))
    if versions:
        with st.expander("Compare two", icon=":material/difference:"):
            _compare(now, versions)


def _compare(now: Protocol, versions: Sequence[ProtocolVersion]) -> None:
    named = {NOW: now} | {version.name: version.protocol for version in versions}
    first_box, second_box = st.columns(2)
    first = first_box.selectbox("From", list(named)[::-1], key="protocol-from")
    second = second_box.selectbox("To", list(named), key="protocol-to")
    changed = differences(named[first], named[second])
    st.caption(
        f"{number(len(changed), 'part')} differ." if len(changed) != 1 else "1 part differs."
    )
    _changes(changed)


def _changes(changed: Sequence[PartDifference]) -> None:
    for each in changed:
        st.markdown(f"**{plain(each.part)}**")
        gone = [f"- :material/remove: Gone: ~~{plain(line)}~~" for line in each.gone if line]
        new = [f"- :material/add: New: {plain(line)}" for line in each.new if line]
        st.markdown("\n".join([*gone, *new]) or "Empty lines only.")


def _whole(protocol: Protocol) -> None:
    for part, name in PART_NAMES.items():
        if lines := part_lines(protocol, part):
            st.markdown(f"**{name}**")
            st.markdown("\n".join(f"- {plain(line)}" for line in lines if line))
