"""Two references side by side, with the words marked in which they differ."""

import html
from dataclasses import dataclass

from evidence.citations.record import Reference
from evidence.deduplication.differences import Side, differences
from evidence.store.records.works import RecordOfWork

FIELDS = {
    "title": "Title", "authors": "Authors", "year": "Year", "date": "Date", "journal": "Journal",
    "journal_short": "Journal, abbreviated", "volume": "Volume", "issue": "Issue",
    "pages": "Pages", "type": "Type", "doi": "DOI", "pmid": "PMID", "pmcid": "PMCID",
    "abstract": "Abstract", "keywords": "Keywords", "language": "Language", "urls": "Links",
    "issn": "ISSN", "isbn": "ISBN", "publisher": "Publisher", "place": "Place",
    "editors": "Editors", "notes": "Notes",
}  # fmt: skip
COMPARED = (
    "title", "authors", "year", "journal", "volume", "issue", "pages", "type", "doi", "pmid",
    "abstract",
)  # fmt: skip
MOST_NAMES = 40  # of a list; a study of particle physics has 3,000 authors
MOST_WORDS = 600  # that are compared word by word
STYLE = """<style>
.pair { width: 100%; border-collapse: collapse; table-layout: fixed; overflow-wrap: anywhere; }
.pair th, .pair td { text-align: left; vertical-align: top; padding: .35rem .6rem;
  border-bottom: 1px solid color-mix(in srgb, currentColor 18%, transparent); font-size: .92rem; }
.pair th:first-child, .pair td:first-child { width: 6.5rem; font-weight: 600; }
.pair mark { color: inherit; background: color-mix(in srgb, #e69f00 35%, transparent);
  border-bottom: 2px solid #b36b00; border-radius: .15em; }
.pair .same { opacity: .7; } .pair .none { opacity: .75; font-style: italic; }
@media (max-width: 640px) {
  .pair th:first-child, .pair td:first-child { width: 4.4rem; }
  .pair th, .pair td { padding: .3rem .35rem; font-size: .85rem; }
}
</style>"""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the comparison: what stands above it, and the reference it shows."""

    heading: str
    reference: Reference


def field_text(reference: Reference, name: str) -> str:
    """A field's value as text; of a very long list the beginning."""
    value = getattr(reference, name)
    if isinstance(value, tuple):
        text = "; ".join(str(part) for part in value[:MOST_NAMES])
        return text + (f" … ({len(value):,} in all)" if len(value) > MOST_NAMES else "")
    return "" if value is None else str(value)


def position_words(record: RecordOfWork) -> str:
    """Where a record stands in its file; a file may be written in a single line."""
    number = "" if record.number is None else f", record {record.number:,}"
    return f"{record.file}, line {record.line}{number}"


def of_record(record: RecordOfWork) -> Column:
    """A record under the name of its source."""
    return Column(f"{record.source} ({position_words(record)})", record.reference)


def comparison(first: Column, second: Column) -> str:
    """An HTML table in which differing words are marked; all text is escaped."""
    heads = "".join(
        f"<th scope='col'>{html.escape(column.heading)}</th>" for column in (first, second)
    )
    rows = "".join(_row(name, first.reference, second.reference) for name in COMPARED)
    head = f"<thead><tr><td></td>{heads}</tr></thead>"
    return f"{STYLE}<table class='pair'>{head}<tbody>{rows}</tbody></table>"


def _row(name: str, first: Reference, second: Reference) -> str:
    value, other_value = field_text(first, name), field_text(second, name)
    if not value and not other_value:
        return ""
    kind = "same" if value == other_value else ""
    cells = f"<td>{_marked(value, other_value)}</td><td>{_marked(other_value, value)}</td>"
    return f"<tr class='{kind}'><th scope='row'>{FIELDS[name]}</th>{cells}</tr>"


def _marked(value: str, other: str) -> str:
    if not value:
        return "<span class='none'>not given</span>"
    if not other or value == other:
        return html.escape(value)
    head, rest = _cut(value)
    pieces = (
        html.escape(piece.text)
        if piece.side is Side.BOTH
        else f"<mark>{html.escape(piece.text)}</mark>"
        for piece in differences(head, _cut(other)[0])
        if piece.side is not Side.RIGHT
    )
    return " ".join(pieces) + (f" {html.escape(rest)}" if rest else "")


def _cut(text: str) -> tuple[str, str]:
    """The words that are compared, and those after them."""
    words = text.split()
    return " ".join(words[:MOST_WORDS]), " ".join(words[MOST_WORDS:])
