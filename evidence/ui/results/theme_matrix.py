"""Themes beside interventions on the page; a number opens its studies and their words."""

import pandas as pd
import streamlit as st

from evidence.coding.scheme import Axis
from evidence.report.concluding.theme_parts import matrix_table
from evidence.steps.desk import Desk
from evidence.steps.results.theming import themes as steps
from evidence.steps.results.theming.themes import ThemeBoard
from evidence.synthesis.themes.theme_matrix import ThemeMatrix, theme_matrix
from evidence.ui.coding.coded_studies import choose_study
from evidence.ui.results.directions import studies_or_stop
from evidence.ui.shell.errors import fragment
from evidence.ui.shell.wording import number, plain, short

NO_INTERVENTION = ""
LONGEST_LINE = 300  # characters


def theme_matrix_view(desk: Desk) -> None:
    """What people want or meet, beside what was evaluated."""
    found = studies_or_stop(desk)
    board = steps.board(desk)
    interventions = found.axis(Axis.INTERVENTION)
    if interventions is None or not board.tree.themes:
        st.info(
            "Themes stand here beside interventions, once there are any.", icon=":material/sell:"
        )
        return
    matrix = theme_matrix(board.tree, found.studies, interventions)
    table = matrix_table(matrix, {study.id for study in found.studies})
    heads = [plain(head) for head in table.head]
    st.dataframe(
        pd.DataFrame([row.cells for row in table.rows], columns=heads),
        hide_index=True,
        alt=table.caption,
    )
    st.caption(table.note)
    _cell(desk, board, matrix)


@fragment
def _cell(desk: Desk, board: ThemeBoard, matrix: ThemeMatrix) -> None:
    """The studies of one number, with what of them stands under the theme."""
    theme_box, intervention_box = st.columns(2)
    by_uid = {theme.uid: theme for _, theme in matrix.themes}
    uid = theme_box.selectbox(
        "Theme", list(by_uid), format_func=lambda each: short(by_uid[each].name), key="matrix-theme"
    )
    labels = {heading.id: heading.path for heading in matrix.interventions}
    heading = intervention_box.selectbox(
        "Intervention",
        [*labels, NO_INTERVENTION],
        format_func=lambda each: labels.get(each, "No intervention"),
        key="matrix-intervention",
    )
    if uid not in by_uid:
        return
    here = matrix.behind[uid, heading] if heading else matrix.elsewhere[uid]
    st.caption(f"{number(len(here), 'study', 'studies')} behind it.")
    for piece in board.tree.all_pieces(uid):
        if piece.study in here:
            st.markdown(f"- {plain(f'{board.said_by(piece)}: {piece.words(LONGEST_LINE)}')}")
    if here:
        choose_study(desk, {study: board.labels[study] for study in here}, "matrix-study")
