"""Figures that services report: scores of fidelity, and quarters of monitoring."""

from pathlib import Path
from typing import Annotated, Any

import typer

from evidence.charts.picture import Picture, PictureTable
from evidence.charts.practice.fidelity_over_time import assessments_table
from evidence.charts.practice.fidelity_report import fidelity_report_picture
from evidence.charts.practice.monitoring_over_time import monitoring_table
from evidence.cli.output import AsJson, print_json, print_table, with_exit_code
from evidence.cli.pictures import check_picture_file, print_written, write_picture
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
    pages = write_picture(_fidelity_report(scales, assessment), out) if out else []
    files = [str(page) for page in pages]
    if as_json:
        print_json({"scales": [_scale_json(assessed) for assessed in scales], "files": files})
        return True
    for assessed in scales:
        typer.echo(assessed.scale.title)
        table = assessments_table(assessed.assessments)
        uids = [assessment.uid for assessment in assessed.assessments]
        rows = [(uid, *map(_cell, row)) for uid, row in zip(uids, table.rows, strict=True)]
        print_table(rows, ("assessment", *table.head))
    if not scales:
        typer.echo("The review has no fidelity scale.")
    print_written(files)
    return True


@with_exit_code
def practice_monitoring(
    review: ReviewName,
    out: Annotated[Path | None, typer.Option(help="Write the quarters as a table (CSV).")] = None,
    as_json: AsJson = False,
) -> bool:
    """Quarters that services reported, with shares and their base, and what does not fit."""
    desk = find_review(store(), review)
    schemes = monitoring.monitoring_schemes(desk)
    monitored = [monitoring.reported(desk, scheme) for scheme in schemes]
    if out:
        if len(monitored) != 1:
            raise Invalid(
                f"The review has {len(monitored)} schemes for monitoring; one is written."
            )
        out.write_bytes(table_csv(_quarters_table(monitored[0])))
    if as_json:
        print_json({"schemes": [_monitored_json(services) for services in monitored]})
    else:
        for services in monitored:
            _print_quarters(services)
        if not monitored:
            typer.echo("The review has no scheme for monitoring.")
    return not any(report.problems for services in monitored for report in services.reports)


def _fidelity_report(scales: tuple[ScaleAssessments, ...], uid: str) -> Picture:
    """The report of the assessment that is named; without a name, of the only one."""
    assessments = [assessment for assessed in scales for assessment in assessed.assessments]
    wanted = [assessment for assessment in assessments if uid in ("", assessment.uid)]
    if len(wanted) != 1:
        raise Invalid(f"Name one assessment with --assessment; {len(assessments)} are there.")
    return fidelity_report_picture(wanted[0])


def _scale_json(assessed: ScaleAssessments) -> dict[str, Any]:
    scale = assessed.scale
    return {
        "scale": scale.name,
        "title": scale.title,
        "items": len(scale.items),
        "lowest": scale.lowest,
        "highest": scale.highest,
        "bands": [{"name": band.name, "from": band.lowest} for band in scale.bands],
        "assessments": [_assessment_json(assessment) for assessment in assessed.assessments],
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
            for occasion in assessed.occasions
            for pair in agreements(occasion)
        ],
    }


def _assessment_json(assessment: Assessment) -> dict[str, Any]:
    return {
        "assessment": assessment.uid,
        "service": assessment.service_name,
        "when": assessment.occasion,
        "assessor": assessment.assessor,
        "complete": assessment.is_complete,
        "total": assessment.total,
        "band": assessment.band,
        "why_unclassified": assessment.why_unclassified,
        "sections": {section.title: section.total for section in assessment.sections},
        "scores": dict(assessment.scores),
        "cannot_rate": sorted(assessment.unrated),
    }


def _quarters_table(services: MonitoredServices) -> PictureTable:
    """The complete quarters of services."""
    complete = [report for report in services.reports if report.is_complete]
    return monitoring_table(complete, services.categories)


def _print_quarters(services: MonitoredServices) -> None:
    table = _quarters_table(services)
    print_table([list(map(_cell, row)) for row in table.rows], table.head)
    for report in services.reports:
        for problem in report.problems:
            typer.echo(f"{report.service_name}, {report.occasion}: {problem}")


def _monitored_json(services: MonitoredServices) -> dict[str, Any]:
    return {
        "title": services.title,
        "categories": [
            {"id": category.id, "name": category.name, "overlaps": category.overlaps}
            for category in services.categories
        ],
        "quarters": [_quarter_json(report) for report in services.reports],
    }


def _quarter_json(report: QuarterReport) -> dict[str, Any]:
    return {
        "service": report.service_name,
        "quarter": report.occasion,
        "complete": report.is_complete,
        "clients": report.clients,
        "outcomes": {key: _share_json(share) for key, share in report.outcomes.items()},
        "counted_once": report.counted_once,
        "any_outcome": _share_json(report.any_outcome),
        "retention": _share_json(report.retention),
        "took_part": report.took_part,
        "remarks": report.remarks,
        "problems": list(report.problems),
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
