"""The live parts that show studies by what is coded of them, the map, sources and reviews."""

from collections.abc import Callable, Mapping

from evidence.coding.scheme import Axis
from evidence.report import flow_sentences, result_sentences, result_tables
from evidence.report.asked_studies import asked_dimension, asked_dimensions, asked_studies
from evidence.report.facts import ReviewFacts
from evidence.report.live_content import LiveContent, NotLive, PartKind, ReportFigure
from evidence.report.live_part import Fill, LivePart, live_part
from evidence.report.live_tokens import LiveToken
from evidence.report.map_gaps import MapGaps, map_gaps
from evidence.report.statements import Statement, StudyGroup
from evidence.synthesis.counts.code_matrix import CodeMatrix, code_matrix, questions_of_same_codes
from evidence.synthesis.counts.country_counts import CountryCounts, country_counts
from evidence.synthesis.counts.country_names import names_countries
from evidence.synthesis.study_counts import by_option, outcome_reporting
from evidence.synthesis.whole_crosstab import WholeCrosstab, whole_crosstab

NO_MAP = "The scheme has too little for a map: it needs two questions with options."
NO_LISTS = "No review among the studies has a list of the studies that it includes."


# Study by study


def asked_codes(facts: ReviewFacts, token: LiveToken) -> tuple[StudyGroup, CodeMatrix] | NotLive:
    """Codes of the question after `by`, and of others that are asked of the same codes."""
    group, dimension = asked_studies(facts, token), asked_dimension(facts, token)
    if isinstance(group, NotLive):
        return group
    if isinstance(dimension, NotLive):
        return dimension
    for together in questions_of_same_codes(facts.dimensions):
        if dimension in together:
            return group, code_matrix(group.studies, together)
    return NotLive(
        why=f"“{dimension.title}” cannot be shown study by study; a study has one code of it."
    )


def _codes(tell: Callable[[StudyGroup, CodeMatrix], LiveContent]) -> Fill:
    def fill(facts: ReviewFacts, token: LiveToken) -> LiveContent:
        asked = asked_codes(facts, token)
        return asked if isinstance(asked, NotLive) else tell(*asked)

    return fill


def _codes_figure(facts: ReviewFacts, token: LiveToken) -> LiveContent:
    asked = asked_codes(facts, token)
    if isinstance(asked, NotLive):
        return asked
    ids = tuple(study.id for study in asked[1].studies)
    return ReportFigure(name=token.name, studies=ids) if ids else Statement(text="")


def _reported(facts: ReviewFacts, token: LiveToken) -> LiveContent:
    group, outcomes = asked_studies(facts, token), facts.dimension(f"axis:{Axis.OUTCOME}")
    if isinstance(group, NotLive):
        return group
    if outcomes is None:
        return NotLive(why="The scheme lists no outcomes of findings.")
    return result_sentences.reported(group, outcome_reporting(group.studies, outcomes))


def _reported_figure(facts: ReviewFacts, token: LiveToken) -> LiveContent:
    told = _reported(facts, token)
    if not isinstance(told, Statement):
        return told
    group = asked_studies(facts, token)
    has_findings = not isinstance(group, NotLive) and any(s.findings for s in group.studies)
    return ReportFigure(name=token.name, studies=told.studies) if has_findings else told


def asked_countries(facts: ReviewFacts, token: LiveToken) -> CountryCounts | NotLive:
    """Studies by country, by the question after `by` or the first one that names countries."""
    group = asked_studies(facts, token)
    if isinstance(group, NotLive):
        return group
    dimension = asked_dimension(facts, token) if token.by else None
    if isinstance(dimension, NotLive):
        return dimension
    for each in [dimension] if dimension else facts.dimensions:
        if names_countries({heading.id: heading.label for heading in each.headings}):
            return country_counts(by_option(group.studies, each))
    return NotLive(why="No question has countries as its codes.")


def _countries_figure(facts: ReviewFacts, token: LiveToken) -> LiveContent:
    counts = asked_countries(facts, token)
    if isinstance(counts, NotLive):
        return counts
    return ReportFigure(name=token.name, studies=tuple(sorted(counts.painted)))


def asked_crosstab(facts: ReviewFacts, token: LiveToken) -> WholeCrosstab | NotLive:
    """Studies by the two questions after `by`, with a comma between."""
    group, dimensions = asked_studies(facts, token), asked_dimensions(facts, token)
    if isinstance(group, NotLive):
        return group
    if isinstance(dimensions, NotLive):
        return dimensions
    if len(dimensions) != 2:  # noqa: PLR2004 - rows and columns
        return NotLive(why=f"Write two questions: {{{{{token.name} by design,country}}}}.")
    rows, columns = dimensions
    return whole_crosstab(group.studies, rows, columns)


