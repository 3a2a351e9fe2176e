"""Codes and themes: added, renamed, moved, merged, taken away, and each act undone."""

import re
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from evidence.citations.text import visible
from evidence.coding.judged_findings import finding_name
from evidence.coding.scheme import Scheme
from evidence.errors import Invalid
from evidence.steps.coding import schemes
from evidence.steps.desk import Desk
from evidence.steps.results.concluding.support_standings import unheard
from evidence.store import Connection, Role
from evidence.store.area_versions import NOTHING
from evidence.store.coding import arms, studies
from evidence.store.results import themes
from evidence.store.results.practice_pieces import LostPiece, PracticePieces, practice_pieces
from evidence.store.results.themes import PlacedPiece, ThemeAct, ThemeState
from evidence.synthesis.themes.theme_tree import (
    Piece,
    PieceKey,
    Theme,
    ThemeTree,
    fits_under,
    without_studies,
)

LONGEST_NAME = 200  # characters
LONGEST_NOTE = 2000
MOST_THEMES = 1000
MOST_AT_ONCE = 500
AREAS = NOTHING  # no area's answers change: themes are asked for each time
MEANWHILE = (
    "Somebody else changed this theme meanwhile, so nothing was kept. Reload the page to see it, "
    "then try again."
)
_UID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeBoard:
    """What somebody works with.

    Attributes:
        tree: without studies of which the person may not hear yet.
        pieces: all that can stand under a code, of codings that count and complete forms.
        labels: of studies, by id.
        not_shown: how many placed pieces are of codings that do not count now, of studies that are
            not included any more, or were taken back.
        changed: pieces under each theme, by its uid, which a service says in other words now.
        lost: words of services that were placed and do not count now, by the uid of the theme.
        last: what was done last; None for nothing.
    """

    tree: ThemeTree
    pieces: dict[PieceKey, Piece]
    labels: dict[int, str]
    not_shown: int
    changed: Mapping[str, frozenset[PieceKey]]
    lost: tuple[tuple[str, LostPiece], ...]
    last: ThemeAct | None

    def said_by(self, piece: Piece) -> str:
        """Whose words they are: the study, or the service with its form."""
        return piece.said_by or self.labels.get(piece.study or 0, "?")


def board(desk: Desk) -> ThemeBoard:
    """All codes and themes, with what stands under them and what can."""
    hidden = unheard(desk)
    asked = {each.id: each.scheme for each in schemes.of_studies(desk)}
    by_services = practice_schemes(desk)
    with desk.reading() as c:
        done = themes.acts(c, desk.review_id)
        times = arms.time_labels(c, desk.review_id)
        pieces = themes.candidates(
            c,
            desk.review_id,
            asked,
            lambda scheme_id, fields: finding_name(fields, asked[scheme_id], times),
        )
        labels = studies.labels(c, desk.review_id)
        practice = practice_pieces(c, desk.review_id, by_services)
    whole = themes.tree_of(done, pieces, practice)
    placed = _placed(done)
    return ThemeBoard(
        tree=without_studies(whole, hidden),
        pieces={
            **{key: piece for key, piece in pieces.items() if piece.study not in hidden},
            **practice.now,
        },
        labels=labels,
        not_shown=sum(each.row is None and each.key not in pieces for each in placed),
        changed=_changed(placed, practice),
        lost=tuple(
            (each.theme, lost)
            for each in placed
            if each.row is not None and (lost := practice.lost(each.key, each.row))
        ),
        last=done[-1] if done else None,
    )


def practice_schemes(desk: Desk) -> dict[int, Scheme]:
    """The schemes that ask services, by id."""
    return {each.id: each.scheme for each in schemes.of_services(desk)}


def new_uid() -> str:
    """For a theme that is to be added."""
    return secrets.token_hex(8)


