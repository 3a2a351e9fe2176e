"""MODS, as catalogues of libraries and repositories give it: in a collection, in METS, or record
by record within the answers of their interfaces (SRU, OAI-PMH). What the elements mean is in
mods_fields.py.
"""

import re

from evidence.citations.formats import library_answers, mods_fields, xml_blocks
from evidence.citations.formats.format import Entries, Format, opening_mark
from evidence.citations.formats.xml_entries import entry
from evidence.problems import Problem

_START = re.compile(rb"<((?:[A-Za-z_][\w.-]*:)?mods)(?=[\s/>])")
_NUMBER = ("recordInfo/recordIdentifier",)
_TELLING = (b"titleInfo", b"loc.gov/mods")


def read(clean: bytes, file: str) -> Entries:
    """The records of a MODS file, and what is wrong with it."""
    clean = library_answers.unpack(clean)
    records = 0
    for block in xml_blocks.blocks_from(clean, _START, file, library_answers.AROUND):
        if isinstance(block, Problem):
            yield block
            continue
        records += 1
        yield from entry(block, file, lambda element, _: mods_fields.reference(element), _NUMBER)
    yield from library_answers.incomplete(clean, records, file)


_TAG = re.compile(rb"[A-Za-z_][\w.-]*:mods|mods")


def count(clean: bytes) -> int:
    """Start tags of records, with any prefix."""
    _, *tags = library_answers.without_quoted(clean).split(b"<")
    names = (re.split(rb"[\s/>]", tag, maxsplit=1) for tag in tags if b"mods" in tag)
    return sum(len(parts) > 1 and _TAG.fullmatch(parts[0]) is not None for parts in names)


def recognise(clean: bytes) -> int:
    """How many records there are, if they have titles as MODS names them."""
    return count(clean) if any(word in clean for word in _TELLING) else 0


FORMAT = Format(
    name="mods",
    label="MODS (XML)",
    recognise=recognise,
    opening=opening_mark(_START),
    beginnings=(b"<mods", b"<recordPacking", b"<recordXMLEscaping"),
    read=read,
    count=count,
)
