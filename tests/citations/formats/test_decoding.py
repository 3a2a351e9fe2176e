import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.citations.formats.decoding import decode, windows
from evidence.problems import Code

TEXT = "TY  - JOUR\nTI  - Étude inventée – Σ\nER  - \n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8-sig"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "utf-32-le"),
    ],
)
def test_what_says_its_encoding_is_believed(data: bytes, encoding: str) -> None:
    decoded = decode(data, "a")
    assert (decoded.clean.decode(), decoded.encoding, decoded.problems) == (TEXT, encoding, ())


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Étude inventée", "latin-1"),
        ("Étude – inventée", "cp1252"),
        ("Η επίδραση της άσκησης στην υγεία των ηλικιωμένων", "cp1253"),
        ("Влияние физической нагрузки на здоровье пожилых людей", "cp1251"),
        ("随机对照试验的系统评价和荟萃分析研究进展", "gb18030"),
    ],
)
def test_other_encodings_are_guessed_and_said(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding), "a")
    assert decoded.clean.decode() == text
    assert decoded.encoding == encoding
    assert [problem.code for problem in decoded.problems] == [Code.ENCODING_GUESSED]


def test_utf16_without_a_mark_is_seen_by_its_nuls() -> None:
    decoded = decode("TY  - JOUR\r\n".encode("utf-16-le"), "a")
    assert (decoded.clean, decoded.encoding) == (b"TY  - JOUR\n", "utf-16-le")


def test_bytes_that_cp1252_does_not_know_make_it_latin1() -> None:
    assert decode(b"caf\xe9 \x81", "a").encoding == "latin-1"


def test_joined_files_of_two_encodings_are_both_right() -> None:
    decoded = decode("Łódź, Σ, ü\n".encode() + "café\n".encode("cp1252"), "a")
    assert decoded.clean.decode().split("\n")[:2] == ["Łódź, Σ, ü", "café"]


def test_clean_bytes_have_no_marks_no_nul_and_one_kind_of_line_end() -> None:
    data = codecs.BOM_UTF8 * 2 + b"a\r\nb\rc\n" + codecs.BOM_UTF8 + b"d" * 99 + b"\x00\x1a"
    decoded = decode(data, "a")
    assert decoded.clean == b"a\nb\nc\n" + b"d" * 99
    assert [problem.code for problem in decoded.problems] == [Code.SIGNS_DAMAGED]


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7", b"PK\x03\x04", b"\x89PNG", bytes(range(32)) * 20, b"{\\rtf1 x}"]
)
def test_what_is_no_text_is_not_decoded(data: bytes) -> None:
    decoded = decode(data, "a")
    assert (decoded.clean, decoded.encoding) == (b"", "")
    assert [problem.code for problem in decoded.problems] == [Code.FILE_BINARY]


@given(st.text())
def test_utf8_comes_through_as_it_is(text: str) -> None:
    kept = text.replace("\x00", "").replace("\ufeff", "").replace("\r\n", "\n").replace("\r", "\n")
    decoded = decode(text.encode("utf-8", "replace"), "a")
    if decoded.encoding.startswith("utf-8"):
        assert decoded.clean.decode() == kept.encode("utf-8", "replace").decode().rstrip("\x1a")


def test_windows_cut_at_line_ends_and_lose_nothing() -> None:
    text = "".join(f"line {n} ä\n" for n in range(150_000))
    parts = list(windows(text.encode()))
    assert len(parts) > 1
    assert "\n".join(parts) + "\n" == text
