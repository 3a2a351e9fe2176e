"""Codings of files on their way into a review."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from evidence.citations.formats.archives import Member
from evidence.cli.output import AsJson, OneFile, print_json, print_numbers, with_exit_code
from evidence.cli.reviews import ReviewName, find_own_review, store
from evidence.screening.verdicts import Stage
from evidence.settings import Settings
from evidence.steps.coding import brought_codings, brought_stages, codings_at_once
from evidence.steps.coding.brought_stages import Wishes
from evidence.steps.screening.decision_files import ImportReport


@with_exit_code
def review_bring_codings(
    review: ReviewName,
    path: OneFile,
    coder: Annotated[str, typer.Option(help="Who coded; else the command line.")] = "",
    agreed: Annotated[bool, typer.Option("--agreed", help="What several coders agreed.")] = False,
    drafts: Annotated[bool, typer.Option("--drafts", help="Leave new codings open.")] = False,
    flags: Annotated[
        bool, typer.Option("--flags", help="Exclude open works with the flag E or D.")
    ] = False,
    stage: Annotated[
        list[str] | None,
        typer.Option(
            metavar="SET=STAGE",
            help="Let a screening set, by its name or number, be decisions at title_abstract or "
            "full_text; else it is a scheme. May be given several times.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> bool:
    """Bring the coding of a file of EPPI-Reviewer into a review, its references first."""
    if coder and agreed:
        raise typer.BadParameter("Give --coder or --agreed, not both.")
    desk = find_own_review(store(), review)
    stages = _stages(path, stage or [])  # before anything is imported
    member = Member(name=path.name, data=path.read_bytes())
    file = codings_at_once.keep_file(desk, member, Settings.from_environment())
    wishes = Wishes(
        coder=coder,
        is_agreed=agreed,
        is_complete=not drafts,
        heed_flags=flags,
        stages=stages,
    )
    report = brought_codings.bring(desk, file.id, wishes)
    numbers = (
        asdict(report.counts)
        | {
            "included": report.included,
            "excluded": report.excluded,
            "not_asked": report.not_asked,
            "missing": report.missing,
        }
        | _decisions(report.screening)
    )
    if as_json:
        print_json({"brought": report.id, **numbers})
    else:
        print_numbers(numbers, as_json=False)
    return True


def _stages(path: Path, wanted: Sequence[str]) -> tuple[tuple[int, Stage], ...]:
    """Which screening sets of a file shall be stages, by their numbers."""
    pairs = [_set_and_stage(each) for each in wanted]
    sets = brought_stages.screening_sets_in(path.name, path.read_bytes()) if pairs else ()
    stages = [(brought_stages.number_of(sets, name), stage) for name, stage in pairs]
    if len(dict(stages)) < len(stages):
        raise typer.BadParameter("A screening set is named twice; it can be one stage only.")
    return tuple(stages)


def _set_and_stage(text: str) -> tuple[str, Stage]:
    """A screening set and the stage that it shall be, of `SET=STAGE`."""
    name, sign, stage = text.rpartition("=")
    if not sign or not name.strip() or stage.strip() not in set(Stage):
        stages = " or ".join(Stage)
        raise typer.BadParameter(f"Write SET=STAGE, where STAGE is {stages}; not “{text[:80]}”.")
    return name, Stage(stage.strip())


def _decisions(report: ImportReport | None) -> dict[str, int]:
    """What became of the decisions of screening sets; nothing where there were none."""
    if report is None:
        return {}
    return {
        "decisions": report.added,
        "decisions_waiting": sum(report.waiting.values()),
        "decisions_before": report.superseded + report.repeated + report.declined + report.replaced,
        "decisions_left_out": len(report.left_out),
    }
