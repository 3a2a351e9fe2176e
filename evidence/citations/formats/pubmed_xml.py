"""PubMed's XML: articles and books, each an entry of its own."""

import re

from evidence.citations.formats import xml_blocks
from evidence.citations.formats.format import Entries, Format, opening_mark
from evidence.citations.formats.pubmed_xml_fields import PMID, reference
from evidence.citations.formats.xml_entries import entry
from evidence.problems import Problem

_ENTRIES = ("PubmedArticle", "PubmedBookArticle")


def read(clean: bytes, file: str) -> Entries:
    """The records of a PubMed XML file, and what is wrong with it."""
    for block in xml_blocks.blocks(clean, _ENTRIES, file):
        if isinstance(block, Problem):
            yield block
        else:
            yield from entry(block, file, lambda element, _: reference(element), PMID)


def count(clean: bytes) -> int:
    """Start tags of entries."""
    return xml_blocks.count_tags(clean, _ENTRIES)


def recognise(clean: bytes) -> int:
    """How many entries there are."""
    return count(clean) if b"<Pubmed" in clean else 0


FORMAT = Format(
    name="pubmed-xml",
    label="PubMed (XML)",
    recognise=recognise,
    opening=opening_mark(re.compile(rb"<Pubmed(?:Book)?Article[\s/>]")),
    beginnings=(b"<Pubmed",),
    read=read,
    count=count,
)
