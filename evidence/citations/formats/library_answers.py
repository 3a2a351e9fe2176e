"""What stands around the records in the answers of catalogues and repositories (SRU, OAI-PMH)."""

import re

from evidence.citations.formats.entry_values import QUOTE_LENGTH, number_of
from evidence.problems import Code, Problem

# Elements with nothing but a text, as the number of a record or the query, and other tags.
AROUND = re.compile(r"<([\w.:-]+)(?:\s[^<>]*)?>[^<>]*</\1\s*>|<[^<>]*>")

_AS_TEXT = re.compile(rb"recordPacking>\s*string\s*<|recordXMLEscaping>\s*string\s*<")
_CHARACTERS = ((b"&lt;", b"<"), (b"&gt;", b">"), (b"&quot;", b'"'), (b"&apos;", b"'"))

_FOUND = re.compile(rb"<(?:[\w.-]+:)?numberOfRecords(?:\s[^<>]*)?>\s*(\d{1,12})\s*<")
_TOKEN = re.compile(
    rb'<(?:[\w.-]+:)?resumptionToken(?:\s[^<>]*?\bcompleteListSize="(\d{1,12})")?[^<>]*>\s*[^<\s]'
)
_NEAR = 2000  # bytes; the end tag of the last token is not far
_DELETED = re.compile(rb"<(?:[\w.-]+:)?header\s[^<>]*\bstatus=[\"']deleted")
_REFUSAL = re.compile(
    rb"<(?:[\w.-]+:)?diagnostic[\s>](?:[^<]|<(?!/?(?:[\w.-]+:)?(?:message|details|diagnostic)\b))*+"
    rb"<(?:[\w.-]+:)?(?:message|details)(?:\s[^<>]*)?>([^<]+)<"
    rb"|<(?:[\w.-]+:)?error\s[^<>]*\bcode=[^<>]*>([^<]*)<"
)


def unpack(clean: bytes) -> bytes:
    """The file; records that an answer holds as escaped text become XML, line by line."""
    if not _AS_TEXT.search(clean):
        return clean
    for escaped, character in _CHARACTERS:
        clean = clean.replace(escaped, character)
    return clean.replace(b"&amp;", b"&")


def without_quoted(clean: bytes) -> bytes:
    """The file for a count of tags: unpacked, without texts marked as such and comments."""
    if _AS_TEXT.search(clean):
        clean = clean.replace(b"&lt;", b"<").replace(b"&gt;", b">").replace(b"&amp;", b"&")
    for opening, closing in ((b"<![CDATA[", b"]]>"), (b"<!--", b"-->")):
        first, *parts = clean.split(opening)
        behind = (part.partition(closing) for part in parts)
        clean = first + b"".join(b"_" + (rest if end else text) for text, end, rest in behind)
    return clean


def incomplete(clean: bytes, records: int, file: str) -> list[Problem]:
    """A problem for each sign that the server did not give all that it found."""
    details: list[tuple[int, str]] = []
    most = max(_FOUND.finditer(clean), key=lambda match: int(match[1]), default=None)
    if most and int(most[1]) > records:
        found = number_of(int(most[1]), "record")
        details.append((most.start(), f"it found {found} and gave {records:,}"))
    *_, token = [None, *_TOKEN.finditer(clean)]
    if token and clean.rfind(b"<", 0, clean.rfind(b"resumptionToken")) < token.end() + _NEAR:
        of = f" of {int(token[1]):,}" if token[1] else ""
        details.append((token.start(), f"it gave {records:,}{of} and has more (resumptionToken)"))
    if deleted := list(_DELETED.finditer(clean)):
        detail = f"it has deleted {number_of(len(deleted), 'record')}"
        details.append((deleted[0].start(), detail))
    for refusal in _REFUSAL.finditer(clean):
        text = " ".join((refusal[1] or refusal[2] or b"").decode().split())
        details.append((refusal.start(), f"it says “{text[:QUOTE_LENGTH]}”"))
    return [
        Problem(
            code=Code.ANSWER_INCOMPLETE,
            file=file,
            line=1 + clean.count(b"\n", 0, position),
            detail=detail,
        )
        for position, detail in sorted(details)
    ]
