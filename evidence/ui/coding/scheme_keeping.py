"""Below the editor of a scheme: what its changes touch, keeping them, and versions side by side."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from evidence.coding.scheme import Scheme
from evidence.coding.scheme_differences import differences
from evidence.coding.scheme_edits import next_version
from evidence.coding.scheme_words import labels_apart, name_apart
from evidence.coding.write_scheme import as_yaml
from evidence.steps.coding import scheme_drafts, scheme_versions, schemes
from evidence.steps.coding.scheme_drafts import SchemeDraft
from evidence.steps.coding.schemes import TakenScheme
from evidence.steps.desk import Desk
from evidence.store.coding.schemes import SchemeVersion
from evidence.ui.shell.errors import attempt, rerun
from evidence.ui.shell.wording import number, plain

KEPT = "scheme-kept"
MANY = 12  # so many sentences stand open; more are in a frame that scrolls
SHOWN = 320  # pixels


def what_changes(desk: Desk, taken: TakenScheme, draft: SchemeDraft) -> None:
    """The differences with what was coded there, and the button that keeps them."""
    st.markdown("## What changes")
    if draft.aside:
        _aside(desk, draft)
    if not draft.changed:
        st.caption("Nothing yet. What you change above is listed here before it is kept.")
        return
    told = scheme_versions.preview(desk, draft.scheme)
    with st.container(height=SHOWN if len(told) > MANY else "content"):
        st.markdown("\n".join(f"- {plain(sentence)}" for sentence in told) or "- Only the order.")
    st.caption("No answer is dropped, whatever you keep here. Nobody else sees it before.")
    if draft.passed:
        st.warning(scheme_versions.MEANWHILE, icon=":material/group:")
    versions = [version.version for version in schemes.versions(desk, taken.id)]
    number_box, keep_box, drop_box = st.columns([2, 2, 2], vertical_alignment="bottom")
    version = number_box.text_input(
        "Number of the new version",
        next_version(taken.scheme.version, versions),
        key=f"scheme-version-{taken.id}-{taken.version.id}",
    )
    keep = keep_box.button("Keep this version", type="primary", key="keep-version")
    with drop_box.popover("Drop the changes …", key="drop-box"):
        count = len(differences(draft.began, draft.scheme)) or 1  # the order alone is a change
        st.write(f"{number(count, 'change')} would be dropped: all that is listed above.")
        st.caption("They can be brought back until you begin other changes of this scheme.")
        drop = st.button("Drop them", key="drop-changes")
    if drop and attempt(scheme_drafts.begin_from, desk, taken.id, taken.version.id):
        rerun()
    named = replace(draft.scheme, version=version.strip() or draft.scheme.version)
    if keep and attempt(scheme_versions.keep, desk, named, taken.id, draft.seen):
        st.session_state[KEPT] = f"Version {named.version} is kept, and asked from now on."
        rerun()


def _aside(desk: Desk, draft: SchemeDraft) -> None:
    """Changes that were dropped or undone, and the button that brings all of them back."""
    told_box, back_box = st.columns([4, 2], vertical_alignment="center")
    told_box.info(
        f"{number(draft.aside, 'step')} of yours {'is' if draft.aside == 1 else 'are'} dropped or "
        "undone. The next change that you begin takes their place.",
        icon=":material/undo:",
    )
    back = back_box.button("Bring it back", key="bring-changes-back")
    if back and attempt(scheme_drafts.bring_back, desk, draft.scheme_id):
        rerun()


def side_by_side(desk: Desk, taken: TakenScheme, *, may_edit: bool) -> None:
    """All versions, two of them beside each other, and beginning from an earlier one."""
    versions = {version.id: version for version in schemes.versions(desk, taken.id)}
    ids = list(versions)
    older_box, newer_box = st.columns(2)
    older = older_box.selectbox(
        "Older", ids, index=min(1, len(ids) - 1), key=f"older-{taken.version.id}",
        format_func=lambda id_: _version_line(versions[id_]),
    )  # fmt: skip
    newer = newer_box.selectbox(
        "Newer", ids, key=f"newer-{taken.version.id}",
        format_func=lambda id_: _version_line(versions[id_]),
    )  # fmt: skip
    before, after = (schemes.get_version(desk, id_).scheme for id_ in (older, newer))
    told = differences(before, after)
    st.caption(number(len(told), "difference"))
    only = st.toggle("Only what differs", value=True, key="only-differences")
    st.dataframe(_table(before, after, only=only), hide_index=True, alt="Two versions side by side")
    first, second = st.columns(2)
    begin = may_edit and first.button(
        "Begin from the older one", key="begin-from-older", disabled=older == newer,
        help="Undo goes back to your changes that are not kept yet.",
    )  # fmt: skip
    if begin and attempt(scheme_drafts.begin_from, desk, taken.id, older):
        rerun()
    second.download_button(
        "Download the newer one as YAML",
        as_yaml(after).encode(),
        file_name=f"{after.id}.yaml",
        mime="application/yaml",
        key="scheme-yaml",
        on_click="ignore",
    )


def _version_line(version: SchemeVersion) -> str:
    return f"{version.number}. Version {version.version}, {version.by}, {version.at:%d %B %Y}"


def _table(before: Scheme, after: Scheme, *, only: bool) -> pd.DataFrame:
    older, newer = (dict(_words(scheme)) for scheme in (before, after))
    names = {
        question.id: name_apart(question, scheme)
        for scheme in (before, after)
        for question in scheme.questions
    }
    changes: dict[tuple[str, str], list[str]] = {}
    for each in differences(before, after):
        changes.setdefault((each.question, each.code), []).append(each.change.value)
    places = _in_order(list(older), list(newer))
    rows = [
        {
            "Question": names[question],
            "Older": older.get((question, code), ""),
            "Newer": newer.get((question, code), ""),
            "What changes": ", ".join(dict.fromkeys(changes.get((question, code), []))),
        }
        for question, code in places
        if not only or (question, code) in changes
    ]
    return pd.DataFrame(rows, columns=["Question", "Older", "Newer", "What changes"])


def _words(scheme: Scheme) -> list[tuple[tuple[str, str], str]]:
    """Each question and code with its words; codes stand in from their questions."""
    rows = []
    for question in scheme.questions:
        rows.append(((question.id, ""), question.text))
        rows += [
            ((question.id, option_id), f"– {label}")
            for option_id, label in labels_apart(question).items()
        ]
    return rows


def _in_order(
    older: Sequence[tuple[str, str]], newer: Sequence[tuple[str, str]]
) -> list[tuple[str, str]]:
    """All of the newer version in its order; what is gone stands after what it stood after."""
    merged = list(newer)
    there = set(newer)
    last: tuple[str, str] | None = None
    for place in older:
        if place not in there:
            at = merged.index(last) + 1 if last is not None else 0
            merged.insert(at, place)
            there.add(place)
        last = place
    return merged
