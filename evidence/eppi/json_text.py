"""From the bytes of a file of EPPI-Reviewer to plain JSON values.

Real files are not always valid: one holds CESU-8 (each half of a rare character encoded by itself),
others hold control characters inside texts. What is mended is told.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evidence.eppi.account import Ledger

Json = Mapping[str, Any]
"""An object of the file."""

_DIGITS = 19  # of the largest whole number that a database keeps
_HALVES = re.compile(rb"(?:\xed[\xa0-\xbf][\x80-\xbf])+")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_STRANGE = re.compile("[\udc80-\udcff]+")
_AS_WINDOWS_1252 = {
    0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(128, 256)
}
_BOMS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_PAGE = re.compile(rb"\s*<(?:!doctype|html|head|script|!--)", re.IGNORECASE)
PAGE_CONSTANTS = (
    "csvData", "filters", "segmentAttributes", "referenceData", "externalURLedAttributes",
)  # fmt: skip
_ASSIGNED = re.compile(
    rf"(?<![\w$.])(?:window\.)?({'|'.join(PAGE_CONSTANTS)})\s{{0,9}}=\s{{0,9}}(?=[\[{{])"
)


class Broken(Exception):
    """The text is no JSON; the message says where it breaks off."""


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A file as plain JSON values.

    Attributes:
        root: the whole file, or of a page the constants that EPPI-Mapper reads, by their names.
        is_page: whether it is a page of EPPI-Mapper.
    """

    root: Json
    encoding: str
    is_page: bool


def may_be_eppi(content: bytes) -> bool:
    """Whether a file looks like JSON of EPPI-Reviewer or a page of EPPI-Mapper."""
    if _PAGE.match(content[:4096].removeprefix(b"\xef\xbb\xbf")):
        return b"referenceData" in content and b"csvData" in content
    text = content
    if content[:2] in _BOMS:
        text = content.replace(b"\0", b"")[2:]
    head = text.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head.startswith(b"{"):
        return False
    is_report = b'"CodeSets"' in text or b'"References"' in text
    return is_report or (b'"SetName"' in text and b'"AttributesList"' in text)


def parse(content: bytes, ledger: Ledger) -> ParsedFile:
    """The values of a file.

    Raises:
        Broken: where it is no JSON.
    """
    text, encoding = _decode(content, ledger)
    if text.lstrip().startswith("<"):
        return ParsedFile(_constants(text, ledger), encoding, is_page=True)
    root = _load(text, ledger)
    if not isinstance(root, Mapping):
        raise Broken("it holds a list or a single value, where EPPI-Reviewer writes an object")
    return ParsedFile(root, encoding, is_page=False)


def _decode(content: bytes, ledger: Ledger) -> tuple[str, str]:
    """The text of a file, and its encoding."""
    if content[:2] in _BOMS:
        return content.decode("utf-16", "replace"), "utf-16"
    try:
        return content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        pass
    content = content.removeprefix(b"\xef\xbb\xbf")
    halves = sum(len(run) // 3 for run in _HALVES.findall(content))
    whole = _HALVES.sub(_together, content)
    text = whole.decode("utf-8", "surrogateescape")  # strange bytes stand as halves of their own
    strange = sum(map(len, _STRANGE.findall(text)))
    if strange > sum(map(len, _BEYOND_ASCII.findall(text))) - strange:
        ledger.repair("the file", "The file is not UTF-8; it was read as Windows-1252.")
        return content.decode("cp1252", "replace"), "cp1252"
    if strange:
        sentence = "Bytes that are not UTF-8 stand in the file; they were read as Windows-1252."
        ledger.repair("the file", sentence, strange)
        text = text.translate(_AS_WINDOWS_1252)
    if not halves:
        return text, "utf-8"
    ledger.repair(
        f"{halves:,} halves of characters",
        "The file is not valid UTF-8: rare characters stand in two halves (CESU-8); they were "
        "put together.",
    )
    return text, "cesu-8"


def _together(run: re.Match[bytes]) -> bytes:
    """Halves of characters as whole ones; one that is left over as a damaged character."""
    halves = run.group().decode("utf-8", "surrogatepass").encode("utf-16-le", "surrogatepass")
    return halves.decode("utf-16-le", "replace").encode()


def _load(text: str, ledger: Ledger) -> Any:
    try:
        return _decoder(ledger).decode(text)
    except json.JSONDecodeError as error:
        raise Broken(f"the JSON breaks off at line {error.lineno:,}: {error.msg}") from error
    except RecursionError as error:
        raise Broken("its lists are nested too deep") from error


def _decoder(ledger: Ledger) -> json.JSONDecoder:
    def whole(digits: str) -> int | str:
        return int(digits) if len(digits) <= _DIGITS else digits

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        together = dict(pairs)
        if len(together) < len(pairs):
            names = [name for name, _ in pairs]
            twice = next(name for name in names if names.count(name) > 1)
            ledger.repair(f"“{twice}”", "A name stands twice in one entry; the last one counts.")
        return together

    return json.JSONDecoder(
        strict=False, parse_int=whole, parse_constant=str, object_pairs_hook=unique
    )


def _constants(text: str, ledger: Ledger) -> dict[str, Any]:
    """The constants of a page that hold its references and codes."""
    decoder = _decoder(ledger)
    constants: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for match in _ASSIGNED.finditer(text):
        name = match[1]
        if constants.get(name):
            continue
        try:  # a library in the page may have a variable of this name, which is no JSON
            constants[name], _ = decoder.raw_decode(text, match.end())
        except json.JSONDecodeError as error:
            faults.setdefault(name, f"“{name}” breaks off: {error.msg}")
        except RecursionError:
            faults.setdefault(name, f"“{name}” is nested too deep")
    if "referenceData" not in constants:
        nothing = "it is a web page without the references of EPPI-Mapper"
        raise Broken(faults.get("referenceData", nothing))
    for name in faults.keys() - constants.keys():
        ledger.repair(name, "A part of the page cannot be read; its codes are not known.")
    return constants
