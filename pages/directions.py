import streamlit as st

from evidence.charts.directions import direction_plot, direction_table, summary_table
from evidence.steps.results import directions as steps
from evidence.ui.coding.coded_studies import coded_or_stop, coding_card
from evidence.ui.shell import menu, visitor
from evidence.ui.shell.charts import chart, theme
from evidence.ui.shell.errors import fragment
from evidence.ui.shell.wording import number, plain

desk = visitor.desk()
st.title("Effect directions")
coded = coded_or_stop(desk)
contrasts = steps.contrasts(coded)
if not contrasts:
    st.info("No coded study has a finding yet.", icon=":material/edit_note:")
    menu.link("coding", "Go to coding")
    st.stop()
labels = steps.contrast_labels(coded)
interventions = steps.interventions(coded)


@fragment
def plot() -> None:
    contrast_box, intervention_box = st.columns(2)
    contrast_codes = contrast_box.multiselect(
        "Type of contrast",
        list(contrasts),
        default=list(contrasts)[:1],
        format_func=lambda code: f"{labels[code]} ({number(contrasts[code], 'finding')})",
        help="Unlike contrasts answer different questions; more than one are pooled.",
        key="contrasts",
    )
    intervention_codes = intervention_box.multiselect(
        "Interventions",
        list(interventions),
        format_func=interventions.__getitem__,
        placeholder="All interventions",
        key="interventions",
    )
    count_no_change = st.toggle(
        "“No change” counts as a direction within a study",
        value=True,
        help="The published rule leaves this open; the choice is printed with the plot.",
    )
    if not contrast_codes:
        st.info("Choose at least one type of contrast.", icon=":material/touch_app:")
        return
    if len(contrast_codes) > 1:
        st.warning(
            "Unlike contrasts are pooled here. Do not read them as one answer.",
            icon=":material/warning:",
        )
    result = steps.on_outcomes(
        coded,
        contrast_codes,
        interventions=intervention_codes or None,
        count_no_change=count_no_change,
    )
    if not result.effects:
        st.info("No finding fits this choice.", icon=":material/search:")
        return
    view = st.segmented_control(
        "Show as", ["Plot", "Table"], default="Plot", key="direction-view", required=True
    )
    if view == "Table":
        st.dataframe(direction_table(result), alt="Direction of each study on each outcome")
        st.dataframe(summary_table(result), alt="Sign test of each outcome")
    else:
        key = f"directions-{contrast_codes}-{intervention_codes}-{count_no_change}"
        alt = "Effect directions of studies by outcomes; the same stands under Show as: Table."
        figure = direction_plot(result, theme(), contrast_labels=labels)
        picked = chart(figure, key, alt, clicks=True)
        if picked and picked[0][0] is not None:
            coding_card(desk, picked[0][0])
        else:
            st.caption("Click a mark to read the study's coding.")
    st.header("In words")
    outcomes = {heading.id: heading.label for heading in result.outcomes}
    for summary in result.summaries:
        st.markdown(f"- **{plain(outcomes[summary.outcome])}.** {plain(summary.sentence)}")
    st.caption(plain(result.rule))


plot()
