"""Meta-analysis on the page: what to pool, the forest plot, and what must be known of it."""

from dataclasses import replace

import streamlit as st

from evidence.charts.explored.funnel import funnel_figure
from evidence.charts.forest_plot import forest_picture
from evidence.charts.funnel_plot import funnel_picture
from evidence.charts.picture import Cell, PictureTable
from evidence.coding.effects.measures import Measure
from evidence.coding.effects.reported import Scores
from evidence.steps.results import directions, pooling
from evidence.steps.results.directions import DirectionStudies
from evidence.steps.results.pooling import PooledFindings, PoolingWish
from evidence.synthesis.pooling.methods import EffectTest, Method
from evidence.synthesis.pooling.results import Pooled
from evidence.synthesis.pooling.several_findings import Findings
from evidence.synthesis.sign_test import p_text
from evidence.ui.results.kept_studies import show_kept
from evidence.ui.shell.charts import chart, theme
from evidence.ui.shell.errors import fragment, show_errors
from evidence.ui.shell.pictures import show_table
from evidence.ui.shell.wording import number, plain

PRINT, EXPLORE = "For print", "Explore"
METHODS = {
    Method.REML: "Random effects (REML)",
    Method.DL: "Random effects (DerSimonian and Laird)",
    Method.PM: "Random effects (Paule and Mandel)",
    Method.FE: "One common effect (inverse variance)",
}
MANTEL_HAENSZEL = "One common effect (Mantel-Haenszel)"
PETO = "One common effect (Peto), where events are rare"
RULES = {
    Findings.MOST_PRECISE: "The most precise finding",
    Findings.FIRST: "The first finding",
    Findings.COMBINED: "All findings, combined",
}
TESTS = {None: "Knapp and Hartung from 3 studies on", EffectTest.Z: "Normal distribution"}
NO_GROUPS = ""
SCORES: tuple[Scores, ...] = tuple(Scores)
NOTHING = (
    "No finding has numbers yet. On the coding desk, findings take means, events, or a printed "
    "effect with its interval."
)
CAUTION = (
    "Pool only what answers one question: like interventions, comparisons and outcomes. Several "
    "findings of one study count once."
)


@fragment
def pooling_page(found: DirectionStudies) -> None:
    """Choices, the forest plot, leave-one-out, and the funnel plot."""
    contrasts = {
        code: label
        for code, label in directions.contrast_labels(found).items()
        if pooling.outcomes(found, code)
    }
    if not contrasts:
        st.info(NOTHING, icon=":material/edit_note:")
        return
    st.caption(CAUTION)
    wish = _ask(found, contrasts)
    if wish is None:
        st.info("No finding here gives a measure that can be pooled.", icon=":material/search:")
        return
    with show_errors():
        _show(pooling.pooled(found, wish), wish, _title(found, wish), found.coded.kept)


def _ask(found: DirectionStudies, contrasts: dict[str, str]) -> PoolingWish | None:
    first, second = st.columns(2)
    contrast = first.selectbox(
        "Type of contrast", list(contrasts), format_func=contrasts.__getitem__, key="pool-contrast"
    )
    outcomes = pooling.outcomes(found, contrast)
    outcome = second.selectbox(
        "Outcome", list(outcomes), format_func=outcomes.__getitem__, key="pool-outcome"
    )
    named = directions.interventions(found)
    chosen = first.multiselect(
        "Interventions",
        list(named),
        format_func=named.__getitem__,
        placeholder="All interventions",
        key="pool-interventions",
    )
    wish = PoolingWish(
        contrast=contrast,
        outcome=outcome,
        interventions=tuple(chosen),
        measure=Measure.STANDARDISED_MEAN_DIFFERENCE,
    )
    usual = pooling.usual_wish(found, wish)
    if usual is None:
        return None
    measures = pooling.measures(found, wish)
    measure = second.selectbox(
        "Measure",
        list(measures),
        list(measures).index(usual.measure),
        format_func=lambda each: (
            f"{each.natural_name.capitalize()} ({number(measures[each], 'study', 'studies')})"
        ),
        key=f"pool-measure-{_about(wish)}",
    )
    return _ask_how(found, pooling.with_usual_scores(found, replace(wish, measure=measure)))


