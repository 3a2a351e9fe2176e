"""The formats there are; a new one is one module in this folder and one name here."""

from evidence.citations.formats import (
    bibtex,
    bibtex_writer,
    ciw,
    cochrane,
    csl,
    csl_writer,
    csv_table,
    csv_writer,
    embase_rows,
    endnote_xml,
    enw,
    marcxml,
    mods,
    nbib,
    nbib_writer,
    ovid,
    ovid_labels,
    pubmed_xml,
    refworks,
    ris,
    ris_writer,
    sheets,
    xlsx_writer,
)
from evidence.citations.formats.format import Format
from evidence.citations.formats.writer import Writer

# In the order in which they are tried where two have as many marks.
FORMATS: dict[str, Format] = {
    module.FORMAT.name: module.FORMAT
    for module in (
        *(ris, nbib, ovid, cochrane, ciw, enw, bibtex, endnote_xml, pubmed_xml, csl),
        *(marcxml, mods, ovid_labels, refworks, csv_table, embase_rows, sheets),
    )
}

WRITERS: dict[str, Writer] = {
    module.WRITER.name: module.WRITER
    for module in (ris_writer, bibtex_writer, nbib_writer, csl_writer, csv_writer, xlsx_writer)
}
