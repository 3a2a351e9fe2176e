"""RIS as most programs read it: T2 for the journal, J2 for its abbreviation, C2 for the PMCID."""

from collections.abc import Iterator

from evidence.citations import types
from evidence.citations.formats import exact_values, ris
from evidence.citations.formats.writer import KeyedReferences, Writer, line, paragraphs
from evidence.citations.names import name
from evidence.citations.record import Name, Reference

_NO_TYPE = "GEN"


def write(references: KeyedReferences) -> Iterator[bytes]:
    """The file, an entry at a time."""
    for key, reference in references:
        yield entry(key, reference).encode()


def entry(key: str, reference: Reference) -> str:
    """One entry with the blank line behind it."""
    text = "".join(f"{tag}  - {value}\n" for tag, value in _fields(key, reference))
    end = "ER  - \n\n"
    read_back = exact_values.only_reference(ris.read((text + end).encode(), ""))
    extra = exact_values.difference(reference, read_back)
    return text + (f"{exact_values.RIS}  - {extra}\n" if extra else "") + end


def _fields(key: str, ref: Reference) -> Iterator[tuple[str, str]]:
    """The tags that have a value, in the usual order."""
    kind = types.TYPES.get(ref.type)
    yield "TY", kind.ris[0] if kind else _NO_TYPE
    start, _, end = ref.pages.partition("-")
    numbers = [f"PMID: {ref.pmid}"] if ref.pmid else []
    values_by_tag = (
        ("ID", [key]),
        ("TI", [ref.title]),
        ("AU", map(_person, ref.authors)),
        ("ED", map(_person, ref.editors)),
        ("PY", [str(ref.year or "")]),
        ("DA", [ref.date.replace("-", "/") if len(ref.date) > len("2006") else ""]),
        ("T2", [ref.journal]),
        ("J2", [ref.journal_short]),
        ("VL", [ref.volume]),
        ("IS", [ref.issue]),
        ("SP", [start]),
        ("EP", [end]),
        ("DO", [ref.doi]),
        ("C2", [ref.pmcid]),
        ("SN", (*ref.issn, *ref.isbn)),
        ("PB", [ref.publisher]),
        ("CY", [ref.place]),
        ("LA", [ref.language]),
        ("KW", ref.keywords),
        ("UR", ref.urls),
    )
    for tag, values in values_by_tag:
        yield from ((tag, text) for value in values if (text := line(value)))
    yield from (("AB", text) for text in [paragraphs(ref.abstract)] if text)
    yield from (("N1", text) for note in (*numbers, *ref.notes) if (text := paragraphs(note)))


def _person(person: Name) -> str:
    """A name; a comma behind it keeps a name that has no given name from being parted."""
    if person.given or "," in person.family or name(person.family) == Name(person.family):
        return str(person)
    return f"{person.family},"


WRITER = Writer(
    name="ris",
    label="RIS (EndNote, Zotero, Mendeley, Rayyan and most others)",
    ending="ris",
    media_type="application/x-research-info-systems",
    write=write,
)
