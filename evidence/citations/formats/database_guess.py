"""From which database a file comes, as its records say; a suggestion, which people can correct."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from evidence.citations.formats import columns
from evidence.citations.formats import database_names as names
from evidence.citations.formats.database_names import Place

Fields = Sequence[tuple[str, str]]

_MOSTLY = 0.8  # of the records that say where they come from; a file of others is a mixed one
_ENOUGH = 0.5  # of all records must say it
_LONGEST = 80  # signs; what is longer is no name
_OVID = re.compile(r"^Ovid\s+|\(R\)|®|\s*<[^<>]*>", re.IGNORECASE)  # "<1946 to January 12, 2024>"
_HOST = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names.HOSTS))})")
_CODE = re.compile(r"[?&]db=(\w{2,9})")
_UT = re.compile(r"(WOS|ISI):\s?\w", re.IGNORECASE)

# What a format alone says. Entries of MEDLINE's format come from PubMed if they have its number.
_FORMATS: dict[str, Place] = {
    "ciw": ("Web of Science", "Clarivate"),
    "ovid": ("", "Ovid"),
    "ovid-labels": ("", "Ovid"),
    "cochrane": ("Cochrane Library", "Wiley"),
    "embase-csv": ("Embase", "Embase.com"),
}
_OF_PUBMED = ("nbib", "pubmed-xml")
_KNOWN = {database for database, _ in names.BEGINNINGS.values()}
_RAYYAN = ("ID", "C1", "key")
_NUMBERED: tuple[str, ...] = ("UT", "Unique-ID", "unique-id", "AN")


class Origin(NamedTuple):
    """Where the records of a file come from; an empty word where they do not say, or differ."""

    database: str = ""
    platform: str = ""

    @property
    def is_register(self) -> bool:
        """Whether it is a register of studies."""
        return self.database in names.REGISTERS

    @property
    def name(self) -> str:
        """A name for the source; empty where there is none."""
        tools = ("Rayyan", "Covidence")  # which join the files of several databases
        return self.database or (self.platform if self.platform in tools else "")


class Origins:
    """Takes the fields of records, and tells what most of them say.

    Args:
        file_format: the word for it.
        heads: the names of the columns of each table of the file.
    """

    def __init__(self, file_format: str, heads: Iterable[Sequence[str]] = ()) -> None:
        self._format = file_format
        self._of_columns = {place for names in heads if (place := _by_columns(names))}
        self._said: Counter[Place] = Counter()
        self._seen = 0

    def add(self, fields: Fields) -> None:
        """One more record."""
        self._seen += 1
        self._said[_place(self._format, fields)] += 1

    def majority(self) -> Origin:
        """What most records say; nothing of a mixed file."""
        if len(self._of_columns) == 1:
            return Origin(*next(iter(self._of_columns)))
        return Origin(self._common(0), self._common(1))

    def _common(self, part: int) -> str:
        said: Counter[str] = Counter()
        for place, times in self._said.items():
            said[place[part]] += times
        silent = said.pop("", 0)
        if not said or self._seen - silent < _ENOUGH * self._seen:
            return ""
        word, times = said.most_common(1)[0]
        return word if times >= _MOSTLY * said.total() else ""


def _place(file_format: str, fields: Fields) -> Place:
    """What one record says: first its number, then its words, then its address."""
    database, platform = _FORMATS.get(file_format, ("", ""))
    if database:
        return database, platform
    if file_format in _OF_PUBMED:
        return _of_pubmed(fields)
    if any(tag in _NUMBERED and _UT.match(value) for tag, value in fields):
        return "Web of Science", "Clarivate"
    if any(tag in _RAYYAN and value.startswith("rayyan-") for tag, value in fields):
        return "", "Rayyan"
    addresses = (*_values(fields, names.OWN_ADDRESS), *_values(fields, names.ADDRESS))
    at, at_platform = _by_address(addresses)
    if at in names.WHOLE:
        return at, at_platform
    said, provider = _by_words(file_format, fields)
    platform = platform or provider or at_platform
    if said in names.CODES:
        said = names.CODES[said][0]
    elif platform == "EBSCOhost" and said.islower() and " " not in said:
        said = ""  # a code that is not known
    return said or at, platform


def _of_pubmed(fields: Fields) -> Place:
    tags = {tag for tag, _ in fields}
    owner = next((value for tag, value in fields if tag == "OWN"), "")
    if owner == "ERIC":
        return "ERIC", ""
    is_numbered = any("PMID" in tag for tag in tags)
    return ("PubMed" if is_numbered or owner == "NLM" else "", "")


def _by_columns(heads: Sequence[str]) -> Place | None:
    if columns.are_tags(heads):
        return "Web of Science", "Clarivate"
    plain = set(map(columns.plain, heads))
    return next((place for place, wanted in names.COLUMNS if wanted <= plain), None)


def _values(fields: Fields, wanted: Collection[str]) -> Iterator[str]:
    for tag, value in fields:
        if tag in wanted or columns.plain(tag) in wanted:
            yield from value.split("\n")


def _by_address(addresses: Iterable[str]) -> Place:
    """Where the first address leads that is known."""
    for address in addresses:
        if found := _HOST.search(address):
            database, platform = names.HOSTS[found[0]]
            if platform == "EBSCOhost" and (code := _CODE.search(address)):
                database = names.CODES.get(code[1], ("", ""))[0]
            return database, platform
    return "", ""


def _by_words(file_format: str, fields: Fields) -> Place:
    """What the record itself names as its database and its platform."""
    databases = [name for value in _values(fields, names.DATABASE) if (name := _named(value))]
    said = next((name for name in databases if name in names.WHOLE), next(iter(databases), ""))
    if file_format == "ovid":  # where DP is a date
        return said, ""
    providers = list(_values(fields, names.PROVIDER))
    platform = next(filter(None, map(_platform, providers)), "")
    if not said and not platform:
        told = [name for value in providers if (name := _named(value))]
        catalogue = [_named(value) for value in _values(fields, names.CATALOGUE)]
        told += [name for name in catalogue if name in _KNOWN]  # else it may be a journal
        said = next(iter(told), "")
    return said, platform


def _platform(text: str) -> str:
    folded = text.casefold()
    return next((each for name, each in names.PLATFORMS.items() if name in folded), "") or next(
        (place[1] for host, place in names.HOSTS.items() if not place[0] and host in folded), ""
    )


def _named(text: str) -> str:
    """A database by the name that people know; empty for what is no name of one."""
    single = " ".join(text.split())  # first, as the pattern looks at a row of blanks from each
    plain = " ".join(_OVID.sub("", single).split()).strip(" .;,")
    if not plain or len(plain) > _LONGEST or plain.endswith((".enl", ".Data")):
        return ""
    if found := _HOST.search(plain):
        return names.HOSTS[found[0]][0]
    if names.NO_DATABASE.match(plain):
        return ""
    folded = plain.casefold()
    known = (place[0] for start, place in names.BEGINNINGS.items() if folded.startswith(start))
    return next(known, plain)
