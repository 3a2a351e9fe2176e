"""What the fields of MARC 21 mean: https://www.loc.gov/marc/bibliographic/."""

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from evidence.citations import dates, identifiers, types
from evidence.citations.formats import entry_values, library_values
from evidence.citations.formats.entry_values import NormalForm, quote
from evidence.citations.formats.host_parts import HostPart, parse_host_part
from evidence.citations.formats.library_values import Part, of_publication, tidy
from evidence.citations.formats.marc_record import DataField, MarcRecord, marc_record
from evidence.citations.record import Name, Reference
from evidence.citations.text import line, paragraphs
from evidence.problems import Code

PEOPLE = ("100", "700")
ORGANISATIONS = ("110", "710")
PUBLICATION = ("264", "260")
HOST = ("773",)
THESIS = ("502",)
ABSTRACT = ("520",)
SUBJECTS = (
    *("600", "610", "611", "630", "647", "648", "650", "651", "653", "654", "655", "656", "657"),
    *("658", "662", "688", "689"),
)
NOTES = (
    *("500", "501", "502", "504", "505", "508", "511", "515", "518", "521", "525", "530", "533"),
    *("534", "536", "538", "545", "546", "547", "550", "555", "580", "581", "585", "586", "588"),
)

_SUBJECT_CODES = "abcdtvxyz"
_PUBLISHED = "1"  # the second indicator of 264; 4 is a copyright
_ABSTRACT_KINDS = (" ", "", "3", "0", "2", "8", "#")  # 520: not a review, nor a warning of content
_SEPARATE = frozenset({"653"})  # each subfield is a subject of its own
_LANGUAGE_CODE = 3
_NO_LANGUAGE = frozenset({"", "und", "zxx", "mul", "|||"})
_AT_DATE, _AT_LANGUAGE = slice(6, 15), slice(35, 38)  # in 008
_DETAILED = "e"  # the kind of date with month and day
_NO_TEXT = {
    **dict.fromkeys("cdefgijkr", "media"),
    "m": "software",
    **dict.fromkeys("op", types.OTHER),
}
_FORENAME = "0"
_IMPRINT = re.compile(r"([^:;]{1,100}?)\s:\s([^:;]{1,200}?)(?:,\s*[\[©c]?[12]\d{3}|$)")
_NUMBER_PMID = re.compile(r"\((?:PMID|PubMed|DE-627-PMID|NLM)\)\s*(\d{1,9})", re.IGNORECASE)
_DEGREE = re.compile(
    r"(?:--|—|–|, |: )\s*([^,;(]{0,120}?(?:univ|college|hochschule|institut|school|akadem|[eé]col)"
    r"[^,;(]{0,80})",
    re.IGNORECASE,
)
_GENRES = {"hochschulschrift": "thesis", "academic theses": "thesis", "theses": "thesis"}


def reference(entry: Element) -> NormalForm:
    """The normal form of a record, and what is to be said of its values."""
    record = marc_record(entry)
    host = _host(record)
    part, unread = _host_part(host)
    kind = _type(record, host, part)
    authors, editors = _people(record)
    place, publisher = _publication(record, host)
    date = _date(record, part)
    journal = (
        library_values.title(host.first("t") or host.first("a")) if host and kind != "book" else ""
    )
    numbers = record.texts("022", "al") + (host.all("x") if host else [])
    books = record.texts("020", "a") + (host.all("z") if host else [])
    normal = Reference(
        type=kind,
        title=_title(record),
        authors=authors,
        editors=editors,
        year=dates.year(date),
        date=date,
        journal=journal,
        journal_short=tidy(host.first("p")) if host and journal else "",
        volume=part.volume,
        issue=part.issue,
        pages=part.pages,
        doi=_doi(record),
        pmid=_pmid(record),
        pmcid=entry_values.find_first(identifiers.pmcid, _standard_numbers(record, "pmc")),
        abstract="\n".join(_abstracts(record)),
        keywords=entry_values.keywords(_subjects(record)),
        language="; ".join(_languages(record)),
        urls=entry_values.urls(record.texts("856", "u")),
        issn=identifiers.issns(numbers),
        isbn=identifiers.isbns(books),
        publisher=(_institution(record) if kind == "thesis" else "") or publisher,
        place=place,
        notes=tuple(_notes(record)),
    )
    written = next((field.first("c") for field in record.fields(*PUBLICATION)), "")
    if written and not date:
        unread.append((Code.VALUE_UNREADABLE, f"year {quote(written)}"))
    return normal, unread


