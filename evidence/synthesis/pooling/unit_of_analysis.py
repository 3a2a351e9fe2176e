"""What counts as a study in a table: findings of one study, and people in clusters."""

from collections import Counter
from dataclasses import dataclass, replace

from evidence.coding.effects.printed import as_printed
from evidence.coding.effects.reported import Clusters
from evidence.errors import Invalid
from evidence.synthesis.pooling.number_table import BadCell, LeftOut, number_in
from evidence.synthesis.pooling.several_findings import Findings, once_per_study
from evidence.synthesis.pooling.study_effects import StudyEffect, listed
from evidence.synthesis.pooling.study_rows import StudyRow, StudyRows, heads_told


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """What counts as a study.

    Attributes:
        study: the column that names the study of each row; without it each row is a study.
        findings: what is done with several rows of a study.
        correlation: between findings of a study, where they are combined.
        cluster_size: the column with the people per cluster; empty cells have no clusters.
        icc, icc_from: the intracluster correlation coefficient, and whose it is.
    """

    study: str = ""
    findings: Findings = Findings.COMBINED
    correlation: float | None = None
    cluster_size: str = ""
    icc: float | None = None
    icc_from: str = ""

    def __post_init__(self) -> None:
        if not self.cluster_size:
            return
        if self.icc is None or not self.icc_from.strip():
            raise Invalid(
                "Clusters need an ICC and whose it is: the report's own, another study's, or an "
                "assumption."
            )
        if not 0 <= self.icc <= 1:
            raise Invalid(f"An ICC lies between 0 and 1; {self.icc:g} does not.")


def as_units(read: StudyRows, unit: Unit, file: str) -> StudyRows:
    """The rows of a table with clusters taken into account and each study once.

    Raises:
        Invalid: a column is missing, or findings of a study cannot be combined.
    """
    if unit.cluster_size:
        read = _without_clusters(read, unit, file)
    if unit.study:
        return _once_each(read, unit, file)
    counts = Counter(row.study for row in read.rows)
    twice = [name for name, many in counts.items() if many > 1]
    if not twice:
        return read
    remark = (
        f"Several rows have the same name ({listed(twice)}), and each counts as a study. Where "
        "they are findings of one study, name its column as the study."
    )
    return replace(read, remarks=(*read.remarks, remark))


def cell_of(row: StudyRow, column: str, file: str) -> str:
    """A cell by its head.

    Raises:
        Invalid: there is no such column.
    """
    try:
        return row.row.cells[column.casefold()]
    except KeyError as error:
        heads = heads_told(row.row.cells)
        raise Invalid(f"{file} has no column {column}. Its columns are: {heads}.") from error


def _without_clusters(read: StudyRows, unit: Unit, file: str) -> StudyRows:
    """Variances multiplied by the design effect, people and events divided by it."""
    rows, left_out, effects = [], list(read.left_out), []
    for row in read.rows:
        cell = cell_of(row, unit.cluster_size, file)
        if not cell:
            rows.append(row)
            continue
        try:
            size = _cluster_size(cell)
        except BadCell as fault:
            left_out.append(
                LeftOut(file=file, line=row.row.line, column=unit.cluster_size, sentence=str(fault))
            )
            continue
        clusters = Clusters(
            size=as_printed(size), icc=as_printed(unit.icc or 0.0), icc_from=unit.icc_from
        )
        effects.append(clusters.design_effect)
        rows.append(_inflated(row, clusters.design_effect))
    remark = ""
    if effects:
        remark = (
            f"For clusters, variances of {len(effects)} rows are multiplied by the design effect "
            f"({min(effects):.4g} to {max(effects):.4g}), with an ICC of {unit.icc:g} "
            f"({unit.icc_from.strip()}); people in 2x2 tables are divided by it."
        )
    return replace(
        read,
        rows=tuple(rows),
        left_out=tuple(left_out),
        remarks=tuple(filter(None, (*read.remarks, remark))),
    )


def _cluster_size(cell: str) -> float:
    size = number_in(cell)
    if size < 1:
        raise BadCell(f"Clusters of {size:g} people are too small.")
    return size


def _inflated(row: StudyRow, design_effect: float) -> StudyRow:
    effect, table = row.effect, row.table
    if effect:
        effect = StudyEffect(
            study=effect.study,
            estimate=effect.estimate,
            variance=effect.variance * design_effect,
        )
    if table:
        table = table.divided_by(design_effect)
    return replace(row, effect=effect, table=table)


def _once_each(read: StudyRows, unit: Unit, file: str) -> StudyRows:
    """Each study once; rows that say nothing of the measure stand for no finding."""
    names = [cell_of(row, unit.study, file) or row.study for row in read.rows]
    named = [replace(row, study=name) for row, name in zip(read.rows, names, strict=True)]
    telling = [row for row in named if row.effect]
    findings = [
        StudyEffect(study=row.study, estimate=effect.estimate, variance=effect.variance)
        for row in telling
        if (effect := row.effect)
    ]
    once = once_per_study(findings, unit.findings, unit.correlation)
    rows = [
        replace(
            telling[at],
            effect=effect,
            table=None if _is_joined(effect, findings[at]) else telling[at].table,
        )
        for at, effect in zip(once.places, once.effects, strict=True)
    ]
    studies = {row.study for row in rows}
    silent = [row for row in named if not row.effect and row.study not in studies]
    return replace(read, rows=(*rows, *silent), remarks=(*read.remarks, *once.remarks))


def _is_joined(effect: StudyEffect, finding: StudyEffect) -> bool:
    """Whether the effect is of several findings, so that no single table belongs to it."""
    return effect != finding
