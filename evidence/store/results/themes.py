"""Codes and themes of a review; earlier states stay in their tables."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from evidence.coding.which_counts import CodingStage
from evidence.store import events
from evidence.store.coding import coders, studies
from evidence.store.coding.seen_codings import COMPLETE
from evidence.store.engine import Write
from evidence.store.events import EventKind
from evidence.store.results.practice_pieces import NO_PRACTICE, PracticePieces
from evidence.store.schema import (
    answer,
    coding,
    finding,
    person,
    quotation,
    service_form,
    study,
    theme,
    theme_piece,
)
from evidence.store.schema.column_types import clean
from evidence.synthesis.themes.theme_tree import (
    Piece,
    PieceKey,
    PieceKind,
    Theme,
    ThemeLevel,
    ThemeTree,
)

COLUMNS = {
    PieceKind.QUOTATION: "quotation_id",
    PieceKind.NOTE: "answer_id",
    PieceKind.FINDING: "finding_id",
}
PARTS = {PieceKind.SERVICE_ANSWER: "answer", PieceKind.SERVICE_NOTE: "note"}
CallFinding = Callable[[int, Mapping[str, str]], str]
"""How a finding is called, by the scheme of its coding and its fields."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeState:
    """A theme as an act left it."""

    theme: Theme
    is_removed: bool = False
    merged_into: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedPiece:
    """That a piece stands under a theme, or was taken from there.

    Attributes:
        theme: its uid.
        study: of the piece; None where a service says it.
        row: of the form that said it, as it stood when the piece was placed; None for a study's.
    """

    theme: str
    key: PieceKey
    study: int | None = None
    row: int | None = None
    is_removed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeAct:
    """All that somebody did at once.

    Attributes:
        number: from 1, within the review.
    """

    number: int
    person: str
    at: datetime
    themes: tuple[ThemeState, ...]
    pieces: tuple[PlacedPiece, ...]


def acts(connection: Connection, review_id: int) -> list[ThemeAct]:
    """All that was done, the oldest first."""
    states = _states(connection, review_id)
    placed = _placed(connection, review_id)
    told = {**{n: (w, at) for n, w, at, _ in states}, **{n: (w, at) for n, w, at, _ in placed}}
    of_act: dict[int, list[ThemeState]] = {}
    for number, _, _, state in states:
        of_act.setdefault(number, []).append(state)
    in_act: dict[int, list[PlacedPiece]] = {}
    for number, _, _, piece in placed:
        in_act.setdefault(number, []).append(piece)
    return [
        ThemeAct(
            number=number,
            person=told[number][0],
            at=told[number][1],
            themes=tuple(of_act.get(number, ())),
            pieces=tuple(in_act.get(number, ())),
        )
        for number in sorted(told)
    ]


def states_of(done: Iterable[ThemeAct]) -> dict[str, ThemeState]:
    """The newest state of each theme by uid, in the order of the first."""
    return {state.theme.uid: state for act in done for state in act.themes}


def pieces_of(done: Iterable[ThemeAct]) -> dict[tuple[str, PieceKey], PlacedPiece]:
    """The newest of each theme and piece."""
    return {(each.theme, each.key): each for act in done for each in act.pieces}


def tree_of(
    done: Sequence[ThemeAct],
    pieces: Mapping[PieceKey, Piece],
    practice: PracticePieces = NO_PRACTICE,
) -> ThemeTree:
    """The tree as acts left it, with the pieces that are there.

    Args:
        done: all acts.
        pieces: of studies, that count.
        practice: what services wrote.
    """
    stand = [s.theme for s in states_of(done).values() if not s.is_removed]
    under: dict[str, list[Piece]] = {}
    for placed in pieces_of(done).values():
        if placed.is_removed:
            continue
        key, row = placed.key, placed.row
        piece = pieces.get(key) if row is None else practice.placed(key, row)
        if piece is not None:
            under.setdefault(placed.theme, []).append(piece)
    return ThemeTree(themes=tuple(stand), pieces={uid: tuple(some) for uid, some in under.items()})


def put(
    write: Write, states: Sequence[ThemeState], placed: Sequence[PlacedPiece], subject: str
) -> None:
    """Let themes and pieces stand so from now on, as one act."""
    newest = max(
        int(write.connection.execute(query).scalar() or 0)
        for query in (
            select(func.max(table.c.act)).where(table.c.review_id == write.review_id)
            for table in (theme, theme_piece)
        )
    )
    common = write.for_review(act=newest + 1, **write.by_and_at)
    rows = [
        common
        | {
            "uid": state.theme.uid,
            "level": state.theme.level.value,
            "name": clean(state.theme.name),
            "note": clean(state.theme.note),
            "parent": state.theme.parent,
            "merged_into": state.merged_into,
            "is_removed": state.is_removed,
        }
        for state in states
    ]
    pieces = [
        common
        | {"theme": each.theme, "study_id": each.study, "is_removed": each.is_removed}
        | {name: each.key.id if kind is each.key.kind else None for kind, name in COLUMNS.items()}
        | {"service_form_id": each.row, "question": clean(each.key.question)}
        | {"part": PARTS.get(each.key.kind, "")}
        for each in placed
    ]
    for table, some in ((theme, rows), (theme_piece, pieces)):
        if some:
            write.connection.execute(insert(table), some)
    events.note(write, EventKind.THEMES_CHANGED, clean(subject), after={"act": newest + 1})


