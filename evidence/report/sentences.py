"""The sentences that a report can say by itself, one function for each pattern.

Each takes counts and gives words. A share always has its base; where nothing is known the sentence
says so, and where there is nothing to speak of it is empty. The numbers are those of the figure or
table beside the sentence, from the same call. What the studies found is in result_sentences.py.
"""

from collections.abc import Mapping, Sequence
from statistics import median

from evidence.agreement import PairAgreement
from evidence.coding.scheme import Purpose
from evidence.report.facts import SchemeUse
from evidence.report.numerals import beginning, series, within
from evidence.report.shares import (
    MOST_NAMED,
    SharePattern,
    after,
    everyone,
    in_order,
    none_of,
    of_none,
    place_name,
    quoted,
    shares,
    some_of,
    top_lines,
)
from evidence.report.statements import Statement, StudyGroup
from evidence.synthesis.flow.prisma_flow import SEARCHED, Arm, Flow, still_open
from evidence.synthesis.study_counts import Count, Counts

NOTHING = Statement(text="")
MOST_STUDIED = 3


# Studies and what is coded of them


def included(group: StudyGroup, waiting: int = 0) -> Statement:
    """How many studies there are.

    `Twenty-one studies were included.`

    Args:
        group: of whom the sentence speaks.
        waiting: how many more are included and not coded completely, or not reconciled, yet.
    """
    if waiting and group.total:
        verb = "is" if group.total == 1 else "are"
        text = f"{beginning(group.total)} of {within(group.total + waiting)} included studies "
        return Statement(text=f"{text}{verb} coded completely.", studies=group.ids)
    if not group.total:
        return Statement(text=f"No {group.noun_of_one} was included.")
    verb = "was" if group.total == 1 else "were"
    text = f"{beginning(group.total)} {group.named(group.total)} {verb} included."
    return Statement(text=text, studies=group.ids)


def published(group: StudyGroup) -> Statement:
    """Between which years studies were published.

    `All 21 studies were published between 1991 and 2006.`
    """
    dated = frozenset(study.id for study in group.studies if study.year is not None)
    if not group.total:
        return NOTHING
    if not dated:
        return Statement(text=f"{of_none(group)} a known year.", studies=group.ids)
    years = [study.year for study in group.studies if study.year is not None]
    first, last = min(years), max(years)
    verb = "was" if len(dated) == 1 else "were"
    who = everyone(group) if len(dated) == group.total else some_of(len(dated), group)
    when = f"in {first}" if first == last else f"between {first} and {last}"
    text = f"{who} {verb} published {when}"
    if who != everyone(group):
        text += f"; the year of {within(group.total - len(dated))} is not known"
    return Statement(text=f"{text}.", studies=in_order(group, dated))


def carried_out_in(group: StudyGroup, countries: Counts) -> Statement:
    """In which countries studies were carried out.

    `Sixteen of 21 studies were carried out in the US, three in the UK and one each in Canada and
    Europe.`
    """
    pattern = SharePattern(
        verb="was carried out",
        verbs="were carried out",
        before="in ",
        words=place_name,
        elsewhere="elsewhere",
        coded="country coded",
        several="Some were carried out in more than one of these.",
        unstated="not stating the country",
    )
    return shares(group, countries, pattern)


def coded_as(group: StudyGroup, counts: Counts) -> Statement:
    """How studies are coded on one question.

    `Design: twelve of 21 studies are coded “Randomised trial”, six “Controlled trial” and …`
    """
    pattern = SharePattern(
        verb="is coded",
        verbs="are coded",
        words=quoted,
        elsewhere="otherwise",
        coded="code for it",
        several="Some have more than one of these codes.",
    )
    said = shares(group, counts, pattern)
    return Statement(text=after(f"{counts.title}: ", said.text), studies=said.studies)


