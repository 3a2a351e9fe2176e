"""The sentences that a report can say by itself, one function for each pattern.

Each takes counts and gives words. A share always has its base; where nothing is known the sentence
says so, and where there is nothing to speak of it is empty. The numbers are those of the figure or
table beside the sentence, from the same call. The way from the searches to the studies is in
flow_sentences.py, what the studies found in result_sentences.py.
"""

from collections.abc import Mapping, Sequence
from statistics import median

from evidence.agreement_formulas import PairAgreement
from evidence.coding.scheme import Purpose
from evidence.report.facts import SchemeUse
from evidence.report.numerals import (
    BOTH,
    beginning,
    counted,
    none_or,
    series,
    was,
    within,
)
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
        lacking = group.total - len(dated)
        text += f"; the year of {'the other' if group.total == BOTH else within(lacking)} is "
        text += "not known"
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
        several_one="was carried out in more than one of these",
        several="were carried out in more than one of these",
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
        several_one="has more than one of these codes",
        several="have more than one of these codes",
    )
    said = shares(group, counts, pattern)
    return Statement(text=after(f"{counts.title}: ", said.text), studies=said.studies)


def studied_most(group: StudyGroup, counts: Counts) -> Statement:
    """What most studies are on.

    `Outcome: studied most often were “Quality of life” (12 of 21 studies) and “Hope” (9 of
    21).`
    """
    lines, more = _most(top_lines(counts))
    if not lines:
        return NOTHING
    if group.total == 1:
        text = f"{counts.title}: the one {group.noun_of_one} is on "
        text += series(
            [quoted(line.label) for line in lines] + [f"{within(more)} more"] * bool(more)
        )
        return Statement(text=f"{text}.", studies=group.ids)
    noun = group.named(group.total)
    named = [
        f"{quoted(line.label)} ({len(line.studies):,} of {group.total:,}{f' {noun}' * (not n)})"
        for n, line in enumerate(lines)
    ]
    named += [f"{within(more)} more ({len(lines[-1].studies):,} of {group.total:,} each)"] * bool(
        more
    )
    return Statement(
        text=f"{counts.title}: studied most often {was(len(named))} {series(named)}.",
        studies=in_order(group, frozenset().union(*(line.studies for line in lines))),
    )


def _most(lines: Sequence[Count]) -> tuple[list[Count], int]:
    """The largest lines, with all that are as large as the last of them; and how many more of these
    there are than can be named.
    """
    least = len(lines[MOST_STUDIED - 1].studies) if len(lines) > MOST_STUDIED else 0
    largest = [line for line in lines if len(line.studies) >= least]
    return largest[:MOST_NAMED], len(largest[MOST_NAMED:])


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
        span = f" to {max(numbers):,} (median {middle})"
        text += " each" if min(numbers) == max(numbers) else span
        text += f", {sum(numbers):,} in all"
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


# Screening and coding


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
        text = f"Two people screened the same {counted(figures.both, 'record')} independently: "
        return Statement(text=f"{text}they agreed on {figures.agreed:,} ({_figures(figures)}).")
    shares = [pair.percent for pair in pairs if pair.percent is not None]
    text = (
        f"{beginning(people)} people screened {counted(works, 'record')} at least twice, "
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
        questions = counted(len(use.scheme.questions), "question")
        text = f"With “{use.scheme.title}”, version {use.scheme.version}, "
        text += f"{_coded_of(use.studies, total)} {done} ({questions})"
        if use.studies:
            agreed = "several people agreed" if use.agreed else "did several people agree"
            text += f"; for {_agreed_of(use.agreed, use.studies)} {agreed} on one coding"
        told.append(f"{text}.")
    return Statement(text=" ".join(told))


def _coded_of(number: int, total: int) -> str:
    """`18 of 19 studies are`, `all 19 studies are`, `none of the 19 studies is`."""
    if total == 1:
        return f"the one study is{' not' * (not number)}"
    if number == total:
        return f"{'both' if total == BOTH else f'all {within(total)}'} studies are"
    the = "the " * (not number or total == BOTH)
    return f"{none_or(number)} of {the}{within(total)} studies {'is' if number <= 1 else 'are'}"


def _agreed_of(number: int, total: int) -> str:
    """`two of them`, `all of them`, `neither of them`."""
    if total == 1:
        return "it" if number else "none"
    if number == total:
        return "both of them" if total == BOTH else "all of them"
    return "neither of them" if not number and total == BOTH else f"{none_or(number)} of them"


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
