"""Who decided what in screening, where people differ, and how far they agree."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from evidence.cli.output import AsJson, print_json, print_listing, with_exit_code
from evidence.cli.reviews import ReviewName, store
from evidence.errors import Invalid
from evidence.screening.verdicts import Stage, State
from evidence.steps.desk import Desk
from evidence.steps.records.exporting import save_pieces
from evidence.steps.review.find_review import find_review
from evidence.steps.screening import agreement, conflicts, decision_export, pilots
from evidence.steps.screening.agreement import Agreement, Maybes, Pair
from evidence.steps.screening.conflicts import Conflict

WhichStage = Annotated[Stage, typer.Option("--stage", help="Which stage of screening.")]
OneStage = Annotated[
    Stage | None, typer.Option("--stage", help="Only decisions at this stage of screening.")
]
MAIN = "main"  # all works outside of pilots, by no pilot's name


class Unsettled(StrEnum):
    """Works that people have to talk about."""

    CONFLICT = "conflict"
    MAYBE = "maybe"


@with_exit_code
def screening_decisions(
    review: ReviewName,
    stage: OneStage = None,
    out: Annotated[
        Path | None, typer.Option(help="Write all decisions of both stages as a table (CSV).")
    ] = None,
    as_json: AsJson = False,
) -> bool:
    """Every decision of screening, oldest first; of works that are open none but one's own."""
    desk = find_review(store(), review)
    rows = [
        dict(zip(decision_export.HEADS, row, strict=True))
        for row in decision_export.decision_rows(desk)
    ]
    made = [row for row in rows if stage is None or row["stage"] == stage]
    if out:
        save_pieces(decision_export.export_csv(desk), out)
    if as_json:
        print_json({"decisions": made, "file": str(out) if out else None})
        return True
    columns = ("work_id", "person", "stage", "verdict", "reasons", "at", "title")
    print_listing([{name: row[name] for name in columns} for row in made], "Nothing was decided.")
    if out:
        typer.echo(f"Written: {out}")
    return True


@with_exit_code
def screening_conflicts(
    review: ReviewName,
    stage: WhichStage = Stage.TITLE_ABSTRACT,
    show: Annotated[
        Unsettled, typer.Option(help="Works on which people differ, or are unsure.")
    ] = Unsettled.CONFLICT,
    as_json: AsJson = False,
) -> bool:
    """Works on which people differ or are unsure, what each said, and what was resolved."""
    desk = find_review(store(), review)
    works = [_conflict_json(each) for each in conflicts.listing(desk, stage, State(show))]
    resolved = [
        {
            "work_id": each.work_id,
            "title": each.title,
            "state": each.state.value,
            "person": each.resolution.person,
            "how": each.resolution.how,
            "note": each.resolution.note,
        }
        for each in conflicts.resolutions(desk, stage)
    ]
    if as_json:
        print_json({"stage": stage.value, "works": works, "resolved": resolved})
        return True
    rows = [
        {
            "work_id": work["work_id"],
            "title": work["title"],
            "said": [f"{each['person']} {each['verdict']}" for each in work["said"]],
        }
        for work in works
    ]
    print_listing(rows, f"No work is “{show}”.")
    typer.echo("")
    print_listing(resolved, "No conflict was resolved by hand.")
    return True


@with_exit_code
def screening_agreement(
    review: ReviewName,
    stage: WhichStage = Stage.TITLE_ABSTRACT,
    pilot: Annotated[
        str, typer.Option(help="Only works of this pilot, by its name; “main” for all others.")
    ] = "",
    maybes: Annotated[Maybes, typer.Option(help="What a maybe is compared as.")] = Maybes.OWN,
    as_json: AsJson = False,
) -> bool:
    """How far people agree at a stage, pair by pair, in what they said before they saw others."""
    desk = find_review(store(), review)
    measured = agreement.measure(desk, stage, _part(desk, stage, pilot), maybes)
    pairs = [_pair_json(pair) for pair in measured.pairs]
    if as_json:
        print_json(
            {
                "stage": stage.value,
                "works": measured.works,
                "people": list(measured.people),
                "categories": [verdict.value for verdict in measured.categories],
                "alpha": measured.alpha,
                "pairs": pairs,
                "disputed": _disputed_json(desk, measured),
            }
        )
        return True
    columns = ("people", "both", "agreed", "percent", "kappa", "pabak")
    rows = [{name: pair[name] for name in columns} for pair in pairs]
    print_listing(rows, "No work was read by two people yet, as far as it is decided.")
    if measured.works:
        alpha = "has no value" if measured.alpha is None else f"is {measured.alpha:.2f}"
        differ = len(measured.disputed)
        typer.echo(
            f"Krippendorff's alpha {alpha}; they differ on {differ:,} of {measured.works:,}."
        )
    return True


def _part(desk: Desk, stage: Stage, pilot: str) -> int:
    """Which works are compared, by the name of a pilot."""
    if not pilot:
        return agreement.ALL
    if pilot == MAIN:
        return agreement.MAIN
    by_name = {each.name: each.id for each in pilots.listing(desk, stage)}
    if pilot not in by_name:
        known = ", ".join(f"“{name}”" for name in by_name)
        raise Invalid(f"There is no pilot “{pilot}” at this stage; there are: {known or 'none'}.")
    return by_name[pilot]


def _conflict_json(conflict: Conflict) -> dict[str, Any]:
    return {
        "work_id": conflict.work.id,
        "title": conflict.work.reference.title,
        "year": conflict.work.reference.year,
        "said": [
            {
                "person": each.person,
                "verdict": each.verdict.value,
                "reasons": list(each.reasons),
                "note": each.note,
            }
            for each in conflict.current
        ],
    }


def _pair_json(pair: Pair) -> dict[str, Any]:
    figures, kappa = pair.figures, pair.figures.kappa
    return {
        "people": [pair.first, pair.second],
        "both": figures.both,
        "agreed": figures.agreed,
        "percent": figures.percent,
        "percent_low": figures.low,
        "percent_high": figures.high,
        "kappa": kappa.kappa if kappa else None,
        "kappa_low": kappa.low if kappa else None,
        "kappa_high": kappa.high if kappa else None,
        "pabak": figures.pabak,
        "ac1": figures.ac1,
    }


def _disputed_json(desk: Desk, measured: Agreement) -> list[dict[str, Any]]:
    titles = agreement.titles(desk, measured.disputed)
    return [
        {
            "work_id": work_id,
            "title": titles.get(work_id, ""),
            "verdicts": {name: each.value for name, each in measured.verdicts[work_id].items()},
        }
        for work_id in measured.disputed
    ]