def studied_most(group: StudyGroup, counts: Counts) -> Statement:
    """What most studies are on.

    `Outcome: studied most often were “Quality of life” (12 of 21 studies) and “Hope” (9 of
    21).`
    """
    lines = _most(top_lines(counts))
    if not lines:
        return NOTHING
    noun = group.named(group.total)
    named = [
        f"{quoted(line.label)} ({len(line.studies):,} of {group.total:,}{f' {noun}' * (not n)})"
        for n, line in enumerate(lines)
    ]
    verb = "was" if len(lines) == 1 else "were"
    return Statement(
        text=f"{counts.title}: studied most often {verb} {series(named)}.",
        studies=in_order(group, frozenset().union(*(line.studies for line in lines))),
    )


def _most(lines: Sequence[Count]) -> list[Count]:
    """The largest lines, with all that are as large as the last of them."""
    if len(lines) <= MOST_STUDIED:
        return list(lines)
    least = len(lines[MOST_STUDIED - 1].studies)
    return [line for line in lines if len(line.studies) >= least][:MOST_NAMED]


def not_studied(group: StudyGroup, counts: Counts) -> Statement:
    """What no study is on.

    `Outcome: none of the 21 studies is on “Hope” or “Confidence”.`
    """
    empty = [line.label for line in counts.lines if line.depth == 0 and not line.studies]
    if not empty or not group.total:
        return NOTHING
    named = [quoted(label) for label in empty[:MOST_NAMED]]
    more = len(empty) - len(named)
    named += [f"{within(more)} more heading{'s' * (more > 1)}"] * bool(more)
    none = f"The one {group.noun_of_one} is not" if group.total == 1 else f"{none_of(group)} is"
    text = after(f"{counts.title}: ", f"{none} on {series(named, 'or')}.")
    return Statement(text=text, studies=group.ids)


def took_part(group: StudyGroup, people: Mapping[int, int]) -> Statement:
    """How many people took part.

    `Eighteen of 21 studies say how many people took part: 24 to 312 (median 91), 2,104 in all.`

    Args:
        group: of whom the sentence speaks.
        people: how many took part, by id of the study.
    """
    known = frozenset(group.ids) & people.keys()
    if not group.total:
        return NOTHING
    if not known:
        return Statement(text=f"{of_none(group)} a number of people coded.")
    numbers = [people[study] for study in known]
    who = everyone(group) if len(known) == group.total else some_of(len(known), group)
    text = (
        f"{who} {'says' if len(known) == 1 else 'say'} how many people took part: {min(numbers):,}"
    )
    if len(numbers) > 1:
        middle = f"{median(numbers):,.1f}".removesuffix(".0")
        text += f" to {max(numbers):,} (median {middle}), {sum(numbers):,} in all"
    return Statement(text=f"{text}.", studies=in_order(group, known))


def several_reports(group: StudyGroup, reports: Mapping[int, int]) -> Statement:
    """How many studies have several reports.

    `Three of 21 studies have more than one report.`

    Args:
        group: of whom the sentence speaks.
        reports: how many there are, by id of the study.
    """
    several = frozenset(study for study in group.ids if reports.get(study, 0) > 1)
    if not several:
        return NOTHING
    who = everyone(group) if len(several) == group.total else some_of(len(several), group)
    verb = "has" if len(several) == 1 else "have"
    return Statement(text=f"{who} {verb} more than one report.", studies=in_order(group, several))


def not_counted(waiting: Mapping[str, Sequence[str]], total: int) -> Statement:
    """Which studies are in no number of the report.

    `Of 23 studies, two are not coded completely yet and one is still to be reconciled; what is said
    of studies rests on the others.`

    Args:
        waiting: labels of studies by what they wait for, as it stands after `is` or `are`.
        total: all studies of the review.
    """
    parts = [
        f"{within(len(labels))} {'is' if len(labels) == 1 else 'are'} {what}"
        for what, labels in waiting.items()
        if labels
    ]
    if not parts:
        return NOTHING
    return Statement(
        text=f"Of {within(total)} {'study' if total == 1 else 'studies'}, {series(parts)}; what is "
        "said of studies rests on the others."
    )


