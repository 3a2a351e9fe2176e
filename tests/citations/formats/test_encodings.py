"""The same records come out of every format in every encoding, with every kind of line end."""

import codecs
from pathlib import Path

import pytest

from evidence.citations.formats import read
from evidence.citations.record import Reference
from evidence.problems import Code

DIALECTS = Path(__file__).resolve().parents[2] / "fixtures" / "dialects"
FILES = (
    *("ovid.ris", "pubmed.nbib", "ovid_tagged.txt", "cochrane.txt", "wos.ciw", "endnote.enw"),
    *("biblatex.bib", "endnote_x9.xml", "pubmed.xml", "zotero_csl.json", "zotero.csv"),
    *("wos_tab.txt", "citavi.ris"),
)
MARK = codecs.BOM_UTF8
WAYS = {
    "UTF-8": ("utf-8", b"", "utf-8"),
    "UTF-8 with its mark": ("utf-8", MARK, "utf-8-sig"),
    "UTF-8 with two marks": ("utf-8", MARK * 2, "utf-8-sig"),
    "UTF-16, low byte first": ("utf-16-le", codecs.BOM_UTF16_LE, "utf-16-le"),
    "UTF-16, high byte first": ("utf-16-be", codecs.BOM_UTF16_BE, "utf-16-be"),
    "UTF-16 without mark, low byte first": ("utf-16-le", b"", "utf-16-le"),
    "UTF-16 without mark, high byte first": ("utf-16-be", b"", "utf-16-be"),
    "UTF-32": ("utf-32-le", codecs.BOM_UTF32_LE, "utf-32-le"),
}
ENDS = {"newline": "\n", "DOS": "\r\n", "bare carriage return": "\r", "doubled": "\r\r\n"}


def text_of(name: str) -> str:
    text = (DIALECTS / name).read_bytes().decode("utf-8-sig")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("encoding=", "Encoding=")


def references(data: bytes) -> list[Reference]:
    return [record.reference for record in read(data, "a").records]


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
@pytest.mark.parametrize("name", FILES)
def test_the_encoding_changes_nothing(name: str, way: tuple[str, bytes, str]) -> None:
    encoding, mark, told = way
    text = text_of(name)
    reading = read(mark + text.encode(encoding), name)
    assert [record.reference for record in reading.records] == references(text.encode())
    assert reading.encoding == told
    guessed = Code.ENCODING_GUESSED in {problem.code for problem in reading.problems}
    assert guessed == (not mark and encoding != "utf-8")


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
@pytest.mark.parametrize("name", FILES)
def test_a_western_encoding_is_found_and_told(name: str, encoding: str) -> None:
    text = text_of(name).replace("\u2010", "-").replace("©", "(c)").replace("–", "-")
    text = text.replace("Okafor", "Ökafør").replace("í", "i").replace("…", "...")
    text += "\n" if encoding == "latin-1" else ""
    if encoding == "cp1252":
        text = text.replace("invented", "“invented”").replace("Invented", "‘Invented’")
    reading = read(text.encode(encoding), name)
    assert [record.reference for record in reading.records] == references(text.encode())
    assert reading.encoding == encoding
    assert reading.problems[0].code is Code.ENCODING_GUESSED


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS.keys())
@pytest.mark.parametrize("name", FILES)
def test_line_ends_change_nothing(name: str, end: str) -> None:
    text = text_of(name)
    reading = read(text.replace("\n", end).encode(), name)
    told = read(text.encode(), name)
    assert reading.records == told.records
    assert reading.problems == told.problems


@pytest.mark.parametrize("name", FILES)
def test_line_ends_may_be_mixed(name: str) -> None:
    lines = text_of(name).split("\n")
    mixed = "".join(line + list(ENDS.values())[n % 3] for n, line in enumerate(lines[:-1]))
    assert references((mixed + lines[-1]).encode()) == references(text_of(name).encode())
