"""The list of works, with the columns that a person wants."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import pandas as pd
import streamlit as st

from evidence.citations import citing
from evidence.citations.record import Reference
from evidence.citations.types import TYPES
from evidence.errors import NotAllowed
from evidence.screening.verdicts import Stage
from evidence.steps.desk import Desk
from evidence.steps.records import work_columns
from evidence.steps.records.work_columns import WorkColumn
from evidence.store.results.work_rows import WorkRow
from evidence.ui.shell.wording import STAGES, STATES

HEADS: Mapping[WorkColumn, str] = MappingProxyType(
    {
        WorkColumn.AUTHORS: "Authors",
        WorkColumn.YEAR: "Year",
        WorkColumn.JOURNAL: "Journal",
        WorkColumn.PLACE: "Volume, issue, pages",
        WorkColumn.DOI: "DOI",
        WorkColumn.PMID: "PMID",
        WorkColumn.TYPE: "Type",
        WorkColumn.LANGUAGE: "Language",
        WorkColumn.KEYWORDS: "Keywords",
        WorkColumn.ABSTRACT: "Abstract",
        WorkColumn.RECORDS: "Records",
        WorkColumn.SOURCES: "Sources",
        WorkColumn.LABELS: "Labels",
        WorkColumn.TITLE_ABSTRACT: STAGES[Stage.TITLE_ABSTRACT],
        WorkColumn.FULL_TEXT: STAGES[Stage.FULL_TEXT],
        WorkColumn.REASONS: "Reasons",
        WorkColumn.STUDY: "Study",
        WorkColumn.NUMBER: "Number",
    }
)
VALUES: Mapping[WorkColumn, Callable[[WorkRow], object]] = MappingProxyType(
    {
        WorkColumn.AUTHORS: lambda row: citing.authors_line(row.reference.authors),
        WorkColumn.YEAR: lambda row: row.reference.year,
        WorkColumn.JOURNAL: lambda row: row.reference.journal,
        WorkColumn.PLACE: lambda row: citing.place(row.reference),
        WorkColumn.DOI: lambda row: row.reference.doi,
        WorkColumn.PMID: lambda row: row.reference.pmid,
        WorkColumn.TYPE: lambda row: _type(row.reference),
        WorkColumn.LANGUAGE: lambda row: row.reference.language,
        WorkColumn.KEYWORDS: lambda row: "; ".join(row.reference.keywords),
        WorkColumn.ABSTRACT: lambda row: row.reference.abstract,
        WorkColumn.RECORDS: lambda row: row.records,
        WorkColumn.SOURCES: lambda row: "; ".join(row.sources),
        WorkColumn.LABELS: lambda row: "; ".join(row.labels),
        WorkColumn.TITLE_ABSTRACT: lambda row: _state(row, Stage.TITLE_ABSTRACT),
        WorkColumn.FULL_TEXT: lambda row: _state(row, Stage.FULL_TEXT),
        WorkColumn.REASONS: lambda row: "; ".join(
            dict.fromkeys(reason for reasons in row.reasons.values() for reason in reasons)
        ),
        WorkColumn.STUDY: lambda row: row.study,
        WorkColumn.NUMBER: lambda row: f"w{row.id}",
    }
)
FEW = 10  # rows that are all shown, without empty ones below
SMALL = {WorkColumn.YEAR, WorkColumn.RECORDS, WorkColumn.NUMBER}


def ask_columns(desk: Desk) -> list[WorkColumn]:
    """A button behind which the columns can be chosen; the choice is kept for the person."""
    key = f"work-columns-{desk.review_id}"
    # Given as a default: a box that never opened forgets in the browser what the server set.
    # While the box is there its default stays, or it would be drawn anew with each choice.
    if key not in st.session_state:
        st.session_state[f"{key}-default"] = list(work_columns.get(desk))
    with st.popover("Columns", icon=":material/view_column:", width="stretch"):
        wanted = st.multiselect(
            "Columns beside the title",
            list(WorkColumn),
            default=st.session_state[f"{key}-default"],
            format_func=HEADS.__getitem__,
            key=key,
            placeholder="Only the title",
            on_change=_keep,
            args=(desk, key),
            help="Kept for you in this review.",
        )
    return [column for column in WorkColumn if column in wanted]


def _keep(desk: Desk, key: str) -> None:
    try:
        work_columns.keep(desk, st.session_state[key])
    except NotAllowed:  # whoever only looks keeps them as long as the page is open
        return


def works_table(rows: Sequence[WorkRow], columns: Sequence[WorkColumn], key: str) -> list[int]:
    """The works with these columns; gives the ids of those that were ticked."""
    table = pd.DataFrame(
        [
            {"Title": row.reference.title}
            | {HEADS[column]: VALUES[column](row) for column in columns}
            for row in rows
        ]
    )
    if WorkColumn.YEAR in columns:
        table = table.astype({HEADS[WorkColumn.YEAR]: "Int64"})
    config: dict[str, Any] = {"Title": st.column_config.TextColumn(width="large")}
    for column in columns:
        if column in SMALL:
            config[HEADS[column]] = st.column_config.Column(width="small")
    if WorkColumn.YEAR in columns:
        config["Year"] = st.column_config.NumberColumn(format="%d", width="small")
    ticked = st.dataframe(
        table,
        hide_index=True,
        height=460 if len(rows) > FEW else "auto",
        placeholder="",
        column_config=config,
        on_select="rerun",
        selection_mode="multi-row",
        key=key,
        alt="Works of this review",
    )
    return [rows[place].id for place in ticked.selection.rows if place < len(rows)]


def _state(row: WorkRow, stage: Stage) -> str:
    state = row.states.get(stage)
    return STATES[state] if state else ""


def _type(reference: Reference) -> str:
    kind = TYPES.get(reference.type)
    return kind.label if kind else ""