# From the searches to the included studies


def searched(flow: Flow) -> Statement:
    """What the searches gave.

    `Three databases and two other sources gave 1,204 records.`
    """
    if not flow.sources:
        return Statement(text="No search is recorded yet.")
    databases = sum(source.kind in SEARCHED for source in flow.sources)
    others = len(flow.sources) - databases
    nouns = (
        (databases, "database or register" if databases == 1 else "databases and registers"),
        (others, f"other source{'s' * (others != 1)}"),
    )
    parts = [f"{within(number)} {noun}" for number, noun in nouns if number]
    records = sum(source.records for source in flow.sources)
    return Statement(text=f"Searches of {series(parts)} gave {_things(records, 'record')}.")


def removed(flow: Flow) -> Statement:
    """What was removed before screening.

    `Of 1,204 records from databases, 204 were removed as duplicates before screening.`
    """
    found = flow.identified(*SEARCHED)
    reasons = [
        (number, why)
        for number, why in (
            (flow.duplicates, "as duplicates"),
            (flow.automation, "by automation tools"),
            (flow.removed_otherwise, "for other reasons"),
        )
        if number
    ]
    if not found:
        return NOTHING
    total = sum(number for number, _ in reasons)
    text = f"Of {_things(found, 'record')} from databases and registers, "
    text += f"{_none_or(total)} {_was(total)} removed "
    if len(reasons) == 1:
        return Statement(text=f"{text}{reasons[0][1]} before screening.")
    parts = series([f"{number:,} {why}" for number, why in reasons])
    return Statement(text=f"{text}before screening{': ' * bool(parts)}{parts}.")


def screened(flow: Flow) -> Statement:
    """What was excluded by title and abstract.

    `Of 1,000 records screened by title and abstract, 900 were excluded.`
    """
    if not flow.screened:
        return Statement(text="No record was screened by title and abstract yet.")
    return Statement(
        text=f"Of {_things(flow.screened, 'record')} screened by title and abstract, "
        f"{_none_or(flow.excluded)} {_was(flow.excluded)} excluded."
    )


def not_finished(flow: Flow) -> Statement:
    """What still waits on the way from the searches to the studies.

    `Not finished: 7 records not yet screened.`
    """
    waiting = series(still_open(flow))
    return Statement(text=f"Not finished: {waiting}." if waiting else "")


def undecided(number: int, total: int) -> Statement:
    """How many records of a stage wait for a decision.

    `Five of 82 records are not decided on yet.`
    """
    if not number:
        return NOTHING
    verb = "is" if number == 1 else "are"
    text = f"{beginning(number)} of {_things(total, 'record')} {verb} not decided on yet."
    return Statement(text=text)


def retrieved(flow: Flow) -> Statement:
    """What could not be retrieved.

    `Of 100 reports sought, four were not retrieved.`
    """
    sought = sum(arm.sought for arm in flow.arms)
    missing = sum(arm.not_retrieved for arm in flow.arms)
    if not sought:
        return NOTHING
    return Statement(
        text=f"Of {_things(sought, 'report')} sought in full text, {_none_or(missing)} "
        f"{_was(missing)} not retrieved."
    )


def assessed(flow: Flow) -> Statement:
    """What was excluded in full text, and why.

    `Of 96 reports assessed in full text, 66 were excluded: 40 for “Wrong outcome” and …`
    """
    total = sum(arm.assessed for arm in flow.arms)
    if not total:
        return NOTHING
    reasons = _reasons(flow.arms)
    excluded = sum(reasons.values())
    text = f"Of {_things(total, 'report')} assessed in full text, {_none_or(excluded)} "
    text += f"{_was(excluded)} excluded"
    if len(reasons) == 1:
        text += f", for {quoted(next(iter(reasons)))}"
    elif reasons:
        named = list(reasons.items())[:MOST_NAMED]
        parts = [f"{number:,} for {quoted(reason)}" for reason, number in named]
        rest = excluded - sum(number for _, number in named)
        parts += [f"{rest:,} for other reasons"] * bool(rest)
        text += f": {series(parts)}"
    return Statement(text=f"{text}.")


