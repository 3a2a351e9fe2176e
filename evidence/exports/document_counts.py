"""Studies of a map's document by year and by the headings of a dimension."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from evidence.synthesis.study_counts import Count, Counts

Document = Mapping[str, Any]
"""As docs/decisions/map.md describes it."""

_OF_STUDY = "study"


def size(document: Document) -> int:
    """How many studies there are."""
    return len(document["studies"]["id"])


def by_year(document: Document) -> Counts:
    """Studies by year, from the first to the last; years without a study are kept."""
    carriers: defaultdict[int, set[int]] = defaultdict(set)
    for study, year in enumerate(document["studies"]["year"]):
        if year is not None:
            carriers[year].add(study)
    years = range(min(carriers), max(carriers) + 1) if carriers else ()
    lines = tuple(
        Count(id=str(year), label=str(year), studies=frozenset(carriers.get(year, ())))
        for year in years
    )
    return _counts("Year", lines, document)


def by_heading(document: Document, dimension: Mapping[str, Any]) -> Counts:
    """Studies by the headings of a dimension; a heading counts what stands below it, too."""
    headings = dimension["headings"]
    above = _above(headings["depth"])
    carriers: list[set[int]] = [set() for _ in above]
    for study, position in _ticked(document, dimension):
        at = position
        while at >= 0 and study not in carriers[at]:
            carriers[at].add(study)
            at = above[at]
    lines = tuple(
        Count(
            id=headings["id"][at],
            label=headings["label"][at] or headings["id"][at],
            studies=frozenset(studies),
            depth=headings["depth"][at],
        )
        for at, studies in enumerate(carriers)
    )
    return _counts(dimension["title"], lines, document)


def paths(dimension: Mapping[str, Any]) -> list[str]:
    """Of each heading its label behind those above it: `Health › Mental health`."""
    headings = dimension["headings"]
    open_labels: list[str] = []
    made = []
    for at, label in enumerate(headings["label"]):
        del open_labels[headings["depth"][at] :]
        open_labels.append(label or headings["id"][at])
        made.append(" › ".join(open_labels))
    return made


def _above(depths: list[int]) -> list[int]:
    """Of each heading the position of the one above it, -1 at the top."""
    above: list[int] = []
    open_positions: list[int] = []
    for at, depth in enumerate(depths):
        del open_positions[depth:]
        above.append(open_positions[-1] if open_positions else -1)
        open_positions.append(at)
    return above


def _ticked(document: Document, dimension: Mapping[str, Any]) -> Iterator[tuple[int, int]]:
    """Study and heading of each code, as ticked."""
    codes = dimension["codes"]
    if dimension["of"] == _OF_STUDY:
        studies = range(size(document))
    else:
        studies = document["findings"]["study"]
    for study, ticked in zip(studies, codes, strict=True):
        for position in ticked if isinstance(ticked, list) else (ticked,):
            yield study, position


def _counts(title: str, lines: tuple[Count, ...], document: Document) -> Counts:
    counted = frozenset[int]().union(*(line.studies for line in lines))
    everyone = frozenset(range(size(document)))
    return Counts(title=title, lines=lines, without=everyone - counted, total=len(everyone))
