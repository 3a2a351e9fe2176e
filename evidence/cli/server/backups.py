"""Backups, made and put back."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from evidence.cli.output import AsJson, OneFile, print_json, print_numbers, with_exit_code
from evidence.settings import Settings
from evidence.store import backups
from evidence.store.installation.check import check


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
    tries: Annotated[
        bool, typer.Option("--try", help="Restore it into a temporary folder, and say how it went.")
    ] = False,
    as_json: AsJson = False,
) -> bool:
    """Put a backup in the place of the database, which is kept beside it; the app may run."""
    if tries:
        return _try(path, as_json=as_json)
    database = backups.database_file(Settings.from_environment().database)
    restored = backups.restore(path, database, replace=replace)
    _print_restored(str(database), restored, as_json=as_json)
    if restored.damaged:
        typer.echo(
            "It could not be opened, so the file was exchanged: if Waymark runs, restart it.",
            err=True,
        )
    return True


def _try(path: Path, *, as_json: bool) -> bool:
    """Restore into a folder that is gone afterwards, and look through what came out."""
    with TemporaryDirectory(prefix="waymark-try-") as folder:
        database = Path(folder) / "waymark.db"
        restored = backups.restore(path, database)
        findings = check(f"sqlite:///{database}", least_megabytes=0)
    _print_restored(None, restored, as_json=as_json, faults=findings.faults)
    return not findings.faults


def _print_restored(
    database: str | None,
    restored: backups.Restored,
    *,
    as_json: bool,
    faults: Sequence[str] = (),
) -> None:
    numbers = {"database": database, **asdict(restored.contents)}
    replaced = None if restored.replaced is None else str(restored.replaced)
    if as_json:
        print_json(numbers | {"replaced": replaced, "tried": database is None, "faults": faults})
        return
    print_numbers(numbers if database else asdict(restored.contents), as_json=False)
    if replaced:
        typer.echo(f"What was there before is now {replaced}.")
    if database is None:
        for sentence in faults or ["It can be restored. This was a try: nothing was changed."]:
            typer.echo(sentence)
