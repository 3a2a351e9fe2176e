"""The same steps as the pages, for scripts and for checking.

Each command prints a table for people, or JSON with --json. It exits with 0 on success, with 1 when
there was trouble in the data, and with 2 when it was called wrongly.
"""

import sys
from io import TextIOWrapper
from typing import Annotated

import typer

from evidence import __version__
from evidence.cli.commands import CommandsByName, in_paragraphs

app = typer.Typer(
    cls=CommandsByName,
    no_args_is_help=True,
    add_completion=False,
    help=in_paragraphs(__doc__),
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _tell_version(*, wanted: bool) -> None:
    if wanted:
        typer.echo(f"Waymark {__version__}")
        raise typer.Exit


@app.callback()
def waymark(
    *,
    version: Annotated[  # noqa: ARG001 - its callback tells it
        bool,
        typer.Option("--version", callback=_tell_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Options that stand before the command."""
    _write_every_letter()


def _write_every_letter() -> None:
    """Let no command break off at a letter that the code page of a machine lacks, as on Windows.

    Files and other programs get UTF-8, as JSON is by its standard; a terminal has a question mark.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8")