def reports_of_studies(flow: Flow) -> Statement:
    """How many reports and studies are included.

    `Thirty reports of 21 studies were included.`
    """
    if not flow.included_reports:
        return Statement(text="No report is included yet.")
    reports, studies = flow.included_reports, flow.included_studies
    noun = "report" if reports == 1 else "reports"
    of = f" of {within(studies)} {'study' if studies == 1 else 'studies'}" * bool(studies)
    return Statement(text=f"{beginning(reports)} {noun}{of} {_was(reports)} included.")


def screening_agreement(works: int, people: int, pairs: Sequence[PairAgreement]) -> Statement:
    """How far people agree who screened the same records.

    `Two people screened the same 120 records independently: they agreed on 112 (93%; Cohen's kappa
    0.71, PABAK 0.87).`

    Args:
        works: with verdicts of at least two people.
        people: how many of them.
        pairs: each two people with records in common.
    """
    if not works or not pairs:
        return NOTHING
    if len(pairs) == 1:
        figures = pairs[0]
        text = f"Two people screened the same {_things(figures.both, 'record')} independently: "
        return Statement(text=f"{text}they agreed on {figures.agreed:,} ({_figures(figures)}).")
    shares = [pair.percent for pair in pairs if pair.percent is not None]
    text = (
        f"{beginning(people)} people screened {_things(works, 'record')} at least twice, "
        f"independently: in {within(len(pairs))} pairs of people, agreement was "
        f"{_span(min(shares), max(shares), '.0%')}"
    )
    kappas = [k for pair in pairs if pair.kappa and (k := pair.kappa.kappa) is not None]
    if kappas:
        text += f" (Cohen's kappa {_span(min(kappas), max(kappas), '.2f')})"
    return Statement(text=f"{text}.")


def coded_with(uses: Sequence[SchemeUse], total: int) -> Statement:
    """With which schemes studies were coded, and by how many people.

    `With “Recovery”, version 2, 18 of 19 studies are coded (41 questions); for five of them several
    people agreed on one coding.`

    Args:
        uses: each scheme.
        total: all studies of the review.
    """
    told = []
    for use in uses:
        done = "appraised" if use.scheme.purpose is Purpose.APPRAISAL else "coded"
        studies = "study is" if total == 1 else "studies are"
        questions = _things(len(use.scheme.questions), "question")
        text = f"With “{use.scheme.title}”, version {use.scheme.version}, "
        text += f"{_none_or(use.studies)} of {within(total)} {studies} {done} ({questions})"
        if use.studies:
            several = "several people agreed" if use.agreed else "did several people agree"
            text += f"; for {_none_or(use.agreed)} of them {several} on one coding"
        told.append(f"{text}.")
    return Statement(text=" ".join(told))


# Helpers of more than one pattern


def _span(low: float, high: float, form: str) -> str:
    ends = dict.fromkeys(format(end, form) for end in (low, high))
    return " to ".join(ends)


def _figures(pair: PairAgreement) -> str:
    parts = [f"{pair.percent:.0%}"] if pair.percent is not None else []
    told = []
    if pair.kappa is not None and pair.kappa.kappa is not None:
        told.append(f"Cohen's kappa {pair.kappa.kappa:.2f}")
    if pair.pabak is not None:
        told.append(f"PABAK {pair.pabak:.2f}")
    return "; ".join(parts + [", ".join(told)] * bool(told))


def _things(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"


def _none_or(number: int) -> str:
    return within(number) if number else "none"


def _was(number: int) -> str:
    return "was" if number <= 1 else "were"


def _reasons(arms: Sequence[Arm]) -> dict[str, int]:
    """Reports excluded in all arms by reason, the most frequent first."""
    found: dict[str, int] = {}
    for arm in arms:
        for reason, number in arm.excluded:
            found[reason] = found.get(reason, 0) + number
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
