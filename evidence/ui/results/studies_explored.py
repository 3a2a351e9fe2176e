"""Counts of studies to point at and click: what was clicked, or chosen below, lists its studies."""

from collections.abc import Collection, Mapping

import streamlit as st

from evidence.charts.counts.crosstab_heat import drawn_crosstab
from evidence.charts.explored.bars import bars_figure, counted, years_figure
from evidence.charts.explored.heat import heat_figure
from evidence.steps.desk import Desk
from evidence.steps.results.directions import DirectionStudies
from evidence.synthesis.study_counts import Counts, by_year
from evidence.synthesis.whole_crosstab import WholeCrosstab
from evidence.ui.coding.coded_studies import choose_study
from evidence.ui.shell.charts import chart, theme
from evidence.ui.shell.wording import number, plain

NOTHING = "No study to show."


def explore_counts(desk: Desk, found: DirectionStudies, counts: Counts) -> None:
    """Bars of a question; each lists its studies."""
    bars = counted(counts)
    if not bars:
        st.info(NOTHING, icon=":material/search:")
        return
    figure = bars_figure(counts, theme())
    alt = f"Studies by {counts.title}, bars that can be clicked; the choice below has the same"
    clicked = chart(figure, f"explore-bars-{counts.title}", alt, clicks=True)
    labels = {bar.id: f"{bar.label} ({len(bar.studies):,})" for bar in bars}
    code = _chosen("Studies of", labels, f"explored-{counts.title}", [each[0] for each in clicked])
    _list(desk, found, next((bar.studies for bar in bars if bar.id == code), None))


def explore_years(desk: Desk, found: DirectionStudies) -> None:
    """Bars of years; each lists its studies."""
    counts = by_year(found.studies)
    years = [line for line in counts.lines if line.studies]
    if not years:
        st.info("No study has a year.", icon=":material/search:")
        return
    alt = "Studies by year, bars that can be clicked; the choice below has the same"
    clicked = chart(years_figure(counts, theme()), "explore-years", alt, clicks=True)
    if counts.without:
        st.caption(f"{number(len(counts.without), 'study', 'studies')} without a year.")
    labels = {line.id: f"{line.label} ({len(line.studies):,})" for line in years}
    year = _chosen("Studies of", labels, "explored-year", [each[0] for each in clicked])
    _list(desk, found, next((line.studies for line in years if line.id == year), None))


def explore_crosstab(desk: Desk, found: DirectionStudies, tab: WholeCrosstab) -> None:
    """Cells of two questions; each lists its studies."""
    drawn = drawn_crosstab(tab)
    if not drawn.cells:
        st.info(NOTHING, icon=":material/search:")
        return
    alt = f"{drawn.title}, cells that can be clicked; the choices below have the same"
    clicked = chart(heat_figure(drawn, theme()), f"explore-{drawn.title}", alt, clicks=True)
    rows = {each.id: each.label for each in drawn.rows}
    columns = {each.id: each.label for each in drawn.columns}
    row_box, column_box = st.columns(2)
    with row_box:
        picked = [each[0] for each in clicked]
        row = _chosen("Studies of the row", rows, f"row of {drawn.title}", picked)
    with column_box:
        picked = [each[1] for each in clicked]
        column = _chosen("And of the column", columns, f"column of {drawn.title}", picked)
    nothing_chosen = row is None and column is None
    _list(desk, found, None if nothing_chosen else tab.studies(row, column))


def _chosen(
    label: str, options: Mapping[str, str], key: str, clicked: Collection[str]
) -> str | None:
    """What was clicked last, or chosen here, by keyboard, too.

    Each click makes another box: one in which somebody just typed would hold on to its own answer.
    """
    newest = next(iter(clicked), None)
    clicks, before = st.session_state.get(key, (0, None))
    if newest != before:
        clicks += 1
        st.session_state[key] = (clicks, newest)
    codes = list(options)
    return st.selectbox(
        label,
        codes,
        index=codes.index(newest) if newest is not None and newest in options else None,
        format_func=options.__getitem__,
        placeholder="All",
        key=f"{key}-{clicks}",
    )


def _list(desk: Desk, found: DirectionStudies, ids: frozenset[int] | None) -> None:
    """The studies of what was chosen, and the coding of one of them."""
    if ids is None:
        st.caption("Click into the chart, or choose here, to see the studies.")
        return
    studies = [study for study in found.studies if study.id in ids]
    st.markdown(f"**{number(len(studies), 'study', 'studies')}**")
    for study in studies:
        year = "" if study.year is None or str(study.year) in study.label else f", {study.year}"
        st.markdown(f"- {plain(study.label)}{year}")
    if studies:
        choose_study(desk, {study.id: study.label for study in studies}, "explored")