def _title(record: MarcRecord) -> str:
    for field in record.fields("245", "240", "130", "246"):
        subtitles = field.all("b")
        text = library_values.title(field.first("a"), " ".join(subtitles), field.all("np"))
        if text:
            return text
    return ""


def _people(record: MarcRecord) -> tuple[tuple[Name, ...], tuple[Name, ...]]:
    """Authors and editors, people before organisations."""
    edited = library_values.names_editors(" ".join(record.texts("245", "c")))
    has_main = any(record.fields("100", "110"))
    unsaid = Part.EDITOR if edited and not has_main else Part.AUTHOR
    found: dict[Part, list[Name]] = {part: [] for part in Part}
    for field in record.fields(*PEOPLE):
        found[_part(field, unsaid)].append(_person(field))
    for field in record.fields(*ORGANISATIONS):
        is_alone = not found[Part.AUTHOR] and not found[Part.EDITOR]
        part = _part(field, Part.AUTHOR if field.tag == "110" or is_alone else Part.OTHER)
        found[part].append(library_values.organisation(field.all("ab")))
    return _once(found[Part.AUTHOR]), _once(found[Part.EDITOR])


def _once(names: Iterable[Name]) -> tuple[Name, ...]:
    return tuple(dict.fromkeys(name for name in names if name.family))


def _part(field: DataField, unsaid: Part) -> Part:
    """What somebody has to do with the work; names of other works are nobody of this one."""
    if field.tag.startswith("7") and field.first("t"):
        return Part.OTHER
    return library_values.part_of([*field.all("4"), *field.all("e")]) or unsaid


def _person(field: DataField) -> Name:
    heading = field.first("a")
    if field.first_indicator == _FORENAME and "," not in heading.strip(" ,"):
        return Name(" ".join(filter(None, map(tidy, field.all("ab")))))
    return library_values.person(heading, suffix=field.first("c"))


def _publication(record: MarcRecord, host: DataField | None) -> tuple[str, str]:
    """Place and publisher, else those of the host: `Berlin : Invented Press, 2004`."""
    fields = sorted(record.fields(*PUBLICATION), key=_is_not_published)
    places = (of_publication(text) for field in fields for text in field.all("a"))
    publishers = (of_publication(text) for field in fields for text in field.all("b"))
    place, publisher = next(filter(None, places), ""), next(filter(None, publishers), "")
    if not place and not publisher and host and (match := _IMPRINT.match(host.first("d"))):
        return of_publication(match[1]), of_publication(match[2])
    return place, publisher


def _is_not_published(field: DataField) -> bool:
    return field.tag == "264" and field.second_indicator != _PUBLISHED


def _date(record: MarcRecord, part: HostPart) -> str:
    fields = sorted(record.fields(*PUBLICATION), key=_is_not_published)
    written = [text for field in fields for text in field.all("c")]
    kind, year, detail = _coded_date(record.control("008")[_AT_DATE])
    coded = f"{year}{detail}" if kind == _DETAILED else year
    others = [*record.texts("046", "k"), *record.texts("502", "da"), *record.texts("773", "d")]
    return dates.date([part.date, *map(line, written), coded, *others])


def _coded_date(text: str) -> tuple[str, str, str]:
    """The kind of a coded date, its year, and what stands behind it."""
    return text[:1], text[1:5], text[5:9]


def _host(record: MarcRecord) -> DataField | None:
    """What the work stands in: all 773 as one, since some catalogues give its numbers apart."""
    hosts = list(record.fields(*HOST))
    subfields = tuple(subfield for field in hosts for subfield in field.subfields)
    return DataField("773", "", "", subfields) if hosts else None


