"""The count of entry starts in tagged formats, which knows nothing of the reader of their lines."""

import re

from evidence.citations.formats.format import marks

# What str.isspace() calls blank, but for the newline.
BLANK = (
    r"(?:[ \t\x0b\x0c\x1c-\x1f]|\xc2[\x85\xa0]|\xe1\x9a\x80|\xe2\x80[\x80-\x8a\xa8\xa9\xaf]"
    r"|\xe2\x81\x9f|\xe3\x80\x80)"
)
# Blank lines before the line that a mark is about; the group `rest` lets every gap match as a
# whole, so that a row of a million blank lines is looked at once.
GAP = rf"(?P<gap>(?:{BLANK}*+\n)++)?+"
REST = "(?(gap)(?P<rest>)|(?!))"


def starts(clean: bytes, mark: re.Pattern[bytes], tagged: re.Pattern[bytes]) -> int:
    """Entry starts: each start tag, and each run of telling tags that has none.

    Args:
        clean: the file.
        mark: matches a newline and the line behind it; its last group says what that line is:
            `start`, `end`, `joined` (an end with a start in the same line), `telling`, `text`
            (which ends an entry behind a gap) or `rest`.
        tagged: matches a line with any tag.
    """
    count, state = 0, "outside"
    for match in marks(mark, clean):
        kind = match.lastgroup
        behind_gap = "gap" in mark.groupindex and match["gap"] is not None
        if kind in {"end", "text"} or (behind_gap and kind != "rest"):
            state = "outside"
        if kind == "telling" and state == "outside":
            count, state = count + 1, "untyped"
        elif kind in {"start", "joined"}:
            adds_type = kind == "start" and state == "untyped" and _follows(clean, match, tagged)
            count, state = count + (not adds_type), "typed"
    return count


def _follows(clean: bytes, mark: re.Match[bytes], tagged: re.Pattern[bytes]) -> bool:
    """Whether the line before this one has a tag."""
    return bool(tagged.match(clean[clean.rfind(b"\n", 0, mark.start()) + 1 : mark.start()]))
