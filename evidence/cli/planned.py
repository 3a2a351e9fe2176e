"""What a review planned: which studies go on behind its map, its protocol and its searches."""

from typing import Any

import typer

from evidence.cli.output import AsJson, print_json, print_table, with_exit_code
from evidence.cli.reviews import ReviewName, store
from evidence.steps.desk import Desk
from evidence.steps.results.protocol import protocol_versions, search_waves
from evidence.steps.results.stages import stage_rules, study_stages
from evidence.steps.review.find_review import find_review
from evidence.store.results.protocol_versions import ProtocolVersion
from evidence.synthesis.protocol.protocol import differences, protocol_json
from evidence.synthesis.protocol.search_waves import SearchWave
from evidence.synthesis.stages.study_stages import STAGE_NAMES, ReviewStage, StudyStages


@with_exit_code
def stages_of(review: ReviewName, as_json: AsJson = False) -> bool:
    """The rules by which studies go on behind the map, and what became of them, in numbers."""
    desk = find_review(store(), review)
    found = study_stages.of_person(desk)
    rows = [_stage_json(desk, stage, found) for stage in ReviewStage]
    if as_json:
        print_json({"stages": rows, "overruled": _overruled_json(found)})
        return True
    for row in rows:
        if not row["is_set"]:
            typer.echo(f"{row['name']}: the review has no rule.")
            continue
        rule = row["rule"] or "a rule that nothing that is coded can be asked yet"
        typer.echo(f"{row['name']}: {rule}. {row['reason']}".strip())
        typer.echo(f"Set by {row['set_by']} on {row['set_on']}.")
        counts = [("go on", row["passed"])]
        counts += [(reason, number) for reason, number in row["stopped"].items()]
        counts += [(f"not told yet: {what}", number) for what, number in row["untold"].items()]
        print_table(counts, ("", "studies"))
    return True


@with_exit_code
def protocol_of(review: ReviewName, as_json: AsJson = False) -> bool:
    """The protocol of a review as it stands, its versions, and its searches in waves."""
    desk = find_review(store(), review)
    versions, waves = protocol_versions.listing(desk), search_waves.of_review(desk)
    now = protocol_versions.current(desk)
    changed = [each.part for each in differences(versions[0].protocol, now)] if versions else []
    if as_json:
        names = {each.source.id: each.source.name for each in waves.listed}
        print_json(
            {
                "protocol": protocol_json(now),
                "versions": [_version_json(each) for each in versions],
                "changed_since": changed,
                "waves": [_wave_json(each, names) for each in waves.waves],
                "doubts": list(waves.doubts),
            }
        )
        return True
    print_table(
        [(each.number, each.dated, each.person, each.note) for each in versions],
        ("version", "from", "by", "what changed"),
    )
    if changed:
        typer.echo(f"Changed since the newest version: {', '.join(changed)}.")
    typer.echo("")
    print_table(
        [
            (
                each.name,
                each.days,
                len(each.searches),
                each.records,
                each.new_works,
                each.new_included,
                each.new_studies,
            )
            for each in waves.waves
        ],
        ("wave", "searched", "searches", "records", "new works", "included", "new studies"),
    )
    for doubt in waves.doubts:
        typer.echo(doubt)
    return True


def _stage_json(desk: Desk, stage: ReviewStage, found: StudyStages | None) -> dict[str, Any]:
    rule = stage_rules.current(desk).rule(stage)
    newest = next(iter(stage_rules.history(desk, stage)), None)
    counts = None
    if found is not None:
        each = found.counts
        counts = each.in_depth if stage is ReviewStage.IN_DEPTH else each.sound
    return {
        "stage": stage.value,
        "name": STAGE_NAMES[stage],
        "is_set": rule.is_set,
        "rule": found.words.get(stage, "") if found else "",
        "reason": rule.reason,
        "set_by": newest.person if newest and rule.is_set else "",
        "set_on": f"{newest.at:%Y-%m-%d}" if newest and rule.is_set else "",
        "passed": counts.passed if counts else None,
        "stopped": dict(counts.stopped) if counts else {},
        "untold": dict(counts.untold) if counts else {},
    }


def _overruled_json(found: StudyStages | None) -> list[dict[str, Any]]:
    if found is None:
        return []
    labels = {each.study_id: each.label for each in found.studies}
    return [
        {
            "study": labels.get(each.study_id, ""),
            "stage": each.stage.value,
            "outcome": each.outcome.value,
            "reason": each.reason,
            "person": each.person,
            "on": each.day,
        }
        for each in found.rules.overrulings
    ]


def _version_json(each: ProtocolVersion) -> dict[str, Any]:
    return {
        "version": each.number,
        "dated": each.dated,
        "note": each.note,
        "person": each.person,
        "kept_on": f"{each.at:%Y-%m-%d}",
        "protocol": protocol_json(each.protocol),
    }


def _wave_json(each: SearchWave, names: dict[int, str]) -> dict[str, Any]:
    return {
        "wave": each.number,
        "name": each.name,
        "searches": [names[number] for number in each.searches],
        "first_day": each.first_day,
        "last_day": each.last_day,
        "records": each.records,
        "new_works": each.new_works,
        "known_works": each.known_works,
        "new_included": each.new_included,
        "new_studies": each.new_studies,
        "without_records": list(each.without_records),
    }
