"""Effects of studies from a table, pooled."""

from pathlib import Path
from typing import Annotated

import typer

from evidence.charts.forest_plot import forest_picture
from evidence.charts.funnel_plot import funnel_picture
from evidence.cli.output import AsJson, CsvFile, print_json, print_table, with_exit_code
from evidence.cli.pictures import check_picture_file, print_written, write_picture
from evidence.synthesis.pooling.choices import Choices, Questions
from evidence.synthesis.pooling.flat_figures import flat_figures
from evidence.synthesis.pooling.further_questions import Answers
from evidence.synthesis.pooling.measures import PooledMeasure
from evidence.synthesis.pooling.methods import EffectTest, Method
from evidence.synthesis.pooling.pool_table import TablePooled, pool_table
from evidence.synthesis.pooling.results import Between, Limits, Pooled
from evidence.synthesis.pooling.several_findings import Findings
from evidence.synthesis.pooling.table_forest import table_forest
from evidence.synthesis.pooling.unit_of_analysis import Unit
from evidence.synthesis.sign_test import p_text

_MOST_SHOWN = 20  # rows at fault and studies; JSON has all
_LONGEST_NAME = 60


MeasureName = Annotated[
    PooledMeasure | None,
    typer.Option(case_sensitive=False, help="Compute it from its columns."),
]
MethodName = Annotated[Method, typer.Option(case_sensitive=False, help="How effects are pooled.")]
TestName = Annotated[
    EffectTest | None,
    typer.Option(case_sensitive=False, help="Default: knha with random effects, else z."),
]
Level = Annotated[float, typer.Option(help="Of all intervals.")]
Added = Annotated[float, typer.Option(help="To each cell of tables with a cell of 0.")]
GroupColumn = Annotated[
    str, typer.Option(metavar="COLUMN", help="Pool its groups, and compare them.")
]
ModeratorColumn = Annotated[
    str, typer.Option(metavar="COLUMN", help="Explain effects by its numbers.")
]
WithEgger = Annotated[bool, typer.Option("--egger", help="Egger's test of small studies.")]
StudyColumn = Annotated[
    str, typer.Option(metavar="COLUMN", help="Names the study that rows are findings of.")
]
FindingsRule = Annotated[
    Findings, typer.Option(help="What is done with several findings of a study.")
]
Correlation = Annotated[
    float | None, typer.Option(help="Between findings of a study that are combined.")
]
ClusterSizeColumn = Annotated[
    str, typer.Option(metavar="COLUMN", help="People per cluster, where there are clusters.")
]
Icc = Annotated[float | None, typer.Option(help="Of people in one cluster.")]
IccSource = Annotated[str, typer.Option(help="Whose ICC it is; printed with it.")]
ForestFile = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Forest plot: .svg, .png or .csv.")
]
FunnelFile = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Funnel plot: .svg, .png or .csv.")
]
PlotTitle = Annotated[str, typer.Option(help="Of the plots; else the file's name.")]
LeftOfNoEffect = Annotated[str, typer.Option(help="Left of no effect, such as Favours IPS.")]
RightOfNoEffect = Annotated[str, typer.Option(help="Right of no effect.")]
NOTHING = 1e-12  # far below what any study can tell


@with_exit_code
def pool_studies(
    path: CsvFile,
    measure: MeasureName = None,
    method: MethodName = Method.REML,
    test: TestName = None,
    level: Level = 0.95,
    added: Added = 0.5,
    subgroup: GroupColumn = "",
    moderator: ModeratorColumn = "",
    egger: WithEgger = False,
    study: StudyColumn = "",
    findings: FindingsRule = Findings.COMBINED,
    correlation: Correlation = None,
    cluster_size: ClusterSizeColumn = "",
    icc: Icc = None,
    icc_from: IccSource = "",
    out: ForestFile = None,
    funnel: FunnelFile = None,
    title: PlotTitle = "",
    left: LeftOfNoEffect = "",
    right: RightOfNoEffect = "",
    as_json: AsJson = False,
) -> bool:
    """Pool effects of studies (meta-analysis): columns yi and vi, or those of a measure."""
    check_picture_file(out, path)
    check_picture_file(funnel, path, out)
    pooled = pool_table(
        path.read_bytes(),
        path.name,
        Choices(measure=measure, method=method, test=test, level=level, added=added),
        Unit(
            study=study,
            findings=findings,
            correlation=correlation,
            cluster_size=cluster_size,
            icc=icc,
            icc_from=icc_from,
        ),
        Questions(subgroup=subgroup, moderator=moderator, egger=egger),
    )
    files: list[Path] = []
    for file, picture in ((out, forest_picture), (funnel, funnel_picture)):
        if file:
            drawn = picture(table_forest(pooled, (left, right)), title or path.stem)
            files += write_picture(drawn, file)
    if as_json:
        print_json(flat_figures(pooled))
    else:
        _print(pooled)
        print_written(files)
    return not pooled.left_out


