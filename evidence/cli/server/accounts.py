"""Inviting people to a server for teams from the terminal, where it runs.

So the first administrator comes in, and whoever lost their password.
"""

from dataclasses import replace
from typing import Annotated

import typer

from evidence.cli.output import AsJson, print_json, with_exit_code
from evidence.cli.reviews import store
from evidence.errors import Invalid
from evidence.settings import Settings
from evidence.steps.accounts import invitations
from evidence.steps.accounts.invitations import DAYS
from evidence.steps.review import people
from evidence.steps.review.find_review import find_review
from evidence.store import Role, Store
from evidence.store.accounts.invitations import Draft

NO_SIGN_IN = (
    "Nobody signs in here: WAYMARK_SIGN_IN is own-machine (docs/deploy.md). The link works when it "
    "is oidc, proxy or invitation."
)


@with_exit_code
def invite(
    for_whom: Annotated[
        str, typer.Argument(metavar="WHOM", help="A name or an e-mail address, for your own list.")
    ],
    administrator: Annotated[
        bool, typer.Option("--administrator", help="They look after the server.")
    ] = False,
    review: Annotated[
        str, typer.Option(help="Number or title of a review to which they get access.")
    ] = "",
    role: Annotated[
        Role | None, typer.Option(help="In that review.", parser=lambda word: Role[word.upper()])
    ] = None,
    as_name: Annotated[
        str, typer.Option("--as", help="The name of a person whose work is here, who they are.")
    ] = "",
    days: Annotated[int, typer.Option(help="For how many days the link works.")] = DAYS,
    address: Annotated[
        str, typer.Option(help="Where the team opens Waymark, such as https://waymark.example.org.")
    ] = "http://127.0.0.1:8501",
    as_json: AsJson = False,
) -> bool:
    """Make a link by which somebody gets an account, or access to a review, once."""
    opened = store()
    draft = Draft(for_whom=for_whom, makes_administrator=administrator)
    if review:
        draft = replace(
            draft, review_id=find_review(opened, review).review_id, role=role or Role.REVIEWER
        )
    if as_name:
        draft = replace(draft, as_person=_person_id(opened, as_name))
    token = invitations.invite_to_server(opened, None, draft, days=days)
    link = f"{address.rstrip('/')}/{invitations.path_of(token)}"
    if as_json:
        print_json({"link": link, "days": days})
    else:
        typer.echo(link)
    if not Settings.from_environment().is_private:
        typer.echo(NO_SIGN_IN, err=True)
    return True


def _person_id(opened: Store, name: str) -> int:
    """The one person of this name.

    Raises:
        Invalid: nobody has it, or several have.
    """
    found = [each.id for each in people.everybody(opened) if each.name == name]
    if len(found) != 1:
        many = "Nobody is" if not found else f"{len(found)} people are"
        raise Invalid(f"{many} called “{name}” here.")
    return found[0]
