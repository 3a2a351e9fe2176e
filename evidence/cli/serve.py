"""Starting the app."""

import os
import sys
from typing import Annotated

import typer

from evidence.cli.reviews import store
from evidence.settings import ROOT, Settings
from evidence.steps import example
from evidence.steps.review import reviews


def serve(
    port: Annotated[int, typer.Option(help="Where to listen on this machine.")] = 8501,
    with_example: Annotated[bool, typer.Option("--example/--no-example")] = True,
) -> None:
    """Start the app; on a new store the example review is loaded first."""
    opened = store()
    if with_example and not reviews.overviews(opened):
        typer.echo("Loading the example review …")
        example.load(opened, Settings.from_environment())
    opened.close()
    os.chdir(ROOT)  # Streamlit reads .streamlit/config.toml from here
    arguments = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    os.execv(sys.executable, arguments)  # noqa: S606 - our own program, no shell
