"""From the bytes of a file to clean UTF-8, and what had to be guessed on the way.

Readers get *clean bytes*: UTF-8, lines ended by a newline only, no byte order mark anywhere, no
NUL. They stay bytes so that a large file never stands in memory as wide characters; a reader
decodes line by line.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from charset_normalizer import from_bytes

from evidence.citations.formats import not_exports
from evidence.problems import Code, Problem

_BOMS = (  # the longer mark first, because UTF-32 begins like UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# What a file that is not western may be in; without such a list, statistics find EBCDIC.
_OTHER_ENCODINGS = [
    *("cp1250", "iso8859_2", "cp1251", "koi8_r", "cp1253", "iso8859_7", "cp1254", "cp1255"),
    *("cp1256", "cp1257", "cp874", "gb18030", "big5", "cp932", "euc_jp", "cp949"),
]

# What an XML file may say of its encoding, and be believed.
_DECLARED = re.compile(
    rb"""\s*<\?xml[^>]{0,99}?encoding\s{0,9}=\s{0,9}["']((?:iso-?8859-\d{1,2}|windows-125\d|cp125\d"""
    rb"""|latin-?1|us-ascii|gb2312|gbk|gb18030|big5|shift_jis|euc-jp|euc-kr|koi8-[ru]))["']""",
    re.IGNORECASE,
)

_WINDOW = 1 << 20
_SAMPLE = 1 << 16
_GUESS = 1 << 14  # enough for charset-normalizer, which is slow on more
_MOST_CONTROLS = 0.02  # of the bytes of a text
_FEW_CONTROLS = 4  # which even a short text may have
_ASCII = bytes(range(128))
_CONTROLS = bytes({*range(32)} - {9, 10, 11, 12, 13, 26, 28, 29, 30, 31})
_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_HIGH_RUN = re.compile(rb"[\x80-\xff]{2,}")
_ESCAPED = re.compile("[\udc80-\udcff]")
_UNDEFINED_IN_CP1252 = b"\x81\x8d\x8f\x90\x9d"
_ONLY_IN_CP1252 = bytes(range(0x80, 0xA0))
_MOSTLY = 0.5
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}".encode()
_DOUBLED_END = re.compile(rb"\r+\n")  # "\r\r\n" where a program wrote "\r\n" as text
_BOM_START = codecs.BOM_UTF8[0]
_DOS_END = b"\x1a"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodedFile:
    """Clean bytes, and how they came about.

    Attributes:
        encoding: what the file was in, as Python names it; "utf-8 and cp1252" where files of both
            were joined; empty where the file is no text.
    """

    clean: bytes
    encoding: str
    problems: tuple[Problem, ...] = ()


def decode(data: bytes, file: str) -> DecodedFile:
    """The file as clean bytes; a file that is no text gives none, and the problem that says so."""
    binary = _binary(data, file)
    if binary:
        problem = Problem(code=Code.FILE_BINARY, file=file, detail=binary)
        return DecodedFile(clean=b"", encoding="", problems=(problem,))
    utf8, encoding, guessed = _as_utf8(data)
    problems = [Problem(code=Code.ENCODING_GUESSED, file=file, detail=encoding)] if guessed else []
    damaged = utf8.count(_REPLACEMENT) if utf8 is not data else 0
    clean = utf8
    if 0 in utf8:
        damaged += utf8.count(0)
        clean = utf8.replace(b"\x00", b"")
    if damaged:
        problems.append(Problem(code=Code.SIGNS_DAMAGED, file=file, detail=f"{damaged:,} of them"))
    if _BOM_START in clean:
        clean = clean.replace(codecs.BOM_UTF8, b"")
    clean = clean.rstrip(_DOS_END)
    if b"\r" in clean:
        clean = _DOUBLED_END.sub(b"\n", clean).replace(b"\r", b"\n")
    return DecodedFile(clean=clean, encoding=encoding, problems=tuple(problems))


def windows(clean: bytes) -> Iterator[str]:
    """The text in parts of about a megabyte, cut at newlines, which are left out at the cuts."""
    return (window.decode() for window in _windows(clean))


