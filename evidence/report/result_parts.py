"""The live parts on what the studies found: directions, pooled effects, certainty, appraisal."""

from collections.abc import Callable, Mapping

from evidence.report import result_sentences, result_tables
from evidence.report.asked_results import (
    AskedFindings,
    asked_contrast,
    asked_findings,
    asked_option,
)
from evidence.report.facts import ReviewFacts
from evidence.report.finding_results import FindingChoice
from evidence.report.live_content import (
    LiveContent,
    NotLive,
    PartKind,
    ReportFigure,
)
from evidence.report.live_part import Fill, LivePart, live_part
from evidence.report.live_tokens import Choice, LiveToken
from evidence.report.numerals import within_a_sentence
from evidence.report.statements import Statement
from evidence.synthesis.appraisal.judgements import JudgementTable
from evidence.synthesis.certainty.whole_summary import SummaryPart
from evidence.synthesis.direction_words import Agreement, DirectionWord

# Directions and pooled effects


def _directions(facts: ReviewFacts, token: LiveToken) -> LiveContent:
    asked = asked_findings(facts, token)
    if isinstance(asked, NotLive):
        return asked
    results = facts.results
    words = {(w.intervention, w.outcome): w for w in results.words(asked.contrast)}
    pair = (asked.intervention, asked.outcome)
    word = words.get(pair) or DirectionWord(
        intervention=asked.intervention,
        outcome=asked.outcome,
        studies={},
        word=Agreement.NO_STUDIES,
        direction=None,
        test=None,
    )
    labels = results.interventions[asked.intervention], results.outcomes[asked.outcome]
    contrast = results.contrasts[asked.contrast]
    return result_sentences.directions(word, *labels, within_a_sentence(contrast), facts.rules)


def words_of(facts: ReviewFacts, asked: AskedFindings) -> tuple[DirectionWord, ...]:
    """The words of one type of contrast, of one intervention where one is named."""
    return tuple(
        word
        for word in facts.results.words(asked.contrast.id)
        if asked.intervention is None or word.intervention == asked.intervention.id
    )


def _directions_in_all(facts: ReviewFacts, token: LiveToken) -> LiveContent:
    asked = asked_contrast(facts, token)
    if isinstance(asked, NotLive):
        return asked
    results = facts.results
    words = [
        word
        for word in words_of(facts, asked)
        if word.outcome in results.main_codes
        and (asked.intervention or word.intervention in results.main_codes)
    ]
    contrast = within_a_sentence(asked.contrast.label)
    return result_sentences.directions_in_all(
        words, results.interventions, results.outcomes, contrast
    )


def _directions_table(facts: ReviewFacts, token: LiveToken) -> LiveContent:
    asked = asked_contrast(facts, token)
    if isinstance(asked, NotLive):
        return asked
    labels = facts.results.interventions, facts.results.outcomes
    return result_tables.directions(
        words_of(facts, asked), *labels, asked.contrast.label, facts.rules
    )


def _directions_figure(facts: ReviewFacts, token: LiveToken) -> LiveContent:
    asked = asked_contrast(facts, token)
    if isinstance(asked, NotLive):
        return asked
    groups = facts.results.groups(
        asked.contrast.id, asked.intervention.id if asked.intervention else ""
    )
    if not groups.groups:
        return Statement(text=f"{asked.contrast.label}: no studies.")
    ids = tuple(study.id for group in groups.groups for study in group.studies)
    return ReportFigure(name=token.name, studies=ids)


def _pooled(facts: ReviewFacts, token: LiveToken) -> LiveContent:
    asked = asked_findings(facts, token)
    if isinstance(asked, NotLive):
        return asked
    found = facts.results.pooled(asked)
    about = _about(facts, asked)
    if found.forest is None:
        return Statement(text=f"{about}: no pooled effect. {found.why_not}")
    return result_sentences.pooled(found.forest, about, found.forest.study_ids)


def _forest(facts: ReviewFacts, token: LiveToken) -> LiveContent:
    asked = asked_findings(facts, token)
    if isinstance(asked, NotLive):
        return asked
    forest = facts.results.pooled(asked).forest
    if forest is None:
        return Statement(text="")
    return ReportFigure(name=token.name, studies=forest.study_ids)


def _pooled_table(facts: ReviewFacts, token: LiveToken) -> LiveContent:
    asked = asked_contrast(facts, token)
    if isinstance(asked, NotLive):
        return asked
    return result_tables.pooled(facts.results, asked.contrast.id, asked.contrast.label)


def _about(facts: ReviewFacts, asked: FindingChoice) -> str:
    results = facts.results
    contrast = within_a_sentence(results.contrasts[asked.contrast])
    pair = f"“{results.interventions[asked.intervention]}” on “{results.outcomes[asked.outcome]}”"
    return f"{pair} ({contrast})"


# Certainty and appraisal


def summary_parts(facts: ReviewFacts, token: LiveToken) -> tuple[SummaryPart, ...] | NotLive:
    """The parts of the summary of findings that are asked for; all without a choice."""
    parts = facts.summary.parts
    keys = [part.rows[0].key for part in parts]
    contrasts = {key.contrast: p.contrast for key, p in zip(keys, parts, strict=True)}
    named = {key.intervention: p.intervention for key, p in zip(keys, parts, strict=True)}
    wanted = {}
    for choice, labels in ((Choice.CONTRAST, contrasts), (Choice.INTERVENTION, named)):
        if token.choice(choice):
            asked = asked_option(token, choice, labels)
            if isinstance(asked, NotLive):
                return asked
            wanted[choice] = asked.id
    return tuple(
        part
        for key, part in zip(keys, parts, strict=True)
        if wanted.get(Choice.CONTRAST, key.contrast) == key.contrast
        and wanted.get(Choice.INTERVENTION, key.intervention) == key.intervention
    )


