"""Commands that work on reviews in the store."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

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
from evidence.steps.records.importing import imports, previews, uploads
from evidence.steps.results import coded_studies, evidence_map
from evidence.steps.review import people, reviews
from evidence.store import Store
from evidence.store.records.sources import SourceDraft
from evidence.store.review.reviews import Draft

BY = "Command line"  # the person in whose name scripts work
ReviewName = Annotated[str, typer.Argument(metavar="REVIEW", help="Its number or its title.")]


def store() -> Store:
    """The store that the settings name."""
    return Store.open(Settings.from_environment().database)


def find_review(opened: Store, name: str) -> Desk:
    """The desk at a review that is named by number or title."""
    person = people.named(opened, BY)
    all_reviews = [overview.review for overview in reviews.overviews(opened)]
    for review in all_reviews:
        if name in (str(review.id), review.title):
            return Desk(store=opened, review_id=review.id, person_id=person.id)
    names = ", ".join(f"{review.id} “{review.title}”" for review in all_reviews)
    raise WaymarkError(f"There is no review “{name}”. There are: {names or 'none'}.")


def _print_review(desk: Desk, title: str, *, as_json: bool) -> None:
    if as_json:
        print_json({"review": desk.review_id})
    else:
        typer.echo(f"Review {desk.review_id}: {title}")


@with_exit_code
def map_of(
    review: ReviewName,
    out: Annotated[Path | None, typer.Option(help="Write the map as one HTML file.")] = None,
    rows: Annotated[str, typer.Option(help="Id of the rows, for example axis:intervention.")] = "",
    columns: Annotated[str, typer.Option(help="Id of the columns.")] = "",
    colour: Annotated[str, typer.Option(help="Id of the colours.")] = "",
    as_json: AsJson = False,
) -> bool:
    """The evidence map of a review: which studies link which row with which column."""
    desk = find_review(store(), review)
    coding = coded_studies.load(desk)
    if coding is None or not coding.studies:
        raise WaymarkError("No study of this review is coded completely yet.")
    default = evidence_map.defaults(coding.scheme)
    dimensions = (rows or default[0], columns or default[1], colour or default[2])
    tab = evidence_map.cross_tab(coding, *dimensions)
    if out:
        out.write_text(evidence_map.as_html(desk, coding, tab), encoding="utf-8")
    labels = {study.id: study.label for study in coding.studies}
    names = (tab.rows.labels(), tab.columns.labels(), tab.colours)
    cells = [
        {
            "row": names[0][cell.row],
            "column": names[1][cell.column],
            "colour": names[2][cell.colour],
            "studies": sorted(labels[study] for study in cell.studies),
        }
        for cell in tab.cells
    ]
    if as_json:
        print_json({"rests_on": coding.sentence, "cells": cells})
    else:
        typer.echo(coding.sentence)
        counts = ([*list(cell.values())[:3], len(cell["studies"])] for cell in cells)
        print_table(counts, ("row", "column", "colour", "studies"))
    return True


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
    date: Annotated[str, typer.Option(help="When the search was run.")] = "",
    search: Annotated[str, typer.Option(help="The search string.")] = "",
    as_json: AsJson = False,
) -> bool:
    """Import citation files into a review, each as a source of its own.

    What is not said of a source is taken from its records, where they name their database.
    """
    desk = find_review(store(), review)
    settings = Settings.from_environment()
    draft = SourceDraft(
        name="",
        kind=kind,
        database=database,
        platform=platform,
        date_searched=date,
        search_string=search,
    )
    preview_ids = [
        preview_id
        for path in paths
        for preview_id in uploads.add_all(desk, path.name, path.read_bytes(), settings, wait=True)
    ]
    choices = [
        imports.Choice(preview_id=preview.id, source=_filled(draft, preview.suggested_source))
        for preview in previews.listing(desk)
        if preview.id in preview_ids
    ]
    report = imports.import_files(desk, choices)
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


def _filled(draft: SourceDraft, suggested: SourceDraft) -> SourceDraft:
    """The draft of a source; what it leaves open is taken from what its records suggest."""
    return replace(
        draft,
        name=suggested.name,
        kind=draft.kind or suggested.kind,
        database=draft.database or suggested.database,
        platform=draft.platform or suggested.platform,
    )


@with_exit_code
def review_dedupe(review: ReviewName, as_json: AsJson = False) -> bool:
    """Find the duplicates of a review by the rules."""
    state = duplicates.run(find_review(store(), review))
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
