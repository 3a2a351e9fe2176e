"""No text of a field changes what a file is, or how many records it has."""

import json
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from html import escape
from io import BytesIO
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from evidence.citations.formats import FORMATS, WRITERS, Writer, read
from evidence.citations.formats.detect import possible
from evidence.citations.record import Name, Reference
from evidence.problems import Code

# Many examples of code that other tests reach; to count lines would double their time.
pytestmark = pytest.mark.no_cover

# Lines with which a format opens, types or closes an entry.
MARKS: dict[str, tuple[str, ...]] = {
    "ris": ("TY  - JOUR", "ER  - ", "TI  - A title", "AU  - Doe, J.", "T1  - A title", "TY - JOUR"),
    "nbib": ("PMID- 1", "OWN - NLM", "STAT- MEDLINE", "FAU - Doe, Jane", "PMC - PMC1", "TI  - T"),
    "ovid": ("VN  - Ovid Technologies", "UI  - 7", "<1>", "SO  - J. 1(2):3, 2004.", "RO  - a"),
    "cochrane": ("Record #1 of 2", "ID: CN-1", "TI: A title", "AU: Doe J", "SO: A journal"),
    "ciw": ("FN Clarivate", "VR 1.0", "PT J", "AU Doe, J", "TI A title", "UT WOS:1", "ER", "EF"),
    "enw": ("%0 Journal Article", "%T A title", "%A Doe, J."),
    "bibtex": (
        "@article{a,",
        " title = {A title}",
        "}",
        "@misc{b, title = {B}}",
        "@misc{c,\n note = {C}\n}",
        '@string{a = "b"}',
    ),
    "endnote-xml": ("<xml><records>", "<record><titles><title>A</title></titles></record>"),
    "pubmed-xml": ("<PubmedArticleSet>", "<PubmedArticle><PMID>1</PMID></PubmedArticle>"),
    "marcxml": ("<collection>", '<record><leader>x</leader><datafield tag="245"/></record>'),
    "mods": ("<modsCollection>", "<mods><titleInfo><title>A</title></titleInfo></mods>"),
    "csl-json": ("[", '{"title": "A", "DOI": "10.1000/a", "type": "book"},', "]"),
    "ovid-labels": ("Title", "Unique Identifier", "  A title", "Source", "2."),
    "refworks": ("RT Journal Article", "T1 A title", "A1 Doe, J.", "JF A journal", "YR 2001"),
    "csv": ("title,author,year,abstract", "A,Doe,2001,b", "Title;Authors;Year", "Title\tYear"),
    "embase-csv": ('"TITLE","A title"', '"AUTHOR NAMES","Doe J."', "TITLE,A", "SOURCE,b"),
    "xlsx": ("PK", "[Content_Types].xml", "xl/workbook.xml"),
}
ODD = ("", "Prose of an abstract, with title, year and author.", "p < 0.05 & more", "12.")


def lines_of(*without: str) -> st.SearchStrategy[list[str]]:
    """Lines of a text that quotes entries of any formats, often the same many times.

    Args:
        without: formats, or single lines, that are left out.
    """
    pool = [mark for name in MARKS if name not in without for mark in MARKS[name]]
    pool = [mark for mark in pool if mark not in without]
    some = st.lists(st.sampled_from([*pool, *ODD]), max_size=8)
    return st.tuples(some, st.integers(1, 30)).map(lambda pair: ["Begins so."] + pair[0] * pair[1])


def tagged(head: str, text: str, end: str = "", indent: str = "") -> Callable[[Sequence[str]], str]:
    return lambda rows: head + text + f"\n{indent}".join(rows) + "\n" + end


def indented(rows: Sequence[str]) -> list[str]:
    return [row for row in rows if row.strip()]