def candidates(
    connection: Connection,
    review_id: int,
    scheme_ids: Iterable[int],
    called: CallFinding = lambda _scheme_id, _fields: "",
) -> dict[PieceKey, Piece]:
    """Quotations, notes, findings in words of all codings that count, by study, in this order.

    Args:
        connection: to the database.
        review_id: of the review.
        scheme_ids: of the schemes whose codings are asked.
        called: says of what findings are; they stay without a name where nobody reads them.
    """
    counted = _counting(connection, review_id, scheme_ids)
    pieces = (
        *_quotations(connection, review_id, counted),
        *_notes(connection, review_id, counted),
        *_findings(connection, review_id, counted, called),
    )
    kinds = list(PieceKind)
    in_order = sorted(pieces, key=lambda p: (p.study or 0, kinds.index(p.key.kind), p.key.id))
    return {each.key: each for each in in_order if each.text}


def _counting(connection: Connection, review_id: int, scheme_ids: Iterable[int]) -> "Counting":
    """The study and the scheme of each coding that counts; studies that were excluded have none."""
    included = studies.included_ids(connection, review_id)
    found = {}
    for scheme_id in scheme_ids:
        counted = {
            study_id: standing.is_agreed
            for study_id, standing in coders.of_studies(connection, review_id, scheme_id).items()
            if standing.stage is CodingStage.COUNTED and study_id in included
        }
        query = select(coding.c.id, coding.c.study_id, coding.c.is_agreed).where(
            coding.c.scheme_id == scheme_id, coding.c.state == COMPLETE
        )
        for row in connection.execute(query):
            if counted.get(row.study_id) == row.is_agreed:
                found[row.id] = (row.study_id, scheme_id)
    return found


Counting = Mapping[int, tuple[int, int]]


def _quotations(connection: Connection, review_id: int, counted: Counting) -> Iterator[Piece]:
    query = (
        select(quotation.c.id, quotation.c.coding_id, quotation.c.exact)
        .join(coding, coding.c.id == quotation.c.coding_id)
        .join(study, study.c.id == coding.c.study_id)
        .where(study.c.review_id == review_id, quotation.c.removed_at.is_(None))
    )
    for row in connection.execute(query):
        if row.coding_id in counted:
            yield Piece(
                key=PieceKey(kind=PieceKind.QUOTATION, id=row.id),
                study=counted[row.coding_id][0],
                text=row.exact.strip(),
                is_quoted=True,
            )


def _notes(connection: Connection, review_id: int, counted: Counting) -> Iterator[Piece]:
    query = (
        select(answer.c.id, answer.c.coding_id, answer.c.note)
        .join(coding, coding.c.id == answer.c.coding_id)
        .join(study, study.c.id == coding.c.study_id)
        .where(study.c.review_id == review_id, answer.c.note != "")
    )
    for row in connection.execute(query):
        if row.coding_id in counted:
            yield Piece(
                key=PieceKey(kind=PieceKind.NOTE, id=row.id),
                study=counted[row.coding_id][0],
                text=row.note.strip(),
            )


def _findings(
    connection: Connection, review_id: int, counted: Counting, called: CallFinding
) -> Iterator[Piece]:
    """Each with the study's words where it has some, else with its coders' note."""
    query = (
        select(finding.c.id, finding.c.coding_id, finding.c.fields)
        .join(coding, coding.c.id == finding.c.coding_id)
        .join(study, study.c.id == coding.c.study_id)
        .where(study.c.review_id == review_id, finding.c.removed_at.is_(None))
    )
    for row in connection.execute(query):
        if row.coding_id not in counted:
            continue
        study_id, scheme_id = counted[row.coding_id]
        own, note = (row.fields.get(name, "").strip() for name in ("quotation", "note"))
        yield Piece(
            key=PieceKey(kind=PieceKind.FINDING, id=row.id),
            study=study_id,
            text=own or note,
            is_quoted=bool(own),
            note=note if own else "",
            about=called(scheme_id, row.fields),
        )


def _states(connection: Connection, review_id: int) -> list[tuple[int, str, datetime, ThemeState]]:
    query = (
        select(theme, person.c.name.label("who"))
        .join(person, person.c.id == theme.c.person_id)
        .where(theme.c.review_id == review_id)
        .order_by(theme.c.id)
    )
    return [
        (
            row.act,
            row.who,
            row.at,
            ThemeState(
                theme=Theme(
                    uid=row.uid,
                    level=ThemeLevel(row.level),
                    name=row.name,
                    note=row.note,
                    parent=row.parent,
                ),
                is_removed=row.is_removed,
                merged_into=row.merged_into,
            ),
        )
        for row in connection.execute(query)
    ]


def _placed(connection: Connection, review_id: int) -> list[tuple[int, str, datetime, PlacedPiece]]:
    first = (
        select(service_form.c.uid, func.min(service_form.c.id).label("form"))
        .where(service_form.c.review_id == review_id)
        .group_by(service_form.c.uid)
        .subquery()
    )
    placed_in = service_form.c.id == theme_piece.c.service_form_id
    query = (
        select(theme_piece, person.c.name.label("who"), first.c.form)
        .join(person, person.c.id == theme_piece.c.person_id)
        .outerjoin(service_form, placed_in)
        .outerjoin(first, first.c.uid == service_form.c.uid)
        .where(theme_piece.c.review_id == review_id)
        .order_by(theme_piece.c.id)
    )
    return [
        (
            row["act"],
            row["who"],
            row["at"],
            PlacedPiece(
                theme=row["theme"],
                key=_key(row),
                study=row["study_id"],
                row=row["service_form_id"],
                is_removed=row["is_removed"],
            ),
        )
        for row in connection.execute(query).mappings()
    ]


def _key(row: Mapping[Any, Any]) -> PieceKey:
    if row["service_form_id"] is not None:
        kind = next(kind for kind, part in PARTS.items() if part == row["part"])
        return PieceKey(kind=kind, id=row["form"], question=row["question"])
    return next(
        PieceKey(kind=kind, id=row[name]) for kind, name in COLUMNS.items() if row[name] is not None
    )
