"""Progress of a stage day by day, person by person."""

import streamlit as st

from evidence.charts.explored.reading_days import (
    reading_days_figure,
    reading_days_table,
    reading_days_title,
    reading_days_words,
)
from evidence.screening.verdicts import Stage
from evidence.steps.desk import Desk
from evidence.steps.screening import progress
from evidence.ui.shell import menu
from evidence.ui.shell.cache import cached
from evidence.ui.shell.charts import chart, theme
from evidence.ui.shell.pictures import numbers_behind
from evidence.ui.shell.wording import STAGES


def reading_days_tab(desk: Desk, stage: Stage) -> None:
    """A line for each person, with the table behind it."""
    days = cached(progress.days_read, desk, stage)
    if not days:
        st.info("Nobody has decided anything at this stage yet.", icon=":material/rule:")
        menu.link("screening", "Go to screening", stage)
        return
    words = STAGES[stage]
    figure = reading_days_figure(days, words, theme())
    chart(figure, f"days-{stage}", reading_days_words(days, words))
    numbers_behind(reading_days_table(days), reading_days_title(words), f"days-{stage}")
