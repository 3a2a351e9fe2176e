"""EndNote's XML: `<record>` within `<records>`, formatted text as runs of `<style>`.

Before version 8 all tags were in capitals, and texts had no styles.
"""

import re

from evidence.citations.formats import xml_blocks
from evidence.citations.formats.endnote_xml_fields import reference
from evidence.citations.formats.format import Entries, Format, opening_mark
from evidence.citations.formats.xml_entries import entry
from evidence.problems import Problem

_RECORDS = ("record", "RECORD")
_TELLING = (b"<titles>", b"<contributors>", b"<ref-type", b"<REFERENCE_TYPE>", b"<REFNUM>")
_NUMBER = ("rec-number", "REFNUM")


def read(clean: bytes, file: str) -> Entries:
    """The records of an EndNote XML file, and what is wrong with it."""
    for block in xml_blocks.blocks(clean, _RECORDS, file):
        if isinstance(block, Problem):
            yield block
        else:
            yield from entry(block, file, lambda _, fields: reference(fields), _NUMBER)


def count(clean: bytes) -> int:
    """Start tags of records."""
    return xml_blocks.count_tags(clean, _RECORDS)


def recognise(clean: bytes) -> int:
    """How many records there are, if they have titles or people as EndNote names them."""
    if not any(tag in clean for tag in _TELLING):
        return 0
    return count(clean)


# Catalogues name other things so, too.
_OPENING = re.compile(
    rb"<(?:record|RECORD)(?=[\s/>])[^<>]*>\s*+"
    rb"(?!<(?:[\w.-]+:)?(?:leader|controlfield|datafield|header|recordSchema)\b)"
)

FORMAT = Format(
    name="endnote-xml",
    label="EndNote (XML)",
    recognise=recognise,
    opening=opening_mark(_OPENING),
    beginnings=(b"<record", b"<RECORD"),
    read=read,
    count=count,
)
