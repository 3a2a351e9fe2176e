"""Codings of one study beside each other: where they agree, and what is taken from them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from evidence.coding.answer_rows import AnswerRow
from evidence.coding.scheme import Question, QuestionKind, Scheme
from evidence.errors import Invalid

_ONE = (QuestionKind.ONE, QuestionKind.YES_NO)
_MANY = (QuestionKind.MANY, QuestionKind.TREE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one coding says to a question, for one arm.

    Attributes:
        codes: that are ticked, as they count in the newest version, in the scheme's order.
        value: as it was typed.
        notes: by code; "" for the question itself.
    """

    codes: tuple[str, ...] = ()
    value: str = ""
    notes: Mapping[str, str]

    @property
    def is_answered(self) -> bool:
        """Whether something was answered; a note alone answers nothing."""
        return bool(self.codes or self.value.strip())

    @property
    def says_something(self) -> bool:
        """Whether there is an answer or a note."""
        return self.is_answered or bool(self.notes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What several codings say to one question, for one arm.

    Attributes:
        question, arm: of which; the arm's uid, "" for the whole study.
        said: by each coding, in their order.
    """

    question: str
    arm: str
    said: tuple[Said, ...]

    @property
    def agrees(self) -> bool:
        """Whether all gave the same answer; notes may differ, they are remarks.

        Where nobody says anything there is nothing to agree on.
        """
        first, *others = self.said
        return any(said.says_something for said in self.said) and all(
            set(first.codes) == set(other.codes) and _same_value(first.value, other.value)
            for other in others
        )


def compare(
    scheme: Scheme, codings: Sequence[Sequence[AnswerRow]], also: Iterable[tuple[str, str]] = ()
) -> tuple[Compared, ...]:
    """Every question and arm of which any of the codings says something.

    They are in the scheme's order; questions that the scheme no longer has come last.

    Args:
        scheme: its newest version.
        codings: the rows of each.
        also: questions and arms to list, too, of which none says anything.
    """
    places: dict[tuple[str, str], None] = {}
    by_coding: list[dict[tuple[str, str], list[AnswerRow]]] = []
    for rows in codings:
        of_place: dict[tuple[str, str], list[AnswerRow]] = defaultdict(list)
        for row in rows:
            if row.says_something:
                of_place[row.question, row.arm].append(row)
        by_coding.append(of_place)
        places |= dict.fromkeys(of_place)
    places |= dict.fromkeys(also)
    order = {question.id: number for number, question in enumerate(scheme.questions)}
    in_order = sorted(places, key=lambda place: (order.get(place[0], len(order)), place[0]))
    asked = {question.id: question for question in scheme.questions}
    return tuple(
        Compared(
            question=question,
            arm=arm,
            said=tuple(
                _said(of_place.get((question, arm), ()), asked.get(question))
                for of_place in by_coding
            ),
        )
        for question, arm in in_order
    )


def rows_taken(
    scheme: Scheme, question_id: str, arm: str, sources: Sequence[Sequence[AnswerRow]]
) -> tuple[AnswerRow, ...]:
    """The rows of an agreed coding that takes what these codings say to a question.

    Codes are put together, and so are notes and texts that differ. Where one answer is asked, or a
    number or date, the codings must say the same.

    Args:
        scheme: its newest version.
        question_id: of which question.
        arm: for which arm; "" for the whole study.
        sources: the rows of each coding that is taken.

    Raises:
        Invalid: they say different things where one is asked.
    """
    question = scheme.question(question_id)
    taken: dict[str, AnswerRow] = {}
    for rows in sources:
        for row in rows:
            if row.question != question_id or row.arm != arm or not row.says_something:
                continue
            code = question.code_now(row.code) if question else row.code
            now = replace(row, code=code)
            before = taken.get(code)
            taken[code] = now if before is None else _joined(before, now, question)
    chosen = [code for code, row in taken.items() if code and row.chosen]
    if question is not None and question.kind in _ONE and len(chosen) > 1:
        raise Invalid(f"“{question.text}” takes one answer; take that of one of them.")
    return tuple(taken.values())


def _joined(one: AnswerRow, other: AnswerRow, question: Question | None) -> AnswerRow:
    value = one.value
    if not _same_value(one.value, other.value):
        if one.value.strip() and other.value.strip() and not _takes_words(question):
            name = question.text if question else one.question
            raise Invalid(f"“{name}” takes one answer; take that of one of them.")
        value = _together(one.value, other.value)
    return replace(
        one,
        chosen=one.chosen or other.chosen,
        value=value,
        note=_together(one.note, other.note),
    )


def _takes_words(question: Question | None) -> bool:
    return question is None or question.kind in {QuestionKind.TEXT, *_MANY}


def _together(*texts: str) -> str:
    return "; ".join(dict.fromkeys(text for text in texts if text.strip()))


def _said(rows: Iterable[AnswerRow], question: Question | None) -> Said:
    rows = list(rows)
    ticked = {
        question.code_now(row.code) if question else row.code
        for row in rows
        if row.code and row.chosen
    }
    order = {option.id: n for n, option in enumerate(question.walk())} if question else {}
    notes: dict[str, str] = {}
    for row in rows:
        code = question.code_now(row.code) if question and row.code else row.code
        if row.note.strip():
            notes[code] = _together(notes.get(code, ""), row.note)
    return Said(
        codes=tuple(sorted(ticked, key=lambda code: (order.get(code, len(order)), code))),
        value=next((row.value for row in rows if not row.code and row.value.strip()), ""),
        notes=notes,
    )


def _same_value(one: str, other: str) -> bool:
    """Texts are the same whatever their spaces and capitals, numbers whatever their form."""
    first, second = (" ".join(text.split()).casefold() for text in (one, other))
    if first == second:
        return True
    try:
        return float(first.replace(",", "")) == float(second.replace(",", ""))
    except ValueError:
        return False
