"""EndNote's XML: `<record>` within `<records>`, formatted text as runs of `<style>`."""

from evidence.citations.formats import xml_blocks
from evidence.citations.formats.endnote_xml_tags import reference
from evidence.citations.formats.format import Entries, Format
from evidence.citations.formats.xml_entries import entry
from evidence.problems import Problem

_RECORD = "record"
_TELLING = (b"<titles>", b"<contributors>", b"<ref-type")


def read(clean: bytes, file: str) -> Entries:
    """The records of an EndNote XML file, and what is wrong with it."""
    for block in xml_blocks.blocks(clean, (_RECORD,), file):
        if isinstance(block, Problem):
            yield block
        else:
            yield from entry(block, file, lambda _, fields: reference(fields), ("rec-number",))


def count(clean: bytes) -> int:
    """Start tags of records."""
    return sum(clean.count(b"<record" + end) for end in (b">", b" ", b"\t", b"\n", b"/"))


def recognise(clean: bytes) -> int:
    """How many records there are, if they have titles or people as EndNote names them."""
    if b"<record" not in clean or not any(tag in clean for tag in _TELLING):
        return 0
    return count(clean)


FORMAT = Format(
    name="endnote-xml", label="EndNote (XML)", recognise=recognise, read=read, count=count
)