def _host_part(host: DataField | None) -> tuple[HostPart, list[entry_values.Remark]]:
    """Where a part stands in its host; a text that says nothing known is told."""
    written = " ".join(host.all("g")) if host else ""
    enumeration = host.first("q") if host else ""
    part, other = parse_host_part(written), parse_host_part(enumeration)
    merged = HostPart(
        volume=part.volume or other.volume,
        issue=part.issue or other.issue,
        pages=part.pages or other.pages,
        date=part.date,
    )
    is_read = any((part.volume, part.issue, part.pages, part.date))
    unread = [(Code.VALUE_UNREADABLE, f"place in the host {quote(written)}")]
    return merged, [] if is_read or not written else unread


def _type(record: MarcRecord, host: DataField | None, part: HostPart) -> str:
    leader = f"{record.leader:<24}"
    genres = [tidy(text) for text in record.texts("655", "a")]
    words = (_GENRES.get(genre.casefold()) or types.from_words(genre) for genre in genres)
    genre = next(filter(None, words), "")
    if any(record.fields(*THESIS)) or genre == "thesis":
        return "thesis"
    if leader[6] in _NO_TEXT:
        return _NO_TEXT[leader[6]]
    is_part = leader[7] in "ab" or any((part.volume, part.issue, part.pages))
    if host is not None and (is_part or host.first("x")):
        in_serial = leader[7] == "b" or host.first("x") or (part.volume and not host.first("z"))
        if genre in {"conference", "newspaper", "magazine"}:
            return genre
        return "article" if in_serial else "chapter"
    if leader[7] in "si":
        return types.OTHER
    return genre if genre in {"report", "conference", "encyclopedia"} else "book"


def _doi(record: MarcRecord) -> str:
    links = (url for url in record.texts("856", "u") if "doi.org/" in url)
    numbers = [*_standard_numbers(record, "doi"), *_standard_numbers(record, "hdl", "uri")]
    return entry_values.find_first(identifiers.doi, [*numbers, *links])


def _standard_numbers(record: MarcRecord, *kinds: str) -> Iterator[str]:
    """The numbers of 024, whose kind stands in `$2`."""
    for field in record.fields("024"):
        if field.first("2").strip().casefold() in kinds:
            yield from field.all("a")


def _pmid(record: MarcRecord) -> str:
    numbers = entry_values.find_first(identifiers.pmid, _standard_numbers(record, "pmid", "pubmed"))
    named = (match[1] for text in record.texts("035", "a") if (match := _NUMBER_PMID.search(text)))
    return numbers or next(named, "")


def _abstracts(record: MarcRecord) -> Iterator[str]:
    for field in record.fields(*ABSTRACT):
        if field.first_indicator in _ABSTRACT_KINDS:
            text = paragraphs("\n".join(field.all("ab")))
            if text:
                yield text


def _subjects(record: MarcRecord) -> Iterator[str]:
    for field in record.fields(*SUBJECTS):
        parts = [tidy(text).replace(";", ",") for text in field.all(_SUBJECT_CODES)]
        if field.tag in _SEPARATE:
            yield from parts
        else:
            yield "/".join(filter(None, parts))


def _languages(record: MarcRecord) -> Iterator[str]:
    """The codes of 041, which may stand side by side without a blank, else that of 008."""
    codes = [
        text[start : start + _LANGUAGE_CODE]
        for text in map(str.strip, record.texts("041", "a"))
        for start in range(0, len(text), _LANGUAGE_CODE if len(text) % _LANGUAGE_CODE == 0 else 99)
    ] or [record.control("008")[_AT_LANGUAGE].strip()]
    return (code for code in dict.fromkeys(codes) if code.isalpha() and code not in _NO_LANGUAGE)


def _institution(record: MarcRecord) -> str:
    """Where a thesis was written: as such, or in its note."""
    for field in record.fields(*THESIS):
        if institution := of_publication(field.first("c")):
            return institution
        if match := _DEGREE.search(field.first("a")):
            return of_publication(match[1])
    return ""


def _notes(record: MarcRecord) -> Iterator[str]:
    for field in record.fields(*NOTES):
        codes = "abcdghotru" if field.tag != "502" else "abcdgo"
        if text := paragraphs(" ".join(field.all(codes))):
            yield text
