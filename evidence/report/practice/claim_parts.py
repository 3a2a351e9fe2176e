"""Published claims in a report, with what supports them and where they conflict."""

from collections.abc import Mapping

from evidence.report.facts import ReportedClaim, ReviewFacts
from evidence.report.live_content import (
    LiveContent,
    PartKind,
    ReportList,
    ReportRow,
    ReportTable,
)
from evidence.report.live_part import LivePart, live_part
from evidence.report.numerals import counted, series
from evidence.report.statements import Statement
from evidence.synthesis.claims.claim import VERDICT_WORDS, ClaimVerdict
from evidence.synthesis.claims.figures import figures_in_words

NOT_GIVEN = "–"


def _claims(facts: ReviewFacts, _token: object) -> LiveContent:
    there = {study.id for study in facts.studies}
    rows = tuple(
        ReportRow(
            cells=_cells(each), studies=tuple(study for study in each.studies if study in there)
        )
        for each in facts.claims
    )
    return ReportTable(
        caption="Published claims",
        head=("Claim", "Figures", "Claimed in", "Cites", "Does the cited work support it?"),
        rows=rows,
        note=_note(facts) if rows else "",
    )


def _cells(each: ReportedClaim) -> tuple[str, ...]:
    stated, judgement = each.claim, each.judgement
    year = f" ({stated.source_year})" if stated.source_year else ""
    by = f" ({each.judged_by})" if each.judged_by else ""
    said = f"{judgement.verdict.value.capitalize()}{by}"
    return (
        stated.text,
        figures_in_words(stated.figures) or NOT_GIVEN,
        f"{stated.where}{year}",
        each.cited or NOT_GIVEN,
        f"{said}: {judgement.reason}" if judgement.reason else said,
    )


def _note(facts: ReviewFacts) -> str:
    verdicts = [each.judgement.verdict for each in facts.claims]
    counts = [
        f"{VERDICT_WORDS[verdict]}: {verdicts.count(verdict):,} of {len(verdicts):,}."
        for verdict in ClaimVerdict
        if verdict in verdicts
    ]
    return " ".join([*counts, "Whether it does is a person's judgement."])


def _judged(facts: ReviewFacts, _token: object) -> LiveContent:
    """How many claims there are, and what people say of them; every number has its base."""
    total = len(facts.claims)
    if not total:
        return Statement(text="")
    verdicts = [each.judgement.verdict for each in facts.claims]
    counts = [
        f"“{verdict.value}” for {verdicts.count(verdict):,}"
        for verdict in ClaimVerdict
        if verdict in verdicts
    ]
    return Statement(
        text=f"Of {counted(total, 'published claim')} people judged whether the cited work "
        f"supports them: {series(counts)}."
    )


def _conflicts(facts: ReviewFacts, _token: object) -> LiveContent:
    return ReportList(
        lines=tuple(
            Statement(text=f"{each.check.value}: {each.text}") for each in facts.claim_conflicts
        ),
        empty="The checks find no conflict among the claims.",
    )


CLAIM_PARTS: Mapping[str, LivePart] = {
    "claims": live_part("Published claims, and what supports them", PartKind.TABLE, _claims),
    "claims-judged": live_part("How many claims were judged, and how", PartKind.SENTENCE, _judged),
    "claim-conflicts": live_part("Where published claims conflict", PartKind.LIST, _conflicts),
}
