"""What the elements of MODS mean: https://www.loc.gov/standards/mods/userguide/."""

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from evidence.citations import dates, identifiers, page_ranges, types
from evidence.citations.formats import entry_values, library_values
from evidence.citations.formats.entry_values import NormalForm, quote
from evidence.citations.formats.host_parts import HostPart, parse_host_part
from evidence.citations.formats.library_values import Part, of_publication, tidy
from evidence.citations.formats.xml_blocks import text_of
from evidence.citations.names import given_first
from evidence.citations.record import Name, Reference
from evidence.citations.text import line, paragraphs
from evidence.problems import Code

TITLE = "titleInfo"
NAME = "name"
ORIGIN = "originInfo"
RELATED = "relatedItem"
PART = "part"
NOTES = ("note", "tableOfContents")
DATES = ("dateIssued", "copyrightDate", "dateCreated", "dateOther")
NUMBER = "identifier"

_MAIN_TITLES = ("", "translated", "uniform", "alternative", "abbreviated")  # in this order
_GENRES = {
    **dict.fromkeys(("theses", "hochschulschrift", "etd", "masters thesis"), "thesis"),
    **dict.fromkeys(("conference publication", "conference proceeding"), "conference"),
}
_RESOURCES = {
    **dict.fromkeys(("cartographic", "still image", "moving image", "notated music"), "media"),
    **dict.fromkeys(("sound recording", "sound recording-musical"), "media"),
    "sound recording-nonmusical": "media",
    "software, multimedia": "software",
    "three dimensional object": types.OTHER,
}
_PARTS = frozenset({"chapter", "article", "conference", "encyclopedia", "newspaper", "magazine"})
_IN_BOOKS = frozenset({"chapter", "conference", "encyclopedia"})
_SERIAL = ("continuing", "serial", "integrating resource")
_PAGES = frozenset({"", "p", "pp", "page", "pages"})
_SUBJECTS = frozenset({"topic", "geographic", "temporal", "genre", "occupation"})
_NO_LANGUAGE = frozenset({"", "und", "zxx", "mul"})


def reference(entry: Element) -> NormalForm:
    """The normal form of a record, and what is to be said of its values."""
    host = _host(entry)
    part, unread = _part(entry, host)
    kind = _type(entry, host, part)
    authors, editors = _people(entry)
    if kind in _IN_BOOKS and host is not None:
        editors = editors or _people(host)[1]
    date, written_date = _date(entry, host, part)
    journal = _title(host) if host is not None and kind != "book" else ""
    numbers = [entry] if host is None else [entry, host]
    publishers = [origin for each in numbers for origin in each.iterfind(ORIGIN)]
    abbreviations = host.iterfind(f"{TITLE}[@type='abbreviated']") if host is not None else ()
    normal = Reference(
        type=kind,
        title=_title(entry),
        authors=authors,
        editors=editors,
        year=dates.year(date),
        date=date,
        journal=journal,
        journal_short=next(map(_title_of, abbreviations), "") if journal else "",
        volume=part.volume,
        issue=part.issue,
        pages=part.pages,
        doi=_doi(entry),
        pmid=entry_values.find_first(identifiers.pmid, _numbers([entry], "pmid", "pubmed")),
        pmcid=entry_values.find_first(identifiers.pmcid, _numbers([entry], "pmc", "pmcid")),
        abstract="\n".join(
            filter(None, (paragraphs(text_of(e)) for e in entry.iterfind("abstract")))
        ),
        keywords=entry_values.keywords(_subjects(entry)),
        language="; ".join(_languages(entry)),
        urls=entry_values.urls(_addresses(entry)),
        issn=identifiers.issns(_numbers(numbers, "issn", "issn-l", "eissn", "e-issn", "pissn")),
        isbn=identifiers.isbns(_numbers(numbers, "isbn")),
        publisher=_first(publishers, "publisher"),
        place=_place(publishers),
        notes=tuple(_notes(entry)),
    )
    if written_date and not date:
        unread.append((Code.VALUE_UNREADABLE, f"year {quote(written_date)}"))
    return normal, unread


def _host(entry: Element) -> Element | None:
    """What the work stands in."""
    hosts = entry.findall(f"{RELATED}[@type='host']")
    hosts += [each for each in entry.iterfind(RELATED) if "type" not in each.attrib]
    return next((each for each in hosts if each.get("type") or each.find(PART) is not None), None)


