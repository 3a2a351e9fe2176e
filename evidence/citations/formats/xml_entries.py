"""The record of an entry in XML, whatever its elements mean."""

from collections.abc import Callable, Iterator, Sequence
from xml.etree.ElementTree import Element

from evidence.citations.formats import xml_blocks
from evidence.citations.formats.entry_values import NormalForm, quote
from evidence.citations.record import Record
from evidence.problems import Code, Problem

Fields = list[tuple[str, str]]
Meaning = Callable[[Element, Fields], NormalForm]


def entry(
    block: xml_blocks.Block,
    file: str,
    meaning: Meaning,
    keys: Sequence[str],
    fields_of: Callable[[Element], Fields] = xml_blocks.fields,
) -> Iterator[Record | Problem]:
    """The record of one block, with a problem for each repair.

    Args:
        block: the entry.
        file: the name of the file.
        meaning: gives the normal form, and what is to be said of its values.
        keys: paths at which the entry's own number stands.
        fields_of: gives every text of the entry, each with its name.
    """

    def problem(code: Code, detail: str = "") -> Problem:
        which = f"entry {block.number} of the file" if block.number else ""
        text = ", ".join(filter(None, (which, detail)))
        return Problem(code=code, file=file, line=block.line, detail=text)

    element, repair = xml_blocks.parse(block)
    if element is None:
        yield problem(Code.ENTRY_UNREADABLE, quote(block.raw))
        return
    fields = fields_of(element)
    if not fields:
        yield problem(Code.ENTRY_EMPTY)
        return
    if block.without_end:
        yield problem(block.without_end)
    elif repair:
        yield problem(Code.FIELD_REPAIRED, repair)
    normal, remarks = meaning(element, fields)
    for code, detail in remarks:
        yield problem(code, detail)
    if not normal.title:
        yield problem(Code.TITLE_MISSING)
    key = next((value for name, value in fields if name in keys), "")
    yield Record(reference=normal, line=block.line, raw=block.raw, fields=tuple(fields), key=key)
