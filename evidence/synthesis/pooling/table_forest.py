"""The forest plot of a table that was pooled."""

from dataclasses import replace

from evidence.synthesis.pooling.forest import ALL, Forest, ForestRow, forest
from evidence.synthesis.pooling.further_questions import NO_GROUP
from evidence.synthesis.pooling.pool_table import TablePooled
from evidence.synthesis.pooling.study_rows import StudyRow


def table_forest(pooled: TablePooled, favours: tuple[str, str] = ("", "")) -> Forest:
    """All studies of a table with what they came to.

    Args:
        pooled: the table.
        favours: words for the two sides of no effect.
    """
    weighed = {id(row) for row in pooled.pooled_rows}
    rows = [
        ForestRow(
            study=row.study,
            effect=row.effect,
            cells=row.row.cells,
            table=row.table,
            group=_group(row, pooled.group_column),
            is_pooled=id(row) in weighed,
        )
        for row in pooled.rows
    ]
    drawn = forest(
        rows,
        pooled.result,
        pooled.choices.computed,
        subgroups=pooled.answers.subgroups,
        favours=favours,
        remarks=pooled.remarks,
    )
    return replace(drawn, common_tau2=pooled.answers.common_tau2)


def _group(row: StudyRow, column: str) -> str:
    """The group of a study, as `on_subgroups` names it."""
    return (row.row.cells.get(column.casefold(), "") or NO_GROUP) if column else ALL
