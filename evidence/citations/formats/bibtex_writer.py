"""BibTeX in UTF-8, with the fields that BibLaTeX adds where BibTeX has none (date, pmid)."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from evidence.citations import types
from evidence.citations.formats import bibtex, exact_values
from evidence.citations.formats.writer import (
    KeyedReferences,
    Writer,
    join_keywords,
    join_notes,
    line,
    paragraphs,
)
from evidence.citations.record import Name, Reference

_NO_TYPE = "misc"
_IN_BOOKS = frozenset({"chapter", "conference", "encyclopedia"})
_PUBLISHERS = {"thesis": "school", "report": "institution"}
_FORBIDDEN_IN_KEY = re.compile(r"[^A-Za-z0-9:_+-]")
_AND = re.compile(r"\band\b|,", re.IGNORECASE)
_SUFFIX = re.compile(r"(.+), ((?:Jr|Sr|I{1,3}|IV|V)\.?)")

# LaTeX's own characters. Braces have names, because BibTeX counts them behind a backslash, too. A
# pair of braces parts hyphens and quotes that LaTeX would draw together.
_ESCAPES: Mapping[str, str] = MappingProxyType(
    {character: f"\\{character}" for character in "$&%#_"}
    | {
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
_SPECIAL = re.compile(r"[\\{}$&%#_~^]|-(?=-)|`(?=`)")
_RANGE = re.compile(r"[A-Za-z0-9]+-[A-Za-z0-9]+")
_NOT_IN_ADDRESS = re.compile(r"[{}\\]")


def write(references: KeyedReferences) -> Iterator[bytes]:
    """The file, an entry at a time."""
    for key, reference in references:
        yield entry(key, reference).encode()


def entry(key: str, reference: Reference) -> str:
    """One entry with the blank line behind it."""
    kind = types.TYPES.get(reference.type)
    codes = kind.bibtex if kind else ()
    head = f"@{codes[0] if codes else _NO_TYPE}{{{_key(key, reference)}"
    text = head + "".join(f",\n  {name} = {{{value}}}" for name, value in _fields(reference))
    end = "\n}\n\n"
    read_back = exact_values.only_reference(bibtex.read((text + end).encode(), ""))
    extra = exact_values.difference(reference, read_back)
    return text + (f",\n  {exact_values.BIBTEX} = {{{extra}}}" if extra else "") + end


def _key(key: str, ref: Reference) -> str:
    """A citation key that says whom it is about: drake2006-17."""
    family = unicodedata.normalize("NFKD", ref.authors[0].family if ref.authors else "")
    text = f"{family.split(' ')[0].lower()}{ref.year or ''}-{key}"
    return _FORBIDDEN_IN_KEY.sub("", text).strip("-") or "entry"


def _fields(ref: Reference) -> Iterator[tuple[str, str]]:
    """The fields that have a value."""
    first, *further = [address for url in ref.urls if (address := line(url))] or [""]
    fields = (
        ("author", _people(ref.authors)),
        ("editor", _people(ref.editors)),
        ("title", escape(line(ref.title))),
        ("booktitle" if ref.type in _IN_BOOKS else "journal", escape(line(ref.journal))),
        ("shortjournal", escape(line(ref.journal_short))),
        ("year", str(ref.year or "")),
        ("date", escape(line(ref.date)) if len(ref.date) > len("2006") else ""),
        ("volume", escape(line(ref.volume))),
        ("number", escape(line(ref.issue))),
        ("pages", _pages(ref.pages)),
        (_PUBLISHERS.get(ref.type, "publisher"), escape(line(ref.publisher))),
        ("address", escape(line(ref.place))),
        ("doi", _address(line(ref.doi))),
        ("pmid", escape(line(ref.pmid))),
        ("pmcid", escape(line(ref.pmcid))),
        ("issn", escape(", ".join(map(line, ref.issn)))),
        ("isbn", escape(", ".join(map(line, ref.isbn)))),
        ("language", escape(line(ref.language))),
        ("keywords", escape(join_keywords(ref.keywords))),
        ("url", _address(first)),
        ("link", _address(" ".join(further))),
        ("abstract", escape(paragraphs(ref.abstract))),
        ("note", escape(join_notes(ref.notes))),
    )
    yield from ((name, value) for name, value in fields if value)


def escape(text: str) -> str:
    """The text with LaTeX's own characters as LaTeX prints them."""
    return _SPECIAL.sub(_latex_of, text)


def _latex_of(match: re.Match[str]) -> str:
    return _ESCAPES.get(match[0]) or f"{match[0]}{{}}"


def _address(text: str) -> str:
    """An address or a DOI, which LaTeX takes as it stands but for braces and backslashes."""
    return _NOT_IN_ADDRESS.sub(lambda match: f"%{ord(match[0]):X}", text)


def _pages(text: str) -> str:
    """Pages with the double hyphen that LaTeX prints as a dash."""
    return text.replace("-", "--") if _RANGE.fullmatch(text) else escape(line(text))


def _people(people: tuple[Name, ...]) -> str:
    return " and ".join(name for person in people if (name := _person(person)))


def _person(person: Name) -> str:
    """A name as family, suffix, given; braces hold an organisation together."""
    family, given = escape(line(person.family)), escape(line(person.given))
    if not given:
        return f"{{{family}}}" if family else ""
    if suffix := _SUFFIX.fullmatch(given):
        return f"{_in_braces(family)}, {suffix[2]}, {_in_braces(suffix[1])}"
    return f"{_in_braces(family)}, {_in_braces(given)}"


def _in_braces(text: str) -> str:
    return f"{{{text}}}" if _AND.search(text) else text


WRITER = Writer(
    name="bibtex",
    label="BibTeX (LaTeX, JabRef)",
    ending="bib",
    media_type="application/x-bibtex",
    write=write,
)
