"""What a review can lack that reporting guidelines ask for, each from its facts."""

from collections.abc import Callable, Iterable

from evidence.report.checklists.item import Lack
from evidence.report.facts import ReviewFacts, Search

_NAMED_AS_REVIEW = ("review", "map", "synthesis", "meta-analysis")


def title(facts: ReviewFacts) -> str:
    """A title that does not say what the report is."""
    is_named = any(word in facts.title.casefold() for word in _NAMED_AS_REVIEW)
    return "" if is_named else "The title does not say that it is a review or a map."


def question(facts: ReviewFacts) -> str:
    """No question."""
    return "" if facts.question.strip() else "No question is recorded."


def criteria(facts: ReviewFacts) -> str:
    """No criterion."""
    return "" if facts.criteria else "No criterion is recorded."


def searches(facts: ReviewFacts) -> str:
    """No search."""
    return "" if facts.searches else "No search is recorded."


def _of_searches(what: str, missing: Callable[[Search], bool]) -> Lack:
    """Something that not every search has."""

    def lack(facts: ReviewFacts) -> str:
        without = [search.name for search in facts.searches if missing(search)]
        if not without:
            return ""
        return f"{what} is not recorded for {_some(without, len(facts.searches))}."

    return lack


search_days = _of_searches("The day", lambda search: not search.searched)
search_platforms = _of_searches(
    "The platform", lambda search: search.kind == "database" and not search.platform
)
search_strategies = _of_searches("The strategy", lambda search: not search.strategy.strip())
search_records = _of_searches("How many records came", lambda search: search.records is None)


def source_of_kind(*kinds: str) -> Lack:
    """No source of these kinds; where none was used, the report has to say so."""

    def lack(facts: ReviewFacts) -> str:
        if any(search.kind in kinds for search in facts.searches):
            return ""
        return f"No source of the kind “{kinds[0]}” is recorded; say so where none was used."

    return lack


def updates(facts: ReviewFacts) -> str:
    """No search that brings an earlier one up to date."""
    if any(search.update_of for search in facts.searches):
        return ""
    return "No search that brings another up to date is recorded; say so where none was made."


def duplicates(facts: ReviewFacts) -> str:
    """Nothing on duplicates."""
    return "" if facts.duplicates else "How duplicates were found is not recorded."


def flow(facts: ReviewFacts) -> str:
    """No report that was included."""
    return "" if facts.flow.included_reports else "No report is included yet."


def exclusion_reasons(facts: ReviewFacts) -> str:
    """Reports that were excluded without a reason."""
    without = sum(not report.reason for report in facts.excluded)
    if not without:
        return ""
    return f"No reason is recorded for {without:,} of {len(facts.excluded):,} excluded reports."


def schemes(facts: ReviewFacts) -> str:
    """No coding scheme."""
    return "" if facts.schemes else "The review has no coding scheme."


def coding_by_several(facts: ReviewFacts) -> str:
    """Studies that one person alone coded."""
    alone = [use.scheme.title for use in facts.schemes if use.studies > use.agreed]
    if not alone:
        return ""
    which = _some(alone, len(facts.schemes), "schemes")
    return f"Not all codings with {which} were agreed by several people."


def agreement(facts: ReviewFacts) -> str:
    """No measure of how far coders agree."""
    has_figures = any(use.agreement for use in facts.schemes)
    return "" if has_figures else "How far coders agree was not measured."


def studies(facts: ReviewFacts) -> str:
    """Studies that do not count yet."""
    waiting = facts.all_studies - len(facts.studies)
    does = "does" if waiting == 1 else "do"
    return f"{waiting:,} of {facts.all_studies:,} studies {does} not count yet." if waiting else ""


def findings(facts: ReviewFacts) -> str:
    """No finding."""
    return "" if facts.results.contrasts else "No finding is coded."


def pooled(facts: ReviewFacts) -> str:
    """No finding with numbers that can be pooled."""
    results = facts.results
    has_numbers = any(results.poolable(contrast) for contrast in results.contrasts)
    return "" if has_numbers else "No finding has numbers that give an effect."


def appraisal(facts: ReviewFacts) -> str:
    """No judgement of studies."""
    return "" if facts.appraisals else "No study is appraised with a scheme for appraisal."


def certainty(facts: ReviewFacts) -> str:
    """No judgement of certainty or confidence."""
    is_judged = facts.summary.parts or facts.summary.review_findings
    return "" if is_judged else "Certainty is not judged on any outcome or finding."


def map_day(facts: ReviewFacts) -> str:
    """A map of which nobody knows to which day was searched."""
    if facts.map is None:
        return "The review has no map."
    return "" if facts.map.searched_to else "To which day was searched is not recorded."


def several_people(facts: ReviewFacts) -> str:
    """Screening of which nothing is known."""
    told = [text for text in facts.screening.values() if text]
    return "" if told else "How records were screened is not recorded."


def _some(names: Iterable[str], total: int, noun: str = "searches") -> str:
    listed = list(names)
    if len(listed) == 1:
        return f"“{listed[0]}”"
    return f"{len(listed):,} of {total:,} {noun}"


def missing_results(_facts: ReviewFacts) -> str:
    """What no review can count: results of which no report says anything."""
    return (
        "It tells what was measured and not reported; what may be missing otherwise, people judge."
    )
