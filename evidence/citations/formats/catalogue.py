"""The formats there are; a new one is one module in this folder and one name here."""

from evidence.citations.formats import (
    bibtex,
    ciw,
    cochrane,
    csl,
    csv_table,
    embase_rows,
    endnote_xml,
    enw,
    nbib,
    ovid,
    pubmed_xml,
    ris,
    sheets,
)
from evidence.citations.formats.format import Format

# In the order in which they are tried where two have as many marks.
FORMATS: dict[str, Format] = {
    each.FORMAT.name: each.FORMAT
    for each in (
        *(ris, nbib, ovid, cochrane, ciw, enw, bibtex, endnote_xml, pubmed_xml, csl),
        *(csv_table, embase_rows, sheets),
    )
}
