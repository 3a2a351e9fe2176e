"""How a format of tagged lines writes them, and what an entry of such lines is."""

import re
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How a format writes its lines.

    Attributes:
        tagged: matches a line with a tag; group 1 is the tag, group 2 the value.
        narrow: matches a line with a tag in entries whose first line matches `narrow_start` (RIS
            with one blank before the dash), where `tagged` would be too strict.
        bare_end: an end mark that is written without being a tagged line.
        whole: matches all lines of an entry that is written by the book, from `whole_start` to
            `whole_end`; it may match less than `tagged`, but nothing else.
        start: the tag that opens an entry.
        end: the tag that closes one.
        apart: tags of lines that belong to no entry, as the head and the foot of a file.
        blank_ends: whether a blank line closes one.
        wraps: an untagged line that continues a value by the book, even behind a blank line.
        resumes: an untagged line behind a blank line that continues a value, though there is no
            rule that says so.
        telling: tags that make an entry even where `start` is missing.
        titles: tags of which an entry has one. Where they are given, tags behind the end of an
            entry belong to it, unless they repeat its title and so begin another one.
        people: tags of people, which only an entry of its own has between two ends.
    """

    tagged: re.Pattern[str]
    start: str
    telling: frozenset[str]
    end: str = ""
    titles: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()
    blank_ends: bool = False
    wraps: re.Pattern[str] | None = None
    resumes: re.Pattern[str] | None = None
    bare_end: re.Pattern[str] | None = None
    whole: re.Pattern[str] | None = None
    whole_start: str = ""
    whole_end: str = ""
    narrow: re.Pattern[str] | None = None
    narrow_start: re.Pattern[str] | None = None


@dataclass(slots=True)
class Entry:
    """One entry as it stands in the file.

    Attributes:
        line: its first line, counted from 1.
        fields: tag and value of each tagged line, with the untagged lines below it joined on.
        started: whether it has its start tag.
        ended: whether it has its end mark.
        untagged: the first untagged line below each tag that has any, with that tag; lines that
            are wrapped by the book are none.
    """

    line: int
    rows: list[str] = field(default_factory=list)
    fields: list[tuple[str, str]] = field(default_factory=list)
    untagged: list[tuple[int, str]] = field(default_factory=list)
    started: bool = False
    ended: bool = False

    @property
    def raw(self) -> str:
        """The entry's text, from its first line to its last."""
        return "\n".join(self.rows).rstrip()


@dataclass(slots=True)
class OutsideLines:
    """Lines that belong to no entry, each with its number; blank ones are left out."""

    rows: list[tuple[int, str]]
