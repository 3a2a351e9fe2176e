"""Which studies, and which of their findings, a map counts.

Codes, years and words of the study hold for the study. Codes of findings hold for one finding: on a
map of findings for the one that makes the cell, on a map of studies for any one that has them all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from evidence.coding.findings import Finding
from evidence.coding.scheme import Of
from evidence.synthesis.changes.map_since import ChangeKind
from evidence.synthesis.dimensions import Dimension
from evidence.synthesis.map_search.folded_texts import folded_words
from evidence.synthesis.map_view import FilterMode, MapFilter, MapView, Years
from evidence.synthesis.studies import CodedStudy


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeFilter:
    """A filter with the dimension that it is about."""

    dimension: Dimension
    mode: FilterMode
    codes: tuple[str, ...]

    def passes(self, study: CodedStudy, finding: Finding | None) -> bool:
        """Whether the codes are as asked for; those below a code count as this code."""
        ticked = self.dimension.codes(study, finding)
        covers = {heading.id: heading.covers for heading in self.dimension.headings}
        has = [bool(covers[code] & ticked) for code in self.codes]
        match self.mode:
            case FilterMode.ANY:
                return any(has)
            case FilterMode.ALL:
                return all(has)
            case FilterMode.NONE:
                return not any(has)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """All filters of a map; without any, everything passes.

    Attributes:
        words: each must occur in the texts of the study.
        texts: by study, all in which words are looked for, as `folded` has it.
        search: the studies that the search that holds finds; None where none holds.
        changed: the studies that changed as the view asks; None where it does not ask.
    """

    codes: tuple[CodeFilter, ...] = ()
    years: Years = (None, None)
    words: str = ""
    texts: Mapping[int, str] = field(default_factory=dict)
    search: frozenset[int] | None = None
    changed: frozenset[int] | None = None

    @property
    def of_findings(self) -> bool:
        """Whether a code of findings is asked for."""
        return any(each.dimension.of is Of.FINDING for each in self.codes)

    def passes(self, study: CodedStudy) -> bool:
        """Whether a study counts, wherever it stands."""
        return self.passes_as_study(study) and any(
            self.passes_as_finding(study, finding) for finding in study.findings or (None,)
        )

    def passes_as_study(self, study: CodedStudy) -> bool:
        """Whether what is asked of the study holds."""
        return (
            _within(study.year, self.years)
            and (self.search is None or study.id in self.search)
            and (self.changed is None or study.id in self.changed)
            and all(
                each.passes(study, None) for each in self.codes if each.dimension.of is Of.STUDY
            )
            and _has_words(self.texts.get(study.id, ""), self.words)
        )

    def passes_as_finding(self, study: CodedStudy, finding: Finding | None) -> bool:
        """Whether what is asked of findings holds for this one; None has no code."""
        return all(
            each.passes(study, finding) for each in self.codes if each.dimension.of is Of.FINDING
        )


def filters_of(
    view: MapView,
    dimensions: Sequence[Dimension],
    texts: Mapping[int, str] | None = None,
    search: frozenset[int] | None = None,
    changes: Mapping[ChangeKind, frozenset[int]] | None = None,
) -> Filters:
    """The filters of a view, whose dimensions and codes must be among `dimensions`.

    Args:
        view: of the map.
        dimensions: of the map.
        texts: see `Filters`.
        search: see `Filters`; map_search/searches.py finds them.
        changes: the studies that changed since the version that the view names.
    """
    which = view.since.which if view.since else ()
    by_id = {dimension.id: dimension for dimension in dimensions}
    return Filters(
        codes=tuple(_code_filter(each, by_id) for each in view.filters),
        years=view.years,
        words=view.words,
        texts=texts or {},
        search=search,
        changed=frozenset().union(*((changes or {})[each] for each in which)) if which else None,
    )


def _code_filter(each: MapFilter, by_id: Mapping[str, Dimension]) -> CodeFilter:
    return CodeFilter(dimension=by_id[each.dimension], mode=each.mode, codes=each.codes)


def _within(year: int | None, years: Years) -> bool:
    """A study without a year is in no span of years."""
    if years == (None, None):
        return True
    since, until = years
    if year is None:
        return False
    return (since is None or year >= since) and (until is None or year <= until)


def _has_words(text: str, words: str) -> bool:
    wanted = folded_words(words)
    return all(word in text for word in wanted)