def _crosstab(facts: ReviewFacts, token: LiveToken) -> LiveContent:
    tab = asked_crosstab(facts, token)
    return tab if isinstance(tab, NotLive) else result_tables.crosstab(tab)


def _crosstab_figure(facts: ReviewFacts, token: LiveToken) -> LiveContent:
    tab = asked_crosstab(facts, token)
    if isinstance(tab, NotLive):
        return tab
    return ReportFigure(name=token.name, studies=tuple(sorted(tab.studies())))


# The map, sources and reviews


def gaps_of(facts: ReviewFacts) -> MapGaps | None:
    """The cells of the map; None where there is none."""
    shown = facts.map
    if shown is None:
        return None
    return facts.once.of("gaps", lambda: map_gaps(facts.studies, facts.dimensions, shown))


def _map(tell: Callable[[ReviewFacts, MapGaps], LiveContent]) -> Fill:
    def fill(facts: ReviewFacts, _token: LiveToken) -> LiveContent:
        gaps = gaps_of(facts)
        return NotLive(why=NO_MAP) if gaps is None else tell(facts, gaps)

    return fill


def _map_figure(facts: ReviewFacts, token: LiveToken) -> LiveContent:
    if facts.map is None:
        return NotLive(why=NO_MAP)
    return ReportFigure(name=token.name, studies=tuple(study.id for study in facts.studies))


def _found_alone(facts: ReviewFacts, _token: LiveToken) -> LiveContent:
    return flow_sentences.found_alone(facts.sources) if facts.sources else Statement(text="")


def _sources_figure(facts: ReviewFacts, token: LiveToken) -> LiveContent:
    has_works = facts.sources is not None and facts.sources.works
    return ReportFigure(name=token.name) if has_works else Statement(text="")


def _review_overlap(facts: ReviewFacts, _token: LiveToken) -> LiveContent:
    if facts.inclusions is None:
        return Statement(text=NO_LISTS)
    return result_sentences.review_overlap(facts.inclusions)


def _overlap_figure(facts: ReviewFacts, token: LiveToken) -> LiveContent:
    return Statement(text=NO_LISTS) if facts.inclusions is None else ReportFigure(name=token.name)


def _made_with(facts: ReviewFacts, _token: LiveToken) -> LiveContent:
    text = f"This report was made with {facts.made_with} from the review as it stood on "
    return Statement(text=f"{text}{facts.made_on} (UTC).")


_OF = frozenset({"of", "as"})
_BY = frozenset({"by", "of", "as"})
_S, _T, _F = PartKind.SENTENCE, PartKind.TABLE, PartKind.FIGURE

CODED_PARTS: Mapping[str, LivePart] = {
    # study by study
    "components": live_part(
        "Codes, with their mechanisms and what differs",
        _S,
        _codes(result_sentences.components),
        _BY,
    ),
    "codes-table": live_part(
        "Codes by question, as a table",
        _T,
        _codes(lambda group, matrix: result_tables.codes(matrix, group)),
        _BY,
    ),
    "codes-figure": live_part("Codes, study by study", _F, _codes_figure, _BY),
    "reported": live_part("How far results are reported", _S, _reported, _OF),
    "reported-figure": live_part("Outcomes, study by study", _F, _reported_figure, _OF),
    "countries-figure": live_part("Studies on a map of the world", _F, _countries_figure, _BY),
    "crosstab": live_part("Studies by two questions", _T, _crosstab, _BY),
    "crosstab-figure": live_part("Studies by two questions, as heat", _F, _crosstab_figure, _BY),
    # the map, sources, reviews
    "map": live_part(
        "What stands on the map",
        _S,
        _map(lambda f, gaps: result_sentences.on_map(StudyGroup(studies=f.studies), gaps)),
    ),
    "map-gaps": live_part(
        "Gaps of the map", _S, _map(lambda _, gaps: result_sentences.map_gaps(gaps))
    ),
    "synthesis-gaps": live_part(
        "Synthesis gaps, as a table", _T, _map(lambda _, gaps: result_tables.synthesis_gaps(gaps))
    ),
    "map-figure": live_part("The map, as heat", _F, _map_figure),
    "found-alone": live_part("What one source alone found", _S, _found_alone),
    "sources-figure": live_part("Which sources found what", _F, _sources_figure),
    "review-overlap": live_part("How far reviews overlap", _S, _review_overlap),
    "review-overlap-figure": live_part("Which review includes what", _F, _overlap_figure),
    "review-pairs-figure": live_part("Overlap of each two reviews", _F, _overlap_figure),
    # the report itself
    "made-with": live_part("With what and when this was made", _S, _made_with),
}
