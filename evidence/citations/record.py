"""The words of this project for citations: name, reference, record, reading.

A *reference* describes one publication in normal form. A *record* is one entry of one export: a
reference plus everything the source said. A *reading* is what came out of one file.
"""

from dataclasses import dataclass

from evidence.problems import Effect, Problem


@dataclass(frozen=True, slots=True)
class Name:
    """A person, or an organisation (then `given` is empty and `family` holds the whole name)."""

    family: str
    given: str = ""

    def __str__(self) -> str:
        return f"{self.family}, {self.given}" if self.given else self.family


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One publication in normal form. An empty value means that the source does not say.

    Attributes:
        type: a word of TYPES (types.py), "other" where the source's word is unknown.
        title: without markup.
        year: of publication, four digits.
        date: as exact as the source gives it, `2006`, `2006-03` or `2006-03-14`.
        journal: the container: journal, book or proceedings.
        journal_short: its abbreviation, where the source gives one beside the full name.
        pages: `start-end` with an unabbreviated end, a single page, or an article number.
        doi: lower case, without a resolver in front.
        pmid: digits only.
        pmcid: `PMC` and digits.
        abstract: structured headings kept as `HEADING: text`, paragraphs parted by newlines.
        issn: as `1234-567X`.
        isbn: digits and X only.
        notes: what the source or a person noted.
    """

    type: str = ""
    title: str = ""
    authors: tuple[Name, ...] = ()
    editors: tuple[Name, ...] = ()
    year: int | None = None
    date: str = ""
    journal: str = ""
    journal_short: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    pmid: str = ""
    pmcid: str = ""
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    language: str = ""
    urls: tuple[str, ...] = ()
    issn: tuple[str, ...] = ()
    isbn: tuple[str, ...] = ()
    publisher: str = ""
    place: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One entry of one export.

    Attributes:
        reference: the entry in normal form.
        line: where the entry begins in its file, counted from 1; a bare carriage return ends a
            line too.
        raw: the entry's text as it stood in the file, but for the kind of its line ends.
        key: the entry's own key in its file (RIS `ID`, BibTeX citation key), or empty.
        fields: every tag of the source with its value, in the source's order, repeats included.
    """

    reference: Reference
    line: int
    raw: str
    fields: tuple[tuple[str, str], ...]
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What came out of one file.

    It always holds that `seen == len(records) + lost`.

    Attributes:
        format: a name of formats.FORMATS, of an archive those of its files, parted by commas;
            empty where none was recognised.
        encoding: what the bytes were decoded as, in Python's words; empty where it is no text.
        seen: entry starts, counted independently of the reader.
        other_counts: how many entries it would hold in each other format of which it has marks.
    """

    file: str
    format: str
    encoding: str
    seen: int
    records: tuple[Record, ...]
    problems: tuple[Problem, ...]
    other_counts: tuple[tuple[str, int], ...] = ()

    @property
    def lost(self) -> int:
        """How many entries were seen but could not be kept; each has a problem."""
        return sum(problem.effect is Effect.LOST for problem in self.problems)
