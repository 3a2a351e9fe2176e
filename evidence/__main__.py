"""`python -m evidence`."""

from evidence.cli import app

app()