def _title(element: Element | None) -> str:
    if element is None:
        return ""
    for kind in _MAIN_TITLES:
        titles = [each for each in element.iterfind(TITLE) if each.get("type", "") == kind]
        titles.sort(key=lambda each: each.get("usage") != "primary")
        if text := next(filter(None, map(_title_of, titles)), ""):
            return text
    return ""


def _title_of(element: Element) -> str:
    """One title behind the article by which it is not sorted."""
    article = line(text_of(element.find("nonSort")))
    main = line(text_of(element.find("title")))
    joined = f"{article}{main}" if article.endswith(("'", "’", "-")) else f"{article} {main}"
    parts = (text_of(each) for tag in ("partNumber", "partName") for each in element.iterfind(tag))
    subtitles = " ".join(text_of(each) for each in element.iterfind("subTitle"))
    return library_values.title(joined, subtitles, parts)


def _people(entry: Element) -> tuple[tuple[Name, ...], tuple[Name, ...]]:
    """Authors and editors; organisations without a role are authors where there are no others."""
    found: dict[Part, list[Name]] = {part: [] for part in Part}
    names = [each for each in entry.iterfind(NAME) if each.get("type") != "conference"]
    for element in sorted(names, key=lambda each: each.get("type") == "corporate"):
        roles = [text_of(role) for role in element.iterfind("role/roleTerm")]
        is_alone = not found[Part.AUTHOR] and not found[Part.EDITOR]
        is_author = element.get("type") != "corporate" or is_alone or element.get("usage")
        part = library_values.part_of(roles) or (Part.AUTHOR if is_author else Part.OTHER)
        found[part].append(_name(element))
    authors, editors = ((n for n in found[p] if n.family) for p in (Part.AUTHOR, Part.EDITOR))
    return tuple(dict.fromkeys(authors)), tuple(dict.fromkeys(editors))


def _name(element: Element) -> Name:
    texts: dict[str, list[str]] = {}
    for name_part in element.iterfind("namePart"):
        texts.setdefault(name_part.get("type", ""), []).append(line(text_of(name_part)))
    if element.get("type") == "corporate":
        return library_values.organisation(texts.get("", []))
    suffix = " ".join(texts.get("termsOfAddress", []))
    family, given = " ".join(texts.get("family", [])), " ".join(texts.get("given", []))
    if family:
        return library_values.person(f"{family}, {given}" if given else family, suffix=suffix)
    whole = " ".join(texts.get("", [])) or given or text_of(element.find("displayForm"))
    if element.get("type") == "personal" and "," not in whole.strip(" ,"):
        return given_first(tidy(whole))
    return library_values.person(whole, suffix=suffix)


def _date(entry: Element, host: Element | None, part: HostPart) -> tuple[str, str]:
    """The date, and what the record wrote of it."""
    own_dates = [text for name in DATES for text in _dates(entry, f"{ORIGIN}/{name}")]
    of_host = _dates(host, f"{ORIGIN}/dateIssued") if host is not None else []
    texts = [part.date, *own_dates, *of_host]
    return dates.date(texts), next(filter(None, texts), "")


def _dates(element: Element, path: str) -> list[str]:
    """The texts of dates, but for the ends of ranges; those in a known form first."""
    found = [each for each in element.iterfind(path) if each.get("point") != "end"]
    found.sort(key=lambda each: (each.get("keyDate") != "yes", "encoding" not in each.attrib))
    return [line(text_of(each)) for each in found]


def _part(entry: Element, host: Element | None) -> tuple[HostPart, list[entry_values.Remark]]:
    """Where a part stands in its host; a text that says nothing known is told."""
    parts = entry.findall(PART) + (host.findall(PART) if host is not None else [])
    written = " ".join(line(text_of(text)) for each in parts for text in each.iterfind("text"))
    read = parse_host_part(written)
    in_detail = HostPart(
        volume=_detail(parts, "volume"),
        issue=_detail(parts, "issue", "number"),
        pages=_pages(parts),
        date=dates.date(text for each in parts for text in _dates(each, "date")),
    )
    merged = HostPart(
        volume=in_detail.volume or read.volume,
        issue=in_detail.issue or read.issue,
        pages=in_detail.pages or read.pages,
        date=in_detail.date or read.date,
    )
    is_read = any((merged.volume, merged.issue, merged.pages, merged.date))
    unread = [(Code.VALUE_UNREADABLE, f"place in the host {quote(written)}")]
    return merged, [] if is_read or not written else unread


