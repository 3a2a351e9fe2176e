"""Codes and themes on the page: the tree, what stands under each, and what people do with them."""

from collections.abc import Sequence

import streamlit as st

from evidence.steps.desk import Desk
from evidence.steps.results.theming import theme_table
from evidence.steps.results.theming import themes as steps
from evidence.steps.results.theming.themes import ThemeBoard
from evidence.steps.review import membership
from evidence.store import Role
from evidence.synthesis.themes.theme_tree import Piece, PieceKey, Theme
from evidence.ui.results.theme_forms import change_theme, new_theme
from evidence.ui.shell.errors import attempt, fragment, rerun
from evidence.ui.shell.under_way import choice_under_way
from evidence.ui.shell.wording import number, plain, short

ABOUT = (
    "From the words of studies (pieces: quotations, notes, findings), and of services in their "
    "forms, to codes, from codes to descriptive themes, and from these to analytical ones. A piece "
    "can stand under several codes; each theme has the studies and the services of all below it, "
    "counted apart."
)
BEGIN = (
    "No code is there yet. Read the pieces below, name the first idea that you meet as a code, and "
    "place under it the pieces that say it: so each theme of the report leads to its studies."
)
NOTHING_TO_PLACE = (
    "No code is there yet, and there is nothing to gather: quotations, notes and findings come "
    "from Coding, once the coding of a study counts; words of services from their complete forms."
)
NOT_BEGUN = "No code is there yet: nobody has begun to gather what people say in the studies."
PIECES_SHOWN = 50
PIECES_TO_PLACE = 20
LONGEST_LINE = 300  # characters
PLACED = "Not placed yet"
ALL = "All"
RESEARCH, PRACTICE = "Studies", "Services"


@fragment
def themes_view(desk: Desk) -> None:
    """The tree, one theme with what stands under it, and words that wait for a code."""
    st.caption(ABOUT)
    board = steps.board(desk)
    may_change = membership.standing(desk).role >= Role.EDITOR
    if board.tree.themes:
        _tree(board)
        st.download_button(
            "All pieces (CSV)",
            lambda: theme_table.as_csv(desk),
            file_name="themes.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key=f"themes-csv-{desk.review_id}",
        )
        _undo(desk, board, may_change=may_change)
    else:
        st.info(_beginning(board, may_change=may_change), icon=":material/sell:")
    if may_change:
        new_theme(desk, board)
        _place(desk, board)
    else:
        st.caption("Editors of the review build codes and themes.")
    if board.tree.themes:
        _chosen(desk, board, may_change=may_change)


def _beginning(board: ThemeBoard, *, may_change: bool) -> str:
    """What to do first, and why."""
    if not may_change:
        return NOT_BEGUN
    return BEGIN if board.pieces else NOTHING_TO_PLACE


def _tree(board: ThemeBoard) -> None:
    lines = [
        f"{'    ' * depth}- {plain(theme.name)} · {theme.level.words} · {_counts(board, theme)}"
        for depth, theme in board.tree.walk()
    ]
    st.markdown("\n".join(lines))
    if board.not_shown:
        st.caption(
            f"{number(board.not_shown, 'placed piece')} not shown: the coding does not count now, "
            "the study is no longer included, or the words were taken back."
        )
    _lost(board)


def _lost(board: ThemeBoard) -> None:
    """What services wrote and was placed, and does not count now: nothing goes without a word."""
    if not board.lost:
        return
    names = {theme.uid: theme.name for _, theme in board.tree.walk()}
    with st.expander(f"{number(len(board.lost), 'piece')} of services not counted now"):
        for uid, lost in board.lost[:PIECES_SHOWN]:
            where = f"under “{short(names[uid])}”" if uid in names else ""
            line = f"{lost.said_by}: {short(lost.text, LONGEST_LINE)} ({where}; {lost.why})"
            st.markdown(f"- {plain(line)}")
        rest = len(board.lost) - PIECES_SHOWN
        if rest > 0:
            st.caption(f"And {rest:,} more, which the table of all pieces lists.")


def _counts(board: ThemeBoard, theme: Theme) -> str:
    return behind_words(
        len(board.tree.studies(theme.uid)),
        len(board.tree.services(theme.uid)),
        len(board.tree.all_pieces(theme.uid)),
    )


def behind_words(studies: int, services: int, pieces: int) -> str:
    """How many studies and how many services are behind a theme: counted apart, never added."""
    told = [number(studies, "study", "studies")]
    told += [number(services, "service")] if services else []
    return ", ".join([*told, number(pieces, "piece")])


def _undo(desk: Desk, board: ThemeBoard, *, may_change: bool) -> None:
    last = board.last
    if last is None:
        return
    names = {theme.uid: theme.name for _, theme in board.tree.walk()}
    names |= {state.theme.uid: state.theme.name for state in last.themes}
    touched = dict.fromkeys([*(s.theme.uid for s in last.themes), *(p.theme for p in last.pieces)])
    what = ", ".join(f"“{short(names[uid])}”" for uid in touched if uid in names)
    st.caption(plain(f"Last change: {what}, by {last.person}, {last.at:%Y-%m-%d %H:%M} UTC."))
    is_sent = may_change and st.button("Undo that", icon=":material/undo:", key="theme-undo")
    if is_sent and attempt(steps.undo, desk, last.number):
        rerun()


