"""The values of an entry by tag, and what most formats do with them.

Where a table of a format names several tags for a meaning, the first one that says something is
taken: values that repeat under another tag are never run together.
"""

import re
from collections.abc import Callable, Iterable, Sequence

from evidence.citations.formats.source_lines import Source
from evidence.citations.record import Reference
from evidence.citations.text import NOTHING, address, line, paragraphs
from evidence.problems import Code

Values = dict[str, list[str]]
Remark = tuple[Code, str]
"""What is to be said of a value of an entry: the kind of problem, and its detail."""
NormalForm = tuple[Reference, list[Remark]]

_COMMA = re.compile(r",(?![^()]{0,200}\))")  # but not in brackets
_STAR = re.compile(r"(?:^|(?<=;)|(?<=/))(\s*)\*+")
_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")
_NUMBERS = re.compile(r"(?:PMC?ID:?\s?(?:PMC)?\d{1,9}[;,.\s]{0,3}){1,2}")
_NUMBER = re.compile(r"(?:PMC)?\d+")

SHORT_NOTE = 200  # characters; a longer note may list the identifiers of other publications
QUOTE_LENGTH = 60  # characters of a value that a problem quotes
_BRIEF = 60  # characters; a longer volume or issue is something else (Covidence: affiliations)


def number_of(count: int, noun: str) -> str:
    """A count with its noun: 1 row, 2,000 entries."""
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{count:,} {noun if count == 1 else plural}"


def quote(text: str) -> str:
    """The beginning of a text in one line and in quotes, for a problem."""
    plain = " ".join(text[: 4 * QUOTE_LENGTH].split())
    return f"“{plain[:QUOTE_LENGTH]}”"


def by_tag(fields: Iterable[tuple[str, str]], titles: Sequence[str] = ()) -> Values:
    """The values under each tag; "None" and its like count as a value in `titles` only."""
    values: Values = {}
    for tag, value in fields:
        if value in NOTHING and not (value and tag in titles):
            continue
        if tag in values:
            values[tag].append(value)
        else:
            values[tag] = [value]
    return values


def first(values: Values, tags: Sequence[str]) -> str:
    """The first value of the first tag that has any."""
    for tag in tags:
        if tag in values:
            return values[tag][0]
    return ""


def every(values: Values, tags: Sequence[str]) -> list[str]:
    """All values of all the tags."""
    texts: list[str] = []
    for tag in tags:
        if tag in values:
            texts += values[tag]
    return texts


def of_first_tag(values: Values, tags: Sequence[str]) -> list[str]:
    """All values of the first tag that has any, so that AU and A1 do not double the authors."""
    for tag in tags:
        if tag in values:
            return values[tag]
    return []


def brief(values: Values, tags: Sequence[str]) -> str:
    """The first value, if it is short enough to be a volume or an issue."""
    value = first(values, tags)
    return line(value) if len(value) <= _BRIEF else ""


def abbreviated_journal(values: Values, tags: Sequence[str], journal: str) -> str:
    """The abbreviated journal, where it is another text than the journal."""
    for value in every(values, tags) if journal else ():
        abbreviated = line(value)
        if abbreviated != journal and abbreviated.casefold() != journal.casefold():
            return abbreviated
    return ""


def longer_first(journal: str, abbreviated: str) -> tuple[str, str]:
    """The journal and its abbreviation, exchanged where the abbreviation is the longer one.

    So stand those of PubMed's records in EndNote.
    """
    if len(abbreviated) > len(journal) and "." not in abbreviated:
        return abbreviated, journal
    return journal, abbreviated


def find_first(recognise: Callable[[str], str], texts: Iterable[str]) -> str:
    """The first identifier, or type, that is recognised in one of the texts."""
    for text in texts:
        if result := recognise(text):
            return result
    return ""


def keywords(texts: Iterable[str]) -> tuple[str, ...]:
    """Each keyword once; the star of a main topic (`*athlete`) is left to the fields."""
    words: list[str] = []
    for text in texts:
        for row in text.split("\n") if "\n" in text else (text,):
            plain = line(row)
            if "*" in plain:
                plain = _STAR.sub("", plain)
            words += plain.split(";") if ";" in plain else (plain,)
    parts = [part.strip() for part in words]
    return tuple(dict.fromkeys([part for part in parts if part not in NOTHING]))


def urls(texts: Iterable[str]) -> tuple[str, ...]:
    """Each web address once; one line may hold several."""
    parts = " ".join(map(address, texts)).replace(";http", " http").split()
    addresses = [part.rstrip(";,") for part in parts if part.startswith(("http", "ftp", "www."))]
    return tuple(dict.fromkeys(addresses))


def languages(values: Values, tags: Sequence[str]) -> str:
    """All languages in one text."""
    return "; ".join([line(value) for value in every(values, tags)])


def split_keywords(texts: Iterable[str]) -> tuple[str, ...]:
    """Keywords in running texts; one without semicolons is parted by commas."""
    return keywords(text if ";" in text else _COMMA.sub(";", text) for text in map(line, texts))


def notes(texts: Iterable[str], pmid: str = "", pmcid: str = "") -> tuple[str, ...]:
    """All notes, but for those that hold nothing except the numbers already taken up."""
    filled = [note for text in texts if (note := paragraphs(text))]
    return tuple([note for note in filled if not _is_number(note, (pmid, pmcid))])


def split_notes(text: str) -> list[str]:
    """The notes in one text, which blank lines part."""
    return _BLANK_LINES.split(text)


def _is_number(note: str, numbers: Sequence[str]) -> bool:
    """Whether a note is only what Zotero writes, as `PMID: 123` and `PMCID: PMC123`."""
    return (
        note.startswith("PM")
        and _NUMBERS.fullmatch(note) is not None
        and all(number in numbers for number in _NUMBER.findall(note))
    )


def guessed_names(guesses: Sequence[str]) -> list[Remark]:
    """What is to be said of names whose order had to be guessed."""
    if not guesses:
        return []
    more = f" and {len(guesses) - 1} more" if len(guesses) > 1 else ""
    return [(Code.NAME_GUESSED, f"{guesses[0][:QUOTE_LENGTH]}{more}")]


def unread_source(text: str, source: Source, known: Sequence[object]) -> list[Remark]:
    """What is to be said of a source line that could not be read, if it has what is not known."""
    if source.is_read or all(known):
        return []
    return [(Code.SOURCE_UNREADABLE, quote(text))]


def unreadable_values(
    values: Values, meanings: Iterable[tuple[str, Sequence[str], object]]
) -> list[Remark]:
    """What the source said and the normal form could not take up.

    Args:
        values: the values by tag.
        meanings: a word for people, the tags, and the value that the normal form has of them.
    """
    return [
        (Code.VALUE_UNREADABLE, f"{name} “{first(values, tags)[:QUOTE_LENGTH]}”")
        for name, tags, value in meanings
        if not value and first(values, tags)
    ]
