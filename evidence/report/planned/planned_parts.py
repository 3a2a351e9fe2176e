"""Live parts on what was planned: definitions, versions of the protocol, waves, stages."""

from collections.abc import Iterator, Mapping

from evidence.report.facts import ReviewFacts
from evidence.report.live_content import LiveContent, PartKind, ReportList, ReportRow, ReportTable
from evidence.report.live_part import LivePart, live_part
from evidence.report.planned.stream_sections import of_streams_at
from evidence.report.statements import Statement
from evidence.synthesis.stages.study_stages import QUESTION, GateCount, ReviewStage

NOT_GIVEN = "–"
_SEVERAL = 2


def planned_methods(facts: ReviewFacts) -> Iterator[str]:
    """Paragraphs of the usual methods on stages behind the map; none where there are none."""
    if facts.planned.stage_rules:
        yield "## In-depth review"
        yield "{{stage-rules}} {{stages}}"


def planned_results(facts: ReviewFacts) -> Iterator[str]:
    """Paragraphs of the usual results on the in-depth review, of the studies that got furthest."""
    counts = facts.planned.stages
    last = counts.sound or counts.in_depth
    if last is None:
        return
    yield "{{stages}}"
    if not last.passed or facts.dimension(QUESTION) is None:
        return
    stage, noun = (
        (ReviewStage.SOUND, "sound studies")
        if counts.sound
        else (ReviewStage.IN_DEPTH, "studies of the in-depth review")
    )
    of = f"of {QUESTION}={stage} as {noun}"
    names = ["years", *(["countries"] if facts.dimension("country") else []), "participants"]
    yield " ".join(f"{{{{{name} {of}}}}}" for name in names)
    yield from of_streams_at(facts, QUESTION, stage)


def planned_appendix(facts: ReviewFacts) -> Iterator[str]:
    """Paragraphs of the usual appendix on the protocol and the waves of searching."""
    if facts.planned.versions:
        yield "## Versions of the protocol"
        yield "{{protocol-versions}}"
        yield "{{protocol-changes}}"
    waves = facts.planned.waves
    if len(waves) >= _SEVERAL or any(wave.without_records for wave in waves):
        yield "## Waves of searching"
        yield "{{search-waves}}"


def _definitions(facts: ReviewFacts, _token: object) -> LiveContent:
    lines = tuple(
        Statement(text=line.strip())
        for line in facts.about.definitions.splitlines()
        if line.strip()
    )
    return ReportList(lines=lines, empty="No definition is recorded.")


def _background(facts: ReviewFacts, _token: object) -> LiveContent:
    return Statement(text=" ".join(facts.about.background.split()))


def _waves(facts: ReviewFacts, _token: object) -> LiveContent:
    return ReportTable(
        caption="Waves of searching",
        head=(
            "Wave",
            "Searched",
            "Searches",
            "Records",
            "Works found first",
            "Of these, included",
            "New studies",
            "Searches without records",
        ),
        rows=tuple(
            ReportRow(
                cells=(
                    wave.name,
                    wave.days or NOT_GIVEN,
                    f"{len(wave.searches):,}",
                    f"{wave.records:,}",
                    f"{wave.new_works:,}",
                    f"{wave.new_included:,}",
                    f"{wave.new_studies:,}",
                    "; ".join(wave.without_records) or NOT_GIVEN,
                )
            )
            for wave in facts.planned.waves
        ),
        note="A work counts in the wave that found it first, a study in that of its first report.",
        numbers=frozenset({2, 3, 4, 5, 6}),
    )


def _versions(facts: ReviewFacts, _token: object) -> LiveContent:
    since = ", ".join(facts.planned.since)
    return ReportTable(
        caption="Versions of the protocol",
        head=("Version", "Holds from", "What changed, and why"),
        rows=tuple(
            ReportRow(cells=(f"{each.number:,}", each.dated, each.note))
            for each in facts.planned.versions
        ),
        note=f"Changed since the last version: {since}." if since else "",
    )


def _changes(facts: ReviewFacts, _token: object) -> LiveContent:
    return ReportTable(
        caption="What each version of the protocol changed",
        head=("Version", "Part", "Gone", "New"),
        rows=tuple(
            ReportRow(
                cells=(
                    f"{each.number:,}",
                    changed.part,
                    "; ".join(filter(None, changed.gone)) or NOT_GIVEN,
                    "; ".join(filter(None, changed.new)) or NOT_GIVEN,
                )
            )
            for each in facts.planned.versions
            for changed in each.changed
        ),
    )


def _rules(facts: ReviewFacts, _token: object) -> LiveContent:
    return Statement(text=" ".join(facts.planned.stage_rules))


def _stages(facts: ReviewFacts, _token: object) -> LiveContent:
    counts = facts.planned.stages
    told = (
        _counted(counts.in_depth, "in the map", "go on to the in-depth review"),
        _counted(counts.sound, "asked at the quality gate", "are methodologically sound"),
    )
    return Statement(text=" ".join(filter(None, told)))


def _counted(count: GateCount | None, of: str, what: str) -> str:
    """A number with its base, why the others do not go on, and of how many it cannot be told."""
    if count is None:
        return ""
    waiting = sum(number for _, number in count.untold)
    every = count.passed + count.not_passed
    reasons = "; ".join(f"{reason} ({number:,})" for reason, number in count.stopped)
    told = f"Of {every:,} studies {of}, {count.passed:,} {what}"
    told += f"; the others do not: {reasons}" if reasons else ""
    return f"{told}; of {waiting:,} it cannot be told yet." if waiting else f"{told}."


PLANNED_PARTS: Mapping[str, LivePart] = {
    "background": live_part("Background", PartKind.SENTENCE, _background),
    "definitions": live_part("Definitions", PartKind.LIST, _definitions),
    "search-waves": live_part("Waves of searching with what each gave new", PartKind.TABLE, _waves),
    "protocol-versions": live_part("Versions of the protocol", PartKind.TABLE, _versions),
    "protocol-changes": live_part(
        "What each version of the protocol changed", PartKind.TABLE, _changes
    ),
    "stage-rules": live_part(
        "Which studies go on from the map, and which are sound", PartKind.SENTENCE, _rules
    ),
    "stages": live_part(
        "How many studies go on from the map, and are sound", PartKind.SENTENCE, _stages
    ),
}
