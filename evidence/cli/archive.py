"""Reviews as archives: one file with all of a review, written and taken in."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from evidence.cli.output import IS_FILE, AsJson, print_json, print_numbers, with_exit_code
from evidence.cli.reviews import store
from evidence.steps.desk import Progress, silent
from evidence.steps.review import archive
from evidence.steps.review.archive import TakenIn
from evidence.steps.review.find_review import find_review

In = Annotated[
    Path | None,
    typer.Option("--in", help="Make the review of this archive here.", **IS_FILE),
]


@with_exit_code
def archive_of(
    review: Annotated[
        str, typer.Argument(metavar="REVIEW", help="Its number or its title, with --out.")
    ] = "",
    out: Annotated[
        Path | None, typer.Option(dir_okay=False, help="Write the whole review to this file.")
    ] = None,
    taken_in: In = None,
    without_files: Annotated[
        bool, typer.Option("--without-files", help="Leave out PDFs and the texts of their pages.")
    ] = False,
    same_person: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="With --in: who has this name here is the same person. May be given several "
            "times; all others become persons of their own.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> bool:
    """Write a whole review as one file, or make the review of such a file here."""
    if (out is None) == (taken_in is None):
        raise typer.BadParameter("Say either --out FILE, or --in FILE.")
    if taken_in is not None:
        if review or without_files:
            raise typer.BadParameter("--in takes no review and no --without-files.")
        told = archive.take_in(store(), taken_in, same_person or (), _progress())
        _print_taken(told, as_json=as_json)
        return True
    if not review or out is None or same_person:
        raise typer.BadParameter("With --out, say which review; --same-person goes with --in.")
    made = archive.save(
        find_review(store(), review),
        out,
        with_full_texts=not without_files,
        on_the_machine=True,
        tell=_progress(),
    )
    print_numbers({"file": str(out), **asdict(made)}, as_json=as_json)
    return True


def _progress() -> Progress:
    """Says on a terminal how far it is; elsewhere nothing."""
    if not sys.stderr.isatty():
        return silent

    def tell(done: float, doing: str) -> None:
        typer.echo(f"\r{done:4.0%} {doing:60}", nl=False, err=True)
        if done >= 1:
            typer.echo("", err=True)

    return tell


def _print_taken(taken: TakenIn, *, as_json: bool) -> None:
    if as_json:
        print_json({"review": taken.review_id, **asdict(taken)})
        return
    typer.echo(f"Review {taken.review_id}: {taken.title} ({taken.rows:,} rows)")
    for person in taken.people:
        if person.was_here:
            typer.echo(f"“{person.name}” is the person of that name who was here.")
        elif person.name_here != person.name:
            typer.echo(
                f"“{person.name}” is called “{person.name_here}” here: somebody else has the name."
            )
        else:
            typer.echo(f"“{person.name}” is new here.")
