"""The forms by which editors add, name, move, merge and take away codes and themes."""

import streamlit as st

from evidence.steps.desk import Desk
from evidence.steps.results.theming import themes as steps
from evidence.steps.results.theming.themes import LONGEST_NAME, LONGEST_NOTE, ThemeBoard
from evidence.synthesis.themes.theme_tree import Theme, ThemeLevel, fits_under
from evidence.ui.shell.errors import attempt, rerun
from evidence.ui.shell.under_way import choice_under_way
from evidence.ui.shell.wording import plain, short

NOWHERE = ""


def new_theme(desk: Desk, board: ThemeBoard) -> None:
    """A form for a code or a theme that is not there yet."""
    st.header("A new code or theme")
    choice = choice_under_way(f"theme-new-{desk.review_id}", steps.new_uid())
    key = f"theme-new-{desk.review_id}-{choice.turn}"
    level_box, name_box = st.columns([1, 2])
    levels = list(ThemeLevel)
    level = level_box.selectbox(
        "Kind",
        levels,
        format_func=lambda each: each.words.capitalize(),
        key=f"theme-level-{desk.review_id}",
    )
    name = name_box.text_input("Name", max_chars=LONGEST_NAME, key=f"{key}-name")
    theme = Theme(uid=choice.before, level=level, name=name)
    parent = _parent(board, theme, key)
    note = st.text_input("What it means", max_chars=LONGEST_NOTE, key=f"{key}-note")
    theme = Theme(uid=choice.before, level=level, name=name, note=note, parent=parent)
    if st.button("Add", key=f"{key}-add") and attempt(steps.add, desk, theme):
        choice.begin_anew(steps.new_uid())
        rerun()


def change_theme(desk: Desk, board: ThemeBoard, now: Theme) -> None:
    """A form for the name, note and place of a theme; merging; taking away."""
    choice = choice_under_way(f"theme-form-{desk.review_id}-{now.uid}", now)
    if choice.before != now:
        st.warning(plain(f"It was changed since you began: {now.name}"), icon=":material/group:")
        if st.button("Begin with what stands now", key=f"theme-anew-{now.uid}"):
            choice.begin_anew(now)
            rerun()
    before = choice.before
    key = f"theme-{desk.review_id}-{now.uid}-{choice.turn}"
    with st.form(key, border=False):
        name = st.text_input("Name", before.name, max_chars=LONGEST_NAME, key=f"{key}-name")
        note = st.text_input(
            "What it means", before.note, max_chars=LONGEST_NOTE, key=f"{key}-note"
        )
        parent = _parent(board, before, key)
        is_sent = st.form_submit_button("Keep", type="primary")
    theme = Theme(uid=now.uid, level=now.level, name=name, note=note, parent=parent)
    if is_sent and attempt(steps.change, desk, theme, before):
        choice.begin_anew(steps.board(desk).tree.theme(now.uid) or theme)
        rerun()
    _merge(desk, board, now)
    is_sent = st.button("Take it away", key=f"theme-remove-{now.uid}")
    if is_sent and attempt(steps.remove, desk, now):
        rerun()


def _parent(board: ThemeBoard, theme: Theme, key: str) -> str:
    places = {NOWHERE: "Nothing yet"} | {
        each.uid: f"{short(each.name)} ({each.level.words})"
        for _, each in board.tree.walk()
        if fits_under(theme, each)
    }
    options = list(places)
    return st.selectbox(
        "Stands under",
        options,
        options.index(theme.parent) if theme.parent in places else 0,
        format_func=places.__getitem__,
        key=f"{key}-parent-{theme.level}",
    )


def _merge(desk: Desk, board: ThemeBoard, now: Theme) -> None:
    """All that stands under this one goes to another of its level."""
    others = {
        each.uid: each
        for each in board.tree.themes
        if each.level is now.level and each.uid != now.uid
    }
    if not others:
        return
    uid = st.selectbox(
        "Merge into",
        list(others),
        format_func=lambda each: short(others[each].name),
        key=f"theme-merge-{now.uid}",
    )
    is_sent = st.button("Merge", key=f"theme-merge-now-{now.uid}", disabled=uid not in others)
    if is_sent and attempt(steps.merge, desk, now, others[uid]):
        rerun()
