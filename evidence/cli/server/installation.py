"""What whoever runs Waymark does with the whole database."""

from dataclasses import asdict
from typing import Annotated

import typer

from evidence.cli.output import AsJson, print_json, print_table, with_exit_code
from evidence.settings import Settings
from evidence.steps import caretaker
from evidence.store.installation import move as moving


@with_exit_code
def check(as_json: AsJson = False) -> bool:
    """Look through the database: whole, up to date, with room to grow; nothing is changed."""
    settings = Settings.from_environment()
    findings = caretaker.check(settings)
    if as_json:
        print_json({"fine": not findings.faults, **asdict(findings)})
        return not findings.faults
    rows = [[name, f"{number:,}"] for name, number in findings.tables.items() if number]
    print_table(rows, ["table", "rows"])
    typer.echo(f"{findings.database}: step {findings.step or 'none'} of {findings.newest_step}.")
    for each in findings.space:
        typer.echo(f"{each.megabytes:,} MB are free in {each.folder}.")
    for fault in findings.faults or ["Nothing is wrong."]:
        typer.echo(fault)
    return not findings.faults


@with_exit_code
def move(
    to: Annotated[
        str, typer.Argument(metavar="TO", help="Address of an empty database, or of a new file.")
    ],
    as_json: AsJson = False,
) -> bool:
    """Write everything into another database, empty as yet; nobody can save meanwhile."""
    moved = moving.move(Settings.from_environment().database, to, _tell)
    if as_json:
        print_json(asdict(moved))
        return True
    filled = [
        [each.table, f"{each.rows:,}", each.digest[:12]] for each in moved.tables if each.rows
    ]
    print_table(filled, ["table", "rows", "digest"])
    for table, number in moved.stayed.items():
        why = next(why for each, why in moving.STAY.items() if each.name == table)
        typer.echo(f"Not moved: {number:,} of {table} ({why}).")
    typer.echo(
        f"{moved.source} was left as it is. From now on start Waymark with WAYMARK_DATABASE set to "
        f"{moved.target} (and its password)."
    )
    return True


def _tell(table: str, done: int, total: int) -> None:
    typer.echo(f"{table}: {done:,} of {total:,}", err=True)
