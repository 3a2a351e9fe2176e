"""Messages between the server and the process that reads PDF files: JSON, and bytes beside it.

Nothing in them is run when it is read (as pickles are), since a file may have taken that process
over.
"""

import json
import struct
from typing import Any, BinaryIO

_HEAD = struct.Struct("!IQ")  # lengths of the JSON and of the bytes
_LONGEST_JSON = 2**26
_LONGEST_BYTES = 2**28


class BrokenOff(Exception):
    """The other side is gone, or says what is no message."""


def write(stream: BinaryIO, values: dict[str, Any], content: bytes = b"") -> None:
    """Send values and bytes; raises BrokenOff."""
    text = json.dumps(values, separators=(",", ":")).encode()
    try:
        stream.write(_HEAD.pack(len(text), len(content)) + text)
        stream.write(content)
        stream.flush()
    except (OSError, ValueError) as error:  # ValueError: the stream is closed
        raise BrokenOff from error


def read(stream: BinaryIO) -> tuple[dict[str, Any], bytes]:
    """Wait for values and bytes; raises BrokenOff."""
    text_length, content_length = _HEAD.unpack(_exactly(stream, _HEAD.size))
    if text_length > _LONGEST_JSON or content_length > _LONGEST_BYTES:
        raise BrokenOff
    text, content = _exactly(stream, text_length), _exactly(stream, content_length)
    try:
        values = json.loads(text)
    except ValueError as error:
        raise BrokenOff from error
    if not isinstance(values, dict):
        raise BrokenOff
    return values, content


def _exactly(stream: BinaryIO, length: int) -> bytes:
    try:
        content = stream.read(length)
    except (OSError, ValueError) as error:
        raise BrokenOff from error
    if content is None or len(content) < length:
        raise BrokenOff
    return content
