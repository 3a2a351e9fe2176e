"""Commands that work on reviews in the store."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from evidence.cli.output import AsJson, Paths, problem, say, table, told
from evidence.errors import WaymarkError
from evidence.settings import Settings
from evidence.steps import example
from evidence.steps.desk import Desk
from evidence.steps.opening import Store, open_store
from evidence.steps.records.duplicates import duplicates
from evidence.steps.records.importing import imports
from evidence.steps.records.importing.preview import look_all
from evidence.steps.results import evidence_map
from evidence.steps.results.coded_studies import coded
from evidence.steps.review import people, reviews
from evidence.store.records.sources import SourceDraft
from evidence.store.review.reviews import Draft

BY = "Command line"  # the person in whose name scripts work
Wanted = Annotated[str, typer.Argument(metavar="REVIEW", help="Its number or its title.")]


def store() -> Store:
    """The store that the settings name."""
    return open_store(Settings.from_environment().database)


def find_review(opened: Store, wanted: str) -> Desk:
    """The desk at a review that is named by number or title."""
    person = people.named(opened, BY)
    for one in reviews.overviews(opened):
        if wanted in (str(one.review.id), one.review.title):
            return Desk(store=opened, review_id=one.review.id, person_id=person.id)
    names = ", ".join(f"{o.review.id} “{o.review.title}”" for o in reviews.overviews(opened))
    raise WaymarkError(f"There is no review “{wanted}”. There are: {names or 'none'}.")


@told
def map_of(
    wanted: Wanted,
    out: Annotated[Path | None, typer.Option(help="Write the map as one HTML file.")] = None,
    rows: Annotated[str, typer.Option(help="Id of the rows, for example axis:intervention.")] = "",
    columns: Annotated[str, typer.Option(help="Id of the columns.")] = "",
    colour: Annotated[str, typer.Option(help="Id of the colours.")] = "",
    as_json: AsJson = False,
) -> bool:
    """The evidence map of a review: which studies link which row with which column."""
    desk = find_review(store(), wanted)
    found = coded(desk)
    if found is None or not found.studies:
        raise WaymarkError("No study of this review is coded completely yet.")
    first = evidence_map.defaults(found.scheme)
    chosen = (rows or first[0], columns or first[1], colour or first[2])
    tab = evidence_map.sort(found, *chosen)
    if out:
        out.write_text(evidence_map.as_html(desk, found, tab), encoding="utf-8")
    labels = {study.id: study.label for study in found.studies}
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
        say({"rests_on": found.sentence, "cells": cells})
    else:
        typer.echo(found.sentence)
        table(([*list(c.values())[:3], len(c["studies"])] for c in cells),
              ("row", "column", "colour", "studies"))  # fmt: skip
    return True


@told
def review_new(
    title: Annotated[str, typer.Argument()],
    question: Annotated[str, typer.Option()] = "",
    as_json: AsJson = False,
) -> bool:
    """Make a review."""
    opened = store()
    person = people.named(opened, BY)
    desk = reviews.create(opened, person.id, Draft(title=title, question=question))
    say({"review": desk.review_id}) if as_json else typer.echo(f"Review {desk.review_id}: {title}")
    return True


@told
def review_list(as_json: AsJson = False) -> bool:
    """List the reviews with their sizes."""
    found = [
        {
            "review": one.review.id,
            "title": one.review.title,
            "records": one.records,
            "works": one.works,
            "studies": one.studies,
        }
        for one in reviews.overviews(store())
    ]
    if as_json:
        say(found)
    else:
        table(
            (list(row.values()) for row in found),
            ("review", "title", "records", "works", "studies"),
        )
    return True


@told
def review_import(
    wanted: Wanted,
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
    desk = find_review(store(), wanted)
    settings = Settings.from_environment()
    draft = SourceDraft(
        name="",
        kind=kind,
        database=database,
        platform=platform,
        date_searched=date,
        search_string=search,
    )
    mine = [
        look_id
        for path in paths
        for look_id in look_all(desk, path.name, path.read_bytes(), settings, wait=True)
    ]
    chosen = [
        imports.Choice(look_id=look.id, source=_filled(draft, look.suggested))
        for look in imports.looks(desk)
        if look.id in mine
    ]
    report = imports.keep(desk, chosen)
    if as_json:
        say(
            [
                {
                    "file": kept.file,
                    "seen": kept.seen,
                    "records": kept.records,
                    "problems": [problem(one) for one in kept.problems],
                }
                for kept in report
            ]
        )
    else:
        table(((k.file, k.seen, k.records) for k in report), ("file", "seen", "records"))
        for kept in report:
            for one in kept.problems:
                typer.echo(str(one))
    return all(kept.records for kept in report)


def _filled(said: SourceDraft, told: SourceDraft) -> SourceDraft:
    """What was said of a source, with what its records tell where nothing was said."""
    return replace(
        said,
        name=told.name,
        kind=said.kind or told.kind,
        database=said.database or told.database,
        platform=said.platform or told.platform,
    )


@told
def review_dedupe(wanted: Wanted, as_json: AsJson = False) -> bool:
    """Find the duplicates of a review by the rules."""
    state = duplicates.run(find_review(store(), wanted))
    numbers = {"records": state.records, "works": state.works, "possible": state.possible}
    say(numbers) if as_json else table([list(numbers.values())], list(numbers))
    return True


@told
def review_example(as_json: AsJson = False) -> bool:
    """Load the example review, if it is not there yet."""
    desk = example.load(store(), Settings.from_environment())
    title = reviews.get(desk).title
    say({"review": desk.review_id}) if as_json else typer.echo(f"Review {desk.review_id}: {title}")
    return True
