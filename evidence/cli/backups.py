"""Backups, made and put back."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from evidence.cli.output import AsJson, OneFile, print_numbers, with_exit_code
from evidence.settings import Settings
from evidence.store import backups


@with_exit_code
def backup(
    out: Annotated[Path, typer.Argument(dir_okay=False, metavar="FILE")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace a file of that name.")
    ] = False,
    as_json: AsJson = False,
) -> bool:
    """Write all reviews into one file, checked; the app may run meanwhile."""
    database = backups.database_file(Settings.from_environment().database)
    contents = backups.back_up(database, out, replace=replace)
    print_numbers({"file": str(out), **asdict(contents)}, as_json=as_json)
    return True


@with_exit_code
def restore(
    path: OneFile,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in the place of what is there.")
    ] = False,
    as_json: AsJson = False,
) -> bool:
    """Put a backup in the place of the database, which is kept beside it; the app may run."""
    database = backups.database_file(Settings.from_environment().database)
    restored = backups.restore(path, database, replace=replace)
    numbers = {"database": str(database), **asdict(restored.contents)}
    replaced = None if restored.replaced is None else str(restored.replaced)
    print_numbers(numbers | {"replaced": replaced} if as_json else numbers, as_json=as_json)
    if replaced and not as_json:
        typer.echo(f"What was there before is now {replaced}.")
    if restored.damaged:
        typer.echo(
            "It could not be opened, so the file was exchanged: if Waymark runs, restart it.",
            err=True,
        )
    return True
