"""MARC 21 in XML, as catalogues of libraries give it: in a collection, or record by record within
the answers of their interfaces (SRU, OAI-PMH). What the fields mean is in marcxml_fields.py.
"""

import re

from evidence.citations.formats import library_answers, marc_record, xml_blocks
from evidence.citations.formats.format import Entries, Format, opening_mark
from evidence.citations.formats.marcxml_fields import reference
from evidence.citations.formats.xml_entries import entry
from evidence.problems import Problem

# Interfaces wrap each record in a `record` of their own, in which no field stands.
_PREFIX = r"(?:[A-Za-z_][\w.-]*:)?"
_START = re.compile(
    (
        rf"<({_PREFIX}record)(?=(?:\s[^<>]*)?(?:/>|>[\s_]*<(?:"
        rf"{_PREFIX}(?:leader|controlfield|datafield)[\s/>]|/{_PREFIX}record\s*>)))"
    ).encode()
)
_NUMBER = ("001",)


def read(clean: bytes, file: str) -> Entries:
    """The records of a MARCXML file, and what is wrong with it."""
    clean = library_answers.unpack(clean)
    records = 0
    for block in xml_blocks.blocks_from(clean, _START, file, library_answers.AROUND):
        if isinstance(block, Problem):
            yield block
            continue
        records += 1
        yield from entry(
            block, file, lambda element, _: reference(element), _NUMBER, marc_record.fields
        )
    yield from library_answers.incomplete(clean, records, file)


_WRAPPED = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?record(?=[\s/>])")
_FIELD_FIRST = re.compile(
    rb"(?:\s[^<>]*)?(?:(?<=/)>|/>|>[\s_]*<(?:/(?:[A-Za-z_][\w.-]*:)?record\s*>"
    rb"|(?:[A-Za-z_][\w.-]*:)?(?:leader|controlfield|datafield)[\s/>]))"
)


def count(clean: bytes) -> int:
    """Start tags of records behind which a field stands, or nothing."""
    _, *parts = _WRAPPED.split(library_answers.without_quoted(clean))
    return sum(_FIELD_FIRST.match(part) is not None for part in parts)


def recognise(clean: bytes) -> int:
    """How many records there are."""
    return count(clean) if b"datafield" in clean or b"controlfield" in clean else 0


FORMAT = Format(
    name="marcxml",
    label="MARC (XML)",
    recognise=recognise,
    opening=opening_mark(_START),
    beginnings=(b"<record",),
    read=read,
    count=count,
)
