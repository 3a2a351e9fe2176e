"""Publishing what a review found, and withdrawing it, in the terminal."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from evidence.cli.days import LastDay, day_of
from evidence.cli.output import AsJson, print_json, print_table, with_exit_code
from evidence.cli.reviews import ReviewName, find_own_review, store
from evidence.steps.desk import Desk
from evidence.steps.results.publishing import publish
from evidence.steps.results.publishing.publish import PublicChoice, PublishedPage
from evidence.steps.review.find_review import find_review
from evidence.synthesis.map_document import LongTexts


@with_exit_code
def publish_of(
    review: ReviewName,
    title: Annotated[str, typer.Option(help="Title above it; else the review's.")] = "",
    with_map: Annotated[bool, typer.Option("--map/--no-map")] = True,
    with_report: Annotated[bool, typer.Option("--report/--no-report")] = True,
    map_version: Annotated[
        int | None, typer.Option(help="Number of a frozen version, not the map of now.")
    ] = None,
    with_abstracts: Annotated[bool, typer.Option("--with-abstracts")] = False,
    with_quotations: Annotated[
        bool, typer.Option("--with-quotations", help="Also notes on findings.")
    ] = False,
    with_notes: Annotated[
        bool, typer.Option("--with-notes", help="Values and notes of answers.")
    ] = False,
    with_left_out: Annotated[
        bool, typer.Option("--with-left-out", help="Lists of excluded and not retrieved reports.")
    ] = False,
    with_names: Annotated[
        bool, typer.Option("--with-names", help="Who published it, and who judged claims.")
    ] = False,
    under: Annotated[
        int | None, typer.Option(help="Number of a publication, as its next version.")
    ] = None,
    until: LastDay = "",
    withdraw: Annotated[
        int | None, typer.Option(help="Number of a publication that nobody reads from now on.")
    ] = None,
    put_back: Annotated[
        int | None, typer.Option(help="Number of a withdrawn publication to be read again.")
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="List the publications.")] = False,
    as_json: AsJson = False,
) -> bool:
    """Publish the map and the report of a review under an address that needs no account."""
    desk = (find_review if listed else find_own_review)(store(), review)
    number = withdraw or put_back
    if withdraw is not None:
        publish.withdraw(desk, withdraw)
    elif put_back is not None:
        publish.put_back(desk, put_back)
    elif not listed:
        choice = PublicChoice(
            title=title,
            map=with_map,
            report=with_report,
            map_version=map_version,
            texts=LongTexts(abstracts=with_abstracts, quotations=with_quotations, notes=with_notes),
            left_out=with_left_out,
            names=with_names,
        )
        number = publish.publish(desk, choice, under).publication.id
    if number is not None and until:
        publish.end_on(desk, number, day_of(until))
    shown = publish.listing(desk) if number is None else [publish.page(desk, number)]
    _print(desk, shown, as_json=as_json)
    return True


def _print(desk: Desk, pages: list[PublishedPage], *, as_json: bool) -> None:
    today = datetime.now(UTC).date()
    rows = [
        {
            "publication": page.publication.id,
            "address": publish.address_of(page.publication),
            "version": page.versions[0].number,
            "date": f"{page.versions[0].at:%Y-%m-%d}",
            "until": page.publication.ends_on,
            "state": publish.state_words(page.publication, today),
        }
        for page in pages
    ]
    if as_json:
        print_json({"review": desk.review_id, "publications": rows})
    elif rows:
        print_table([list(row.values()) for row in rows], list(rows[0]))
    else:
        typer.echo("Nothing is published yet.")
