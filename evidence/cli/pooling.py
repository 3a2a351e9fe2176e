"""Effects of studies from a table, pooled."""

from pathlib import Path
from typing import Annotated, Any

import typer

from evidence.cli.output import AsJson, print_json, print_table, with_exit_code
from evidence.synthesis.pooling.measures import PooledMeasure
from evidence.synthesis.pooling.methods import EffectTest, Method
from evidence.synthesis.pooling.pool_table import Choices, TablePooled, pool_table
from evidence.synthesis.pooling.results import Limits, Pooled
from evidence.synthesis.sign_test import p_text

_MOST_SHOWN = 20  # rows at fault and studies; JSON has all


@with_exit_code
def pool_studies(
    path: Annotated[Path, typer.Argument(exists=True, dir_okay=False, metavar="FILE.csv")],
    measure: Annotated[
        PooledMeasure | None,
        typer.Option(case_sensitive=False, help="Compute it from its columns."),
    ] = None,
    method: Annotated[
        Method, typer.Option(case_sensitive=False, help="How effects are pooled.")
    ] = Method.REML,
    test: Annotated[
        EffectTest | None,
        typer.Option(case_sensitive=False, help="Default: knha with random effects, else z."),
    ] = None,
    level: Annotated[float, typer.Option(help="Of all intervals.")] = 0.95,
    added: Annotated[float, typer.Option(help="To each cell of tables with a cell of 0.")] = 0.5,
    as_json: AsJson = False,
) -> bool:
    """Pool effects of studies (meta-analysis): columns yi and vi, or those of a measure."""
    choices = Choices(measure=measure, method=method, test=test, level=level, added=added)
    pooled = pool_table(path.read_bytes(), path.name, choices)
    print_json(_json(pooled)) if as_json else _print(pooled)
    return not pooled.left_out


def _json(pooled: TablePooled) -> dict[str, Any]:
    """All figures by the names that tables of metafor's results have, not rounded."""
    result, differing = pooled.result, pooled.result.heterogeneity
    measure = pooled.choices.computed
    return {
        "method": result.method,
        "test": result.test,
        "measure": measure,
        "level": result.level,
        "k": result.k,
        "estimate": result.estimate,
        "se": result.se,
        "stat": result.stat,
        "p": result.p,
        **_ends("ci", result.limits),
        **_ends("wald_ci", result.wald),
        "Q": differing.q,
        "Q_df": differing.free,
        "Q_p": differing.p,
        "I2": differing.i2,
        **_ends("I2", differing.i2_limits),
        "H2": differing.h2,
        "tau2": differing.tau2,
        **_ends("tau2", differing.tau2_limits),
        **_ends("pi", result.prediction),
        **_ends("printed_pi", result.printed_prediction),
        **{f"leave_out_{at}": estimate for at, estimate in enumerate(pooled.without, start=1)},
        "remarks": list(pooled.remarks),
        "left_out": [str(each) for each in pooled.left_out],
    }


def _ends(name: str, limits: Limits | None) -> dict[str, float | None]:
    return {
        f"{name}_low": limits.low if limits else None,
        f"{name}_high": limits.high if limits else None,
    }


def _print(pooled: TablePooled) -> None:
    result, measure = pooled.result, pooled.choices.computed
    studies = "1 study" if result.k == 1 else f"{result.k:,} studies"
    typer.echo(f"{studies}; {result.method.full_name}; {result.test.full_name}")
    typer.echo("")
    print_table(_rows(result, measure), ("", "estimate", "low", "high"))
    typer.echo("")
    letter = "z" if result.test is EffectTest.Z else "t"
    typer.echo(f"{letter} {result.stat:.3f}, {_p(result.p)}; standard error {result.se:.4g}")
    differing = result.heterogeneity
    typer.echo(
        f"Q {differing.q:.4g}, degrees of freedom {differing.free}, {_p(differing.p)}; "
        f"I² {differing.i2:.1f} %, H² {differing.h2:.4g}, tau² {differing.tau2:.4g}"
    )
    if pooled.without:
        typer.echo("")
        cells = zip(pooled.studies, result.weights, pooled.without, strict=True)
        rows = [
            (study, f"{weight:.1f}", "–" if without is None else f"{without:.4g}")
            for study, weight, without in cells
        ]
        print_table(rows[:_MOST_SHOWN], ("study", "weight %", "estimate without it"))
        if len(rows) > _MOST_SHOWN:
            typer.echo(f"… and {len(rows) - _MOST_SHOWN:,} more; --json has all.")
    if pooled.remarks or pooled.left_out:
        typer.echo("")
    for sentence in pooled.remarks:
        typer.echo(sentence)
    for each in pooled.left_out[:_MOST_SHOWN]:
        typer.echo(str(each))
    if len(pooled.left_out) > _MOST_SHOWN:
        typer.echo(f"… and {len(pooled.left_out) - _MOST_SHOWN:,} more rows; --json has all.")


def _rows(result: Pooled, measure: PooledMeasure | None) -> list[tuple[str, ...]]:
    """The effect and its intervals on the scale of analysis, then as readers know them."""
    name = measure.analysed_name if measure else "effect"
    rows = [_row(name, result.estimate, result.limits)]
    if result.printed_prediction:
        rows.append(_row("prediction interval", None, result.printed_prediction))
    if measure and measure.natural_name != name:
        rows.append(
            _row(
                measure.natural_name,
                measure.natural(result.estimate),
                _natural(result.limits, measure),
            )
        )
        if result.printed_prediction:
            ends = _natural(result.printed_prediction, measure)
            rows.append(_row("prediction interval", None, ends))
    return rows


def _row(name: str, estimate: float | None, limits: Limits) -> tuple[str, ...]:
    shown = "" if estimate is None else f"{estimate:.4g}"
    return name, shown, f"{limits.low:.4g}", f"{limits.high:.4g}"


def _natural(limits: Limits, measure: PooledMeasure) -> Limits:
    return Limits(low=measure.natural(limits.low), high=measure.natural(limits.high))


def _p(p: float) -> str:
    return f"p {p_text(p)}"