# An entry of each format, with a text as the format's own writers put it down; and the formats
# whose lines mean something in it, so that no reader could know that they are text.
ENTRIES: dict[str, tuple[Callable[[Sequence[str]], str], tuple[str, ...]]] = {
    "ris": (
        tagged("TY  - JOUR\nTI  - One\n", "AB  - ", "ER  - \n\n"),
        ("TY  - JOUR", "TY - JOUR", "ER  - ", "ER"),
    ),
    "nbib": (tagged("PMID- 7\nOWN - NLM\nTI  - One\n", "AB  - ", "\n", "      "), ()),
    "ovid": (
        tagged("<1>\nVN  - Ovid Technologies\nTI  - One\n", "AB  - ", "\n", "      "),
        (),
    ),
    "cochrane": (tagged("Record #1 of 1\nID: CN-0001\nTI: One\n", "AB: ", "\n"), ("cochrane",)),
    "ciw": (tagged("PT J\nTI One\n", "AB ", "UT WOS:1\nER\n\n", "   "), ()),
    "enw": (tagged("%0 Book\n%T One\n", "%X ", "\n"), ("enw",)),
    "bibtex": (
        lambda rows: "@article{k,\n title = {One},\n abstract = {" + "\n".join(rows) + "}\n}\n\n",
        ("@article{a,", "}"),  # half of a pair of braces closes the value
    ),
    "endnote-xml": (
        lambda rows: (
            "<record><titles><title>One</title></titles><abstract>"
            + escape("\n".join(rows))
            + "</abstract></record>\n"
        ),
        (),
    ),
    "pubmed-xml": (
        lambda rows: (
            "<PubmedArticle><MedlineCitation><PMID>7</PMID><Article><ArticleTitle>One"
            "</ArticleTitle><Abstract><AbstractText>" + escape("\n".join(rows)) + "</AbstractText>"
            "</Abstract></Article></MedlineCitation></PubmedArticle>\n"
        ),
        (),
    ),
    "marcxml": (
        lambda rows: (
            '<record><datafield tag="245"><subfield code="a">One</subfield></datafield>'
            '<datafield tag="520"><subfield code="a">' + escape("\n".join(rows)) + "</subfield>"
            "</datafield></record>\n"
        ),
        (),
    ),
    "mods": (
        lambda rows: (
            "<mods><titleInfo><title>One</title></titleInfo><abstract>"
            + escape("\n".join(rows))
            + "</abstract></mods>\n"
        ),
        (),
    ),
    "csl-json": (
        lambda rows: json.dumps({"type": "book", "title": "One", "abstract": "\n".join(rows)}),
        (),
    ),
    "ovid-labels": (
        tagged("<1>\nUnique Identifier\n  7\nTitle\n  One\n", "Abstract\n  ", "\n", "  "),
        (),
    ),
    "refworks": (tagged("RT Journal Article\nT1 One\nA1 Doe, J.\n", "AB ", "\n"), ("refworks",)),
    "csv": (lambda rows: '"One","Doe, J.","' + "\n".join(rows).replace('"', '""') + '"\n', ()),
    "embase-csv": (
        lambda rows: (
            '"TITLE","One"\n"AUTHOR NAMES","Doe J."\n"ABSTRACT","'
            + "\n".join(rows).replace('"', '""')
            + '"\n\n'
        ),
        (),
    ),
}
# The same as it may be written, too; the first word is the format.
OTHERWISE: dict[str, tuple[Callable[[Sequence[str]], str], tuple[str, ...]]] = {
    "csv tabs": (
        lambda rows: '"One"\t"Doe, J."\t"' + "\n".join(rows).replace('"', '""') + '"\n',
        (),
    ),
    "csv semicolons": (
        lambda rows: '"One";"Doe, J.";"' + "\n".join(rows).replace('"', '""') + '"\n',
        (),
    ),
    "xlsx": ("\n".join, ()),
    "endnote-xml": (
        lambda rows: (
            "<record><titles><title>One</title></titles><abstract><![CDATA["
            + "\n".join(rows)
            + "]]></abstract></record>\n"
        ),
        (),
    ),
    "pubmed-xml": (
        lambda rows: (
            "<PubmedArticle><!-- " + "\n".join(rows).replace("--", "- -") + " --><MedlineCitation>"
            "<PMID>7</PMID><Article><ArticleTitle>One</ArticleTitle></Article></MedlineCitation>"
            "</PubmedArticle>\n"
        ),
        (),
    ),
}
# The name of the abstract, and that of another field that may hold any text.
FIELDS = {
    "ris": ("AB  - ", "N1  - "),
    "nbib": ("AB  - ", "GN  - "),
    "ovid": ("AB  - ", "NT  - "),
    "cochrane": ("AB: ", "CC: "),
    "ciw": ("AB ", "FX "),
    "enw": ("%X ", "%Z "),
    "bibtex": ("abstract", "note"),
    "endnote-xml": ("abstract>", "notes>"),
    "pubmed-xml": ("AbstractText>", "CopyrightInformation>"),
    "marcxml": ('"520"', '"500"'),
    "mods": ("abstract>", "note>"),
    "csl-json": ("abstract", "note"),
    "ovid-labels": ("Abstract", "Keywords"),
    "refworks": ("AB ", "NO "),
    "csv": ("Abstract", "Notes"),
    "embase-csv": ("ABSTRACT", "AUTHOR KEYWORDS"),
    "xlsx": ("Abstract", "Notes"),
}
WAYS = [(name, *way) for ways in (ENTRIES, OTHERWISE) for name, way in ways.items()]
HEADS = {
    "csv": "Title,Authors,Abstract\n",
    "csv tabs": "Title\tAuthors\tAbstract\n",
    "csv semicolons": "Title;Authors;Abstract\n",
    "endnote-xml": "<xml><records>\n",
}


