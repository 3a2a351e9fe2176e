"""Simulating a review in priority order, from a table of what was decided."""

from dataclasses import asdict, fields
from pathlib import Path
from typing import Annotated, Any

import typer

from evidence.cli.output import (
    AsJson,
    CsvFile,
    print_json,
    print_table,
    problem_json,
    with_exit_code,
    write_csv,
)
from evidence.errors import Invalid
from evidence.problems import Effect
from evidence.screening.features import describe
from evidence.screening.order_measures import Measures, measure
from evidence.screening.screened_table import Table, read_table
from evidence.screening.simulation import draw_prior, simulate

Rows = Annotated[
    str, typer.Option(metavar="ROWS", help="Rows known before, counted from 0, such as 12,345.")
]


@with_exit_code
def rank_table(
    path: CsvFile,
    seed: Annotated[int, typer.Option(help="Of all that is left to chance.")] = 1,
    priors: Rows = "",
    out: Annotated[Path | None, typer.Option(help="Write record_id,label_included.")] = None,
    as_json: AsJson = False,
) -> bool:
    """Simulate a whole review in priority order, from a table of records and decisions."""
    if out and not out.parent.is_dir():
        raise typer.BadParameter(f"There is no folder {out.parent}.", param_hint="--out")
    table = read_table(path.read_bytes(), path.name)
    _check_labels(table, path.name)
    prior_rows = _prior_rows(priors, table, seed)
    features = describe(record.text for record in table.records)
    order = simulate(features, table.relevant, prior_rows, seed=seed).order
    if out:
        records = {record.row: record for record in table.records}
        lines = ((records[row].record_id, str(int(records[row].relevant))) for row in order)
        write_csv(out, ("record_id", "label_included"), lines)
    measures = measure([table.relevant[row] for row in order[len(prior_rows) :]])
    numbers = _numbers(table, prior_rows, measures)
    if as_json:
        problems = [problem_json(problem) for problem in table.problems]
        print_json(numbers | {"problems": problems})
    else:
        cells = numbers | {"priors": ",".join(map(str, prior_rows))}
        print_table([["–" if value is None else value for value in cells.values()]], list(cells))
        for problem in table.problems:
            typer.echo(str(problem))
    return not any(problem.effect is Effect.LOST for problem in table.problems)


def _row_numbers(option: str) -> list[int]:
    """The rows that an option names."""
    try:
        return list(dict.fromkeys(int(row) for row in option.split(",") if row.strip()))
    except ValueError as error:
        message = "It takes numbers of rows, counted from 0 and parted by commas, such as 12,345."
        raise typer.BadParameter(message, param_hint="--priors") from error


def _check_labels(table: Table, file: str) -> None:
    """Refuse what cannot be put in order."""
    labels = set(table.relevant.values())
    if len(labels) == 1:
        which = "relevant (1)" if True in labels else "irrelevant (0)"
        raise Invalid(f"{file}: label_included is {which} in all records, so no order is better.")
    if not labels:
        reasons = "".join(f"\n{problem}" for problem in table.problems[:10])
        raise Invalid(f"{file} has no record that can be used.{reasons}")


def _prior_rows(option: str, table: Table, seed: int) -> tuple[int, ...]:
    """The rows known before: those that the option names, else drawn."""
    rows = _row_numbers(option)
    unusable = [str(row) for row in rows if row not in table.relevant]
    if unusable:
        last = table.records[-1].row
        message = f"There is no usable row {', '.join(unusable)}; rows count from 0 to {last}."
        raise typer.BadParameter(message, param_hint="--priors")
    return tuple(rows) or draw_prior(table.relevant, seed)


def _numbers(
    table: Table, prior_rows: tuple[int, ...], measures: Measures | None
) -> dict[str, Any]:
    """The figures of a simulation; those of its measures are None where all was known before."""
    figures = (
        asdict(measures) if measures else dict.fromkeys(field.name for field in fields(Measures))
    )
    return {
        "records": len(table.records),
        "relevant": sum(table.relevant.values()),
        "no_abstract": sum(not record.text.abstract.strip() for record in table.records),
        "priors": list(prior_rows),
    } | {name: value and round(value, 4) for name, value in figures.items()}
