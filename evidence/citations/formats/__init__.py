"""Files of references in, records and problems out; nothing is lost without being named."""

from evidence.citations.formats import tables
from evidence.citations.formats.archives import members as unpack
from evidence.citations.formats.detect import OpenedFile, open_file, read_all
from evidence.citations.formats.known_formats import FORMATS, WRITERS
from evidence.citations.formats.writer import KeyedReferences, Writer
from evidence.citations.record import Reading

__all__ = [
    "FORMATS",
    "WRITERS",
    "KeyedReferences",
    "OpenedFile",
    "Writer",
    "open_file",
    "read",
    "read_text",
    "tables",
    "unpack",
]


def read(data: bytes, name: str) -> Reading:
    """Read a whole file; trouble in it never raises, it becomes problems."""
    return read_all(open_file(data, name))


def read_text(text: str, name: str) -> Reading:
    """Read text that somebody pasted."""
    return read(text.encode("utf-8", "replace"), name)
