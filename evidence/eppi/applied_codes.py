"""Codes as they were applied to references, with notes and highlighted words."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from evidence.eppi.account import Ledger, Part
from evidence.eppi.arms import ArmsSeen
from evidence.eppi.export import AppliedCode, Highlight
from evidence.eppi.json_text import Json
from evidence.eppi.values import Entry

_PAGE = re.compile(r"\s*Page (\d{1,6}):\s*", re.ASCII)
_START, _END = "[¬s]", "[¬e]"
_BETWEEN = re.compile(r'"\s*\n\s*"')


@dataclass(frozen=True, slots=True)
class AppliedCodes:
    """Reads the applied codes of references.

    Attributes:
        known: ids of the codes that stand in a set.
    """

    known: Collection[int]
    ledger: Ledger

    def of(self, reference: Entry, arms: ArmsSeen) -> Iterator[AppliedCode]:
        """The codes of a reference that can be kept; the others are told."""
        for each, number in reference.objects("Codes"):
            place = f"{reference.place}, code {number}"
            if each is None:
                self._leave_out({}, place, "It is no code; nothing in it to read.")
                continue
            entry = Entry(each, place, self.ledger)
            arm = arms.named(entry, "ArmId", "ArmTitle")
            identifier = entry.identifier("AttributeId")
            if identifier is None:
                self._leave_out(each, place, "A code was applied that has no id.")
            elif identifier not in self.known:
                self._leave_out(
                    each,
                    f"code {identifier}, {reference.place}",
                    "A code was applied that stands in no set of the file.",
                )
            else:
                yield AppliedCode(
                    code=identifier,
                    arm=arm,
                    note=entry.text("AdditionalText"),
                    highlights=tuple(self._highlights(entry)),
                )

    def _leave_out(self, values: Json, place: str, sentence: str) -> None:
        entry = Entry(values, place, self.ledger)
        self.ledger.leave_out(Part.APPLIED, place, sentence)
        lost = f"Lost with its code: {sentence[0].lower()}{sentence[1:]}"
        self.ledger.leave_out(Part.NOTES, place, lost, int(bool(entry.text("AdditionalText"))))
        quoted = sum(1 for _ in entry.objects("ItemAttributeFullTextDetails"))
        self.ledger.leave_out(Part.QUOTATIONS, place, lost, quoted)

    def _highlights(self, entry: Entry) -> Iterator[Highlight]:
        for each, number in entry.objects("ItemAttributeFullTextDetails"):
            place = f"{entry.place}, highlight {number}"
            if each is None:
                sentence = "It holds no words."
                self.ledger.leave_out(Part.QUOTATIONS, place, sentence)
                continue
            inner = Entry(each, place, self.ledger)
            text = inner.raw_text("Text")
            if not text.strip():
                self.ledger.leave_out(Part.QUOTATIONS, place, "It holds no words.")
                continue
            is_pdf = inner.values.get("IsFromPDF") is not False
            page, words = words_of(text) if is_pdf else (0, (text,))
            if not words:
                self.ledger.leave_out(Part.QUOTATIONS, place, "It holds no words.")
                continue
            if inner.values.get("IsFromPDF") is True and not page:
                sentence = "A highlight does not say its page; its words are kept without one."
                self.ledger.repair(place, sentence)
            yield Highlight(
                document=inner.text("DocTitle"),
                words=words,
                document_id=inner.whole("ItemDocumentId"),
                page=page,
                start=inner.whole("TextFrom"),
                end=inner.whole("TextTo"),
                is_from_pdf=is_pdf,
            )


def words_of(text: str) -> tuple[int, tuple[str, ...]]:
    """The page (0 where it is not said) and the selections of a highlight of a PDF."""
    head = _PAGE.match(text)
    page = int(head[1]) if head else 0
    body = text[head.end() :] if head else text
    is_marked = _START in body or _END in body
    body = body.replace(_START, "").replace(_END, "").strip()
    if not is_marked and not head:
        return 0, (body,)
    body = body.removeprefix('"').removesuffix('"')
    return page, tuple(part.strip() for part in _BETWEEN.split(body) if part.strip())
