"""Conclusions and recommendations in a report, by whom they are for, each with its studies."""

from collections.abc import Iterator, Mapping, Sequence

from evidence.report.facts import ReviewFacts, StatedConclusion
from evidence.report.live_content import LiveContent, PartKind, ReportList, ReportRow, ReportTable
from evidence.report.live_part import Fill, LivePart, live_part
from evidence.report.statements import Statement
from evidence.synthesis.conclusions.conclusion import AUDIENCES, ConclusionKind
from evidence.synthesis.practice.knowledge_review import INTERPRETATION

NOT_GIVEN = "–"
_SEVERAL = {
    ConclusionKind.CONCLUSION: "conclusions",
    ConclusionKind.RECOMMENDATION: "recommendations",
}


def by_audience(facts: ReviewFacts, kind: ConclusionKind) -> Sequence[StatedConclusion]:
    """Those of a kind: for policy and practice, for further research, then others as they came."""
    chosen = [each for each in facts.conclusions if each.conclusion.kind is kind]
    audiences = [*AUDIENCES, *(each.conclusion.audience for each in chosen)]
    return sorted(chosen, key=lambda each: audiences.index(each.conclusion.audience))


def _table(kind: ConclusionKind) -> Fill:
    def fill(facts: ReviewFacts, _token: object) -> LiveContent:
        stated = by_audience(facts, kind)
        name = _SEVERAL[kind]
        return ReportTable(
            caption=name.capitalize(),
            head=("For", kind.capitalize(), "Strength", "Rests on"),
            rows=tuple(_row(each) for each in stated),
            note=_note(facts, stated, name) if stated else "",
        )

    return fill


def _row(each: StatedConclusion) -> ReportRow:
    said = each.conclusion
    strength = ": ".join(part for part in (said.strength.capitalize(), said.reason) if part)
    rests = "; ".join(_once(each.rests_on)) or NOT_GIVEN
    return ReportRow(
        cells=(said.audience, said.text, strength or NOT_GIVEN, rests), studies=each.studies
    )


def _once(rests_on: Sequence[str]) -> Iterator[str]:
    """What it rests on; that this is an interpretation is said once, before the first of it."""
    said = False
    for each in rests_on:
        yield each.removeprefix(f"{INTERPRETATION}. ") if said else each
        said = said or each.startswith(INTERPRETATION)


def _note(facts: ReviewFacts, stated: Sequence[StatedConclusion], name: str) -> str:
    """The rule of strength, and how many have something that nobody has looked at."""
    waiting = sum(each.is_open for each in stated)
    told = [facts.strength_rule.sentence] if any(s.conclusion.strength for s in stated) else []
    if waiting:
        told.append(f"What {waiting:,} of {len(stated):,} {name} rest on is to be looked at again.")
    return " ".join(told)


def _list(kind: ConclusionKind) -> Fill:
    def fill(facts: ReviewFacts, _token: object) -> LiveContent:
        return ReportList(
            lines=tuple(
                Statement(
                    text=f"{each.conclusion.audience}: {each.conclusion.text}",
                    studies=each.studies,
                )
                for each in by_audience(facts, kind)
            ),
            empty=f"No {kind} is written yet.",
        )

    return fill


CONCLUDED_PARTS: Mapping[str, LivePart] = {
    "conclusions": live_part(
        "Conclusions with what they rest on", PartKind.TABLE, _table(ConclusionKind.CONCLUSION)
    ),
    "recommendations": live_part(
        "Recommendations with what they rest on",
        PartKind.TABLE,
        _table(ConclusionKind.RECOMMENDATION),
    ),
    "conclusions-list": live_part(
        "Conclusions, a line each", PartKind.LIST, _list(ConclusionKind.CONCLUSION)
    ),
    "recommendations-list": live_part(
        "Recommendations, a line each", PartKind.LIST, _list(ConclusionKind.RECOMMENDATION)
    ),
}
