"""Codings of files on their way into a review."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from evidence.citations.formats.archives import Member
from evidence.cli.output import AsJson, print_json, print_numbers, with_exit_code
from evidence.cli.reviews import ReviewName, find_own_review, store
from evidence.settings import Settings
from evidence.steps.coding import brought_codings, codings_at_once
from evidence.steps.coding.brought_codings import Wishes


@with_exit_code
def review_bring_codings(
    review: ReviewName,
    path: Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False)],
    coder: Annotated[str, typer.Option(help="Who coded; else the command line.")] = "",
    agreed: Annotated[bool, typer.Option("--agreed", help="What several coders agreed.")] = False,
    drafts: Annotated[bool, typer.Option("--drafts", help="Leave new codings open.")] = False,
    flags: Annotated[
        bool, typer.Option("--flags", help="Exclude open works with the flag E or D.")
    ] = False,
    as_json: AsJson = False,
) -> bool:
    """Bring the coding of a file of EPPI-Reviewer into a review, its references first."""
    if coder and agreed:
        raise typer.BadParameter("Give --coder or --agreed, not both.")
    desk = find_own_review(store(), review)
    wishes = Wishes(coder=coder, is_agreed=agreed, is_complete=not drafts, heed_flags=flags)
    member = Member(name=path.name, data=path.read_bytes())
    file = codings_at_once.keep_file(desk, member, Settings.from_environment())
    report = brought_codings.bring(desk, file.id, wishes)
    numbers = asdict(report.counts) | {
        "included": report.included,
        "excluded": report.excluded,
        "not_asked": report.not_asked,
        "missing": report.missing,
    }
    if as_json:
        print_json({"brought": report.id, **numbers})
    else:
        print_numbers(numbers, as_json=False)
    return True