def _ask_how(found: DirectionStudies, wish: PoolingWish) -> PoolingWish:
    first, second = st.columns(2)
    methods = dict(METHODS)
    rule = second.selectbox(
        "Several findings of one study",
        list(RULES),
        format_func=RULES.__getitem__,
        key="pool-rule",
    )
    correlation = None
    if rule is Findings.COMBINED:
        correlation = second.number_input(
            "Correlation between findings of one study",
            0.0,
            1.0,
            0.5,
            0.05,
            help="It is printed with the result. Without a source, try several.",
            key="pool-correlation",
        )
    wish = replace(wish, rule=rule, correlation=correlation)
    if rule is not Findings.COMBINED and pooling.has_tables(found, wish):
        methods = {Method.MH: MANTEL_HAENSZEL} | methods
        if wish.measure is Measure.LOG_ODDS_RATIO:
            methods[Method.PETO] = PETO
    method = first.selectbox(
        "Method", list(methods), list(methods).index(Method.REML),
        format_func=methods.__getitem__, key="pool-method",
    )  # fmt: skip
    test = None
    if method.is_random:
        test = first.selectbox(
            "Interval", list(TESTS), format_func=TESTS.__getitem__, key="pool-test"
        )
    groups = directions.designs(found)
    by = second.selectbox(
        "Groups of studies",
        [NO_GROUPS, *groups],
        format_func=lambda code: groups.get(code, "None"),
        key="pool-groups",
    )
    scores = wish.scores
    if wish.measure is Measure.STANDARDISED_MEAN_DIFFERENCE:
        scores = first.selectbox(
            "Means are of",
            SCORES,
            SCORES.index(scores),
            format_func=lambda each: each.capitalize(),
            help="Final and change scores are never pooled as standardised mean differences.",
            key=f"pool-scores-{_about(wish)}",
        )
    return replace(wish, method=method, test=test, groups=by, scores=scores)


def _about(wish: PoolingWish) -> str:
    """What is pooled; for something else the choices of how begin anew as the usual ones."""
    return "-".join((wish.contrast, wish.outcome, *wish.interventions))


def _title(found: DirectionStudies, wish: PoolingWish) -> str:
    outcome = pooling.outcomes(found, wish.contrast)[wish.outcome]
    named = directions.interventions(found)
    what = ", ".join(named[code] for code in wish.interventions) or "All interventions"
    return f"{outcome}: {what}, {directions.contrast_labels(found)[wish.contrast]}"


def _show(result: PooledFindings, wish: PoolingWish, title: str, kept: str) -> None:
    if result.forest is None:
        st.info(plain(result.why_not), icon=":material/search:")
        for sentence in result.remarks:
            st.markdown(f"- {plain(sentence)}")
        return
    show_kept(forest_picture(result.forest, title), kept, "forest")
    if result.without:
        with st.expander("Without each study"):
            show_table(_without(result, wish), "The pooled effect without each study")
    with st.expander("Small studies: funnel plot"):
        kind = st.segmented_control(
            "Show as", [PRINT, EXPLORE], default=PRINT, key="funnel-as", required=True
        )
        if kind == EXPLORE:
            alt = f"{title}. Funnel plot in which each study has its name; For print has its table"
            chart(funnel_figure(result.forest, theme()), "explore-funnel", alt)
        else:
            show_kept(funnel_picture(result.forest, title), kept, "funnel")
        st.caption(plain(_small_studies(result, wish)))


def _small_studies(result: PooledFindings, wish: PoolingWish) -> str:
    found = result.small_studies
    if isinstance(found, str):
        return found
    said = f"Egger's test: t = {found.t:.2f}, df = {found.free}, p {p_text(found.p)}."
    return f"{said} {pooling.small_studies_warning(wish)}".strip()


def _without(result: PooledFindings, wish: PoolingWish) -> PictureTable:
    rows: list[tuple[Cell, ...]] = []
    for study, pooled in result.without:
        if isinstance(pooled, Pooled):
            ends = (pooled.estimate, pooled.limits.low, pooled.limits.high)
            values = [round(wish.measure.natural(each), 4) for each in ends]
            rows.append((study, *values, round(pooled.heterogeneity.i2, 1)))
        else:
            rows.append((study, None, None, None, None))
    head = ("Without", wish.measure.natural_name.capitalize(), "Low", "High", "I² (%)")
    return PictureTable(head=head, rows=tuple(rows))
