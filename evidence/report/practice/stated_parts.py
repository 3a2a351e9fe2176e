"""A knowledge review as its digest states it, told in sentences that each name document and place.

Nothing here is counted by the review that shows it: studies are those that the digest reports, and
the effects are in its categories of wording, without numbers.
"""

from collections.abc import Iterator, Mapping, Sequence

from evidence.report.asked_results import asked_option, audiences_of, parts_of
from evidence.report.facts import ReviewFacts
from evidence.report.live_content import LiveContent, NotLive, PartKind, ReportList
from evidence.report.live_part import LivePart, live_part
from evidence.report.live_tokens import Choice, LiveToken
from evidence.report.numerals import series, within, within_a_sentence
from evidence.report.statements import Statement
from evidence.synthesis.claims.claim import Claim
from evidence.synthesis.claims.reported_counts import ReportedCount, reported_counts
from evidence.synthesis.practice.knowledge_review import (
    INTERPRETATION,
    OF_CLAIM,
    KnowledgeReview,
    StatedRecommendation,
    WordedCell,
    WordedMatrix,
    Wording,
)

COUNTS_ABOVE = "numbers of studies as they stand above"
READING = "Our reading of what stands behind it, from the"
NOTHING = "No knowledge review is stated beside this review."
_LEADS = {
    Wording.CONSISTENT: "An improvement seems consistent",
    Wording.MOST: "Most studies show an improvement",
    Wording.INCONSISTENT: "Findings do not agree over all services together",
}


def _text(facts: ReviewFacts, token: LiveToken) -> LiveContent:
    """All that is stated in one part, each sentence with its place behind it."""
    if facts.stated is None:
        return Statement(text="")
    asked = asked_option(token, Choice.PART, parts_of(facts))
    if isinstance(asked, NotLive):
        return asked
    some = (each for each in facts.stated.findings if each.part == asked.label)
    return Statement(text=" ".join(_cited(each.text, each.where) for each in some))


def _studies(facts: ReviewFacts, token: LiveToken) -> LiveContent:
    """How many studies the digest reports, with where and when they are from; all of them, or those
    that it reports in one part.
    """
    if facts.stated is None:
        return Statement(text="")
    stated, part = facts.stated, ""
    if token.choice(Choice.PART):
        asked = asked_option(token, Choice.PART, parts_of(facts))
        if isinstance(asked, NotLive):
            return asked
        part = asked.label
    return Statement(text=" ".join(_count(each, stated) for each in _counts_of(facts, part)))


def _counts_of(facts: ReviewFacts, part: str) -> Iterator[ReportedCount]:
    """The numbers of studies that documents report in one part; all of them for no part."""
    counts = reported_counts(_claims(facts, facts.stated)) if facts.stated else ()
    return (each for each in counts if part in each.claim.place.casefold())


def _count(each: ReportedCount, stated: KnowledgeReview) -> str:
    when = f", published {each.claim.year}" if each.claim.year else ""
    parts = [f"{_number(part.value)} {part.measure}" for part in each.parts]
    where = f": {series(parts)}" if parts else ""
    return (
        f"The digest reports {_number(each.total.value)} {each.total.measure} that were judged "
        f"sound{when}{where} ({_place(each.claim, stated)})."
    )


def _number(printed: str) -> str:
    return within(int(printed)) if printed.isdecimal() else printed


def _outcomes(facts: ReviewFacts, _token: object) -> LiveContent:
    """The matrix of interventions by outcomes in sentences."""
    if facts.stated is None:
        return Statement(text="")
    matrix = facts.stated.matrix
    return Statement(text=" ".join(_cited(each, matrix.where) for each in _wordings(matrix)))


def _wordings(matrix: WordedMatrix) -> Iterator[str]:
    for wording, lead in _LEADS.items():
        cells = [cell for cell in matrix.cells if cell.wording is wording]
        outcomes = dict.fromkeys(cell.outcome for cell in cells)
        if not cells:
            continue
        if wording is Wording.INCONSISTENT:
            yield f"{lead}: on {series(sorted(_outcome(matrix, each) for each in outcomes))}"
            continue
        with_same: dict[str, list[str]] = {}
        for outcome in outcomes:
            some = [cell for cell in cells if cell.outcome == outcome]
            with_same.setdefault(_with(matrix, some), []).append(_outcome(matrix, outcome))
        yield f"{lead} {'; '.join(f'in {series(o)} {w}' for w, o in with_same.items())}"


def _outcome(matrix: WordedMatrix, outcome: str) -> str:
    return within_a_sentence(matrix.outcomes[outcome])


