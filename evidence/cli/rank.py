"""Simulating a review in priority order, from a table of what was decided."""

from dataclasses import asdict, fields
from pathlib import Path
from typing import Annotated, Any

import typer

from evidence.cli.output import AsJson, problem, say, table, told, write_csv
from evidence.errors import Invalid
from evidence.problems import Effect
from evidence.screening.features import describe
from evidence.screening.measures import Measures, measure
from evidence.screening.simulation import draw_known, simulate
from evidence.screening.table import Table, read_table

Rows = Annotated[
    str, typer.Option(metavar="ROWS", help="Rows known before, counted from 0, such as 12,345.")
]


@told
def rank_table(
    path: Annotated[Path, typer.Argument(exists=True, dir_okay=False, metavar="FILE.csv")],
    seed: Annotated[int, typer.Option(help="Of all that is left to chance.")] = 1,
    priors: Rows = "",
    out: Annotated[Path | None, typer.Option(help="Write record_id,label_included.")] = None,
    as_json: AsJson = False,
) -> bool:
    """Simulate a whole review in priority order, from a table of records and decisions."""
    if out and not out.parent.is_dir():
        raise typer.BadParameter(f"There is no folder {out.parent}.", param_hint="--out")
    rows = _rows(priors)
    read = read_table(path.read_bytes(), path.name)
    _check_labels(read, path.name)
    known = _known(rows, read, seed)
    features = describe(record.text for record in read.records)
    order = simulate(features, read.relevant, known, seed=seed).order
    if out:
        records = {record.row: record for record in read.records}
        lines = ((records[row].record_id, str(int(records[row].relevant))) for row in order)
        write_csv(out, ("record_id", "label_included"), lines)
    numbers = _numbers(read, known, measure([read.relevant[row] for row in order[len(known) :]]))
    if as_json:
        say(numbers | {"problems": [problem(one) for one in read.problems]})
    else:
        shown = numbers | {"priors": ",".join(map(str, known))}
        table([["–" if value is None else value for value in shown.values()]], list(shown))
        for one in read.problems:
            typer.echo(str(one))
    return not any(one.effect is Effect.LOST for one in read.problems)


def _rows(given: str) -> list[int]:
    """The rows that an option names."""
    try:
        return list(dict.fromkeys(int(row) for row in given.split(",") if row.strip()))
    except ValueError as error:
        wanted = "It takes numbers of rows, counted from 0 and parted by commas, such as 12,345."
        raise typer.BadParameter(wanted, param_hint="--priors") from error


def _check_labels(read: Table, file: str) -> None:
    """Refuse what cannot be put in order."""
    labels = set(read.relevant.values())
    if len(labels) == 1:
        which = "relevant (1)" if True in labels else "irrelevant (0)"
        raise Invalid(f"{file}: label_included is {which} in all records, so no order is better.")
    if not labels:
        told_why = "".join(f"\n{one}" for one in read.problems[:10])
        raise Invalid(f"{file} has no record that can be used.{told_why}")


def _known(rows: list[int], read: Table, seed: int) -> tuple[int, ...]:
    """The rows known before: those that were named, else drawn."""
    unknown = [str(row) for row in rows if row not in read.relevant]
    if unknown:
        last = read.records[-1].row
        told_why = f"There is no usable row {', '.join(unknown)}; rows count from 0 to {last}."
        raise typer.BadParameter(told_why, param_hint="--priors")
    return tuple(rows) or draw_known(read.relevant, seed)


def _numbers(read: Table, known: tuple[int, ...], measured: Measures | None) -> dict[str, Any]:
    """What there is to say of a simulation; no figures where all was known before."""
    figures = (
        asdict(measured) if measured else dict.fromkeys(field.name for field in fields(Measures))
    )
    return {
        "records": len(read.records),
        "relevant": sum(read.relevant.values()),
        "no_abstract": sum(not record.text.abstract.strip() for record in read.records),
        "priors": list(known),
    } | {name: value and round(value, 4) for name, value in figures.items()}
