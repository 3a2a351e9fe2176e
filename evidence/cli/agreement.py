"""How far two people agree whose codings or decisions stand in files."""

from pathlib import Path
from typing import Annotated, Any

import typer

from evidence.citations.formats.plain_tables import csv_pieces
from evidence.cli.output import AsJson, Paths, print_json, print_table, with_exit_code
from evidence.coding.agreement.compared import TWO_CODERS
from evidence.coding.agreement.disagreements import Difference
from evidence.coding.agreement.figures import Figure, Level
from evidence.coding.agreement.words import (
    FIGURES_HEAD,
    difference_head,
    difference_rows,
    figure_rows,
)
from evidence.steps.coding.agreement_of_files import AgreementOfFiles, agreement_of_files

POOLED = {Level.SCHEME: "All Entities", Level.SCHEME_USED: "Entities with data"}
"""Pooled figures as the published tables name them beside which these are set."""

FIGURES_SHOWN = (
    "", "units", "agree", "positive", "negative", "kappa", "PABAK", "AC1", "alpha",
)  # fmt: skip
_LONGEST = 60  # characters of a name in the table

FiguresFile = Annotated[Path | None, typer.Option(help="Write all figures as a table (CSV).")]
DifferencesFile = Annotated[
    Path | None, typer.Option(help="Write what they differ on as a table (CSV).")
]


@with_exit_code
def agreement_between(
    paths: Paths,
    out: FiguresFile = None,
    differences: DifferencesFile = None,
    as_json: AsJson = False,
) -> bool:
    """How far two people agree: the first half of the files is one coder's, the second half the
    other's in the same order. Exports of EPPI-Reviewer, or files with screening decisions.
    """
    if len(paths) % 2:
        raise typer.BadParameter(
            f"{len(paths)} files were named; name an even number: first those of one coder, then "
            "those of the other in the same order."
        )
    result = agreement_of_files(paths)
    if out:
        with out.open("wb") as handle:
            handle.writelines(csv_pieces(FIGURES_HEAD, figure_rows(result.agreed)))
    if differences:
        rows = difference_rows(result.differences(), TWO_CODERS)
        with differences.open("wb") as handle:
            handle.writelines(csv_pieces(difference_head(TWO_CODERS), rows))
    print_json(_json(result)) if as_json else _print(result)
    return not result.left_out


def _json(result: AgreementOfFiles) -> dict[str, Any]:
    return {
        "coders": list(TWO_CODERS),
        "pairs": [list(pair) for pair in result.pairs],
        "studies": result.agreed.studies,
        "rows": [figure_json(figure) for figure in result.agreed.figures],
        "differences": [difference_json(each) for each in result.differences()],
        "sentence": result.sentence,
        "remarks": list(result.remarks),
        "left_out": list(result.left_out),
    }


def figure_json(figure: Figure) -> dict[str, Any]:
    """A figure; numbers are not rounded, and None where there is no value."""
    subject = figure.subject
    return {
        "code": POOLED.get(subject.level, subject.name),
        "alpha": figure.alpha,
        "level": subject.level.value,
        "within": subject.within,
        "units": figure.units,
        "agreed": figure.agreed,
        "by_one": figure.by_one,
        "percent": figure.percent,
        "percent_low": figure.low,
        "percent_high": figure.high,
        "positive": figure.positive,
        "negative": figure.negative,
        "kappa": figure.kappa,
        "kappa_low": figure.kappa_low,
        "kappa_high": figure.kappa_high,
        "pabak": figure.pabak,
        "ac1": figure.ac1,
        "scale": figure.scale.value,
        "remark": figure.remark,
    }


def difference_json(difference: Difference) -> dict[str, Any]:
    """What two people say of one thing."""
    return {
        "study": difference.study,
        "label": difference.label,
        "arm": difference.arm,
        "asked": difference.subject,
        "answers": dict(difference.answers),
    }


def _print(result: AgreementOfFiles) -> None:
    """The figures for people; codes that nobody used are counted only."""
    figures = result.agreed.figures
    unused = sum(map(is_unused, figures))
    questions = [figure for figure in figures if figure.subject.level is Level.QUESTION]
    # Of a single set the figures are those of all codes.
    repeated = questions if len(questions) == 1 and result.agreed.scheme_figures else []
    print_table(
        [figure_cells(each) for each in figures if not is_unused(each) and each not in repeated],
        FIGURES_SHOWN,
    )
    if unused:
        codes = "1 code that nobody used is" if unused == 1 else f"{unused:,} unused codes are"
        typer.echo(f"{codes} not listed.")
    typer.echo("")
    typer.echo(result.sentence)
    for line in (*result.remarks, *result.left_out):
        typer.echo(line)


def is_unused(figure: Figure) -> bool:
    """Whether nobody had the code; then there is nothing to say of it."""
    return figure.subject.level is Level.CODE and not figure.differing and not figure.positive


def figure_cells(figure: Figure) -> list[str]:
    """A figure under FIGURES_SHOWN."""
    name = figure.subject.name
    return [
        name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…",
        f"{figure.units:,}",
        *(_percent(share) for share in (figure.percent, figure.positive, figure.negative)),
        *(_decimal(value) for value in (figure.kappa, figure.pabak, figure.ac1, figure.alpha)),
    ]


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"


def _decimal(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