def _chosen(desk: Desk, board: ThemeBoard, *, may_change: bool) -> None:
    """One theme, with all that stands under it; editors change it."""
    st.header("Read and change a code or theme")
    by_uid = {theme.uid: theme for _, theme in board.tree.walk()}
    uid = st.selectbox(
        "Code or theme",
        list(by_uid),
        format_func=lambda each: f"{short(by_uid[each].name)} ({by_uid[each].level.words})",
        key="theme-chosen",
    )
    if uid not in by_uid:
        return
    theme = by_uid[uid]
    if theme.note:
        st.markdown(plain(theme.note))
    own = board.tree.pieces.get(uid, ())
    for piece in board.tree.all_pieces(uid)[:PIECES_SHOWN]:
        st.markdown(f"- {plain(_line(board, piece))}")
    rest = len(board.tree.all_pieces(uid)) - PIECES_SHOWN
    if rest > 0:
        st.caption(f"And {number(rest, 'piece')} more, which the report lists.")
    if may_change:
        _take_anew(desk, board, theme)
        _take_from(desk, board, theme, own)
        change_theme(desk, board, theme)


def _line(board: ThemeBoard, piece: Piece) -> str:
    """Words with their study, in a line."""
    became = f" △ {piece.became}" if piece.became else ""
    return f"{board.said_by(piece)}: {piece.words(LONGEST_LINE)} ({piece.key.kind}){became}"


def _take_anew(desk: Desk, board: ThemeBoard, theme: Theme) -> None:
    """What a service says in other words than when it was placed stands here as it is now."""
    changed = board.changed.get(theme.uid)
    if not changed:
        return
    is_sent = st.button(
        f"Seen: {number(len(changed), 'changed piece')} can stand here as now",
        key=f"theme-anew-words-{theme.uid}",
    )
    if is_sent and attempt(steps.place, desk, theme.uid, changed):
        rerun()


def _take_from(desk: Desk, board: ThemeBoard, theme: Theme, own: Sequence[Piece]) -> None:
    if not own:
        return
    chosen = _pieces("Take from here", board, own, f"theme-take-{theme.uid}")
    is_sent = st.button("Take from here", key=f"theme-take-now-{theme.uid}", disabled=not chosen)
    if is_sent and attempt(steps.place, desk, theme.uid, chosen, there=False):
        rerun()


def _place(desk: Desk, board: ThemeBoard) -> None:
    """Words of studies, to be placed under a code or theme."""
    st.header("Place words of studies and services")
    placed = {piece.key for some in board.tree.pieces.values() for piece in some}
    which_box, words_box = st.columns([1, 2])
    which = which_box.radio("Pieces", [PLACED, ALL], horizontal=True, key="theme-which")
    has_services = any(piece.service for piece in board.pieces.values())
    whose = ALL
    if has_services:
        options = [ALL, RESEARCH, PRACTICE]
        whose = which_box.radio("Of", options, horizontal=True, key="theme-whose")
    words = words_box.text_input("With these words", key="theme-words").casefold().split()
    found = [
        piece
        for piece in board.pieces.values()
        if (which == ALL or piece.key not in placed)
        and (whose == ALL or bool(piece.service) is (whose == PRACTICE))
        and all(word in _line(board, piece).casefold() for word in words)
    ]
    few = f", of which {PIECES_TO_PLACE} stand here; find others by their words"
    of_services = sum(bool(piece.service) for piece in found)
    told = [f"{number(len(found) - of_services, 'piece')} of studies"]
    told += [f"{number(of_services, 'piece')} of services"] if has_services else []
    st.caption(f"{' and '.join(told)}{few if len(found) > PIECES_TO_PLACE else ''}.")
    if found and board.tree.themes:
        _placing(desk, board, found[:PIECES_TO_PLACE])
    for piece in found[:PIECES_TO_PLACE] if not board.tree.themes else ():
        st.markdown(f"- {plain(_line(board, piece))}")


def _placing(desk: Desk, board: ThemeBoard, shown: Sequence[Piece]) -> None:
    """A form in which pieces are ticked; what is ticked stays until it is placed."""
    choice = choice_under_way(f"theme-placing-{desk.review_id}", None)
    by_uid = {theme.uid: theme for _, theme in board.tree.walk()}
    with st.form(f"theme-placing-{desk.review_id}-form"):
        chosen = [
            piece.key
            for piece in shown
            if st.checkbox(
                plain(_line(board, piece)),
                key=f"theme-piece-{piece.key.token}-{choice.turn}",
            )
        ]
        uid = st.selectbox(
            "Under",
            list(by_uid),
            format_func=lambda each: f"{short(by_uid[each].name)} ({by_uid[each].level.words})",
            key="theme-target",
        )
        is_sent = st.form_submit_button("Place", type="primary", key="theme-place")
    if is_sent and not chosen:
        st.warning("Tick what is to be placed.")
    elif is_sent and uid and attempt(steps.place, desk, uid, chosen):
        choice.begin_anew(None)
        rerun()


def _pieces(title: str, board: ThemeBoard, some: Sequence[Piece], key: str) -> list[PieceKey]:
    by_token = {piece.key.token: piece for piece in some}
    chosen = st.multiselect(
        title,
        list(by_token),
        format_func=lambda token: f"{_line(board, by_token[token])} · {by_token[token].key.id}",
        placeholder="Choose",
        key=key,
    )
    return [by_token[token].key for token in chosen if token in by_token]
