"""Code sets of an export: the trees of codes, with ids that are unique in the file."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from evidence.eppi.account import Ledger, Part
from evidence.eppi.export import Code, CodeSet, CodeType, SetType
from evidence.eppi.json_text import Json
from evidence.eppi.values import Entry

DEEPEST = 16
"""Levels of codes that are read; EPPI-Reviewer itself has ten, and a scheme can hold these."""
_TOO_DEEP = f"Codes more than {DEEPEST} levels deep are not read."
_NO_CODES = "The set has no codes, so there is nothing to ask."

_TYPES = {
    "not selectable (no checkbox)": CodeType.NOT_SELECTABLE,
    "not selectable": CodeType.NOT_SELECTABLE,
    "selectable (show checkbox)": CodeType.SELECTABLE,
    "selectable": CodeType.SELECTABLE,
    "outcome": CodeType.OUTCOME,
    "intervention": CodeType.INTERVENTION,
    "comparison": CodeType.COMPARISON,
    "outcome classification code": CodeType.CLASSIFICATION,
    "include": CodeType.INCLUDE,
    "exclude": CodeType.EXCLUDE,
}
_SET_TYPE_IDS = {3: SetType.STANDARD, 5: SetType.SCREENING, 6: SetType.ADMINISTRATION}


def read_sets(root: Json, ledger: Ledger) -> tuple[CodeSet, ...]:
    """The code sets of a report, or the set that the file itself is."""
    reading = _Reading(ledger)
    if is_bare_set(root):
        alone = reading.code_set(Entry(root, "the set", ledger), 1)
        return _with_codes([alone], ledger)
    sets: list[CodeSet] = []
    for each, number in Entry(root, "the file", ledger).objects("CodeSets"):
        place = f"set {number}"
        if each is None:
            ledger.leave_out(Part.SETS, place, "It is no set; there is nothing in it to read.")
        else:
            sets.append(reading.code_set(Entry(each, place, ledger), number))
    return _with_codes(sets, ledger)


def _with_codes(sets: Iterable[CodeSet], ledger: Ledger) -> tuple[CodeSet, ...]:
    """The sets that have codes; the others are told."""
    kept: list[CodeSet] = []
    for each in sets:
        if each.codes:
            kept.append(each)
        else:
            ledger.leave_out(Part.SETS, f"set “{each.name}”", _NO_CODES)
    return tuple(kept)


def as_deep_as_read(
    codes: Sequence[Code], place: str, ledger: Ledger, depth: int = 1
) -> tuple[Code, ...]:
    """Codes without those that stand too deep, which are told."""
    if depth > DEEPEST:
        number = sum(1 for code in codes for _ in code.walk())
        ledger.leave_out(Part.CODES, place, _TOO_DEEP, number)
        return ()
    return tuple(
        replace(code, codes=as_deep_as_read(code.codes, place, ledger, depth + 1)) for code in codes
    )


def is_bare_set(root: Json) -> bool:
    """Whether a file is one code set without a report around it."""
    return "CodeSets" not in root and "References" not in root and "Attributes" in root


@dataclass(slots=True)
class _Reading:
    ledger: Ledger
    ids: set[int] = field(default_factory=set)

    def code_set(self, entry: Entry, number: int) -> CodeSet:
        name = entry.text("SetName")
        if not name:
            self.ledger.repair(entry.place, "The set has no name; it is called by its number.")
            name = f"Set {number}"
        here = Entry(entry.values, f"set “{name}”", self.ledger)
        return CodeSet(
            id=entry.identifier("SetId"),
            name=name,
            type=self.set_type(here),
            description=entry.text("SetDescription"),
            codes=self.codes(here, 1),
        )

    def set_type(self, entry: Entry) -> SetType:
        values = entry.values.get("SetType")
        if not isinstance(values, dict):
            return SetType.STANDARD
        inner = Entry(values, entry.place, self.ledger)
        word = inner.text("SetTypeName").capitalize()
        if word in set(SetType):
            return SetType(word)
        by_id = _SET_TYPE_IDS.get(inner.whole("SetTypeId"))
        if by_id is None and word:
            self.ledger.repair(entry.place, "The set is of an unknown type; it counts as Standard.")
        return by_id or SetType.STANDARD

    def codes(self, parent: Entry, depth: int) -> tuple[Code, ...]:
        return tuple(self._codes(parent, depth))

    def _codes(self, parent: Entry, depth: int) -> Iterator[Code]:
        holder = parent.values.get("Attributes")
        if not isinstance(holder, dict):
            return
        listed = Entry(holder, parent.place, self.ledger)
        for each, number in listed.objects("AttributesList"):
            if depth > DEEPEST:
                below = 1 + _below(each)
                self.ledger.leave_out(Part.CODES, parent.place, _TOO_DEEP, below)
            elif each is None:
                place = f"{parent.place}, code {number}"
                self.ledger.leave_out(Part.CODES, place, "It is no code; nothing in it to read.")
            else:
                yield self.code(Entry(each, parent.place, self.ledger), depth, number)

    def code(self, entry: Entry, depth: int, number: int) -> Code:
        name = entry.text("AttributeName")
        here = Entry(entry.values, f"{entry.place}, code “{name or number}”", self.ledger)
        if not name:
            self.ledger.repair(here.place, "The code has no name; it is called by its number.")
        return Code(
            id=self.own_id(here),
            name=name or f"Code {entry.whole('AttributeId') or number}",
            type=self.code_type(here),
            description=self.description(entry),
            link=entry.text("ExtURL"),
            codes=self.codes(here, depth + 1),
        )

    def own_id(self, entry: Entry) -> int | None:
        """The id of a code; None where it has none, or where a code before it has the same."""
        identifier = entry.identifier("AttributeId")
        if identifier is None:
            self.ledger.repair(entry.place, "The code has no id, so no reference can name it.")
        elif identifier in self.ids:
            sentence = "A code before it has the same id; what is coded with it counts there."
            self.ledger.repair(entry.place, sentence)
            return None
        else:
            self.ids.add(identifier)
        return identifier

    def code_type(self, entry: Entry) -> CodeType:
        word = entry.text("AttributeType").lower()
        if word in _TYPES:
            return _TYPES[word]
        number = entry.whole("AttributeTypeId")
        if number in {each.value for each in CodeType}:
            return CodeType(number)
        if word or number:
            sentence = "The code is of an unknown type; it counts as one that can be ticked."
            self.ledger.repair(entry.place, sentence)
        return CodeType.SELECTABLE

    def description(self, entry: Entry) -> str:
        texts = (entry.text("AttributeSetDescription"), entry.text("AttributeDescription"))
        return "\n".join(dict.fromkeys(filter(None, texts)))


def _below(code: Json | None) -> int:
    """How many codes stand below one, however deep."""
    number, waiting = 0, [code]
    while waiting:
        each = waiting.pop()
        holder = each.get("Attributes") if each else None
        below = holder.get("AttributesList") if isinstance(holder, dict) else None
        for inner in below if isinstance(below, list) else ():
            number += 1
            if isinstance(inner, dict):
                waiting.append(inner)
    return number
