"""Forms about services as a table: a row for each form, a column for each question.

What is written here can be read again without loss: several options of one question stand in one
cell with a semicolon between them, a note in a column of its own.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from evidence.coding.answers import Answer, answer_faults
from evidence.coding.scheme import Question, QuestionKind, Scheme
from evidence.synthesis.practice.service import Service
from evidence.synthesis.practice.service_form import ServiceForm

SERVICE, AREA, PROVIDER, WHEN, WHO = "Service", "Area", "Run by", "When", "Filled in by"
FIXED = (SERVICE, AREA, PROVIDER, WHEN, WHO)
NOTE_OF = "Note: "
LEAVE_OUT = ""
MOST_OPTIONS_TOLD = 12
_PARTS = r"[;|\n]"
_YES = frozenset({"yes", "y", "true", "1", "x", "ja", "oui", "sí"})
_NO = frozenset({"no", "n", "false", "0", "nein", "non"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRow:
    """A row of a table, read.

    Attributes:
        line: of the file, from 2, for people.
        service: name, area and provider, as the row has them; without a uid.
        form: without uid and service.
    """

    line: int
    service: Service
    form: ServiceForm


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadForms:
    """What a table says.

    Attributes:
        rows: those that can be kept; answers with a fault are left out of them.
        faults: sentences with the line and column of what cannot be read.
        unread: columns that nobody asked to read.
    """

    rows: tuple[FormRow, ...]
    faults: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def heads(scheme: Scheme) -> tuple[str, ...]:
    """The heads of the columns; a question of a name that another one has is named with its id."""
    return (*FIXED, *_question_heads(scheme), *(f"{NOTE_OF}{h}" for h in _question_heads(scheme)))


def heads_in_words(scheme: Scheme) -> dict[str, str]:
    """Each of `heads` as people choose it, with its question where its name is not enough."""
    told = {head: head for head in heads(scheme)}
    for head, question in zip(_question_heads(scheme), scheme.questions, strict=True):
        if head != question.name:
            told[head] = f"{question.name}: {question.text}"
            told[NOTE_OF + head] = f"{NOTE_OF}{question.name}: {question.text}"
    return told


def rows(
    scheme: Scheme, forms: Iterable[ServiceForm], services: Mapping[str, Service]
) -> list[tuple[str, ...]]:
    """A row for each form of a service that is there, in words, below `heads`."""
    table = []
    for form in forms:
        service = services.get(form.service)
        if service is None:
            continue
        fixed = (service.name, service.area, service.provider, form.occasion, form.filled_by)
        answers = [form.answer(question.id) for question in scheme.questions]
        cells = [_cell(q, a) for q, a in zip(scheme.questions, answers, strict=True)]
        table.append((*fixed, *cells, *(answer.note for answer in answers)))
    return table


def usual_mapping(scheme: Scheme, columns: Sequence[str]) -> dict[str, str]:
    """What each column of a file probably holds: one of `heads`, or LEAVE_OUT.

    A column is known by the head that `heads` gives it, by the question's text, or by its id, each
    without regard to case and signs.
    """
    names: dict[str, str] = {}
    for head, question in zip(_question_heads(scheme), scheme.questions, strict=True):
        for name in (head, question.text, question.id):
            names.setdefault(_folded(name), head)
            names.setdefault(_folded(NOTE_OF + name), NOTE_OF + head)
    for head in FIXED:
        names[_folded(head)] = head
    mapping: dict[str, str] = {}
    for column in columns:
        head = names.get(_folded(column), LEAVE_OUT)
        mapping[column] = LEAVE_OUT if head in mapping.values() else head
    return mapping


@dataclass(slots=True)
class _Reading:
    scheme: Scheme
    mapping: Mapping[str, str]
    scheme_id: int
    faults: list[str] = field(default_factory=list)
    told: set[str] = field(default_factory=set)  # questions whose options a fault listed

    def row(self, line: int, cells: Mapping[str, str]) -> FormRow | None:
        """A row, if it names its service."""
        by_head = {
            head: cells.get(column, "").strip() for column, head in self.mapping.items() if head
        }
        if not any(by_head.values()):
            return None
        name = by_head.get(SERVICE, "")
        if not name:
            self.faults.append(f"Line {line}: no service is named, so the row is left out.")
            return None
        answers = []
        for head, question in zip(_question_heads(self.scheme), self.scheme.questions, strict=True):
            answer = self._answer(line, head, question, by_head.get(head, ""))
            note = by_head.get(NOTE_OF + head, "")
            answer = Answer(
                question=answer.question, codes=answer.codes, value=answer.value, note=note
            )
            if answer.is_answered or answer.note:
                answers.append(answer)
        return FormRow(
            line=line,
            service=Service(
                uid="", name=name, area=by_head.get(AREA, ""), provider=by_head.get(PROVIDER, "")
            ),
            form=ServiceForm(
                uid="",
                service="",
                scheme_id=self.scheme_id,
                occasion=by_head.get(WHEN, ""),
                filled_by=by_head.get(WHO, ""),
                answers=tuple(answers),
            ),
        )

    def _answer(self, line: int, head: str, question: Question, cell: str) -> Answer:
        empty = Answer(question=question.id)
        if not cell:
            return empty
        if not question.options:
            answer = Answer(question=question.id, value=cell)
            faults = answer_faults(question, answer)
            self.faults += [f"Line {line}, {self._column(head)}: {fault}" for fault in faults]
            return empty if faults else answer
        codes, unknown = _codes(question, cell)
        self.faults += [
            f"Line {line}, {self._column(head)}: “{part[:60]}” is none of the options; the rest "
            f"of the row is read.{self._options(question)}"
            for part in unknown
        ]
        answer = Answer(question=question.id, codes=codes)
        faults = answer_faults(question, answer)
        self.faults += [f"Line {line}, {self._column(head)}: {fault}" for fault in faults]
        return empty if faults else answer

    def _column(self, head: str) -> str:
        """The column as the file names it, and what it is where that is another name."""
        column = next((each for each, its in self.mapping.items() if its == head), head)
        is_same = _folded(column) == _folded(head)
        return f"column “{column}”" + ("" if is_same else f" ({head})")

    def _options(self, question: Question) -> str:
        """The options of a question, the first time that they are missed."""
        if question.id in self.told:
            return ""
        self.told.add(question.id)
        labels = [option.label for option in question.walk() if option.selectable]
        more = f"; and {len(labels) - MOST_OPTIONS_TOLD:,} more"
        some = "; ".join(labels[:MOST_OPTIONS_TOLD])
        return f" The options are: {some}{more if len(labels) > MOST_OPTIONS_TOLD else ''}."


def read_forms(
    scheme: Scheme,
    scheme_id: int,
    lines: Iterable[tuple[int, Mapping[str, str]]],
    mapping: Mapping[str, str],
) -> ReadForms:
    """Forms from the rows of a file.

    Args:
        scheme: whose questions were answered.
        scheme_id: of it.
        lines: the line of the file and the cells by column, for each row.
        mapping: of columns to one of `heads`, or LEAVE_OUT.

    Returns:
        Every row that names a service; an answer that cannot be read is a fault and is left out.
    """
    reading = _Reading(scheme=scheme, mapping=mapping, scheme_id=scheme_id)
    found = [row for line, cells in lines if (row := reading.row(line, cells))]
    unread = tuple(column for column, head in mapping.items() if not head)
    return ReadForms(rows=tuple(found), faults=tuple(reading.faults), unread=unread)


def _question_heads(scheme: Scheme) -> tuple[str, ...]:
    names = [question.name for question in scheme.questions]
    taken = {*map(_folded, FIXED)}
    return tuple(
        f"{question.name} ({question.id})"
        if names.count(question.name) > 1 or _folded(question.name) in taken
        else question.name
        for question in scheme.questions
    )


def _cell(question: Question, answer: Answer) -> str:
    if not question.options:
        return answer.value
    return "; ".join(_written(question, code) for code in answer.codes)


def _written(question: Question, code: str) -> str:
    """An option by its label; by its id where the label would not be read as this option."""
    label = question.label(code)
    is_one_part = not re.search(_PARTS, label)
    return label if is_one_part and _codes(question, label) == ((code,), []) else code


def _codes(question: Question, cell: str) -> tuple[tuple[str, ...], list[str]]:
    """The options that a cell names, and what it names beside them."""
    by_name: dict[str, str] = {}
    for option in question.walk():
        if option.selectable:
            by_name.setdefault(_folded(option.label), option.id)
    by_name |= {_folded(option.id): option.id for option in question.walk() if option.selectable}
    if question.kind is QuestionKind.YES_NO:
        folded = cell.casefold().strip()
        if folded in _YES | _NO:
            return (("yes",) if folded in _YES else ("no",)), []
    whole = by_name.get(_folded(cell))
    if whole:
        return (whole,), []
    codes, unknown = [], []
    for part in filter(None, map(str.strip, re.split(_PARTS, cell))):
        code = by_name.get(_folded(part))
        if code is None:
            unknown.append(part)
        elif code not in codes:
            codes.append(code)
    return tuple(codes), unknown


def _folded(name: str) -> str:
    """A name without case and signs."""
    return "".join(sign for sign in name.casefold() if sign.isalnum())
