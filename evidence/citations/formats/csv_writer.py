"""CSV in UTF-8 with a byte order mark, by which Excel knows the encoding."""

import codecs
import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from evidence.citations.formats import exact_values, table_writer
from evidence.citations.formats.writer import KeyedReferences, Writer


def write(references: KeyedReferences) -> Iterator[bytes]:
    """The file, a row at a time; no cell can run as a formula."""
    yield codecs.BOM_UTF8 + _row((*table_writer.HEAD, exact_values.COLUMN))
    for key, reference in references:
        cells = table_writer.cells(key, reference)
        yield _row((*cells, table_writer.difference(cells, reference)))


def _row(cells: Iterable[str]) -> bytes:
    text = StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue().encode()


WRITER = Writer(
    name="csv",
    label="Table (CSV)",
    ending="csv",
    media_type="text/csv",
    write=write,
)