def _detail(parts: Iterable[Element], *kinds: str) -> str:
    """The number of a volume or an issue."""
    details = [each for part in parts for each in part.iterfind("detail")]
    for detail in (each for each in details if each.get("type", "").casefold() in kinds):
        for name in ("number", "title", "caption"):
            if text := line(text_of(detail.find(name))):
                return text
    return ""


def _pages(parts: Iterable[Element]) -> str:
    extents = [each for part in parts for each in part.iterfind("extent")]
    for extent in (each for each in extents if each.get("unit", "").casefold() in _PAGES):
        listed = line(text_of(extent.find("list")))
        start, end = line(text_of(extent.find("start"))), line(text_of(extent.find("end")))
        if text := page_ranges.pages(start, end) or page_ranges.pages(listed):
            return text
    return ""


def _type(entry: Element, host: Element | None, part: HostPart) -> str:
    genres = [tidy(text_of(each)) for each in entry.iterfind("genre")]
    words = (_GENRES.get(genre.casefold()) or types.from_words(genre) for genre in genres)
    kind = next(filter(None, words), "")
    if kind and (host is None or kind in _PARTS or kind == "thesis"):
        return kind
    if host is not None:
        has_isbn = any(_numbers([host], "isbn"))
        return "article" if part.volume or part.issue or not has_isbn else "chapter"
    resource = tidy(text_of(entry.find("typeOfResource"))).casefold()
    if resource in _RESOURCES:
        return _RESOURCES[resource]
    issuance = text_of(entry.find(f"{ORIGIN}/issuance")).casefold()
    if issuance in _SERIAL:
        return types.OTHER
    return "book" if issuance or any(_numbers([entry], "isbn")) else ""


def _numbers(elements: Iterable[Element], *kinds: str) -> Iterator[str]:
    """The identifiers of these kinds, but for those that are marked as wrong."""
    for element in elements:
        for number in element.iterfind(NUMBER):
            if number.get("type", "").casefold() in kinds and number.get("invalid") != "yes":
                yield text_of(number)


def _doi(entry: Element) -> str:
    links = [*_numbers([entry], "uri", "url", "hdl", ""), *_addresses(entry)]
    linked = (text for text in links if "doi.org/" in text or text.startswith(("10.", "doi:")))
    return entry_values.find_first(identifiers.doi, [*_numbers([entry], "doi"), *linked])


def _addresses(entry: Element) -> list[str]:
    urls = [text_of(each) for each in entry.iterfind("location/url")]
    return urls + list(_numbers([entry], "uri", "url"))


def _subjects(entry: Element) -> Iterator[str]:
    """Subjects; the parts of a heading from a list are one, other topics are each its own."""
    for subject in entry.iterfind("subject"):
        parts = [part.replace(";", ",") for part in map(_subject_part, subject) if part]
        if subject.get("authority"):
            yield "/".join(parts)
        else:
            yield from parts


def _subject_part(element: Element) -> str:
    if element.tag in _SUBJECTS:
        return tidy(text_of(element))
    if element.tag == NAME:
        return str(_name(element))
    if element.tag == TITLE:
        return _title_of(element)
    if element.tag == "hierarchicalGeographic":
        return ", ".join(tidy(text_of(part)) for part in element)
    return ""


def _languages(entry: Element) -> list[str]:
    """A code of each language, else its name."""
    texts = []
    for language in entry.iterfind("language"):
        terms = sorted(
            language.iterfind("languageTerm"), key=lambda each: each.get("type") != "code"
        )
        texts.append(next(filter(None, (line(text_of(term)) for term in terms)), ""))
    return [text for text in dict.fromkeys(texts) if text not in _NO_LANGUAGE]


def _first(elements: Iterable[Element], path: str) -> str:
    texts = (
        of_publication(text_of(each)) for element in elements for each in element.iterfind(path)
    )
    return next(filter(None, texts), "")


def _place(origins: Iterable[Element]) -> str:
    """The place in words; a code of a country only where there is nothing else."""
    terms = [term for origin in origins for term in origin.iterfind("place/placeTerm")]
    terms.sort(key=lambda term: term.get("type") == "code")
    return next(filter(None, (of_publication(text_of(term)) for term in terms)), "")


def _paragraphs(element: Element) -> str:
    return paragraphs(text_of(element))


def _notes(entry: Element) -> Iterator[str]:
    for name in NOTES:
        for note in entry.iterfind(name):
            text = _paragraphs(note)
            if text and note.get("type") != "statement of responsibility":
                yield text
