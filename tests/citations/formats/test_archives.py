"""Zip archives: what is in them is read, within limits; what goes beyond is said, not unpacked."""

import os
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest

from evidence.citations.formats import read
from evidence.problems import Code

RIS = b"TY  - JOUR\nTI  - An invented title\nER  - \n"


def zipped(*files: tuple[str, bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return target.getvalue()


def test_all_files_of_an_archive_are_read_and_named() -> None:
    bibtex = b"@misc{k,\n note = {no title}\n}"
    data = zipped(("a.ris", RIS), ("b/c.txt", bibtex), ("__MACOSX/._a.ris", RIS), ("d/", b""))
    reading = read(data, "all.zip")
    assert (reading.format, reading.seen, len(reading.records)) == ("ris, bibtex", 2, 2)
    assert [(p.code, p.file) for p in reading.problems] == [(Code.TITLE_MISSING, "all.zip/b/c.txt")]


def test_an_archive_within_an_archive_is_read_but_no_deeper_one() -> None:
    once = zipped(("a.ris", RIS))
    assert len(read(zipped(("b.zip", once)), "c.zip").records) == 1
    deeper = read(zipped(("c.zip", zipped(("b.zip", once)))), "d.zip")
    assert deeper.records == ()
    assert deeper.problems[0].code is Code.ARCHIVE_REFUSED
    assert "within another" in deeper.problems[0].detail


def test_names_lead_nowhere() -> None:
    data = zipped(("../../etc/passwd", RIS), ("/abs.ris", RIS), ("C:\\x.ris", RIS))
    reading = read(data, "a.zip")
    assert len(reading.records) == 3
    assert not os.path.exists("/abs.ris")  # noqa: PTH110 - nothing is ever written


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "a bomb": (lambda: zipped(("a.ris", bytes(50_000_000))), "times its size"),
    "too much together": (
        lambda: zipped(*((f"{n}.ris", b"\n" * 90_000_000) for n in range(6))),
        "540 MB",
    ),
    "too many": (lambda: zipped(*((f"{n}.ris", RIS) for n in range(501))), "501 files"),
    "cut off": (lambda: zipped(("a.ris", RIS * 100))[:-30], "damaged"),
    "small bombs within": (
        lambda: zipped(*((f"{n}.zip", zipped(("a.ris", b" " * 19_000_000))) for n in range(5))),
        "2.zip/a.ris and all behind it",
    ),
}


@pytest.mark.parametrize(("made", "why"), REFUSED.values(), ids=REFUSED.keys())
def test_what_goes_beyond_the_limits_is_not_unpacked(made: Callable[[], bytes], why: str) -> None:
    reading = read(made(), "a.zip")
    refused = [p for p in reading.problems if p.code is Code.ARCHIVE_REFUSED]
    assert reading.records == ()
    assert len(refused) == 1
    assert why in refused[0].detail


def test_a_broken_file_harms_no_other() -> None:
    data = bytearray(zipped(("a.ris", os.urandom(400)), ("b.ris", RIS)))
    data[50] ^= 255
    reading = read(bytes(data), "a.zip")
    assert len(reading.records) == 1
    assert [p.code for p in reading.problems] == [Code.ARCHIVE_REFUSED]
    assert reading.problems[0].file == "a.zip/a.ris"
    assert reading.problems[0].detail == "“a.ris” is damaged or was cut off"


def test_a_damaged_office_file_in_an_archive_is_named() -> None:
    word = zipped(("word/document.xml", RIS))[:-30]
    reading = read(zipped(("old/readme.docx", word), ("b.ris", RIS)), "a.zip")
    assert len(reading.records) == 1
    (problem,) = reading.problems
    assert problem.sentence == (
        "An archive, a workbook, or a part of one was not opened: “old/readme.docx” is damaged "
        "or was cut off."
    )


def test_a_size_that_lies_does_not_help() -> None:
    data = bytearray(zipped(("a.ris", RIS * 10_000)))
    place = data.index(b"PK\x01\x02") + 24
    data[place : place + 4] = (100).to_bytes(4, "little")
    (problem,) = read(bytes(data), "a.zip").problems
    assert problem.code is Code.ARCHIVE_REFUSED


def test_an_empty_archive_and_an_office_file_say_so() -> None:
    assert [p.code for p in read(zipped(), "a.zip").problems] == [Code.FILE_EMPTY]
    word = zipped(("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>"))
    assert [p.code for p in read(word, "a.docx").problems] == [Code.FILE_BINARY]
