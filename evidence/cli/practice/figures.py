"""Figures that services report: scores of fidelity, and quarters of monitoring."""

from pathlib import Path
from typing import Annotated, Any

import typer

from evidence.charts.practice.fidelity_over_time import assessments_table
from evidence.charts.practice.fidelity_report import fidelity_report_picture
from evidence.charts.practice.monitoring_over_time import monitoring_table
from evidence.cli.output import AsJson, print_json, print_table, with_exit_code
from evidence.cli.pictures import check_picture_file, write_picture
from evidence.cli.reviews import ReviewName, store
from evidence.errors import Invalid
from evidence.exports.picture_files import table_csv
from evidence.steps.practice import fidelity, monitoring
from evidence.steps.practice.fidelity import ScaleAssessments
from evidence.steps.practice.monitoring import MonitoredServices
from evidence.steps.review.find_review import find_review
from evidence.synthesis.practice.fidelity import Assessment
from evidence.synthesis.practice.fidelity_over_time import agreements
from evidence.synthesis.practice.monitoring import QuarterReport, Share


@with_exit_code
def practice_fidelity(
    review: ReviewName,
    assessment: Annotated[
        str, typer.Option(help="Id of an assessment, whose report --out writes.")
    ] = "",
    out: Annotated[
        Path | None, typer.Option(help="Write a report of one assessment (.svg, .png, .csv).")
    ] = None,
    as_json: AsJson = False,
) -> bool:
    """Assessments of fidelity: totals, bands, sections and scores, scale by scale."""
    check_picture_file(out)
    scales = fidelity.by_scale(find_review(store(), review))
    written = [str(path) for path in write_picture(_report(scales, assessment), out)] if out else []
    if as_json:
        print_json({"scales": [_scale_json(each) for each in scales], "files": written})
        return True
    for each in scales:
        typer.echo(each.scale.title)
        table = assessments_table(each.assessments)
        uids = [one.uid for one in each.assessments]
        rows = [(uid, *map(_cell, row)) for uid, row in zip(uids, table.rows, strict=True)]
        print_table(rows, ("assessment", *table.head))
    if not scales:
        typer.echo("The review has no fidelity scale.")
    for path in written:
        typer.echo(f"Written: {path}")
    return True


@with_exit_code
def practice_monitoring(
    review: ReviewName,
    out: Annotated[Path | None, typer.Option(help="Write the quarters as a table (CSV).")] = None,
    as_json: AsJson = False,
) -> bool:
    """Quarters that services reported, with shares and their base, and what does not fit."""
    desk = find_review(store(), review)
    found = [monitoring.reported(desk, each) for each in monitoring.monitoring_schemes(desk)]
    if out:
        if len(found) != 1:
            raise Invalid(f"The review has {len(found)} schemes for monitoring; one is written.")
        out.write_bytes(table_csv(monitoring_table(_complete(found[0]), found[0].categories)))
    if as_json:
        print_json({"schemes": [_monitored_json(each) for each in found]})
    else:
        for each in found:
            table = monitoring_table(_complete(each), each.categories)
            print_table([list(map(_cell, row)) for row in table.rows], table.head)
            for report in each.reports:
                for problem in report.problems:
                    typer.echo(f"{report.service_name}, {report.occasion}: {problem}")
        if not found:
            typer.echo("The review has no scheme for monitoring.")
    return not any(report.problems for each in found for report in each.reports)


def _report(scales: tuple[ScaleAssessments, ...], uid: str) -> Any:
    every = [one for each in scales for one in each.assessments]
    found = [one for one in every if uid in ("", one.uid)]
    if len(found) != 1:
        raise Invalid(f"Name one assessment with --assessment; {len(every)} are there.")
    return fidelity_report_picture(found[0])


def _scale_json(each: ScaleAssessments) -> dict[str, Any]:
    scale = each.scale
    return {
        "scale": scale.name,
        "title": scale.title,
        "items": len(scale.items),
        "lowest": scale.lowest,
        "highest": scale.highest,
        "bands": [{"name": band.name, "from": band.lowest} for band in scale.bands],
        "assessments": [_assessment_json(one) for one in each.assessments],
        "agreement": [
            {
                "service": pair.first.service_name,
                "when": pair.first.occasion,
                "assessors": [pair.first.assessor, pair.second.assessor],
                "items": pair.both,
                "exact": pair.exact,
                "within_one": pair.within_one,
                "kappa": pair.kappa,
            }
            for occasion in each.occasions
            for pair in agreements(occasion)
        ],
    }


def _assessment_json(one: Assessment) -> dict[str, Any]:
    return {
        "assessment": one.uid,
        "service": one.service_name,
        "when": one.occasion,
        "assessor": one.assessor,
        "complete": one.is_complete,
        "total": one.total,
        "band": one.band,
        "why_unclassified": one.why_unclassified,
        "sections": {each.title: each.total for each in one.sections},
        "scores": dict(one.scores),
        "cannot_rate": sorted(one.unrated),
    }


def _complete(found: MonitoredServices) -> list[QuarterReport]:
    return [each for each in found.reports if each.is_complete]


def _monitored_json(found: MonitoredServices) -> dict[str, Any]:
    return {
        "title": found.title,
        "categories": [
            {"id": each.id, "name": each.name, "overlaps": each.overlaps}
            for each in found.categories
        ],
        "quarters": [_quarter_json(each) for each in found.reports],
    }


def _quarter_json(each: QuarterReport) -> dict[str, Any]:
    return {
        "service": each.service_name,
        "quarter": each.occasion,
        "complete": each.is_complete,
        "clients": each.clients,
        "outcomes": {key: _share_json(share) for key, share in each.outcomes.items()},
        "counted_once": each.counted_once,
        "any_outcome": _share_json(each.any_outcome),
        "retention": _share_json(each.retention),
        "took_part": each.took_part,
        "remarks": each.remarks,
        "problems": list(each.problems),
    }


def _share_json(share: Share | None) -> dict[str, Any] | None:
    """A share with its base; people are null where only a percentage is known."""
    if share is None:
        return None
    return {
        "people": None if share.people is None else float(share.people),
        "base": share.base,
        "percent": None if share.percent is None else float(share.percent),
    }


def _cell(value: object) -> str:
    return "" if value is None else str(value)
