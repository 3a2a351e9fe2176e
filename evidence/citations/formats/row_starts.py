"""Rows of delimited text by the quotes of each line, for the counts; the readers look at cells."""

from collections.abc import Iterator
from io import BytesIO

from evidence.citations.formats.quoting import mend_quotes


def rows_by_quotes(clean: bytes, delimiter: bytes) -> Iterator[tuple[int, bytes]]:
    """Rows with the number of their first line: a row ends with the line that evens its quotes."""
    parts: list[bytes] = []
    inside = False
    for number, line in enumerate(BytesIO(mend_quotes(clean, delimiter).clean), 1):
        parts.append(line)
        inside ^= line.count(b'"') % 2 == 1
        if not inside:
            yield number - len(parts) + 1, b"".join(parts)
            parts = []
