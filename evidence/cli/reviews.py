"""Commands that work on reviews in the store."""

from typing import Annotated

import typer

from evidence.citations.formats.archives import Member
from evidence.cli.days import SearchDay
from evidence.cli.output import (
    AsJson,
    Paths,
    print_json,
    print_numbers,
    print_table,
    problem_json,
    with_exit_code,
)
from evidence.errors import WaymarkError
from evidence.settings import Settings
from evidence.steps import example
from evidence.steps.desk import Desk
from evidence.steps.records.duplicates import duplicates
from evidence.steps.records.importing import without_preview
from evidence.steps.review import membership, people, reviews
from evidence.steps.review.find_review import BY, find_review
from evidence.store import Store
from evidence.store.records.sources import SourceDraft
from evidence.store.review.reviews import Draft

ReviewName = Annotated[str, typer.Argument(metavar="REVIEW", help="Its number or its title.")]


def store() -> Store:
    """The store that the settings name."""
    return Store.open(Settings.from_environment().database)


def find_own_review(opened: Store, name: str) -> Desk:
    """The desk at a review that is to be changed.

    Raises:
        WaymarkError: there is no such review, several have this title, or it is a team's of which
            the command line is no part.
    """
    desk = find_review(opened, name)
    now = membership.standing(desk)
    if not now.belongs and now.left_at is None:
        raise WaymarkError(
            f"Only people of the team can change this review, and the command line writes as "
            f"“{BY}”. Add that name on the review's page Team, then try again."
        )
    return desk


def _print_review(desk: Desk, title: str, *, as_json: bool) -> None:
    if as_json:
        print_json({"review": desk.review_id})
    else:
        typer.echo(f"Review {desk.review_id}: {title}")


@with_exit_code
def review_new(
    title: Annotated[str, typer.Argument()],
    question: Annotated[str, typer.Option()] = "",
    as_json: AsJson = False,
) -> bool:
    """Make a review."""
    opened = store()
    person = people.named(opened, BY)
    desk = reviews.create(opened, person.id, Draft(title=title, question=question))
    _print_review(desk, title, as_json=as_json)
    return True


@with_exit_code
def review_list(as_json: AsJson = False) -> bool:
    """List the reviews with their sizes."""
    rows = [
        {
            "review": overview.review.id,
            "title": overview.review.title,
            "records": overview.records,
            "works": overview.works,
            "studies": overview.studies,
        }
        for overview in reviews.overviews(store())
    ]
    if as_json:
        print_json(rows)
    else:
        print_table(
            (list(row.values()) for row in rows),
            ("review", "title", "records", "works", "studies"),
        )
    return True


@with_exit_code
def review_import(
    review: ReviewName,
    paths: Paths,
    kind: Annotated[str, typer.Option(help="database, register, website, ...")] = "",
    database: Annotated[str, typer.Option(help="Where the search was run.")] = "",
    platform: Annotated[str, typer.Option()] = "",
    date: SearchDay = "",
    search: Annotated[str, typer.Option(help="The search string.")] = "",
    as_json: AsJson = False,
) -> bool:
    """Import citation files into a review, each as a source of its own.

    What is not said of a source is taken from its records, where they name their database.
    """
    desk = find_own_review(store(), review)
    settings = Settings.from_environment()
    draft = SourceDraft(
        name="",
        kind=kind,
        database=database,
        platform=platform,
        date_searched=date,
        search_string=search,
    )
    files = [Member(name=path.name, data=path.read_bytes()) for path in paths]
    report = without_preview.import_at_once(desk, files, draft, settings)
    if as_json:
        print_json(
            [
                {
                    "file": file.file,
                    "seen": file.seen,
                    "records": file.records,
                    "problems": [problem_json(problem) for problem in file.problems],
                }
                for file in report
            ]
        )
    else:
        rows = ((file.file, file.seen, file.records) for file in report)
        print_table(rows, ("file", "seen", "records"))
        for problem in (problem for file in report for problem in file.problems):
            typer.echo(str(problem))
    return all(file.records for file in report)


@with_exit_code
def review_dedupe(review: ReviewName, as_json: AsJson = False) -> bool:
    """Find the duplicates of a review by the rules."""
    state = duplicates.run(find_own_review(store(), review))
    numbers = {"records": state.records, "works": state.works, "possible": state.possible}
    print_numbers(numbers, as_json=as_json)
    return True


@with_exit_code
def review_example(as_json: AsJson = False) -> bool:
    """Load the example review, if it is not there yet."""
    desk = example.load(store(), Settings.from_environment())
    title = reviews.get(desk).title
    _print_review(desk, title, as_json=as_json)
    return True
