"""The figures of a report on what the studies found, as the pages draw them."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from evidence.charts.direction_plot import DirectionWords, direction_picture
from evidence.charts.findings_summary import SummaryWords, summary_picture
from evidence.charts.forest_plot import forest_picture
from evidence.charts.harvest_plot import harvest_picture
from evidence.charts.judgement_bars import judgement_bars_picture
from evidence.charts.picture import Picture
from evidence.charts.review_findings import review_findings_picture
from evidence.charts.traffic_light import traffic_light_picture
from evidence.report.asked_results import AskedFindings, asked_contrast, asked_findings
from evidence.report.facts import ReviewFacts
from evidence.report.live_content import NotLive
from evidence.report.live_tokens import LiveToken
from evidence.report.numerals import within_a_sentence
from evidence.report.result_parts import asked_appraisal, summary_parts
from evidence.synthesis.appraisal.judgements import JudgementTable
from evidence.synthesis.direction_groups import DirectionGroups

NOT_FILLED = "a figure of a live part that could not be filled"


def _directions(facts: ReviewFacts, token: LiveToken) -> Picture:
    groups, words = _grouped(facts, token)
    drawn = direction_picture(groups, words)
    return replace(drawn, title=f"{drawn.title}: {within_a_sentence(words.contrast)}")


def _harvest(facts: ReviewFacts, token: LiveToken) -> Picture:
    groups, words = _grouped(facts, token)
    drawn = harvest_picture(groups, words)
    return replace(drawn, title=f"{drawn.title}: {within_a_sentence(words.contrast)}")


def _grouped(facts: ReviewFacts, token: LiveToken) -> tuple[DirectionGroups, DirectionWords]:
    asked = asked_contrast(facts, token)
    if not isinstance(asked, AskedFindings):
        raise TypeError(NOT_FILLED)
    intervention = asked.intervention
    groups = facts.results.groups(asked.contrast.id, intervention.id if intervention else "")
    words = DirectionWords(
        contrast=asked.contrast.label,
        interventions=(intervention.label,) if intervention else (),
        notes=(facts.rules_since,) if facts.rules_since else (),
    )
    return groups, words


def _forest(facts: ReviewFacts, token: LiveToken) -> Picture:
    asked = asked_findings(facts, token)
    forest = None if isinstance(asked, NotLive) else facts.results.pooled(asked).forest
    if forest is None or isinstance(asked, NotLive):
        raise TypeError(NOT_FILLED)
    results = facts.results
    pair = f"{results.interventions[asked.intervention]}, {results.outcomes[asked.outcome]}"
    return forest_picture(
        forest, f"{pair} ({within_a_sentence(results.contrasts[asked.contrast])})"
    )


def _summary(facts: ReviewFacts, token: LiveToken) -> Picture:
    parts = summary_parts(facts, token)
    if isinstance(parts, NotLive):
        raise TypeError(NOT_FILLED)
    (part,) = parts
    words = SummaryWords(
        intervention=part.intervention, contrast=part.contrast, notes=facts.summary.notes
    )
    return summary_picture(part.rows, words)


def _review_findings(facts: ReviewFacts, _token: LiveToken) -> Picture:
    return review_findings_picture(facts.summary.review_findings, facts.summary.labels)


def _traffic_light(facts: ReviewFacts, token: LiveToken) -> Picture:
    return traffic_light_picture(_judged(facts, token))


def _bars(facts: ReviewFacts, token: LiveToken) -> Picture:
    return judgement_bars_picture(_judged(facts, token))


def _judged(facts: ReviewFacts, token: LiveToken) -> JudgementTable:
    table = asked_appraisal(facts, token)
    if isinstance(table, NotLive):
        raise TypeError(NOT_FILLED)
    return table


RESULT_PICTURES: Mapping[str, Callable[[ReviewFacts, LiveToken], Picture]] = {
    "directions-figure": _directions,
    "harvest-figure": _harvest,
    "forest": _forest,
    "summary-figure": _summary,
    "review-findings-figure": _review_findings,
    "appraisal-figure": _traffic_light,
    "appraisal-bars": _bars,
}
