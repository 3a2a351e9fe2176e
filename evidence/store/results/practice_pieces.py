"""What services write in their forms, as pieces that can stand under themes.

A piece is an answer in words, or a note on an answer, of a form that is complete. It is known by
its form, so it stays the same when the form is changed; what became of it is told. A later form of
the service is another form: what was placed from the earlier one stays, and what the later one
says instead is told beside it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from evidence.coding.scheme import QuestionKind, Scheme
from evidence.store.practice import service_forms, services
from evidence.store.practice.service_forms import ServiceFormState
from evidence.store.practice.services import ServiceState
from evidence.synthesis.practice.counting_forms import order_of
from evidence.synthesis.practice.service_form import ServiceForm
from evidence.synthesis.themes.theme_tree import Piece, PieceKey, PieceKind

FORM_GONE = "the form was taken away"
SERVICE_GONE = "the service was taken away"
DRAFT = "the form is a draft again"
EMPTY = "the form says nothing there any more"
NOT_ASKED = "the questionnaire does not ask it any more"


@dataclass(frozen=True, slots=True, kw_only=True)
class LostPiece:
    """Words of a service that were placed and are not counted now.

    Attributes:
        said_by: the service and of when its form is.
        text: as it was placed.
        why: what became of it.
    """

    said_by: str
    text: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticePieces:
    """All that services wrote, now and earlier.

    Attributes:
        now: what can be placed, by service.
        rows: the state of the form that says each.
        states: of all forms, by their row.
        newest: of each form, by its uid.
        firsts: the first row of each form, by its uid.
        services: as they were left, by uid.
        schemes: that ask services, by id.
    """

    now: Mapping[PieceKey, Piece]
    rows: Mapping[PieceKey, int]
    states: Mapping[int, ServiceFormState]
    newest: Mapping[str, ServiceFormState]
    firsts: Mapping[str, int]
    services: Mapping[str, ServiceState]
    schemes: Mapping[int, Scheme]

    def placed(self, key: PieceKey, row: int) -> Piece | None:
        """A piece as it stands now; None where it is lost.

        Args:
            key: of the piece.
            row: the state of its form that said it when it was placed.
        """
        piece = self.now.get(key)
        if piece is None:
            return None
        before = self._text(key, row)
        if before == piece.text:
            return piece
        changed = f"changed since it was placed; it said “{before}”"
        return replace(piece, became="; ".join(filter(None, (changed, piece.became))))

    def is_changed(self, key: PieceKey, row: int) -> bool:
        """Whether the form says it in other words than when it was placed."""
        return key in self.now and self._text(key, row) != self.now[key].text

    def lost(self, key: PieceKey, row: int) -> LostPiece | None:
        """What became of a piece that does not count now; None for one that does."""
        state = self.states.get(row)
        if key in self.now or state is None:
            return None
        return LostPiece(
            said_by=self._said_by(state.form), text=self._text(key, row), why=self._why(key, state)
        )

    def _why(self, key: PieceKey, placed: ServiceFormState) -> str:
        newest = self.newest[placed.form.uid]
        service = self.services.get(placed.form.service)
        if service is None or service.is_removed:
            return SERVICE_GONE
        if newest.is_removed:
            return FORM_GONE
        if not newest.form.is_complete:
            return DRAFT
        scheme = self.schemes.get(newest.form.scheme_id)
        is_asked = scheme is not None and scheme.question(key.question) is not None
        return EMPTY if is_asked else NOT_ASKED

    def _text(self, key: PieceKey, row: int) -> str:
        state = self.states.get(row)
        return _text_of(state.form, key) if state else ""

    def _said_by(self, form: ServiceForm) -> str:
        return f"{_name(self.services, form)}, {_when(form, self.states[self.firsts[form.uid]])}"


NO_PRACTICE = PracticePieces(
    now={}, rows={}, states={}, newest={}, firsts={}, services={}, schemes={}
)


def practice_pieces(
    connection: Connection, review_id: int, schemes: Mapping[int, Scheme]
) -> PracticePieces:
    """What services of a review wrote.

    Args:
        connection: to the database.
        review_id: of the review.
        schemes: that ask services, by id.
    """
    states = service_forms.history(connection, review_id)
    if not states:
        return NO_PRACTICE
    known = services.newest(connection, review_id)
    newest = {state.form.uid: state for state in states}
    firsts = {state.form.uid: state.row for state in reversed(states)}
    by_row = {state.row: state for state in states}
    counting = [
        state.form
        for state in newest.values()
        if not state.is_removed
        and state.form.is_complete
        and state.form.scheme_id in schemes
        and state.form.service in known
        and not known[state.form.service].is_removed
    ]
    found = {
        piece.key: replace(piece, service_name=_name(known, form))
        for form in counting
        for piece in _pieces(form, schemes[form.scheme_id], by_row[firsts[form.uid]])
    }
    forms = {firsts[form.uid]: form for form in counting}
    of_one: dict[tuple[str, int], list[tuple[int, ServiceForm]]] = {}
    for number, form in forms.items():
        of_one.setdefault((form.service, form.scheme_id), []).append((number, form))
    later = {
        number: _newest_later(number, form, of_one[form.service, form.scheme_id])
        for number, form in forms.items()
    }
    now = {
        key: replace(piece, became=became)
        if (became := _said_later(key, forms[key.id], later[key.id]))
        else piece
        for key, piece in sorted(found.items(), key=lambda each: _place(each[1]))
    }
    return PracticePieces(
        now=now,
        rows={key: newest[forms[key.id].uid].row for key in now},
        states=by_row,
        newest=newest,
        firsts=firsts,
        services=known,
        schemes=schemes,
    )


def _name(known: Mapping[str, ServiceState], form: ServiceForm) -> str:
    state = known.get(form.service)
    return state.service.name if state else "A service"


def _when(form: ServiceForm, first: ServiceFormState) -> str:
    return f"form {form.occasion or f'kept {first.at:%Y-%m-%d}'}"


def _pieces(form: ServiceForm, scheme: Scheme, first: ServiceFormState) -> Iterator[Piece]:
    for question in scheme.questions:
        answer = form.answer(question.id)
        told = {PieceKind.SERVICE_NOTE: answer.note.strip()}
        if question.kind is QuestionKind.TEXT:
            told[PieceKind.SERVICE_ANSWER] = answer.value.strip()
        for kind, words in told.items():
            if words:
                yield Piece(
                    key=PieceKey(kind=kind, id=first.row, question=question.id),
                    text=words,
                    is_quoted=kind is PieceKind.SERVICE_ANSWER,
                    about=question.name,
                    service=form.service,
                    form=_when(form, first),
                )


def _text_of(form: ServiceForm, key: PieceKey) -> str:
    answer = form.answer(key.question)
    return (answer.value if key.kind is PieceKind.SERVICE_ANSWER else answer.note).strip()


def _place(piece: Piece) -> tuple[str, int]:
    return (piece.service_name.casefold(), piece.key.id)


def _newest_later(
    number: int, own: ServiceForm, of_one: Sequence[tuple[int, ServiceForm]]
) -> ServiceForm | None:
    """The newest form of the same service by the same questions that is newer than one."""
    newest = max(of_one, key=lambda each: order_of(each[1], each[0]))
    return newest[1] if order_of(newest[1], newest[0]) > order_of(own, number) else None


def _said_later(key: PieceKey, own: ServiceForm, form: ServiceForm | None) -> str:
    """What a later form says instead; empty where there is none."""
    if form is None:
        return ""
    when = f"a later form ({form.occasion})" if form.occasion else "a later form"
    text = _text_of(form, key)
    if text == _text_of(own, key):
        return f"{when} says the same"
    return f"{when} says “{text}”" if text else f"{when} says nothing there"
