"""Files that are no export: each is named, with what to do in its place."""

import sqlite3
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from evidence.citations.formats import read
from evidence.problems import Code

SUMMARY = """\
1: Okafor N, van der Berg PJ. Invented trial, with title, authors and year. J Invent
Rehabil. 2021 Mar 14;12(3):349-369. doi: 10.5555/inv.2021.001. PMID: 39999001.

2: Doe J. A paper nobody wrote. Invent Lett. 2020;1(2):3-4. PMID: 39999002.
"""
ABSTRACT = """\
1. J Invent Rehabil. 2021 Mar 14;12(3):349-369. doi: 10.5555/inv.2021.001.

Invented trial of supported gardening.

Okafor N(1), van der Berg PJ(2).

BACKGROUND: People garden.

PMID: 39999001 [Indexed for MEDLINE]
"""
ZOTERO = (
    '<rdf:RDF xmlns:z="http://www.zotero.org/namespaces/export#"><dc:title>T</dc:title></rdf:RDF>'
)
MARC = '<?xml version="1.0"?>\n<collection xmlns="http://www.loc.gov/MARC21/slim">\n</collection>'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SUMMARY, "PubMed's “Summary (text)”"),
        (ABSTRACT, "PubMed's “Abstract (text)”"),
        ("39999001\n39999002\n\nPMID: 39999003\n", "a list of numbers (PMIDs?)"),
        (ZOTERO, "Zotero RDF"),
        ('<rdf:RDF xmlns:dc="x"><dc:title>T</dc:title></rdf:RDF>', "RDF (XML)"),
        ("<!-- a remark -->\n<modsCollection></modsCollection>", "MODS (XML) without records"),
        (MARC, "MARC (XML) without records"),
        ("<OAI-PMH><ListRecords/></OAI-PMH>", "ask it for MARCXML or MODS"),
        ("<zs:searchRetrieveResponse/>", "the answer of a catalogue (SRU) without records"),
        ("01142cam a2200301 a 4500001001300000003000600013\x1eabc\x1d", "MARC (ISO 2709)"),
        ('<records><rec><header shortDbName="psyh"/></rec></records>', "the XML of EBSCOhost"),
        ("<Trials_downloaded_from_ICTRP><Trial/></Trials_downloaded_from_ICTRP>", "ICTRP"),
        ('<?xml version="1.0"?><!DOCTYPE article><article/>', "the text of an article"),
        ("<garden><rose/></garden>", "its outermost element is “garden”"),
        ('{"CodeSets": [], "References": [{"Title": "T", "DOI": "10.5555/1"}]}', "EPPI-Reviewer"),
        ('{"results": [{"title": "T", "doi": "x", "authorships": []}]}', "OpenAlex"),
        ('[{"protocolSection": {"title": "T", "type": "x"}}]', "ClinicalTrials.gov"),
        ('{"title": "My settings", "theme": "dark"}', "JSON without references"),
        (f"{'_' * 60}\n\nDocument 1 of 2\n\nA title\n\nAuthor: X\n", "the text of ProQuest"),
        ("Dear colleague,\nthe list", "it begins “Dear colleague,”"),
    ],
)
def test_a_text_that_is_no_export_is_named(text: str, said: str) -> None:
    reading = read(text.encode(), "a.ris")
    (problem,) = reading.problems
    assert (problem.code, reading.records) == (Code.FILE_UNKNOWN, ())
    assert said in problem.detail
    if "PubMed" in said or "PMID" in said:
        assert "with the format “PubMed”" in problem.detail


def packed(*names: str, mimetype: str = "") -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
        if mimetype:
            archive.writestr("mimetype", mimetype)
    return data.getvalue()


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7\n", "a PDF"),
        (packed("[Content_Types].xml", "word/document.xml"), "a Word document (DOCX)"),
        (packed("[Content_Types].xml", "ppt/slide.xml"), "a PowerPoint file"),
        (packed("[Content_Types].xml", "xl/workbook.bin"), "save it as XLSX or CSV"),
        (packed("content.xml", mimetype="x.spreadsheet"), "an OpenDocument spreadsheet"),
        (packed("[Content_Types].xml", "visio/x.xml"), "an Office file"),
        (OLD + "Workbook".encode("utf-16-le"), "an Excel workbook from before 2007"),
        (OLD + "WordDocument".encode("utf-16-le"), "an Office file from before 2007"),
        (b"{\\rtf1\\ansi hello}", "a Rich Text file"),
    ],
)
def test_a_file_that_is_no_text_is_named(data: bytes, said: str) -> None:
    (problem,) = read(data, "a.ris").problems
    assert problem.code is Code.FILE_BINARY
    assert said in problem.detail


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ("refs (id, reference_type, title)", "the library of EndNote (.enl)"),
        ("itemDataValues (valueID, value)", "the database of Zotero"),
        ("roses (colour)", "a database (SQLite)"),
    ],
)
def test_a_database_file_is_named(tmp_path: Path, columns: str, said: str) -> None:
    connection = sqlite3.connect(tmp_path / "a.db")
    connection.execute(f"create table {columns}")
    connection.commit()
    connection.close()
    (problem,) = read((tmp_path / "a.db").read_bytes(), "a.db").problems
    assert problem.code is Code.FILE_BINARY
    assert said in problem.detail


def test_an_old_endnote_library_is_known_by_its_name_where_nothing_else_tells() -> None:
    (problem,) = read(bytes(range(9)) * 90, "Mine.ENL").problems
    assert (problem.code, "RefMan (RIS)" in problem.detail) == (Code.FILE_BINARY, True)
    (problem,) = read(bytes(range(9)) * 90, "mine.dat").problems
    assert problem.detail == "it holds control characters, and no text"


def test_json_of_references_is_still_known() -> None:
    assert read(b'{"title": "T", "type": "book"}', "a.json").format == "csl-json"