def _certainty(facts: ReviewFacts, token: LiveToken) -> LiveContent:
    parts = summary_parts(facts, token)
    if isinstance(parts, NotLive):
        return parts
    told = [result_sentences.certainty(part) for part in parts]
    ids = dict.fromkeys(study for each in told for study in each.studies)
    return Statement(text=" ".join(each.text for each in told), studies=tuple(ids))


def _summary_table(facts: ReviewFacts, token: LiveToken) -> LiveContent:
    parts = summary_parts(facts, token)
    if isinstance(parts, NotLive):
        return parts
    return result_tables.summary_of_findings(parts, facts.summary.notes)


def _summary_figure(facts: ReviewFacts, token: LiveToken) -> LiveContent:
    parts = summary_parts(facts, token)
    if isinstance(parts, NotLive):
        return parts
    if len(parts) != 1:
        return NotLive(why="Write of which intervention and contrast, after “for”.")
    ids = dict.fromkeys(
        s for row in parts[0].rows for ids in row.word.studies.values() for s in ids
    )
    return ReportFigure(name=token.name, studies=tuple(ids))


def _review_findings_figure(facts: ReviewFacts, token: LiveToken) -> LiveContent:
    findings = facts.summary.review_findings
    if not findings:
        return Statement(text="")
    behind = (study for finding in findings for study in finding.study_ids)
    ids = dict.fromkeys(study for study in behind if study in facts.summary.labels)
    return ReportFigure(name=token.name, studies=tuple(ids))


def asked_appraisal(facts: ReviewFacts, token: LiveToken) -> JudgementTable | NotLive:
    """The judgements of the scheme after `scheme=`; the only scheme need not be named."""
    labels = {scheme: table.title for scheme, table in facts.appraisals.items()}
    asked = asked_option(token, Choice.SCHEME, labels)
    return asked if isinstance(asked, NotLive) else facts.appraisals[asked.id]


def _appraisal(tell: Callable[[JudgementTable], LiveContent]) -> Fill:
    def fill(facts: ReviewFacts, token: LiveToken) -> LiveContent:
        table = asked_appraisal(facts, token)
        return table if isinstance(table, NotLive) else tell(table)

    return fill


def _appraisal_figure(facts: ReviewFacts, token: LiveToken) -> LiveContent:
    table = asked_appraisal(facts, token)
    if isinstance(table, NotLive):
        return table
    if not table.rows:
        return Statement(text="")
    ids = dict.fromkeys(row.study_id for row in table.rows if row.study_id)
    return ReportFigure(name=token.name, studies=tuple(ids))


_CONTRAST = frozenset({Choice.CONTRAST, Choice.INTERVENTION})
_FINDINGS = frozenset({Choice.CONTRAST, Choice.INTERVENTION, Choice.OUTCOME})
_EFFECT = _FINDINGS | {Choice.MEASURE}
_SCHEME = frozenset({Choice.SCHEME})
_S, _T, _F = PartKind.SENTENCE, PartKind.TABLE, PartKind.FIGURE


RESULT_PARTS: Mapping[str, LivePart] = {
    # directions, one type of contrast at a time
    "directions": live_part("Directions on one outcome", _S, _directions, chooses=_FINDINGS),
    "directions-in-all": live_part(
        "What directions come to", _S, _directions_in_all, chooses=_CONTRAST
    ),
    "direction-rules": live_part(
        "By which rules directions are read",
        _S,
        lambda f, _: result_sentences.direction_rules(f.rules, f.rules_since),
    ),
    "directions-table": live_part(
        "Directions in words, as a table", _T, _directions_table, chooses=_CONTRAST
    ),
    "directions-figure": live_part(
        "Directions, study by study", _F, _directions_figure, chooses=_CONTRAST
    ),
    "harvest-figure": live_part("Harvest plot", _F, _directions_figure, chooses=_CONTRAST),
    # pooled effects
    "pooled": live_part("A pooled effect", _S, _pooled, chooses=_EFFECT),
    "pooled-table": live_part("Pooled effects, as a table", _T, _pooled_table, chooses=_CONTRAST),
    "forest": live_part("Forest plot", _F, _forest, chooses=_EFFECT),
    # certainty and appraisal
    "certainty": live_part("How certain outcomes are", _S, _certainty, chooses=_CONTRAST),
    "summary-table": live_part("Summary of findings", _T, _summary_table, chooses=_CONTRAST),
    "summary-figure": live_part(
        "Summary of findings, as a figure", _F, _summary_figure, chooses=_CONTRAST
    ),
    "confidence": live_part(
        "How far findings of views are relied on",
        _S,
        lambda f, _: result_sentences.confidence(f.summary.review_findings),
    ),
    "review-findings": live_part(
        "Findings of views and process",
        _T,
        lambda f, _: result_tables.review_findings(f.summary.review_findings, f.summary.labels),
    ),
    "review-findings-figure": live_part(
        "Findings of views and process, as a figure", _F, _review_findings_figure
    ),
    "appraisal-rules": live_part(
        "By which schemes studies were judged",
        _S,
        lambda f, _: result_sentences.appraisal_rules(tuple(f.appraisals.values())),
    ),
    "appraisal": live_part(
        "How studies were judged", _S, _appraisal(result_sentences.appraised), chooses=_SCHEME
    ),
    "appraisal-table": live_part(
        "Judgements by domain", _T, _appraisal(result_tables.judgements), chooses=_SCHEME
    ),
    "appraisal-figure": live_part(
        "Judgements, study by study", _F, _appraisal_figure, chooses=_SCHEME
    ),
    "appraisal-bars": live_part("Judgements as bars", _F, _appraisal_figure, chooses=_SCHEME),
}
