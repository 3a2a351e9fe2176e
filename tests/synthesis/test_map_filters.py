from collections.abc import Callable, Iterable

import pytest

from evidence.coding.findings import Finding
from evidence.coding.scheme import Scheme
from evidence.synthesis.crosstab import CrossTab, crosstab
from evidence.synthesis.dimensions import Dimension, dimensions
from evidence.synthesis.map_filters import Filters, filters_of
from evidence.synthesis.map_search.folded_texts import folded, folded_words
from evidence.synthesis.map_view import FilterMode, MapFilter, MapView
from evidence.synthesis.studies import CodedStudy

Studies = Callable[..., CodedStudy]
Findings = Callable[..., Finding]
PLAIN = MapView(rows="axis:intervention", columns="axis:outcome")


@pytest.fixture
def by_id(scheme: Scheme) -> dict[str, Dimension]:
    return {dimension.id: dimension for dimension in dimensions(scheme)}


def filters(by_id: dict[str, Dimension], *each: tuple[str, FilterMode, str]) -> Filters:
    listed = tuple(MapFilter(dimension=d, mode=m, codes=tuple(c.split())) for d, m, c in each)
    view = MapView(rows="axis:intervention", columns="axis:outcome", filters=listed)
    return filters_of(view, list(by_id.values()))


def tab(studies: Iterable[CodedStudy], by_id: dict[str, Dimension], asked: Filters) -> CrossTab:
    return crosstab(list(studies), by_id["axis:intervention"], by_id["axis:outcome"], None, asked)


def test_a_code_of_findings_holds_for_the_finding_that_makes_the_cell(
    study: Studies, finding: Findings, by_id: dict[str, Dimension]
) -> None:
    both = study(finding("ips", "symptoms", contrast="arms"), finding("education", "esteem"))
    asked = filters(by_id, ("axis:intervention", FilterMode.ANY, "work"))
    counts = tab([both], by_id, asked)
    assert counts.studies("ips", "symptoms") == counts.passing == {1}
    assert counts.studies("education", "esteem") == frozenset()


def test_two_codes_of_findings_must_meet_in_one(
    study: Studies, finding: Findings, by_id: dict[str, Dimension]
) -> None:
    apart = study(finding("ips", "symptoms"), finding("education", "esteem"))
    asked = filters(
        by_id,
        ("axis:intervention", FilterMode.ANY, "ips"),
        ("axis:outcome", FilterMode.ANY, "esteem"),
    )
    country = by_id["question:country"]
    assert tab([apart], by_id, asked).passing == frozenset()
    assert crosstab([apart], country, country, None, asked).passing == frozenset()


def test_on_a_map_of_studies_those_without_findings_meet_only_none_of(
    study: Studies, finding: Findings, by_id: dict[str, Dimension]
) -> None:
    bare, with_finding = (
        study(codes={"country": {"uk"}}),
        study(finding(), codes={"country": {"uk"}}),
    )
    country = by_id["question:country"]
    for mode, expected in ((FilterMode.ANY, {2}), (FilterMode.ALL, {2}), (FilterMode.NONE, {1})):
        asked = filters(by_id, ("axis:intervention", mode, "ips"))
        counts = crosstab([bare, with_finding], country, country, None, asked)
        assert counts.studies("uk", "uk") == expected


def test_any_all_and_none_of_codes_of_the_study(
    study: Studies, by_id: dict[str, Dimension]
) -> None:
    one, both, neither = (study(codes={"country": c}) for c in ({"uk"}, {"uk", "us"}, set[str]()))
    for mode, expected in ((FilterMode.ANY, {1, 2}), (FilterMode.ALL, {2}), (FilterMode.NONE, {3})):
        asked = filters(by_id, ("question:country", mode, "uk us"))
        assert tab([one, both, neither], by_id, asked).passing == expected


def test_a_study_that_passes_and_stands_nowhere_is_told(
    study: Studies, finding: Findings, by_id: dict[str, Dimension]
) -> None:
    half = study(finding("ips", ""), finding("education", "esteem"))
    asked = filters(by_id, ("axis:intervention", FilterMode.ANY, "ips"))
    (unplaced,) = tab([half], by_id, asked).unplaced
    assert (unplaced.study, unplaced.reason) == (half.id, "no code on “Outcome”")


def test_a_study_without_a_year_is_in_no_span(study: Studies) -> None:
    old, new, without = study(year=1999), study(year=2010), study()
    for years, expected in (
        ((None, None), [old, new, without]),
        ((2000, None), [new]),
        ((None, 1999), [old]),
        ((1999, 2010), [old, new]),
    ):
        asked = Filters(years=years)
        assert [s for s in (old, new, without) if asked.passes(s)] == expected


def test_every_word_must_occur_whatever_its_accents_and_capitals(study: Studies) -> None:
    one = study()
    texts = {one.id: folded("Émile ZOLÀ on naïve work")}
    assert folded_words("  ZOLA\n émile ") == ("zola", "emile")
    assert Filters(words="ZOLA emile naiv", texts=texts).passes(one)
    assert not Filters(words="zola sleep", texts=texts).passes(one)
    assert Filters(words="  ", texts={}).passes(one)
