"""The coding scheme of a review that a command is about."""

from collections.abc import Sequence
from typing import Annotated

import typer

from evidence.errors import Invalid
from evidence.steps.coding import schemes
from evidence.steps.coding.schemes import TakenScheme

SchemeName = Annotated[
    str, typer.Option("--scheme", help="Id or title of the scheme; else the first for coding.")
]


def chosen_scheme(all_taken: Sequence[TakenScheme], name: str) -> TakenScheme:
    """The scheme that is named; without a name the one with which studies are coded first.

    Raises:
        Invalid: there is none, or several are called so.
    """
    named = [each for each in all_taken if name in {each.scheme.id, each.scheme.title}]
    if not name:
        first = schemes.first_for_coding(all_taken) or next(iter(all_taken), None)
        named = [first] if first else []
    if len(named) == 1:
        return named[0]
    known = ", ".join(f"{each.scheme.id} “{each.scheme.title}”" for each in all_taken)
    if not known:
        raise Invalid("The review has no such coding scheme yet.")
    raise Invalid(f"Name one scheme with --scheme: {known}.")
