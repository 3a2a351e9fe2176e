"""Provision, rules of sufficiency and ratings as tables that people take along."""

from collections.abc import Sequence

from evidence.charts.picture import PictureTable
from evidence.steps.practice.provision import KindInArea, LocalProvision, with_ratings
from evidence.steps.practice.ratings import RatingLine
from evidence.synthesis.practice.comparisons import ComparedText, Met
from evidence.synthesis.practice.framework import ROWS
from evidence.synthesis.practice.provision import Provision, Verdict
from evidence.synthesis.practice.rating import Aspect
from evidence.synthesis.practice.sufficiency import usual_rule

NO_AREA = "No area named"
SUGGESTED, OWN = "Suggested by the framework", "Rule of the review"
SIGNS = {
    Verdict.ENOUGH: "✓",
    Verdict.LESS: "▼",
    Verdict.NONE: "✗",
    Verdict.UNKNOWN: "?",
    Verdict.UNANSWERED: "…",
}
MET_SIGNS = {Met.MET: "✓", Met.NOT_MET: "✗", Met.NOT_SAID: "?"}


def provision_table(local: LocalProvision, rated: Sequence[RatingLine] = ()) -> PictureTable:
    """Each area with each kind of service and its ratings, with nothing left out."""
    head = (
        "Area",
        "Kind of service",
        "Comparison",
        "Suggested",
        "Sufficient from",
        "Source of the rule",
        "Reported",
        "What is open",
        "Population and source",
        "Clinical teams and source",
        "Caseload",
        "Several of one kind",
        *(aspect.value.capitalize() for aspect in Aspect),
        "What is sufficient",
    )
    rows = [
        (
            each.area or NO_AREA,
            each.kind.name,
            _sign(each),
            each.kind.level.words,
            each.rule.words,
            each.rule.source,
            each.reported,
            each.why,
            each.population,
            each.teams,
            each.caseloads,
            each.overlap,
            *(_ratings(kind, aspect) for aspect in Aspect),
            local.when_set,
        )
        for each, kind in zip(local.provisions, with_ratings(local.provisions, rated), strict=True)
    ]
    return PictureTable(head=head, rows=tuple(rows))


def provision_grid(local: LocalProvision) -> PictureTable:
    """Areas beside kinds of service, with the verdict in each cell."""
    kinds = {each.kind.kind: each.kind.name for each in local.provisions}
    if len(set(kinds.values())) < len(kinds):  # a framework can call two kinds by one name
        kinds = {kind: f"{name} ({kind})" for kind, name in kinds.items()}
    areas = dict.fromkeys(each.area for each in local.provisions)
    verdicts = {(each.area, each.kind.kind): _sign(each) for each in local.provisions}
    rows = tuple((area or NO_AREA, *(verdicts[area, kind] for kind in kinds)) for area in areas)
    return PictureTable(head=("Area", *kinds.values()), rows=rows)


def _sign(each: Provision) -> str:
    return f"{SIGNS[each.verdict]} {each.verdict}"


def _ratings(kind: KindInArea, aspect: Aspect) -> str:
    """What people say of an aspect, of the kind itself and of its services by name."""
    lines = (each for each in kind.ratings if each.aspect is aspect)
    return "; ".join(
        f"{f'{each.about}: ' if each.is_of_service else ''}{each.grade} ({each.reason})"
        for each in lines
    )


def rule_table(local: LocalProvision) -> PictureTable:
    """The rule of each kind of service, and what the review settled of areas."""
    head = ("What", "Sufficient from", "Source", "Caseload", "Source of the caseload", "Whose rule")
    rows = []
    for each in local.framework.services:
        rule = local.rules.rule(local.framework, each.kind)
        is_usual = rule == usual_rule(local.framework, each.kind)
        rows.append(
            (
                each.name,
                rule.level.words,
                rule.source,
                "" if rule.caseload is None else f"up to {rule.caseload}",
                rule.caseload_source,
                SUGGESTED if is_usual else OWN,
            )
        )
    rows += [
        (f"{each.of.capitalize()} of {each.area}", f"{each.number:,f}", each.source, "", "", OWN)
        for each in local.rules.numbers
    ]
    return PictureTable(head=head, rows=tuple(rows))


def comparison_table(local: LocalProvision) -> PictureTable:
    """Links, meetings and signs that the framework suggests, and which services are so."""
    by_whom = (f"{met.capitalize()} by" for met in Met)
    head = ("Area", "Comparison", "Suggested", "Kind of service", "Row", *by_whom)
    rows = tuple(
        (
            each.area or NO_AREA,
            f"{MET_SIGNS[each.verdict]} {each.verdict}",
            each.text,
            each.kind.name,
            ROWS[each.row],
            *(", ".join(_with_number(each, name) for name in each.said[met]) for met in Met),
        )
        for each in local.compared
    )
    return PictureTable(head=head, rows=rows)


def _with_number(each: ComparedText, name: str) -> str:
    """A service, with the number that it gives where one is asked."""
    return f"{name} ({each.numbers[name]})" if name in each.numbers else name


def rating_table(lines: Sequence[RatingLine]) -> PictureTable:
    """A row for each rating."""
    head = ("What", "Area", "Rated as", "Aspect", "Rating", "On", "Rated by", "Reason")
    rows = tuple(
        (
            line.about,
            line.area,
            "a service" if line.is_of_service else "a kind of service in the area",
            line.aspect.value,
            line.grade.value,
            f"{line.at:%Y-%m-%d}",
            line.person,
            line.reason,
        )
        for line in lines
    )
    return PictureTable(head=head, rows=rows)
