"""Principles on the page: each version with its grades, what corresponds, and what they link to."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from evidence.steps.desk import Desk
from evidence.steps.practice import fidelity
from evidence.steps.practice import principles as steps
from evidence.steps.practice.principles import PrinciplesLine
from evidence.steps.review import membership
from evidence.store import Role
from evidence.store.practice.principles import LinkState, PrinciplesState
from evidence.synthesis.principles.links import LinkKind, PrincipleLink
from evidence.synthesis.principles.principle_set import PrincipleName, PrincipleVersion
from evidence.ui.coding.coded_studies import choose_study
from evidence.ui.practice.principle_forms import bring_set, change_principle, link_form, new_set
from evidence.ui.shell import menu
from evidence.ui.shell.errors import attempt, fragment, rerun
from evidence.ui.shell.menu import ITEM, STATEMENT
from evidence.ui.shell.wording import number, plain, short

ABOUT = (
    "Principles of a way of working as documents give them, version by version, with the strength "
    "of evidence that the source gives, and the studies, items of a fidelity scale and statements "
    "of this review that bear on each."
)
CHANGES_SHOWN = 20
LINKED_SHOWN = 80  # characters
COLUMNS = {
    LinkKind.STUDY: "Studies",
    LinkKind.ITEM: "Scale items",
    LinkKind.STATEMENT: "Statements",
}
TITLES = {
    LinkKind.STUDY: "Studies",
    LinkKind.ITEM: "Items of a fidelity scale",
    LinkKind.STATEMENT: "Statements",
}


@fragment
def principles_page(desk: Desk) -> None:
    """All sets of principles with their links, and what editors do with them."""
    st.caption(ABOUT)
    lines = steps.listing(desk)
    may_change = membership.standing(desk).role >= Role.EDITOR
    if not lines:
        st.info("No principles are entered yet.", icon=":material/format_list_numbered:")
    for line in lines:
        _set(desk, line, may_change=may_change)
    if may_change:
        bring_set(desk, lines)
        new_set(desk)
    else:
        st.caption("Editors of the review enter principles and link them.")
    _history(desk, may_change=may_change)


def _set(desk: Desk, line: PrinciplesLine, *, may_change: bool) -> None:
    given = line.principles
    st.header(plain(given.title))
    for version in given.versions:
        _version(line, version)
    alone = given.without_match()
    if alone and len(given.versions) > 1:
        names = ", ".join(each.line for each in alone)
        st.caption(plain(f"In one version only: {names}."))
    _linked(desk, line)
    if may_change:
        link_form(desk, line)
        change_principle(desk, line)
        goes = st.button("Take these principles away", key=f"principles-remove-{given.uid}")
        if goes and attempt(steps.remove, desk, given):
            rerun()
    st.download_button(
        "Download as CSV",
        steps.as_csv(given),
        f"{given.title}.csv",
        "text/csv",
        on_click="ignore",
        icon=":material/download:",
        key=f"principles-csv-{given.uid}",
    )


def _version(line: PrinciplesLine, version: PrincipleVersion) -> None:
    count = number(len(version.principles), "principle")
    st.subheader(plain(f"{version.name}: {count}"))
    grades = "Not graded by the source"
    if version.grades:
        grades = f"Graded by the source: {', '.join(version.grades)}"
    st.caption(plain(" · ".join(filter(None, (version.where, grades)))))
    rows = []
    for each in version.principles:
        name = PrincipleName(version=version.name, number=each.number)
        others = line.principles.corresponding(name)
        rows.append(
            {
                "Number": each.number,
                "Principle": each.text,
                "Strength of evidence": each.grade_words.capitalize(),
                "Corresponds to": ", ".join(other.line for other in others) or "–",
                **{title: len(line.of(name, kind)) for kind, title in COLUMNS.items()},
            }
        )
    st.dataframe(pd.DataFrame(rows), hide_index=True, alt=f"Principles of version {version.name}")


def _linked(desk: Desk, line: PrinciplesLine) -> None:
    """What one principle is linked to, each with a way there."""
    given = line.principles
    names = [name for name, _ in given.walk()]
    name = st.selectbox(
        "What a principle is linked to",
        names,
        format_func=lambda each: _named(line, each),
        key=f"principle-shown-{given.uid}",
    )
    if name is None:
        return
    for kind, title in TITLES.items():
        some = line.of(name, kind)
        st.markdown(f"**{title}**: {len(some) or 'none'}")
        for each in some:
            note = f" ({each.note})" if each.note else ""
            st.markdown(f"- {plain(short(line.label(each), 300) + note)}")
        if some:
            _way_there(desk, line, kind, some, f"{given.uid}-{name.line}")
    for each in line.adrift:
        st.caption(
            plain(f"{each.principle.line} is not there any more; it led to {line.label(each)}.")
        )


def _way_there(
    desk: Desk,
    line: PrinciplesLine,
    kind: LinkKind,
    some: Sequence[PrincipleLink],
    key: str,
) -> None:
    if kind is LinkKind.STUDY:
        there = {int(e.ids[0]): line.label(e) for e in some if (e.kind, e.ids) in line.labels}
        if there:
            choose_study(desk, there, f"principle-study-{key}")
        return
    taken = {each.name for each in fidelity.scales(desk)}
    for each in some:
        if (each.kind, each.ids) not in line.labels:
            continue
        label = plain(short(line.label(each), LINKED_SHOWN))
        if kind is LinkKind.STATEMENT:
            menu.link("conclusions", f"Read on Conclusions: {label}", at={STATEMENT: each.ids[0]})
        elif each.ids[0] in taken:
            menu.link("fidelity", f"See its scores: {label}", at={ITEM: each.ids[1]})
    if kind is LinkKind.ITEM and any(each.ids[0] not in taken for each in some):
        menu.link("schemes", "The review has not taken this scale: see it on Schemes")


def _named(line: PrinciplesLine, name: PrincipleName) -> str:
    principle = line.principles.principle(name)
    return f"{name.line}: {principle.text}" if principle else name.line


def _history(desk: Desk, *, may_change: bool) -> None:
    states = steps.history(desk)
    if not states:
        return
    with st.expander("What was changed", icon=":material/history:"):
        newest: set[str] = set()
        for state in states[:CHANGES_SHOWN]:
            is_newest = state.principles.uid not in newest
            newest.add(state.principles.uid)
            _change(desk, state, goes_back=state.is_removed and is_newest and may_change)
        titles = {state.principles.uid: state.principles.title for state in reversed(states)}
        links = steps.link_history(desk)
        for link in links[:CHANGES_SHOWN]:
            st.caption(plain(_link_words(link, titles.get(link.set_uid, ""))))
        left = max(len(states) - CHANGES_SHOWN, 0) + max(len(links) - CHANGES_SHOWN, 0)
        if left:
            st.caption(f"And {left:,} earlier ones, which are kept.")


def _link_words(state: LinkState, title: str) -> str:
    did = "parted" if state.is_removed else "linked"
    what = TITLES[state.link.kind].lower()
    return (
        f"{state.person}, {state.at:%Y-%m-%d %H:%M} UTC, {did} {title} "
        f"{state.link.principle.line} ({what})"
    )


def _change(desk: Desk, state: PrinciplesState, *, goes_back: bool) -> None:
    text_box, button_box = st.columns([4, 1], vertical_alignment="center")
    did = "took away" if state.is_removed else "wrote"
    count = number(sum(1 for _ in state.principles.walk()), "principle")
    text_box.caption(
        plain(
            f"{state.person}, {state.at:%Y-%m-%d %H:%M} UTC, {did}: "
            f"{short(state.principles.title, 160)} ({count})"
        )
    )
    uid = state.principles.uid
    is_sent = goes_back and button_box.button("Bring back", key=f"principles-back-{uid}")
    if is_sent and attempt(steps.bring_back, desk, uid):
        rerun()