def test_every_format_is_tried() -> None:
    assert set(MARKS) == set(FORMATS)
    assert (
        {name.split(maxsplit=1)[0] for name in (*ENTRIES, *OTHERWISE)}
        == set(FORMATS)
        == set(FIELDS)
    )
    assert set(map(format_of, WRITERS)) <= set(FORMATS)


def format_of(writer: str) -> str:
    return "csl-json" if writer == "csl" else writer


def whole(name: str, entries: Sequence[str], fields: tuple[str, str] = ("", "")) -> bytes:
    """A file of the entries, in which another field takes the place of the abstract.

    Args:
        fields: the name of the one and of the other.
    """
    if name == "xlsx":
        book = Workbook(write_only=True)
        sheet = book.create_sheet()
        sheet.append(["Title", "Authors", fields[1] or "Abstract"])
        for text in entries:
            sheet.append(["One", "Doe, J.", text])
        book.save(file := BytesIO())
        return file.getvalue()
    begin, end = fields if "XML" in FORMATS[name.split(maxsplit=1)[0]].label else (fields[0], "")
    if begin:
        entries = [entry.replace(*fields, 1) for entry in entries]
    if end:  # the end tag is the last one of this name
        entries = [fields[1].join(entry.rsplit(fields[0], 1)) for entry in entries]
    if name == "csl-json":
        return f"[{', '.join(entries)}]".encode()
    head = HEADS.get(name, "")
    return (head.replace(*fields, 1) if begin else head).encode() + "".join(entries).encode()


@pytest.mark.parametrize("place", ["abstract", "other"])
@pytest.mark.parametrize(("name", "entry", "own_lines"), WAYS)
@given(data=st.data())
@settings(max_examples=20)
def test_texts_of_a_file_change_neither_its_format_nor_its_count(
    name: str,
    entry: Callable[[Sequence[str]], str],
    own_lines: tuple[str, ...],
    place: str,
    data: st.DataObject,
) -> None:
    texts = data.draw(st.lists(lines_of(*own_lines), min_size=1, max_size=3))
    file_format = name.split(maxsplit=1)[0]
    fields = FIELDS[file_format] if place == "other" else ("", "")
    reading = read(whole(name, [entry(rows) for rows in texts], fields), "a.txt")
    assert (reading.format, reading.seen) == (file_format, len(texts))
    assert [record.reference.title for record in reading.records] == ["One"] * len(texts)


