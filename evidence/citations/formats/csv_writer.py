"""CSV in UTF-8 with a byte order mark, by which Excel knows the encoding."""

import codecs
from collections.abc import Iterator

from evidence.citations.formats import exact_values, table_writer
from evidence.citations.formats.plain_tables import csv_row
from evidence.citations.formats.writer import KeyedReferences, Writer


def write(references: KeyedReferences) -> Iterator[bytes]:
    """The file, a row at a time; no cell can run as a formula."""
    yield codecs.BOM_UTF8 + csv_row((*table_writer.HEAD, exact_values.COLUMN))
    for key, reference in references:
        cells = table_writer.cells(key, reference)
        yield csv_row((*cells, table_writer.difference(cells, reference)))


WRITER = Writer(
    name="csv",
    label="Table (CSV)",
    ending="csv",
    media_type="text/csv",
    write=write,
)
