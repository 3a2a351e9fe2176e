"""Weights of studies for summary bars: by which share a study counts, and that it is said."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from evidence.synthesis.appraisal.judgements import JudgementTable


def with_weights(
    table: JudgementTable, weights: Mapping[int, float], weights_are: str
) -> JudgementTable:
    """The rows of studies that have a weight, each with its own; how many are left out is noted.

    Several results of one study share its weight equally.

    Args:
        table: what was judged.
        weights: above 0, in any unit, by id of the study.
        weights_are: what they are, as in "people analysed".
    """
    counted = Counter(row.study_id for row in table.rows)
    rows = tuple(
        replace(row, weight=weights[row.study_id] / counted[row.study_id])
        for row in table.rows
        if weights.get(row.study_id, 0) > 0
    )
    left_out = len(table.rows) - len(rows)
    notes = list(table.notes)
    if left_out:
        said = table.unit.counted(left_out)
        notes.append(f"{said} without such a weight {'is' if left_out == 1 else 'are'} left out.")
    if any(counted[row.study_id] > 1 for row in rows):
        notes.append("Several results of one study share its weight equally.")
    return replace(table, rows=rows, notes=tuple(notes), weights_are=weights_are)
