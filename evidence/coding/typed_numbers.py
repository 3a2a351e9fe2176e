"""Single fields of a finding's numbers, read one by one; what cannot be read is remembered."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from evidence.coding.effects.printed import (
    PrintedNumber,
    PrintedP,
    read_number,
    read_p,
    read_people,
)
from evidence.coding.effects.refusals import Fault

NUMBERS = "numbers."
PRINTED = "printed."
USUAL_LEVEL = 0.95
_LONGEST = 40

Meaning = TypeVar("Meaning")


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldFault:
    """Why no effect follows from a field of a finding, or what cannot be right in it.

    Attributes:
        field: as the finding has it: `numbers.sd1`.
        sentence: what is wrong and what to do; it may quote what was typed, so escape it.
        is_missing: it is not there, as reports often leave it out. Nothing is wrong then, and the
            coding can be completed.
    """

    field: str
    sentence: str
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class TypedNumbers:
    """The fields of a finding.

    Attributes:
        fields: by name, as typed.
        faults: what could not be read so far.
    """

    fields: Mapping[str, str]
    faults: list[FieldFault] = field(default_factory=list)

    def text(self, name: str) -> str:
        """What stands in a field; empty where nothing does."""
        return self.fields.get(name, "").strip()

    def number(self, name: str) -> PrintedNumber | None:
        """A number; None where there is none."""
        return self._kept(read_number(self.text(name), name)) if self.text(name) else None

    def needed(self, name: str, what: str) -> PrintedNumber | None:
        """A number without which nothing follows; `what` names it where it is missing."""
        if not self.text(name):
            self.miss(name, f"{what} is missing, so no effect is computed.")
        return self.number(name)

    def people(self, name: str) -> int | None:
        """A whole number; None where there is none."""
        return self._kept(read_people(self.text(name), name)) if self.text(name) else None

    def count(self, name: str) -> int | None:
        """People of a group, who are counted beside the numbers; thousands may be set apart."""
        text = self.text(name)
        people = count_of(text)
        if text and people is None:
            sentence = f"“{text[:_LONGEST]}” is no number of people; write it in digits."
            self.faults.append(FieldFault(field=name, sentence=sentence))
        return people

    def p(self, name: str) -> PrintedP | None:
        """A p-value; None where there is none."""
        return self._kept(read_p(self.text(name), name)) if self.text(name) else None

    def level(self, name: str) -> float:
        """The level of an interval, between 0 and 1, of 95, 95 % or 0.95; empty means 95 %."""
        text = re.sub(r"\s*%$", "", self.text(name))
        if not text:
            return USUAL_LEVEL
        read = self._kept(read_number(text, name))
        if read is None:
            return USUAL_LEVEL
        return read.value / 100 if read.value > 1 else read.value

    def word(self, name: str, meanings: Mapping[str, Meaning]) -> Meaning | None:
        """What a choice means; None where nothing was chosen."""
        text = self.text(name)
        if text and text not in meanings:
            choices = ", ".join(meanings)
            sentence = f"“{text[:_LONGEST]}” is none of the choices; they are {choices}."
            self.faults.append(FieldFault(field=name, sentence=sentence))
        return meanings.get(text)

    def miss(self, name: str, sentence: str) -> None:
        """Remember that a field is empty without which nothing follows."""
        self.faults.append(FieldFault(field=name, sentence=sentence, is_missing=True))

    def _kept(self, read: Meaning | Fault) -> Meaning | None:
        if isinstance(read, Fault):
            self.faults.append(FieldFault(field=read.place, sentence=read.sentence))
            return None
        return read


def count_of(text: str) -> int | None:
    """A number of people as it was typed; None where that is no whole number."""
    digits = text.strip().replace(",", "").replace(" ", "")
    return int(digits) if re.fullmatch(r"\d{1,9}", digits, re.ASCII) else None
