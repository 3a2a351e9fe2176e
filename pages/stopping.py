import streamlit as st

from evidence.charts.explored.screening_curve import TITLE, curve_table, screening_curve
from evidence.screening.verdicts import Stage
from evidence.steps.screening import stopping
from evidence.ui.screening.stopping import (
    ask_settings,
    chosen_rules,
    random_works,
    relevant_in_all,
    rule_cards,
)
from evidence.ui.shell import menu, visitor
from evidence.ui.shell.cache import cached
from evidence.ui.shell.charts import chart, theme
from evidence.ui.shell.pictures import numbers_behind
from evidence.ui.shell.wording import plain

desk = visitor.desk()
st.title("When to stop")
first = st.container()
st.write(
    "Reading by title and abstract may end before everything is read, if it is likely enough that "
    "nearly all relevant works were found. Here each rule says what it sees and what it takes for "
    "granted. **None of them stops anybody.**"
)
settings = ask_settings()
evaluation = cached(stopping.evaluate, desk, settings)
curve, total = evaluation.relevant_read, evaluation.total
if not curve:
    st.info(
        "Nothing was decided by title and abstract yet."
        if total
        else "There are no works yet: import records first.",
        icon=":material/rule:",
    )
    if total:
        menu.link("screening", "Go to screening", Stage.TITLE_ABSTRACT)
    else:
        menu.link("importing", "Go to import")
    st.stop()
first.info(plain(evaluation.in_short), icon=":material/insights:")
st.caption(
    f"{len(curve):,} of {total:,} works read, {curve[-1]:,} of them relevant "
    "(included, unclear or in conflict)."
)
in_all = relevant_in_all(evaluation, settings)
chart(
    screening_curve(curve, total, theme(), in_all),
    "found",
    f"Line of relevant works found: {curve[-1]:,} after {len(curve):,} works read. "
    + evaluation.in_short,
)
numbers_behind(curve_table(curve, in_all), TITLE, "screening-curve")
random_works(evaluation)
rule_cards(desk, evaluation, settings)
chosen_rules(desk)
