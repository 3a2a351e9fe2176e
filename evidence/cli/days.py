"""Options that are days, checked before anything is done: a wrong one is wrong usage."""

import re
from datetime import date
from typing import Annotated

import typer

from evidence.errors import Invalid
from evidence.steps.records.sources import check_date

NEVER = "never"
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _searched(words: str) -> str:
    """The day of a search, or its month or year, as it is kept; empty for none."""
    day = words.strip()
    try:
        if day:
            check_date(day)
    except Invalid as error:
        raise typer.BadParameter(str(error)) from error
    return day


def _last_day(words: str) -> str:
    """A day as it is written, `never`, or nothing."""
    day = words.strip()
    if day not in {"", NEVER} and day_of(day) is None:
        raise typer.BadParameter(f"“{words}” is no day; write it as 2027-03-31, or {NEVER}.")
    return day


def day_of(words: str) -> date | None:
    """The day that is written as 2027-03-31; None where it is none of the calendar."""
    try:
        return date.fromisoformat(words) if DAY.fullmatch(words) else None
    except ValueError:
        return None


SearchDay = Annotated[
    str,
    typer.Option(
        help="When the search was run: 2026-11-22, or 2026-11 or 2026.", callback=_searched
    ),
]
LastDay = Annotated[
    str,
    typer.Option(
        help=f"Last day on which it is read, as 2027-03-31; `{NEVER}` for no end.",
        callback=_last_day,
    ),
]
