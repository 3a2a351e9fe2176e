"""MEDLINE as PubMed writes it.

Other programs take only one `AB`, so the paragraphs of an abstract stand in one value, wrapped as
PubMed wraps it. The DOI stands twice, because some look at `AID` and some at `LID`.
"""

import calendar
from collections.abc import Iterator

from evidence.citations import types
from evidence.citations.formats import exact_values, nbib
from evidence.citations.formats.writer import KeyedReferences, Writer, line, lines
from evidence.citations.names import is_organisation, name
from evidence.citations.record import Name, Reference

_INITIALS = 3
_WRAPPED = "\n      "
_ANY_ISSN = "(Linking)"  # PubMed says of each which it is, and some programs refuse one without


def write(references: KeyedReferences) -> Iterator[bytes]:
    """The file, an entry at a time; the format has no field for a key but the PMID."""
    for _, reference in references:
        yield entry(reference).encode()


def entry(reference: Reference) -> str:
    """One entry with the blank line behind it."""
    text = "".join(f"{tag:<4}- {value}\n" for tag, value in _fields(reference))
    read_back = exact_values.only_reference(nbib.read(text.encode(), ""))
    extra = exact_values.difference(reference, read_back)
    return text + (f"{exact_values.NBIB:<4}- {extra}\n" if extra else "") + "\n"


def _fields(ref: Reference) -> Iterator[tuple[str, str]]:
    """The tags that have a value. `PMID` opens the entry, even where there is none."""
    yield "PMID", line(ref.pmid)
    kind = types.TYPES.get(ref.type)
    in_book = ref.type == "chapter"
    doi = f"{ref.doi} [doi]" if ref.doi else ""
    values_by_tag = (
        ("DP", [_date(ref)]),
        ("TI", [ref.title]),
        ("BTI" if in_book else "JT", [ref.journal]),
        ("TA", [ref.journal_short]),
        ("VI", [ref.volume]),
        ("IP", [ref.issue]),
        ("PG", [ref.pages]),
        ("LID", [doi]),
        ("AID", [doi]),
        ("PMC", [ref.pmcid]),
        ("PT", kind.pubmed[:1] if kind and not in_book else ()),
        ("OT", ref.keywords),
        ("LA", [ref.language]),
        ("IS", [f"{issn} {_ANY_ISSN}" for issn in ref.issn]),
        ("ISBN", ref.isbn),
        ("PB", [ref.publisher]),
        ("PL", [ref.place]),
        ("URL", ref.urls),
        ("GN", ref.notes),
    )
    for tag, values in values_by_tag:
        yield from ((tag, text) for value in values if (text := line(value)))
    yield from (("AB", text) for text in [_WRAPPED.join(lines(ref.abstract))] if text)
    yield from _people(ref.authors)
    yield from (("FED", text) for person in ref.editors if (text := line(str(person))))


def _people(people: tuple[Name, ...]) -> Iterator[tuple[str, str]]:
    """Each person in full and with initials, as PubMed does; organisations under `CN`."""
    for person in people:
        family, given = line(person.family), line(person.given)
        if not given:
            yield ("FAU" if _is_unparted(family) else "CN"), family
            continue
        words = given.replace("-", " ").replace(".", " ").split()
        initials = "".join(word[0] for word in words if word[0].isalpha())
        yield "FAU", f"{family}, {given}"
        yield "AU", f"{family} {initials[:_INITIALS].upper()}".strip()


def _is_unparted(family: str) -> bool:
    """Whether this is a person of whose names nobody knows which is which, as "Abbas Mohamed"."""
    return " " in family and not is_organisation(family) and name(family) == Name(family)


def _date(ref: Reference) -> str:
    """The date as PubMed has it: 2006 Mar 14."""
    year, _, rest = ref.date.partition("-")
    month, _, day = rest.partition("-")
    if not (month.isdecimal() and int(month) in range(1, 13)):
        return ref.date or str(ref.year or "")
    return f"{year} {calendar.month_abbr[int(month)]} {day.lstrip('0')}".strip()


WRITER = Writer(
    name="nbib",
    label="PubMed (nbib)",
    ending="nbib",
    media_type="application/nbib",
    write=write,
)