def lines(clean: bytes) -> Iterator[str]:
    """The lines of a text one by one, each with its newline."""
    return (line.decode() for line in BytesIO(clean))


def _windows(data: bytes) -> Iterator[bytes]:
    start = 0
    while start < len(data):
        end = data.find(b"\n", start + _WINDOW)
        if end < 0:
            end = len(data) - data.endswith(b"\n")
        yield data[start:end]
        start = end + 1


def _binary(data: bytes, file: str) -> str:
    """What kind of binary file it is, empty where it is a text."""
    if kind := not_exports.describe_binary(data):
        return kind
    if data.startswith(tuple(bom for bom, _ in _BOMS)) or _unmarked_utf16(data):
        return ""
    sample = data[:_SAMPLE] + data[-_SAMPLE:]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    few = controls <= max(_FEW_CONTROLS, _MOST_CONTROLS * len(sample))
    return "" if few else not_exports.describe_unknown(file)


def _unmarked_utf16(data: bytes) -> str:
    """UTF-16 that does not say so: every other byte of Latin text is then a NUL."""
    sample = data[: _SAMPLE - _SAMPLE % 2]
    even, odd = sample[::2], sample[1::2]
    if odd and odd.count(0) > _MOSTLY * len(odd) and even.count(0) <= _MOST_CONTROLS * len(even):
        return "utf-16-le"
    if even and even.count(0) > _MOSTLY * len(even) and odd.count(0) <= _MOST_CONTROLS * len(odd):
        return "utf-16-be"
    return ""


def _as_utf8(data: bytes) -> tuple[bytes, str, bool]:
    """The bytes in UTF-8, the encoding they were in, and whether that is a guess."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _transcode(data[len(bom) :], encoding), encoding, False
    if encoding := _unmarked_utf16(data):
        return _transcode(data, encoding), encoding, True
    if _is_utf8(data):
        marked = data.startswith(codecs.BOM_UTF8)
        return data, "utf-8-sig" if marked else "utf-8", False
    declared = _DECLARED.match(data)
    if declared and _decodes(data, encoding := declared[1].decode().lower()):
        return _transcode(data, encoding), encoding, False
    high = len(data) - len(data.translate(None, bytes(range(128, 256))))
    in_sequences = sum(len(match[0]) for match in _SEQUENCE.finditer(data))
    if in_sequences > _MOSTLY * high:
        return b"\n".join(_mend(window) for window in _windows(data)), "utf-8 and cp1252", True
    encoding = _guess_encoding(data)
    return _transcode(data, encoding), encoding, True


def _transcode(data: bytes, encoding: str) -> bytes:
    return data.decode(encoding, "replace").encode("utf-8", "replace")


def _is_utf8(data: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), _WINDOW):
            decoder.decode(data[start : start + _WINDOW])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _mend(window: bytes) -> bytes:
    """UTF-8 in which single bytes of another encoding, from a joined file, are read as cp1252."""
    text = window.decode("utf-8", "surrogateescape")
    return _ESCAPED.sub(lambda match: _as_cp1252(ord(match[0]) - 0xDC00), text).encode()


def _as_cp1252(byte: int) -> str:
    return bytes([byte]).decode("cp1252", "replace")


def _guess_encoding(data: bytes) -> str:
    """The encoding of bytes that are not UTF-8.

    In western languages, characters beyond ASCII stand alone; where they stand in rows, as in Greek
    or Chinese, only statistics can tell.
    """
    high = len(data) - len(data.translate(None, bytes(range(128, 256))))
    in_runs = sum(len(match[0]) for match in _HIGH_RUN.finditer(data))
    if in_runs > _MOSTLY * high:
        sample = b"\n".join(row for row in data[: 8 * _SAMPLE].split(b"\n") if not row.isascii())
        best = from_bytes(sample[:_GUESS], cp_isolation=_OTHER_ENCODINGS).best()
        if best is not None and _decodes(data, best.encoding):
            return best.encoding
    if any(byte in data for byte in _UNDEFINED_IN_CP1252):
        return "latin-1"
    return "cp1252" if any(byte in data for byte in _ONLY_IN_CP1252) else "latin-1"


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
