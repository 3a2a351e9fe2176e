"""What a review is made of: its team, its duplicates, its studies, its schemes."""

from typing import Any

import typer

from evidence.cli.output import AsJson, print_json, print_listing, with_exit_code
from evidence.cli.reviews import ReviewName, store
from evidence.cli.screening.decided import WhichStage
from evidence.screening.verdicts import Stage
from evidence.steps.coding import schemes, studies
from evidence.steps.desk import Desk
from evidence.steps.records.duplicates import (
    duplicate_policy,
    duplicates,
    merged_works,
    record_pairs,
)
from evidence.steps.review import team
from evidence.steps.review.find_review import find_review
from evidence.store.coding.studies import Report


@with_exit_code
def review_team(
    review: ReviewName, stage: WhichStage = Stage.TITLE_ABSTRACT, as_json: AsJson = False
) -> bool:
    """The team, and how far everybody is at a stage of screening."""
    people = [
        {
            "person": each.name,
            "joined": f"{each.joined_at:%Y-%m-%d}",
            "left_team": f"{each.left_at:%Y-%m-%d}" if each.left_at else None,
            "decided": each.done,
            "left": each.left,
            "per_hour": each.pace,
        }
        for each in team.everybody(find_review(store(), review), stage)
    ]
    if as_json:
        print_json({"stage": stage.value, "people": people})
    else:
        print_listing(people, "Nobody is in the team yet.")
    return True


@with_exit_code
def review_duplicates(review: ReviewName, as_json: AsJson = False) -> bool:
    """What was joined, which pairs wait for a person, and the sentence for the methods."""
    desk = find_review(store(), review)
    counts = duplicates.counts(desk)
    numbers = {
        "records": counts.records,
        "works": counts.works,
        "duplicates": counts.removed,
        "possible": counts.possible,
        "not_compared": counts.new,
    }
    pairs = _pairs_json(desk)
    report = duplicate_policy.report(desk)
    if as_json:
        print_json({**numbers, "pairs": pairs, "joined": _joined_json(desk), "report": report})
        return True
    print_listing([numbers], "")
    print_listing(pairs, "No pair waits for a person.")
    typer.echo(report)
    return True


@with_exit_code
def review_studies(review: ReviewName, as_json: AsJson = False) -> bool:
    """The studies with their reports, and included reports that belong to none yet."""
    desk = find_review(store(), review)
    found = studies.listing(desk)
    listed = [
        {
            "study": each.label,
            "kind": each.kind,
            "reports": [_report_json(report) for report in each.reports],
        }
        for each in found
    ]
    without = [_report_json(each) for each in studies.unlinked(desk)]
    if as_json:
        print_json({"studies": listed, "without_study": without})
        return True
    rows = [
        {"study": each.label, "kind": each.kind, "reports": [one.title for one in each.reports]}
        for each in found
    ]
    print_listing(rows, "There is no study yet.")
    typer.echo(f"Reports without a study: {len(without):,}.")
    return True


@with_exit_code
def schemes_list(review: ReviewName, as_json: AsJson = False) -> bool:
    """The coding schemes of a review, in their versions of now."""
    listed = [
        {
            "id": each.scheme.id,
            "title": each.scheme.title,
            "version": each.scheme.version,
            "purpose": each.scheme.purpose.value,
            "judges": each.scheme.judges.value,
            "questions": len(each.scheme.questions),
            "taken_by": each.version.by,
            "taken_on": f"{each.version.at:%Y-%m-%d}",
        }
        for each in schemes.taken(find_review(store(), review))
    ]
    if as_json:
        print_json({"schemes": listed})
    else:
        print_listing(listed, "The review has no coding scheme yet.")
    return True


def _pairs_json(desk: Desk) -> list[dict[str, Any]]:
    pairs = record_pairs.waiting(desk)
    ids = sorted({record_id for each in pairs for record_id in each.pair})
    titles = {each.id: each.reference.title for each in record_pairs.records_of(desk, ids)}
    return [
        {
            "records": list(each.pair),
            "titles": [titles.get(record_id, "") for record_id in each.pair],
            "why": record_pairs.reason_words(each.reason),
        }
        for each in pairs
    ]


def _joined_json(desk: Desk) -> list[dict[str, Any]]:
    works = merged_works.page(desk, 0, max(1, merged_works.count(desk)))
    return [
        {
            "work_id": work.work_id,
            "records": [f"{record.file}:{record.line}" for record in work.records],
            "why": list(work.why),
        }
        for work in works
    ]


def _report_json(report: Report) -> dict[str, Any]:
    return {
        "work_id": report.work_id,
        "title": report.title,
        "authors": report.authors,
        "year": report.year,
        "doi": report.doi,
        "included": report.included,
    }
