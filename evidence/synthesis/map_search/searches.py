"""The numbered searches of a map, and which studies each finds.

A search may refer to earlier ones by number, so that there is no circle. Every term finds a set of
studies, and `and`, `or` and `not` combine these sets. The browser has the same rules
(evidence/viewer/map_searches.js).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evidence.coding.scheme import Of
from evidence.synthesis.dimensions import Dimension
from evidence.synthesis.map_search.folded_texts import whole_words
from evidence.synthesis.map_search.search_parser import LONGEST_SEARCH, SearchFault, parse_search
from evidence.synthesis.map_search.search_terms import (
    And,
    Code,
    CodeNames,
    Not,
    Or,
    Reference,
    SearchNode,
    TextField,
    Words,
    YearSpan,
)
from evidence.synthesis.studies import CodedStudy

MOST_SEARCHES = 50
"""Of one map."""

Texts = Mapping[TextField, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapSearch:
    """One of the searches of a map.

    Attributes:
        number: from 1.
        text: as it was written.
        asks: what it asks for, or why it cannot be read.
    """

    number: int
    text: str
    asks: SearchNode | SearchFault


def read_searches(texts: Sequence[str], names: CodeNames) -> tuple[MapSearch, ...]:
    """All searches in their order; each may refer to those before it."""
    searches: list[MapSearch] = []
    for number, text in enumerate(texts, 1):
        earlier = [not isinstance(search.asks, SearchFault) for search in searches]
        asks = parse_search(text, names, earlier)
        searches.append(MapSearch(number=number, text=text, asks=asks))
    return tuple(searches)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressedSearches:
    """The searches of an address, and which of them is shown.

    Attributes:
        search: its number; None for none.
        told: a sentence for each that cannot be read, or is left out.
    """

    texts: tuple[str, ...]
    search: int | None
    told: tuple[str, ...] = ()


def readable_searches(
    addressed: AddressedSearches, dimensions: Sequence[Dimension]
) -> AddressedSearches:
    """What can be kept of them; one that cannot be read stays, so that no number changes."""
    told: list[str] = []
    texts = list(addressed.texts[:MOST_SEARCHES])
    if len(addressed.texts) > MOST_SEARCHES:
        told.append(f"The address has more than {MOST_SEARCHES} searches; the others are left out.")
    for place, text in enumerate(texts):
        if len(text) > LONGEST_SEARCH:
            told.append(
                f"Search #{place + 1} has more than {LONGEST_SEARCH} characters; it is left out."
            )
            texts[place] = ""
    searches = read_searches(texts, CodeNames(dimensions))
    told += [
        f"Search #{search.number} cannot be read: {search.asks}"
        for search in searches
        if isinstance(search.asks, SearchFault)
    ]
    search = addressed.search
    if search is not None and search not in {
        each.number for each in searches if not isinstance(each.asks, SearchFault)
    }:
        told.append(f"The address shows search #{search}, which cannot be read or is not there.")
        search = None
    return AddressedSearches(texts=tuple(texts), search=search, told=tuple(told))


def studies_found(
    searches: Sequence[MapSearch],
    studies: Sequence[CodedStudy],
    dimensions: Sequence[Dimension],
    texts: Mapping[int, Texts],
) -> tuple[frozenset[int], ...]:
    """The ids of the studies that each search finds; none where it cannot be read.

    Args:
        searches: in their order.
        studies: of the map.
        dimensions: of the map.
        texts: by study; map_document.texts_of has those of the document.
    """
    by_id = {dimension.id: dimension for dimension in reversed(dimensions)}
    study_sets: list[frozenset[int]] = []
    for search in searches:
        asks = search.asks
        study_sets.append(
            frozenset()
            if isinstance(asks, SearchFault)
            else frozenset(
                study.id
                for study in studies
                if _finds(asks, study, by_id, texts.get(study.id, {}), study_sets)
            )
        )
    return tuple(study_sets)


def _finds(
    node: SearchNode,
    study: CodedStudy,
    by_id: Mapping[str, Dimension],
    texts: Texts,
    earlier: Sequence[frozenset[int]],
) -> bool:
    match node:
        case And(parts=parts) | Or(parts=parts):
            rule = all if isinstance(node, And) else any
            return rule(_finds(part, study, by_id, texts, earlier) for part in parts)
        case Not(part=part):
            return not _finds(part, study, by_id, texts, earlier)
        case Reference(number=number):
            return study.id in earlier[number - 1]
        case Code():
            return _has_code(node, study, by_id)
        case YearSpan(since=since, until=until):
            return _is_within(study.year, since, until)
        case Words():
            return _has_words(node, texts)


def _is_within(year: int | None, since: int | None, until: int | None) -> bool:
    """A study without a year is in no span."""
    if year is None:
        return False
    return (since is None or year >= since) and (until is None or year <= until)


def _has_code(code: Code, study: CodedStudy, by_id: Mapping[str, Dimension]) -> bool:
    dimension = by_id[code.dimension]
    heading = next(each for each in dimension.headings if each.id == code.heading)
    units = (None,) if dimension.of is Of.STUDY else study.findings
    return any(heading.covers & dimension.codes(study, unit) for unit in units)


def _has_words(node: Words, texts: Texts) -> bool:
    fields = TextField if node.field is None else (node.field,)
    return any(
        _stand_in(node, whole_words(text)) for field in fields for text in texts.get(field, ())
    )


def _stand_in(node: Words, words: Sequence[str]) -> bool:
    *first, last = node.words
    for start in range(len(words) - len(first)):
        end = words[start + len(first)]
        is_last = end.startswith(last) if node.is_beginning else end == last
        if is_last and list(words[start : start + len(first)]) == first:
            return True
    return False
