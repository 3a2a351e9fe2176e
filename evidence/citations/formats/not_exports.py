"""Files that people bring in place of an export: what they are, and how to get what is needed.

Nothing here is read as references. Like the formats, these files are known by their content.
"""

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile

_HEAD = 1 << 16  # bytes that show what a file is
_BEGINNING = 60  # characters of its first line that are quoted
_MANY = 0.8  # of the lines

_SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"PK\x05\x06", "an empty zip"),
    (b"{\\rtf", "a Rich Text file; a word processor has no fields that could be read"),
    (b"\x1f\x8b", "a gzip archive; unpack it, and import what is in it"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive; unpack it, and import what is in it"),
    (b"Rar!", "a RAR archive; unpack it, and import what is in it"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
_ENDNOTE = (
    "the library of EndNote (.enl); in EndNote, choose File, Export, with the output style "
    "“RefMan (RIS) Export”"
)
_ZOTERO = "the database of Zotero; in Zotero, choose File, Export Library, with the format RIS"
_PUBMED = "in PubMed, choose Save, all results, with the format “PubMed”"

# What the name of a part of an Office file says.
_PARTS = (
    ("word/", "a Word document (DOCX)"),
    ("ppt/", "a PowerPoint file (PPTX)"),
    ("xl/", "an Excel workbook of a kind that is not read (as XLSB); save it as XLSX or CSV"),
)
# What the name of a part of an Office file from before 2007, or of a locked one, says.
_STREAMS = (
    (
        "EncryptedPackage",
        "an Office file locked with a password; in Excel, save a workbook without one",
    ),
    ("Workbook", "an Excel workbook from before 2007 (XLS); save it as XLSX or CSV"),
    ("", "an Office file from before 2007, as DOC; one in XLS can be saved as XLSX or CSV"),
)
_OPEN_DOCUMENT = (
    (b"spreadsheet", "an OpenDocument spreadsheet (ODS); save it as XLSX or CSV"),
    (b"text", "an OpenDocument text (ODT)"),
    (b"epub", "an e-book (EPUB)"),
)

# What the name of the outermost element of an XML file says.
_XML = {
    "Trials_downloaded_from_ICTRP": "the XML of the WHO's ICTRP; export its table (CSV) there",
    "responseWrapper": "the XML of Europe PMC's interface; export as RIS there",
    "article": "the text of an article (JATS XML)",
    "pmc-articleset": "the texts of articles (JATS XML)",
    "eSearchResult": f"a search of PubMed's interface, without the records; {_PUBMED}",
    "eSummaryResult": f"short records of PubMed's interface; {_PUBMED}",
    "OAI-PMH": "the XML of a repository (OAI-PMH); ask it for MARCXML or MODS",
    "searchRetrieveResponse": "the answer of a catalogue (SRU) without records in MARCXML or MODS",
    **dict.fromkeys(("modsCollection", "mods"), "MODS (XML) without records"),
    "TEI": "a text in TEI XML",
    "opml": "an outline (OPML)",
    "feed": "a news feed",
    "rss": "a news feed",
}
_ROOT = re.compile(  # what was passed is never looked at again, or comments would take for ever
    rb"(?:\s|<\?[^>]*+>|<!--.{0,2000}?-->|<!DOCTYPE[^>\[]*+(?:\[[^\]]*+\])?+[^>]*+>)*+"
    rb"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)",
    re.DOTALL,
)
_MARC_XML = re.compile(rb"loc\.gov/MARC21|<(?:\w+:)?leader>")
_MARC = re.compile(rb"\d{5}[a-z ]{2}.{13}4500")  # the leader of a record

_JSON = (
    (b'"CodeSets"', "the JSON of EPPI-Reviewer; give the file itself, outside of an archive"),
    (b'"protocolSection"', "the JSON of ClinicalTrials.gov; export as CSV there"),
    (b'"authorships"', "the JSON of OpenAlex's interface; export as CSV or RIS there"),
    (b'"esearchresult"', f"a search of PubMed's interface, without the records; {_PUBMED}"),
)
_TEXTS = (
    (
        re.compile(
            rb"^_{20,}\s{1,9}(?:Document \d+ of \d+|.{1,400}\n\s{0,9}(?:Author|Title): )",
            re.MULTILINE,
        ),
        "the text of ProQuest; there, save the results as RIS (“RIS, works with EndNote …”)",
    ),
    (
        re.compile(rb"^\d{1,6}: \S.*(?:\n(?!\d{1,6}: ).*)*?PMID: ?\d+", re.MULTILINE),
        f"PubMed's “Summary (text)”, which has no fields; {_PUBMED}",
    ),
    (
        re.compile(rb"^1\. \S(?:.*\n){1,400}?PMID: ?\d{1,9}\b", re.MULTILINE),
        f"PubMed's “Abstract (text)”, which has no fields; {_PUBMED}",
    ),
)
_NUMBER = re.compile(rb"\s*(?:PMID:?\s*)?\d{5,9}[,;\s]*")


def describe_binary(data: bytes) -> str:
    """What a file that is no text is, by how it begins; empty where that says nothing."""
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    if data.startswith(b"PK\x03\x04"):
        return _zip_kind(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        kinds = (kind for stream, kind in _STREAMS if stream.encode("utf-16-le") in data)
        return next(kinds)
    if data.startswith(b"SQLite format 3\x00"):
        return _database(data)
    return ""


def describe_unknown(file: str) -> str:
    """What to say of a file that is no text and begins like nothing known."""
    return _ENDNOTE if file.lower().endswith(".enl") else "it holds control characters, and no text"


def describe_text(clean: bytes) -> str:
    """What a text is that no format knows; else how it begins."""
    head = clean[:_HEAD]
    kind = ""
    if root := _ROOT.match(head):
        kind = _xml(head, root[1].decode("ascii", "replace"))
    elif head.lstrip()[:1] in {b"{", b"["}:
        kind = _json(head)
    elif _MARC.match(head):
        kind = "MARC (ISO 2709)"
    else:
        kind = next((kind for pattern, kind in _TEXTS if pattern.search(head)), "") or _pmid_list(
            head
        )
    first = head.strip().partition(b"\n")[0].decode("utf-8", "replace")[:_BEGINNING]
    return kind or f"it begins “{first}”"


def is_other_json(clean: bytes) -> bool:
    """Whether JSON is known to be no list of references, whatever names it holds."""
    head = clean[:_HEAD]
    return any(mark in head for mark, _ in _JSON)


def _zip_kind(data: bytes) -> str:
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
            mimetype = archive.read("mimetype")[:99] if "mimetype" in names else b""
    except (BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        return "a damaged zip or Office file"
    for word, kind in _OPEN_DOCUMENT:
        if word in mimetype:
            return kind
    kinds = (kind for start, kind in _PARTS if any(name.startswith(start) for name in names))
    return next(kinds, "an Office file")


def _database(data: bytes) -> str:
    if b"itemDataValues" in data:
        return _ZOTERO
    if b"reference_type" in data or b"enl_refs" in data:
        return _ENDNOTE
    return "a database (SQLite)"


def _xml(head: bytes, root: str) -> str:
    if root == "RDF":
        if b"zotero.org/namespaces" in head:
            return "Zotero RDF; in Zotero, export once more with the format RIS or CSL JSON"
        return "RDF (XML)"
    if _MARC_XML.search(head):
        return "MARC (XML) without records"
    if root == "records" and b"shortDbName" in head:
        return "the XML of EBSCOhost; export as RIS there"
    return _XML.get(root, f"an XML file of another kind; its outermost element is “{root}”")


def _json(head: bytes) -> str:
    kinds = (kind for mark, kind in _JSON if mark in head)
    first = head.strip().partition(b"\n")[0].decode("utf-8", "replace")[:_BEGINNING]
    return next(kinds, f"JSON without references, or of another kind; it begins “{first}”")


def _pmid_list(head: bytes) -> str:
    """A list of PMIDs, as PubMed saves one, too."""
    rows = [row for row in head.split(b"\n") if row.strip()]
    numbers = sum(_NUMBER.fullmatch(row) is not None for row in rows)
    if rows and numbers >= _MANY * len(rows):
        return f"a list of numbers (PMIDs?), without the records; search for them, and {_PUBMED}"
    return ""
