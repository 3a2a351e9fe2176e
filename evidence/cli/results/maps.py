"""The evidence map of a review, in the terminal or as one file."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from evidence.cli.output import AsJson, print_json, print_numbers, print_table, with_exit_code
from evidence.cli.reviews import ReviewName, find_own_review, store
from evidence.errors import WaymarkError
from evidence.exports.map_colours import MapColours
from evidence.steps.desk import Desk
from evidence.steps.results import (
    evidence_map,
    map_document,
    map_file,
    map_versions,
)
from evidence.steps.results.map_file import MapWishes
from evidence.steps.review.find_review import find_review
from evidence.synthesis.map_document import LongTexts
from evidence.synthesis.public_map import PublicServices

PRINTED = ("review", "rows", "columns", "colour", "as_json")  # what a printed map is asked for by


@with_exit_code
def map_of(
    context: typer.Context,
    review: ReviewName,
    out: Annotated[Path | None, typer.Option(help="Write the map as one HTML file.")] = None,
    rows: Annotated[str, typer.Option(help="Id of the rows, for example axis:intervention.")] = "",
    columns: Annotated[str, typer.Option(help="Id of the columns.")] = "",
    colour: Annotated[str, typer.Option(help="Id of the colours.")] = "",
    title: Annotated[str, typer.Option(help="With --out: title; else the review's.")] = "",
    view: Annotated[str, typer.Option(help="With --out: address of the view to begin with.")] = "",
    with_abstracts: Annotated[bool, typer.Option("--with-abstracts", help="With --out.")] = False,
    with_quotations: Annotated[
        bool, typer.Option("--with-quotations", help="With --out: also notes on findings.")
    ] = False,
    with_notes: Annotated[
        bool, typer.Option("--with-notes", help="With --out: values and notes of answers.")
    ] = False,
    without: Annotated[
        list[str] | None,
        typer.Option(help="With --out: id of a question, authors or links stay out."),
    ] = None,
    services: Annotated[
        PublicServices, typer.Option(help="With --out: services beside studies, and their names.")
    ] = PublicServices.NONE,
    accent: Annotated[str, typer.Option(help="With --out: colour, as #1f5fa8.")] = "",
    heat: Annotated[str, typer.Option(help="With --out: colour of full cells.")] = "",
    version: Annotated[
        int | None, typer.Option(help="With --out: number of a frozen version, not the map of now.")
    ] = None,
    since: Annotated[
        int | None, typer.Option(help="With --out: tell what changed since this version.")
    ] = None,
    freeze: Annotated[
        str | None, typer.Option(metavar="NOTE", help="Freeze the map as its next version.")
    ] = None,
    as_json: AsJson = False,
) -> bool:
    """The evidence map of a review: which studies link which row with which column."""
    if freeze is not None:
        _refuse_options(context, ("review", "freeze", "as_json"), "cannot stand beside --freeze")
        return _freeze(find_own_review(store(), review), freeze, as_json=as_json)
    if out is None:
        _refuse_options(context, PRINTED, "is for the file; name it with --out, too")
    desk = find_review(store(), review)
    if out:
        wishes = MapWishes(
            title=title,
            view=view,
            rows=rows,
            columns=columns,
            segment=colour,
            without=tuple(without or ()),
            texts=LongTexts(abstracts=with_abstracts, quotations=with_quotations, notes=with_notes),
            colours=MapColours(accent=accent, heat=heat),
            services=services,
        )
        return _write(desk, out, wishes, (version, since), as_json=as_json)
    return _print(desk, (rows, columns, colour), as_json=as_json)


def _refuse_options(context: typer.Context, taken: Sequence[str], why: str) -> None:
    """Refuse the first option that was given and that would do nothing."""
    for option in context.command.params:
        source = context.get_parameter_source(str(option.name))
        is_given = source is not None and source.name == "COMMANDLINE"
        if is_given and option.name not in taken:
            raise WaymarkError(f"{option.opts[0]} {why}.")


def _print(desk: Desk, asked: tuple[str, str, str], *, as_json: bool) -> bool:
    """Print the map, cell by cell, as its file begins where no rows or columns are named."""
    content = map_document.content(desk, map_document.wanted(desk))
    if content is None or not content.studies:
        raise WaymarkError(map_document.NOTHING_CODED)
    tab = evidence_map.cross_tab(content, *asked)
    labels = {study.id: study.label for study in content.studies}
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
        print_json({"rests_on": content.caption, "cells": cells})
    else:
        typer.echo(content.caption)
        counts = ([*list(cell.values())[:3], len(cell["studies"])] for cell in cells)
        print_table(counts, ("row", "column", "colour", "studies"))
    return True


def _freeze(desk: Desk, note: str, *, as_json: bool) -> bool:
    """Freeze the map of now."""
    frozen = map_versions.freeze(desk, note)
    numbers = {"version": frozen.number, "studies": frozen.studies}
    print_numbers(numbers, as_json=as_json)
    return True


def _write(
    desk: Desk,
    out: Path,
    wishes: MapWishes,
    numbers: tuple[int | None, int | None],
    *,
    as_json: bool,
) -> bool:
    """Write the file; nothing is left of it where it cannot be made.

    `numbers` are of the version that is written, and of the one since which changes are told.
    """
    version, since = (
        None if number is None else map_versions.seen(desk, number) for number in numbers
    )
    made = map_file.make(desk, map_document.wanted(desk), wishes, version, since)
    out.write_bytes(made.data)
    told = {"file": str(out), "bytes": len(made.data), "studies": made.studies}
    print_numbers(told, as_json=as_json)
    return True