def _print(pooled: TablePooled) -> None:
    result, measure = pooled.result, pooled.choices.computed
    studies = "1 study" if result.k == 1 else f"{result.k:,} studies"
    typer.echo(f"{studies}; {result.method.full_name}; {result.test.full_name}")
    typer.echo("")
    print_table(_rows(result, measure), ("", "estimate", "low", "high"))
    typer.echo("")
    letter = "z" if result.test is EffectTest.Z else "t"
    typer.echo(f"{letter} {result.stat:z.3f}, {_p(result.p)}; standard error {result.se:.4g}")
    differing = result.heterogeneity
    typer.echo(
        f"Q {differing.q:.4g}, degrees of freedom {differing.free}, {_p(differing.p)}; "
        f"I² {differing.i2:.1f} % ({result.method}), H² {differing.h2:.4g}, "
        f"tau² {differing.tau2:.4g}"
    )
    if pooled.without:
        typer.echo("")
        cells = zip(pooled.studies, result.weights, pooled.without, strict=True)
        rows = [
            (_short(study), f"{weight:.1f}", "–" if without is None else f"{without:.4g}")
            for study, weight, without in cells
        ]
        print_table(rows[:_MOST_SHOWN], ("study", "weight %", "estimate without it"))
        if len(rows) > _MOST_SHOWN:
            typer.echo(f"… and {len(rows) - _MOST_SHOWN:,} more; --json has all.")
    _print_answers(pooled.answers)
    if pooled.remarks or pooled.left_out:
        typer.echo("")
    for sentence in pooled.remarks:
        typer.echo(sentence)
    for each in pooled.left_out[:_MOST_SHOWN]:
        typer.echo(str(each))
    if len(pooled.left_out) > _MOST_SHOWN:
        typer.echo(f"… and {len(pooled.left_out) - _MOST_SHOWN:,} more rows; --json has all.")


def _print_answers(answers: Answers) -> None:
    if answers.subgroups:
        typer.echo("")
        rows = [
            (
                _short(name),
                str(each.k),
                *_row("", each.estimate, each.limits)[1:],
                f"{each.heterogeneity.tau2:.4g}" if each.method.is_random else "–",
            )
            for name, each in answers.subgroups.pooled.items()
            if isinstance(each, Pooled)
        ]
        print_table(rows, ("group", "k", "estimate", "low", "high", "tau²"))
        if answers.subgroups.between:
            own = ", own tau²" if answers.common_tau2 else ""
            typer.echo(f"Between groups{own}: {_between(answers.subgroups.between)}")
    if answers.common_tau2:
        common = answers.common_tau2
        typer.echo(f"Between groups, common tau² {common.tau2:.4g}: {_between(common.between)}")
    if answers.regression:
        line = answers.regression
        rows = [
            (*_row(name, each.estimate, each.limits), _p(each.p))
            for name, each in (("intercept", line.intercept), ("slope", line.slope))
        ]
        typer.echo("")
        print_table(rows, ("meta-regression", "estimate", "low", "high", "test"))
        share = "" if line.r2 is None else f", R² {line.r2:.0f} %"
        typer.echo(f"tau² around the line {line.tau2:.4g}{share}; Q {line.q:.4g}, {_p(line.p)}")
    if answers.egger:
        small = answers.egger
        typer.echo("")
        typer.echo(f"Egger's test: t {small.t:.3f}, degrees of freedom {small.free}, {_p(small.p)}")


def _between(between: Between) -> str:
    within = "" if between.within is None else f" and {between.within}"
    name = "chi-squared" if between.within is None else "F"
    return f"{name} {between.stat:.4g}, degrees of freedom {between.free}{within}, {_p(between.p)}"


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
    text = "" if estimate is None else _shown(estimate)
    return name, text, _shown(limits.low), _shown(limits.high)


def _shown(number: float) -> str:
    """Four digits; what is only the rest of a sum that came to nothing is 0."""
    return "0" if abs(number) < NOTHING else f"{number:.4g}"


def _natural(limits: Limits, measure: PooledMeasure) -> Limits:
    return Limits(low=measure.natural(limits.low), high=measure.natural(limits.high))


def _short(name: str) -> str:
    """A name that leaves room for the figures beside it; JSON and the plots' CSV have all of it."""
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def _p(p: float) -> str:
    return f"p {p_text(p)}"