def add(desk: Desk, theme: Theme) -> None:
    """Add a code or a theme; the same one sent twice is added once.

    Args:
        desk: of an editor.
        theme: with a uid that `new_uid` gave.

    Raises:
        Invalid: it cannot be.
    """
    theme = _cleaned(theme)
    if not _UID.fullmatch(theme.uid):
        raise Invalid("This theme has no name of its own; reload the page.")
    with desk.writing(Role.EDITOR, areas=AREAS) as w:
        states = _states(w.connection, desk.review_id)
        if theme.uid in states:
            if states[theme.uid].theme != theme:
                raise Invalid(MEANWHILE)
            return
        if len(_standing(states)) >= MOST_THEMES:
            raise Invalid(f"A review can have up to {MOST_THEMES:,} codes and themes.")
        _check(theme, _standing(states))
        themes.put(w, [ThemeState(theme=theme)], [], theme.name)


def change(desk: Desk, theme: Theme, before: Theme) -> None:
    """Give a theme another name, note or place.

    Args:
        desk: of an editor.
        theme: as it is to be; its level stays.
        before: as the person saw it when they began.

    Raises:
        Invalid: somebody else changed it meanwhile, or it cannot be.
    """
    theme = _cleaned(replace(theme, uid=before.uid, level=before.level))
    with desk.writing(Role.EDITOR, areas=AREAS) as w:
        stand = _standing(_states(w.connection, desk.review_id))
        if stand.get(theme.uid) == theme:
            return
        _require_unchanged(stand, before)
        _check(theme, stand)
        themes.put(w, [ThemeState(theme=theme)], [], theme.name)


def merge(desk: Desk, before: Theme, into: Theme) -> None:
    """Let one theme have all that stands under another, which goes.

    Args:
        desk: of an editor.
        before: the one that goes, as the person saw it.
        into: the one that stays, as they saw it; of the same level.

    Raises:
        Invalid: somebody else changed one meanwhile, or they are not alike.
    """
    if before.uid == into.uid or before.level is not into.level:
        raise Invalid("Merge two codes, or two themes of the same level.")
    with desk.writing(Role.EDITOR, areas=AREAS) as w:
        done = themes.acts(w.connection, desk.review_id)
        stand = _standing(themes.states_of(done))
        _require_unchanged(stand, before)
        _require_unchanged(stand, into)
        gone = ThemeState(theme=before, is_removed=True, merged_into=into.uid)
        moved = [
            ThemeState(theme=replace(theme, parent=into.uid))
            for theme in stand.values()
            if theme.parent == before.uid
        ]
        pieces = [p for p in _placed(done) if p.theme == before.uid]
        there = {p.key for p in _placed(done) if p.theme == into.uid}
        taken = [replace(p, is_removed=True) for p in pieces]
        brought = [replace(p, theme=into.uid) for p in pieces if p.key not in there]
        themes.put(w, [gone, *moved], [*taken, *brought], before.name)


def remove(desk: Desk, before: Theme) -> None:
    """Take a theme away; what stood under it goes up, its own pieces wait to be placed again.

    Raises:
        Invalid: somebody else changed it meanwhile.
    """
    with desk.writing(Role.EDITOR, areas=AREAS) as w:
        done = themes.acts(w.connection, desk.review_id)
        stand = _standing(themes.states_of(done))
        _require_unchanged(stand, before)
        moved = [
            ThemeState(theme=replace(theme, parent=before.parent))
            for theme in stand.values()
            if theme.parent == before.uid
        ]
        taken = [replace(p, is_removed=True) for p in _placed(done) if p.theme == before.uid]
        themes.put(w, [ThemeState(theme=before, is_removed=True), *moved], taken, before.name)


