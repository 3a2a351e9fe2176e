"""The forest plot of a table that was pooled."""

from evidence.synthesis.pooling.forest import ALL, Forest, ForestRow, forest
from evidence.synthesis.pooling.pool_table import TablePooled


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
            group=row.row.cells[pooled.group_column].strip() if pooled.group_column else ALL,
            is_pooled=id(row) in weighed,
        )
        for row in pooled.rows
    ]
    return forest(
        rows,
        pooled.result,
        pooled.choices.computed,
        subgroups=pooled.answers.subgroups,
        favours=favours,
        remarks=pooled.remarks,
    )
