"""From which database a file comes, as its records say; a suggestion, which people can correct."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain

from evidence.citations.formats import column_meanings, database_names
from evidence.citations.formats.database_names import Origin

Fields = Sequence[tuple[str, str]]

_MOSTLY = 0.8  # of the records that say where they come from; a file of others is a mixed one
_ENOUGH = 0.5  # of all records must say it
_LONGEST = 80  # characters; what is longer is no name
_OVID = re.compile(r"^Ovid\s+|\(R\)|®|\s*<[^<>]*>", re.IGNORECASE)  # "<1946 to January 12, 2024>"
_HOST = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, database_names.HOSTS))})")
_CODE = re.compile(r"[?&]db=(\w{2,9})")
_UT = re.compile(r"(WOS|ISI):\s?\w", re.IGNORECASE)

# What a format alone says. Entries of MEDLINE's format come from PubMed if they have its number.
_WEB_OF_SCIENCE = Origin("Web of Science", "Clarivate")
_FORMATS: dict[str, Origin] = {
    "ciw": _WEB_OF_SCIENCE,
    "ovid": Origin(platform="Ovid"),
    "ovid-labels": Origin(platform="Ovid"),
    "cochrane": Origin("Cochrane Library", "Wiley"),
    "embase-csv": Origin("Embase", "Embase.com"),
}
_OF_PUBMED = ("nbib", "pubmed-xml")
_DATABASES = {origin.database for origin in database_names.BEGINNINGS.values()}
_RAYYAN = ("ID", "C1", "key")
_NUMBERED: tuple[str, ...] = ("UT", "Unique-ID", "unique-id", "AN")


class Origins:
    """Takes the fields of records, and gives what most of them say of where they come from.

    Args:
        file_format: the word for it.
        heads: the names of the columns of each table of the file.
    """

    def __init__(self, file_format: str, heads: Iterable[Sequence[str]] = ()) -> None:
        self._format = file_format
        self._by_columns = {origin for names in heads if (origin := _by_columns(names))}
        self._counts: Counter[Origin] = Counter()
        self._records = 0

    def add(self, fields: Fields) -> None:
        """Count one more record."""
        self._records += 1
        self._counts[_origin(self._format, fields)] += 1

    def majority(self) -> Origin:
        """What most records say; nothing of a mixed file."""
        if len(self._by_columns) == 1:
            return next(iter(self._by_columns))
        return Origin(self._common(0), self._common(1))

    def _common(self, part: int) -> str:
        """The database (part 0) or the platform (part 1) that most records name."""
        counts: Counter[str] = Counter()
        for origin, times in self._counts.items():
            counts[origin[part]] += times
        silent = counts.pop("", 0)
        if not counts or self._records - silent < _ENOUGH * self._records:
            return ""
        word, times = counts.most_common(1)[0]
        return word if times >= _MOSTLY * counts.total() else ""


def _origin(file_format: str, fields: Fields) -> Origin:
    """What one record says: first its number, then its words, then its address."""
    by_format = _FORMATS.get(file_format, Origin())
    if by_format.database:
        return by_format
    if file_format in _OF_PUBMED:
        return _of_pubmed(fields)
    if any(tag in _NUMBERED and _UT.match(value) for tag, value in fields):
        return _WEB_OF_SCIENCE
    if any(tag in _RAYYAN and value.startswith("rayyan-") for tag, value in fields):
        return Origin(platform="Rayyan")
    addresses = (
        *_values(fields, database_names.OWN_ADDRESS),
        *_values(fields, database_names.ADDRESS),
    )
    by_address = _by_address(addresses)
    if by_address.database in database_names.WHOLE:
        return by_address
    database, provider = _by_words(file_format, fields)
    platform = by_format.platform or provider or by_address.platform
    if database in database_names.CODES:
        database = database_names.CODES[database].database
    elif platform == "EBSCOhost" and database.islower() and " " not in database:
        database = ""  # a code that is not known
    return Origin(database or by_address.database, platform)


def _of_pubmed(fields: Fields) -> Origin:
    tags = {tag for tag, _ in fields}
    owner = next((value for tag, value in fields if tag == "OWN"), "")
    if owner == "ERIC":
        return Origin("ERIC")
    is_numbered = any("PMID" in tag for tag in tags)
    return Origin("PubMed" if is_numbered or owner == "NLM" else "")


def _by_columns(heads: Sequence[str]) -> Origin | None:
    if column_meanings.are_tags(heads):
        return _WEB_OF_SCIENCE
    plain = set(map(column_meanings.plain, heads))
    return next((origin for origin, names in database_names.COLUMNS if names <= plain), None)


def _values(fields: Fields, names: Collection[str]) -> Iterator[str]:
    """The lines of all fields that have one of the names."""
    for tag, value in fields:
        if tag in names or column_meanings.plain(tag) in names:
            yield from value.split("\n")


def _by_address(addresses: Iterable[str]) -> Origin:
    """Where the first address leads that is known."""
    for address in addresses:
        if host := _HOST.search(address):
            origin = database_names.HOSTS[host[0]]
            if origin.platform == "EBSCOhost" and (code := _CODE.search(address)):
                database = database_names.CODES.get(code[1], Origin()).database
                return origin._replace(database=database)
            return origin
    return Origin()


def _by_words(file_format: str, fields: Fields) -> Origin:
    """What the record itself names as its database and its platform."""
    databases = list(_databases(_values(fields, database_names.DATABASE)))
    whole = (name for name in databases if name in database_names.WHOLE)
    database = next(whole, next(iter(databases), ""))
    if file_format == "ovid":  # where DP is a date
        return Origin(database)
    providers = list(_values(fields, database_names.PROVIDER))
    platform = next(filter(None, map(_platform, providers)), "")
    if not database and not platform:
        catalogue = _databases(_values(fields, database_names.CATALOGUE))
        sure = (name for name in catalogue if name in _DATABASES)  # else it may be a journal
        database = next(chain(_databases(providers), sure), "")
    return Origin(database, platform)


def _platform(text: str) -> str:
    folded = text.casefold()
    by_name = (label for name, label in database_names.PLATFORMS.items() if name in folded)
    by_host = (
        origin.platform
        for host, origin in database_names.HOSTS.items()
        if not origin.database and host in folded
    )
    return next(chain(by_name, by_host), "")


def _databases(texts: Iterable[str]) -> Iterator[str]:
    """The names of databases among the texts."""
    return filter(None, map(_database, texts))


def _database(text: str) -> str:
    """A database by the name that people know; empty for what is no name of one."""
    single = " ".join(text.split())  # first, as the pattern looks at a row of blanks from each
    plain = " ".join(_OVID.sub("", single).split()).strip(" .;,")
    if not plain or len(plain) > _LONGEST or plain.endswith((".enl", ".Data")):
        return ""
    if host := _HOST.search(plain):
        return database_names.HOSTS[host[0]].database
    if database_names.NO_DATABASE.match(plain):
        return ""
    folded = plain.casefold()
    beginnings = database_names.BEGINNINGS.items()
    databases = (
        origin.database for beginning, origin in beginnings if folded.startswith(beginning)
    )
    return next(databases, plain)