def place(desk: Desk, uid: str, keys: Collection[PieceKey], *, there: bool = True) -> None:
    """Let pieces stand under a code or theme, beside where they stand already; or take them away.

    Words of a service that stand there and were changed since stand there as they are now.

    Args:
        desk: of an editor.
        uid: of the theme.
        keys: of quotations, notes and findings of codings that count, or of what services wrote.
        there: no, to take them from this theme.

    Raises:
        Invalid: the theme or a piece is not there any more.
    """
    if len(keys) > MOST_AT_ONCE:
        raise Invalid(
            f"Up to {MOST_AT_ONCE} pieces can be placed at once; these are {len(keys):,}."
        )
    scheme_ids = [each.id for each in schemes.of_studies(desk)]
    by_services = practice_schemes(desk)
    with desk.writing(Role.EDITOR, areas=AREAS) as w:
        done = themes.acts(w.connection, desk.review_id)
        stand = _standing(themes.states_of(done))
        if uid not in stand:
            raise Invalid(MEANWHILE)
        now = {p.key: p for p in _placed(done) if p.theme == uid}
        if there:
            known = themes.candidates(w.connection, desk.review_id, scheme_ids)
            practice = practice_pieces(w.connection, desk.review_id, by_services)
            if not {*known, *practice.now} >= set(keys):
                raise Invalid("A piece that was chosen is not there any more; reload the page.")
            some = [
                PlacedPiece(
                    theme=uid,
                    key=key,
                    study=known[key].study if key in known else None,
                    row=practice.rows.get(key),
                )
                for key in keys
                if key not in now or _is_changed(now[key], practice)
            ]
        else:
            some = [replace(now[key], is_removed=True) for key in keys if key in now]
        if some:
            themes.put(w, [], some, stand[uid].name)


def undo(desk: Desk, number: int) -> None:
    """Take back what was done last; this can be undone, too.

    Args:
        desk: of an editor.
        number: of the act that the person saw as the last one.

    Raises:
        Invalid: something else was done since.
    """
    with desk.writing(Role.EDITOR, areas=AREAS) as w:
        done = themes.acts(w.connection, desk.review_id)
        if not done or done[-1].number != number:
            raise Invalid("Somebody did something else since; reload the page to see it.")
        *before, act = done
        were, stood = themes.states_of(before), themes.pieces_of(before)
        states = [
            were.get(state.theme.uid) or replace(state, is_removed=True) for state in act.themes
        ]
        pieces = [
            stood.get((each.theme, each.key)) or replace(each, is_removed=True)
            for each in act.pieces
        ]
        themes.put(w, states, pieces, f"undo {number}")


def _changed(
    placed: Sequence[PlacedPiece], practice: PracticePieces
) -> dict[str, frozenset[PieceKey]]:
    found: dict[str, set[PieceKey]] = {}
    for each in placed:
        if _is_changed(each, practice):
            found.setdefault(each.theme, set()).add(each.key)
    return {uid: frozenset(keys) for uid, keys in found.items()}


def _is_changed(placed: PlacedPiece, practice: PracticePieces) -> bool:
    return placed.row is not None and practice.is_changed(placed.key, placed.row)


def _states(connection: Connection, review_id: int) -> dict[str, ThemeState]:
    return themes.states_of(themes.acts(connection, review_id))


def _standing(states: dict[str, ThemeState]) -> dict[str, Theme]:
    return {uid: state.theme for uid, state in states.items() if not state.is_removed}


def _placed(done: Sequence[ThemeAct]) -> list[PlacedPiece]:
    return [each for each in themes.pieces_of(done).values() if not each.is_removed]


def _require_unchanged(stand: dict[str, Theme], before: Theme) -> None:
    if stand.get(before.uid) != before:
        raise Invalid(MEANWHILE)


def _cleaned(theme: Theme) -> Theme:
    return replace(theme, name=visible(theme.name), note=visible(theme.note))


def _check(theme: Theme, stand: dict[str, Theme]) -> None:
    if not theme.name:
        raise Invalid("Give it a name.")
    for name, text, most in (
        ("A name", theme.name, LONGEST_NAME),
        ("A note", theme.note, LONGEST_NOTE),
    ):
        if len(text) > most:
            raise Invalid(f"{name} can have up to {most:,} characters; this one has {len(text):,}.")
    if theme.parent and theme.parent not in stand:
        raise Invalid("The theme it is to stand under is not there any more; reload the page.")
    parent = stand.get(theme.parent)
    if not fits_under(theme, parent):
        raise Invalid(
            f"A {theme.level.words} cannot stand under a {parent.level.words if parent else ''}: "
            "codes stand under themes, descriptive themes under analytical ones."
        )