def _with(matrix: WordedMatrix, cells: Sequence[WordedCell]) -> str:
    """With which interventions, and what is noted of all of them alike."""
    names = [within_a_sentence(matrix.interventions[cell.intervention]) for cell in cells]
    notes = {cell.note for cell in cells}
    note = f", {notes.pop()}" if len(notes) == 1 and all(notes) else ""
    return f"with {series(names)}{note}"


def _figures(facts: ReviewFacts, _token: object) -> LiveContent:
    """What the documents claim in figures, each with its base; counts of studies stand apart."""
    if facts.stated is None:
        return ReportList(lines=(), empty=NOTHING)
    stated = facts.stated
    claims = list(_claims(facts, stated))
    counts = {each.claim.uid for each in reported_counts(claims)}
    lines = tuple(
        Statement(
            text=_cited(
                f"{claim.text.rstrip('.')}, in figures: {_in_figures(claim)}",
                _place(claim, stated),
            )
        )
        for claim in claims
        if claim.figures and claim.uid not in counts
    )
    return ReportList(lines=lines, empty="The documents give no figure.")


def _in_figures(claim: Claim) -> str:
    """What stands behind a claim; a group is named where its base does not name it."""
    by_measure: dict[str, list[str]] = {}
    for each in claim.figures:
        named = each.group and each.group.casefold() not in each.base.casefold()
        printed = f"{each.printed} ({each.group})" if named else each.printed
        by_measure.setdefault(each.measure, []).append(printed)
    return "; ".join(f"{measure}, {series(some)}" for measure, some in by_measure.items())


def _claims(facts: ReviewFacts, stated: KnowledgeReview) -> Iterator[Claim]:
    titles = set(stated.documents.values())
    return (each.claim for each in facts.claims if each.claim.source in titles)


def _place(claim: Claim, stated: KnowledgeReview) -> str:
    return f"{stated.short(claim.source)}, {claim.place}"


def _recommendations(facts: ReviewFacts, token: LiveToken) -> LiveContent:
    """Each with on what we read it to rest; of all, or for one audience."""
    some = facts.stated.recommendations if facts.stated else ()
    if token.choice(Choice.PART):
        asked = asked_option(token, Choice.PART, audiences_of(facts))
        if isinstance(asked, NotLive):
            return asked
        some = tuple(each for each in some if each.audience == asked.label)
    lines = (
        Statement(text=f"{_cited(each.text, each.where)}{_behind(facts, each)}") for each in some
    )
    return ReportList(lines=tuple(lines), empty=NOTHING)


def _behind(facts: ReviewFacts, each: StatedRecommendation) -> str:
    """What stands behind a recommendation, by the part that says it, and where it says it."""
    by_part: dict[str, list[str]] = {}
    for trace in each.rests_on:
        part, _, words = trace.partition(": ")
        told = COUNTS_ABOVE if f"{INTERPRETATION}. {trace}" == OF_CLAIM else words.rstrip(".")
        by_part.setdefault(within_a_sentence(part), []).append(within_a_sentence(told))
    if not by_part:
        return ""
    told = ", and from the ".join(f"{part}: {'; '.join(some)}" for part, some in by_part.items())
    return f" {_cited(f'{READING} {told}', _places(facts, each))}"


def _places(facts: ReviewFacts, each: StatedRecommendation) -> str:
    """Where the documents say what stands behind a recommendation."""
    counted = (
        _place(count.claim, facts.stated)
        for name in each.claims
        for count in _counts_of(facts, name.replace("-", " "))
        if facts.stated
    )
    return "; ".join(dict.fromkeys((*each.traced_to, *counted)))


def _cited(text: str, where: str) -> str:
    return f"{text.rstrip('.')} ({where})."


def _documents(facts: ReviewFacts, _token: object) -> LiveContent:
    documents = facts.stated.documents if facts.stated else {}
    return ReportList(
        lines=tuple(Statement(text=f"{short}: {title}.") for short, title in documents.items()),
        empty=NOTHING,
    )


STATED_PARTS: Mapping[str, LivePart] = {
    "reported-text": live_part(
        "What a digest says of one part, in sentences",
        PartKind.SENTENCE,
        _text,
        chooses=frozenset({Choice.PART}),
    ),
    "reported-studies": live_part(
        "How many studies a digest reports",
        PartKind.SENTENCE,
        _studies,
        chooses=frozenset({Choice.PART}),
    ),
    "reported-outcomes": live_part(
        "How a digest words outcomes, in sentences", PartKind.SENTENCE, _outcomes
    ),
    "reported-figures": live_part(
        "Figures that the documents give, each with its base", PartKind.LIST, _figures
    ),
    "reported-recommendations": live_part(
        "What a digest recommends, with what it can be read to rest on",
        PartKind.LIST,
        _recommendations,
        chooses=frozenset({Choice.PART}),
    ),
    "reported-documents": live_part("The documents that are told", PartKind.LIST, _documents),
}