TEXTS = lines_of().map("\n".join)


@pytest.mark.parametrize("writer", WRITERS.values(), ids=list(WRITERS))
@given(data=st.data())
@settings(max_examples=20)
def test_texts_of_what_we_write_change_neither_its_format_nor_its_count(
    writer: Writer, data: st.DataObject
) -> None:
    ordinary = Reference(type="article", title="One", authors=(Name("Doe", "J."),), year=2001)
    names = data.draw(st.lists(st.sampled_from(TEXT_FIELDS), min_size=1, max_size=3))
    text = data.draw(TEXTS)
    values = {name: (text,) if name in {"notes", "keywords"} else text for name in names}
    odd = replace(ordinary, **values)  # type: ignore[arg-type]
    keyed = (("w1", odd), ("w2", ordinary), ("w3", odd))
    reading = read(b"".join(writer.write(keyed)), "a.txt")
    assert (reading.format, reading.seen, len(reading.records)) == (format_of(writer.name), 3, 3)


TEXT_FIELDS = [
    field.name
    for field in fields(Reference)
    if isinstance(getattr(Reference(), field.name), str) and field.name not in {"type", "date"}
] + ["notes", "keywords"]


@pytest.mark.parametrize("row", ["T1  - A title", "A1  - Doe, J.", "YR  - 2001"])
def test_tags_of_ris_behind_a_blank_line_open_no_entry_of_refworks(row: str) -> None:
    text = f"RT Journal Article\nT1 One\nA1 Doe, J.\nAB A text\n\n{row}\nand more\n\n"
    reading = read(text.encode(), "a.txt")
    assert (reading.seen, len(reading.records)) == (1, 1)


def test_one_abstract_does_not_take_over_a_file() -> None:
    abstract = "What PubMed gives:\n" + "PMID- 1\n" * 90
    data = "".join(
        f"TY  - JOUR\nTI  - Title {number}\nAB  - {abstract if number == 7 else 'None'}\nER  - \n"
        for number in range(20)
    )
    reading = read(data.encode(), "a.ris")
    assert (reading.format, reading.seen, len(reading.records)) == ("ris", 20, 20)
    (problem,) = reading.problems
    assert (problem.code, problem.line) == (Code.FORMAT_WITHIN, 32)
    assert "as PubMed (nbib) it would hold 90 entries, as RIS it holds 20 entries" in str(problem)


@pytest.mark.parametrize(
    ("outer", "inner"),  # a table, or JSON, is one from the beginning of the file on
    [
        (outer, inner)
        for outer, inner in product(ENTRIES, ENTRIES)
        if inner not in {outer, "csl-json"} and not {outer, inner} & {"csv", "embase-csv"}
    ],
)
def test_two_files_joined_are_told_with_both_counts(outer: str, inner: str) -> None:
    first, second = (whole(name, [ENTRIES[name][0](["x"])] * 3) for name in (outer, inner))
    reading = read(first + b"\n\n" + second, "a.txt")
    assert reading.format == outer
    assert [name for name, _ in reading.other_counts] == [inner]


@pytest.mark.parametrize("name", [name for name in FORMATS if FORMATS[name].beginnings])
@given(data=st.data())
@settings(max_examples=30)
def test_a_format_without_its_beginnings_is_not_there(name: str, data: st.DataObject) -> None:
    """So `recognise` need not be asked, which would look through all of a large file."""
    lines = [*data.draw(lines_of()), *data.draw(st.permutations(MARKS[name]))]
    blanks = data.draw(st.sampled_from(["", " ", "\t", "\xa0", '"', "  "]))
    clean = f"{blanks}".join(f"{line}\n" for line in data.draw(st.permutations(lines))).encode()
    is_there = FORMATS[name].recognise(clean) > 0
    assert not is_there or name in possible(clean)
    for beginning in FORMATS[name].beginnings:
        clean = clean.replace(beginning, b"??")
    assert FORMATS[name].recognise(clean) == 0
