"""The sentences that a report can say by itself of what the studies found.

As in sentences.py, each pattern is a function of counts, and a share always has its base. Each
speaks of one type of contrast: unlike contrasts answer different questions. “No studies” is one
thing, “direction not stated” another; neither is “no evidence”.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from evidence.coding.findings import Reporting
from evidence.report.direction_phrase import direction_phrase
from evidence.report.map_gaps import MapGaps
from evidence.report.numerals import (
    BOTH,
    beginning,
    counted,
    none_or,
    series,
    within,
    within_a_sentence,
)
from evidence.report.shares import MOST_NAMED, everyone, in_order, none_of, of_none, some_of
from evidence.report.statements import Statement, StudyGroup
from evidence.synthesis.appraisal.judgements import JudgementTable, domain_shares
from evidence.synthesis.certainty.cerqual import ReviewFinding, confidence_of, is_open
from evidence.synthesis.certainty.grade import OPEN, Certainty, certainty_of
from evidence.synthesis.certainty.whole_summary import SummaryPart
from evidence.synthesis.counts.code_matrix import CodeMatrix
from evidence.synthesis.direction_rules import DirectionRules
from evidence.synthesis.direction_words import Agreement, DirectionWord
from evidence.synthesis.map_cells import ABSOLUTE_GAPS, CellKind
from evidence.synthesis.pooling.forest import Forest
from evidence.synthesis.pooling.measures import PooledMeasure, effect_text
from evidence.synthesis.pooling.remarks import on_narrower_interval
from evidence.synthesis.pooling.results import Limits
from evidence.synthesis.review_overlap.covered_area import InclusionTable, covered_area

NOTHING = Statement(text="")
_WITH_A_WORD = frozenset({Agreement.CONSISTENT, Agreement.MOST, Agreement.MIXED})
_LEAST_POOLED = 2


# Directions of one type of contrast


def directions(
    word: DirectionWord, intervention: str, outcome: str, contrast: str, rules: DirectionRules
) -> Statement:
    """Which directions studies have on one outcome.

    `“Supported education” on “Coping” (between groups): consistent favourable, in three of three
    studies with a stated direction (95% interval 44% to 100%; …).`

    Args:
        word: by the rules of the protocol.
        intervention: its label.
        outcome: its label.
        contrast: its label.
        rules: those of the word.
    """
    about = f"“{intervention}” on “{outcome}” ({contrast})"
    return Statement(
        text=f"{about}: {direction_phrase(word, rules)}.",
        studies=tuple(chain.from_iterable(word.studies.values())),
    )


def directions_in_all(
    words: Sequence[DirectionWord],
    interventions: Mapping[str, str],
    outcomes: Mapping[str, str],
    contrast: str,
) -> Statement:
    """What a table of directions comes to.

    `Nine studies report on 44 pairs of intervention and outcome (between groups). …`

    Args:
        words: of one type of contrast.
        interventions: labels by id.
        outcomes: labels by id.
        contrast: its label.
    """
    if not words:
        return Statement(text=f"No studies ({contrast}).")
    ids = tuple(dict.fromkeys(chain.from_iterable(_ids(word) for word in words)))
    counts = Counter(word.word for word in words)
    worded = [word for word in words if word.word in _WITH_A_WORD]
    text = f"{beginning(len(ids))} {'study reports' if len(ids) == 1 else 'studies report'} on "
    text += f"{counted(len(words), 'pair')} of intervention and outcome ({contrast})."
    named = [
        f"“{interventions[word.intervention]}” on “{outcomes[word.outcome]}” ({word.text}; "
        f"{within(word.total)} {_studies(word.total)})"
        for word in worded[:MOST_NAMED]
    ]
    more = len(worded) - len(named)
    named += [f"{within(more)} more"] * bool(more)
    if named:
        text += f" Enough studies state a direction for a word on {series(named)}."
    few, unstated = counts[Agreement.FEW], counts[Agreement.NOT_STATED]
    if few:
        most = max(word.stated for word in words if word.word is Agreement.FEW)
        text += f" {_in_pairs(few, len(words))}, {_fewer(most, len(ids))} a direction."
    if unstated:
        none = "it states no direction" if len(ids) == 1 else "no study states a direction"
        text += f" {_in_pairs(unstated, len(words))}, {none}."
    return Statement(text=text, studies=ids)


def _fewer(most: int, studies: int) -> str:
    """`one or two studies state`: some, but fewer than words are used for."""
    if studies == 1:
        return "it states"
    if most == 1:
        return "one study states"
    return f"one {'or' if most == 2 else 'to'} {within(most)} studies state"  # noqa: PLR2004


def direction_rules(rules: DirectionRules, since: str) -> Statement:
    """By which rules directions of findings become those of studies, and words.

    Args:
        rules: of the protocol.
        since: since when they hold, in a sentence.
    """
    return Statement(text=" ".join(filter(None, (rules.of_study, rules.of_words, since))))


# Pooled effects and certainty


def pooled(forest: Forest, about: str, studies: Iterable[int]) -> Statement:
    """A pooled effect.

    `“IPS” on “Hope” (between groups): the pooled standardised mean difference of four studies is
    0.20 (95% interval 0.05 to 0.36; …). tau² 0.01, I² 12% (REML). In a new study …`

    Args:
        forest: as it is drawn.
        about: intervention, outcome and contrast.
        studies: ids of those in it.
    """
    whole, measure = forest.pooled, forest.measure
    name = measure.natural_name if measure else "effect"
    found = f"{effect_text(whole.estimate, measure)} ({whole.level:.0%} interval "
    found += _between(whole.limits, measure)
    if whole.k < _LEAST_POOLED:
        text = f"{about}: one study has numbers, with a {name} of {found}); nothing is pooled."
        return Statement(text=text, studies=tuple(studies))
    how = f"{whole.method.full_name}; interval by the {whole.test.full_name} method"
    text = f"{about}: the pooled {name} of {within(whole.k)} studies is {found}; {how})."
    if forest.favours[1]:
        text += f" Values above {_no_effect(measure)} favour the intervention."
    differing = whole.heterogeneity
    if whole.method.is_random:
        text += f" Studies differ with tau² {differing.tau2:.3g} and "
        text += f"I² {differing.i2:.0f}% ({whole.method})."
    else:
        text += f" I² is {differing.i2:.0f}% (by Q)."
    if whole.printed_prediction is not None:
        span = _between(whole.printed_prediction, measure)
        text += f" The effect in a new study would lie between {span.replace(' to ', ' and ')} "
        text += f"({whole.level:.0%} prediction interval)."
    said = (text, *whole.remarks, *on_narrower_interval(whole, measure))
    return Statement(text=" ".join(said), studies=tuple(studies))


def certainty(part: SummaryPart) -> Statement:
    """How certain people are of the outcomes of an intervention.

    `“IPS” (between groups): of nine outcomes, certainty is moderate for two and low for one; six
    are not judged.`
    """
    levels = [certainty_of(row.judgement) for row in part.rows]
    begun = sum(
        level is None and row.judgement != OPEN
        for level, row in zip(levels, part.rows, strict=True)
    )
    about = f"“{part.intervention}” ({within_a_sentence(part.contrast)})"
    text = f"{about}: {_judged('certainty', levels, 'outcome', begun)}"
    ids = dict.fromkeys(chain.from_iterable(_ids(row.word) for row in part.rows))
    return Statement(text=text, studies=tuple(ids))


def confidence(findings: Sequence[ReviewFinding]) -> Statement:
    """How far people rely on what was found of views and process (GRADE-CERQual).

    `Findings of views and process studies: of three findings, confidence is high for one, …`
    """
    if not findings:
        return NOTHING
    levels = [confidence_of(finding) for finding in findings]
    begun = sum(not is_open(each) for each in findings if confidence_of(each) is None)
    text = (
        f"Findings of views and process studies: {_judged('confidence', levels, 'finding', begun)}"
    )
    ids = dict.fromkeys(chain.from_iterable(finding.study_ids for finding in findings))
    return Statement(text=text, studies=tuple(ids))


def appraised(table: JudgementTable) -> Statement:
    """How studies, results or reviews were judged.

    `“RoB 2”: of 12 studies, seven are judged “Low risk” overall, three “High risk” and two “Some
    concerns”.`
    """
    if not table.rows:
        return Statement(text=f"“{table.title}”: nothing is judged yet.")
    ids = tuple(dict.fromkeys(row.study_id for row in table.rows if row.study_id))
    of = f"{within(len(table.rows))} {table.unit.counted(len(table.rows)).split(' ', 1)[1]}"
    overall = [each for each in domain_shares(table) if each.is_overall]
    if not overall:
        domains = (
            "one domain" if len(table.domains) == 1 else f"{within(len(table.domains))} domains"
        )
        text = f"“{table.title}”: {of} {'was' if len(table.rows) == 1 else 'were'} judged by "
        text += f"{domains}, without an overall judgement."
        return Statement(text=text, studies=ids)
    shares = sorted(overall[0].shares, key=lambda share: -share.number)
    parts = [f"{within(share.number)} “{share.words}”" for share in shares]
    verb = "is" if shares[0].number == 1 else "are"
    if len(table.rows) == 1:
        text = f"“{table.title}”: the one {table.unit.value} is judged “{shares[0].words}” overall."
        return Statement(text=text, studies=ids)
    first, *rest = parts
    begins = first.replace(" “", f" {verb} judged “", 1) + " overall"
    return Statement(text=f"“{table.title}”: of {of}, {series([begins, *rest])}.", studies=ids)


def appraisal_rules(tables: Sequence[JudgementTable]) -> Statement:
    """By which schemes studies, results or reviews were judged, and how an overall one follows.

    `“RoB 2” judges results by five domains. Overall: by the rule, …`
    """
    told = []
    for table in tables:
        what = {"study": "studies"}.get(table.unit.value, f"{table.unit}s")
        told.append(f"“{table.title}” judges {what} by {counted(len(table.domains), 'domain')}.")
        told += table.notes
    return Statement(text=" ".join(told))


# What is coded study by study


def components(group: StudyGroup, matrix: CodeMatrix) -> Statement:
    """How many studies have a code by one or more questions that are asked of the same codes.

    `Twelve of 18 studies have a code of “Component described”; for “Mechanism described” it is five
    studies; most often “Peer support” (8), …`
    """
    if not group.total:
        return NOTHING
    first = matrix.questions[0]
    ids = frozenset(study.id for study in matrix.studies)
    if not ids:
        return Statement(text=f"{of_none(group)} a code of “{first}”.", studies=group.ids)
    coded = matrix.studies_of(0)
    who = everyone(group) if coded == group.total else some_of(coded, group)
    text = f"{who} {'has' if coded == 1 else 'have'} a code of “{first}”"
    for at, question in enumerate(matrix.questions[1:], start=1):
        number = matrix.studies_of(at)
        text += f"; for “{question}” it is {within(number)} {_studies(number or 1)}"
    tops = [(heading, matrix.of_heading(heading.id, 0)) for heading in matrix.headings]
    most = sorted((each for each in tops if each[1]), key=lambda each: -each[1])[:3]
    if most:
        named = [f"“{heading.label}” ({number:,})" for heading, number in most]
        text += f"; most often {series(named)}"
    return Statement(text=f"{text}.", studies=in_order(group, ids))


def reported(group: StudyGroup, reporting: Mapping[tuple[int, str], Reporting]) -> Statement:
    """How far results of what was measured are reported, study by outcome.

    `Sixteen of 18 studies measured at least one outcome. Of 76 pairs of study and outcome, the
    result is reported for 60, partly for ten; six were measured only.`
    """
    if not group.total:
        return NOTHING
    everyone_here = frozenset(group.ids)
    own = {pair: how for pair, how in reporting.items() if pair[0] in everyone_here}
    ids = frozenset(study for study, _ in own)
    if not ids:
        return Statement(text=f"{of_none(group)} a finding.", studies=group.ids)
    who = everyone(group) if len(ids) == group.total else some_of(len(ids), group)
    has = "has findings" if len(ids) == 1 else "have findings"
    outcomes = len({outcome for _, outcome in own})
    counts = Counter(own.values())
    text = f"{who} {has} on {within(outcomes)} {'outcome' if outcomes == 1 else 'outcomes'}. "
    pairs = counted(len(own), "pair")
    partly, only = counts[Reporting.PARTLY], counts[Reporting.MEASURED_ONLY]
    if not partly and not only:
        which = {1: "the one pair", 2: "both pairs"}.get(len(own), f"all {pairs}")
        text += f"The result is reported for {which} of study "
        return Statement(text=f"{text}and outcome.", studies=in_order(group, ids))
    text += f"Of {pairs} of study and outcome, the result is reported for "
    text += f"{none_or(counts[Reporting.REPORTED])} and partly for {none_or(partly)}; "
    text += f"{none_or(only)} {'was' if only == 1 else 'were'} measured only."
    return Statement(text=text, studies=in_order(group, ids))


# Reviews, and the map


def review_overlap(table: InclusionTable) -> Statement:
    """How far reviews include the same primary studies (doi:10.1016/j.jclinepi.2013.11.007).

    `Five reviews include three primary studies, eight times in all: the corrected covered area is
    41.67% (very high).`
    """
    area = covered_area(table)
    if not area.reviews:
        return NOTHING
    one = area.reviews == 1
    who = "One review includes" if one else f"{beginning(area.reviews)} reviews include"
    studies = (
        "one primary study" if area.studies == 1 else f"{within(area.studies)} primary studies"
    )
    text = f"{who} {studies}"
    if area.share is None:
        return Statement(text=f"{text}; overlap needs two reviews.")
    text += f", {within(area.inclusions)} times in all: the corrected covered area is {area.words}"
    return Statement(text=f"{text}.")


def on_map(group: StudyGroup, gaps: MapGaps) -> Statement:
    """How many studies have a place on the map.

    `Sixteen of 18 studies stand on the map of “Intervention” by “Outcome”. …`
    """
    if not group.total:
        return NOTHING
    placed = len(gaps.studies)
    who = everyone(group) if placed == group.total else some_of(placed, group)
    verb = "stands" if placed <= 1 else "stand"
    if not placed:
        who = none_of(group) if group.total > 1 else everyone(group)
        verb = "stands" if group.total > 1 else "does not stand"
    text = f"{who} {verb} on the map of “{gaps.rows}” by “{gaps.columns}”"
    return Statement(
        text=f"{text}, which can be had as one file that opens in any browser.",
        studies=in_order(group, gaps.studies) or group.ids,
    )


def map_gaps(gaps: MapGaps) -> Statement:
    """Which cells of the map are gaps, and until when this holds.

    `Of 40 cells (main codes of “Intervention” by “Outcome”), 30 have no study and four have few:
    absolute gaps. In two, … without a recent review of good quality: synthesis gaps. …`
    """
    total = len(gaps.cells) - gaps.number(CellKind.NOT_APPLICABLE)
    if not total:
        return NOTHING
    absolute = [
        f"{none_or(gaps.number(kind))} {'has' if gaps.number(kind) == 1 else 'have'} {words}"
        for kind, words in (
            (CellKind.NO_STUDY, "no study"),
            (CellKind.FEW, f"few, up to {within(gaps.few)} studies and reviews"),
        )
        if kind in ABSOLUTE_GAPS and (kind is CellKind.NO_STUDY or gaps.few)
    ]
    text = f"Of {within(total)} cells of the map (main codes of “{gaps.rows}” by "
    text += f"“{gaps.columns}”), {series(absolute)} (absolute gaps)."
    if gaps.several and gaps.knows_reviews:
        text += " " + _synthesis_gaps(gaps)
    elif not gaps.knows_reviews:
        text += " No code says which studies are reviews, so synthesis gaps cannot be told."
    for kind, words in _OTHER_CELLS:
        number = gaps.number(kind)
        if number:
            text += f" {beginning(number)} {'cell has' if number == 1 else 'cells have'} {words}."
    until = f" to {gaps.searched_to}" if gaps.searched_to else ", whose last day is not recorded"
    return Statement(text=f"{text} This holds for the searches{until}.")


_OTHER_CELLS = (
    (CellKind.ONGOING_ONLY, "ongoing studies only"),
    (CellKind.LOW_WEIGHT_ONLY, "studies of low weight only"),
)


# Helpers of more than one pattern


def _synthesis_gaps(gaps: MapGaps) -> str:
    found = [cell for cell in gaps.cells if cell.kind is CellKind.SYNTHESIS_GAP]
    what = f"{within(gaps.several)} or more primary studies and no recent review of high quality"
    if not found:
        return f"No cell has {what} (synthesis gaps)."
    named = [f"“{cell.row}” by “{cell.column}”" for cell in found[:MOST_NAMED]]
    more = len(found) - len(named)
    named += [f"{within(more)} more"] * bool(more)
    cells = "cell has" if len(found) == 1 else "cells have"
    return f"{beginning(len(found))} {cells} {what} (synthesis gaps): {series(named)}."


def _ids(word: DirectionWord) -> Iterable[int]:
    return chain.from_iterable(word.studies.values())


def _judged(what: str, levels: Sequence[Certainty | None], noun: str, begun: int) -> str:
    """`of nine outcomes, certainty is moderate for two; six are not judged`.

    Args:
        what: is judged: `certainty`.
        levels: of each; None where it is not judged completely.
        noun: for one of them.
        begun: how many of these somebody began to judge.
    """
    has = [(level, levels.count(level)) for level in Certainty if levels.count(level)]
    if len(levels) == 1:
        state = str(has[0][0]) if has else f"not judged{' completely' * bool(begun)}"
        return f"{what} {'in' if what == 'confidence' else 'of'} the one {noun} is {state}."
    if not has and not begun:
        who = "either of the two" if len(levels) == BOTH else f"any of the {within(len(levels))}"
        return f"{what} is not judged for {who} {noun}s."
    if has and has[0][1] == len(levels):
        everything = "both" if len(levels) == BOTH else f"all {within(len(levels))}"
        return f"{what} is {has[0][0]} for {everything} {noun}s."
    parts = [f"{level} for {within(number)}" for level, number in has]
    clauses = [f"{what} is {series(parts)}"] * bool(parts)
    lacking = ((levels.count(None) - begun, "not judged"), (begun, "not judged completely"))
    open_ones = [f"{within(n)} {'is' if n == 1 else 'are'} {words}" for n, words in lacking if n]
    clauses += [series(open_ones)] * bool(open_ones)
    return f"of {counted(len(levels), noun)}, {'; '.join(clauses)}."


def _between(limits: Limits, measure: PooledMeasure | None) -> str:
    return f"{effect_text(limits.low, measure)} to {effect_text(limits.high, measure)}"


def _no_effect(measure: PooledMeasure | None) -> str:
    return "1" if measure is not None and measure.is_ratio else "0"


def _in_pairs(number: int, total: int) -> str:
    """`In 29 of 44 pairs`, `In all five pairs`, `In both`, `There`."""
    if number < total:
        return f"In {within(number)} of {within(total)} pairs"
    return {1: "There", 2: "In both"}.get(total, f"In all {within(total)} pairs")


def _studies(number: int) -> str:
    return "study" if number == 1 else "studies"
