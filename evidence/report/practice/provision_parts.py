"""What services of each area provide in a report, beside the level that a framework suggests."""

from collections.abc import Mapping

from evidence.report.facts import ReviewFacts
from evidence.report.live_content import LiveContent, PartKind, ReportRow, ReportTable
from evidence.report.live_part import LivePart, live_part
from evidence.synthesis.practice.provision import Provision

_RULE = (
    "Enough begins at the lower end of what is suggested, and says nothing of how good a service "
    "is. What a form leaves open is never taken as 0. Of each service the newest complete form "
    "counts."
)


def _provision(facts: ReviewFacts, _token: object) -> LiveContent:
    return ReportTable(
        caption="What services provide beside what is suggested",
        head=("Area", "Kind of service", "Suggested", "Reported", "Comparison"),
        rows=tuple(ReportRow(cells=_cells(each)) for each in facts.provisions),
        note=" ".join(filter(None, [facts.provision_source, _RULE])) if facts.provisions else "",
    )


def _cells(each: Provision) -> tuple[str, ...]:
    population = f"population {each.population}" if each.numbers and each.population else ""
    reported = [each.reported, population, each.overlap]
    return (
        each.area or "No area named",
        each.kind.name,
        each.kind.level.words,
        "; ".join(filter(None, reported)),
        f"{each.verdict}: {each.why}" if each.why else each.verdict.value,
    )


PROVISION_PARTS: Mapping[str, LivePart] = {
    "provision": live_part(
        "What services provide beside what is suggested", PartKind.TABLE, _provision
    )
}
