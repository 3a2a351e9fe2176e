"""Where screening stands, in which order works are read, and which full texts are sought."""

from typing import Annotated, Any

import typer

from evidence.cli.output import AsJson, print_json, print_listing, with_exit_code
from evidence.cli.reviews import ReviewName, find_own_review, store
from evidence.screening.verdicts import Stage
from evidence.steps.desk import Desk
from evidence.steps.review.find_review import find_review
from evidence.steps.screening import decisions, full_texts, priority, progress, stage_settings
from evidence.steps.screening.full_texts import MOST_REPORTS
from evidence.steps.screening.priority import OpenWorks
from evidence.store.screening.full_texts import SoughtReport

SHOWN = 20  # works in the table; JSON has all


@with_exit_code
def screening_state(review: ReviewName, as_json: AsJson = False) -> bool:
    """Where each stage of screening stands: works by state, what is left, and the settings."""
    desk = find_review(store(), review)
    stages = [_stage_json(desk, stage) for stage in Stage]
    if as_json:
        print_json({"stages": stages})
        return True
    print_listing([{"stage": each["stage"], **each["works"]} for each in stages], "")
    for each in stages:
        typer.echo(f"{each['stage']}: {each['readings_left']:,} decisions are still to be made.")
        for warning in each["warnings"]:
            typer.echo(warning)
    return True


@with_exit_code
def screening_order(
    review: ReviewName,
    learn: Annotated[
        bool, typer.Option("--learn", help="First learn the order anew, where it is due.")
    ] = False,
    as_json: AsJson = False,
) -> bool:
    """Works that are still to be read by title and abstract, in the order of reading."""
    opened = store()
    if learn:
        priority.learn(find_own_review(opened, review), wait=True)
    listed = priority.open_works(find_review(opened, review))
    works = _works_json(listed)
    if as_json:
        order = "learnt" if listed.is_learnt else "imported"
        print_json({"order": order, "learnt_from": listed.learnt_from, "works": works})
        return True
    typer.echo(
        f"The order was learnt from {listed.learnt_from:,} decided works."
        if listed.is_learnt
        else "Works come in the order of their import."
    )
    columns = ("place", "work_id", "year", "title", "words")
    print_listing(
        [{name: work[name] for name in columns} for work in works[:SHOWN]], "No work is open."
    )
    if len(works) > SHOWN:
        typer.echo(f"… and {len(works) - SHOWN:,} more; --json has all.")
    return True


@with_exit_code
def screening_full_texts(review: ReviewName, as_json: AsJson = False) -> bool:
    """Reports that are sought: which were retrieved, which were not, and why."""
    desk = find_review(store(), review)
    counts = {search.value: number for search, number in full_texts.counts(desk).items()}
    reports = [_report_json(each) for each in full_texts.page(desk, None, 0, MOST_REPORTS)]
    if as_json:
        elsewhere = full_texts.retrieved_elsewhere(desk)
        print_json({"counts": counts, "retrieved_without_pdf": elsewhere, "reports": reports})
        return True
    print_listing([counts], "")
    print_listing(reports, "No report is sought yet.")
    return True


def _stage_json(desk: Desk, stage: Stage) -> dict[str, Any]:
    team, settings = progress.team_progress(desk, stage), stage_settings.current(desk, stage)
    return {
        "stage": stage.value,
        "works": {state.value: number for state, number in decisions.tally(desk, stage).items()},
        "closed": team.closed,
        "readings_left": team.readings,
        "readers_per_work": settings.voices,
        "rule": settings.rule.value,
        "order": settings.order.value,
        "warnings": list(stage_settings.warnings(desk, stage)),
    }


def _works_json(listed: OpenWorks) -> list[dict[str, Any]]:
    return [
        {
            "place": place,
            "work_id": each.work.id,
            "title": each.work.reference.title,
            "year": each.work.reference.year,
            "doi": each.work.reference.doi,
            "by_chance": each.is_by_chance,
            "words": list(each.words),
        }
        for place, each in enumerate(listed.works, start=1)
    ]


def _report_json(report: SoughtReport) -> dict[str, Any]:
    return {
        "work_id": report.work_id,
        "title": report.reference.title,
        "year": report.reference.year,
        "state": report.search.value,
        "note": report.note,
        "files": [document.name for document in report.documents],
    }
