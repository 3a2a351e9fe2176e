"""What the terminal does with one person, for whoever runs Waymark."""

from pathlib import Path
from typing import Annotated

import typer

from evidence.cli.output import AsJson, print_json, with_exit_code
from evidence.errors import Invalid
from evidence.settings import Settings
from evidence.steps.accounts import person_file
from evidence.store import Store

Whom = Annotated[str, typer.Argument(metavar="WHOM", help="Number or name of the person.")]


@with_exit_code
def person(
    whom: Whom,
    out: Annotated[Path, typer.Option(help="The file, such as person.zip.")],
    as_json: AsJson = False,
) -> bool:
    """Write everything about one person into a file, to be given to them."""
    settings = Settings.from_environment()
    opened = Store.open(settings.database, private=settings.is_private)
    about = person_file.found(opened, whom)
    try:
        with out.open("wb") as file:
            rows = person_file.write(opened, about.id, file, by=None)
    except OSError as error:
        raise Invalid(f"{out} cannot be written ({error.strerror}).") from error
    if as_json:
        print_json({"file": str(out), "person": about.id, "rows": rows})
    else:
        typer.echo(f"{out}: {rows:,} rows about {about.name} (person {about.id}).")
    return True
