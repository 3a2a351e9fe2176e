"""What services of each area provide in a report, beside the level that a framework suggests."""

from collections.abc import Mapping

from evidence.report.facts import ReviewFacts
from evidence.report.live_content import LiveContent, PartKind, ReportRow, ReportTable
from evidence.report.live_part import LivePart, live_part
from evidence.synthesis.practice.comparisons import ComparedText
from evidence.synthesis.practice.provision import Provision

_RULE = (
    "Sufficient begins at the lower end of the rule, and says nothing of how good a service is. "
    "What a form leaves open is never taken as 0. Of each service the newest complete form "
    "counts."
)

_LINKS_RULE = (
    "Met where a service of the area says so; not said where none does and one left the question "
    "open. Only kinds of which the area has a service are compared."
)


def _provision(facts: ReviewFacts, _token: object) -> LiveContent:
    head: tuple[str, ...] = ("Area", "Kind of service", "Sufficient from", "Reported", "Comparison")
    rows = [_cells(each) for each in facts.provisions]
    if any(facts.provision_ratings):
        head = (*head, "Rated by people")
        rated = [words or "not rated" for words in facts.provision_ratings]
        rows = [(*cells, words) for cells, words in zip(rows, rated, strict=True)]
    return ReportTable(
        caption="What services provide beside what is sufficient",
        head=head,
        rows=tuple(ReportRow(cells=cells) for cells in rows),
        note=_note(facts),
    )


def _note(facts: ReviewFacts) -> str:
    """By which rules it was compared, since when, and where each kind's own rule is from."""
    if not facts.provisions:
        return ""
    own = {
        each.kind.name: each.rule.source
        for each in facts.provisions
        if each.rule.level != each.kind.level
    }
    told = [f"{name}: rule from {source}." for name, source in own.items()]
    return " ".join(filter(None, [facts.provision_source, facts.provision_rules, *told, _RULE]))


def _cells(each: Provision) -> tuple[str, ...]:
    population = f"population {each.population}" if each.numbers and each.population else ""
    teams = f"clinical teams {each.teams}" if each.numbers and each.teams else ""
    reported = [each.reported, population, teams, each.overlap]
    return (
        each.area or "No area named",
        each.kind.name,
        each.rule.words,
        "; ".join(filter(None, reported)),
        f"{each.verdict}: {each.why}" if each.why else each.verdict.value,
    )


def _links(facts: ReviewFacts, _token: object) -> LiveContent:
    head = ("Area", "Kind of service", "Suggested", "Comparison", "By whom")
    return ReportTable(
        caption="Links, meetings and signs of success beside what the framework suggests",
        head=head,
        rows=tuple(ReportRow(cells=_link_cells(each)) for each in facts.compared),
        note=f"{facts.provision_source} {_LINKS_RULE}" if facts.compared else "",
    )


def _link_cells(each: ComparedText) -> tuple[str, ...]:
    told = (f"{met}: {', '.join(names)}" for met, names in each.said.items() if names)
    area = each.area or "No area named"
    return area, each.kind.name, each.text, each.verdict.value, "; ".join(told)


PROVISION_PARTS: Mapping[str, LivePart] = {
    "provision": live_part(
        "What services provide beside what is suggested", PartKind.TABLE, _provision
    ),
    "provision-links": live_part(
        "Links, meetings and signs beside what is suggested", PartKind.TABLE, _links
    ),
}
