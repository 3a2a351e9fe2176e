"""How far coders agree, in numbers and words, and on what they differ."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from evidence.agreement_formulas import Scale
from evidence.coding.agreement import words
from evidence.coding.agreement.disagreements import Difference
from evidence.coding.agreement.figures import (
    ALL_ALIKE,
    CLUSTERED,
    NO_RANKS,
    NOTHING,
    NUMBERS,
    Figure,
    Level,
)
from evidence.coding.agreement.measure import CoderAgreement
from evidence.steps.coding import agreement, coders
from evidence.steps.coding.agreement import ReviewAgreement
from evidence.steps.coding.schemes import TakenScheme
from evidence.steps.desk import Desk
from evidence.steps.review import membership
from evidence.store.area_versions import Area, made_from
from evidence.ui.coding.reconciling import CHOSEN
from evidence.ui.shell import menu
from evidence.ui.shell.cache import cached
from evidence.ui.shell.errors import fragment
from evidence.ui.shell.wording import number, plain, short

ALL_STUDIES = 0
MOST = 1_000  # differences in one table; the file has all
BOTH = 2
QUESTIONS, CODES, DIFFER = "Questions", "Codes", "Where they differ"
HEADS = (
    "Question or code", "Within", "Compared", "Differ", "Agree", "95 % interval", "Positive",
    "Negative", "Kappa", "95 % interval of kappa", "PABAK", "Alpha", "AC1", "Why no value",
)  # fmt: skip
WHY = {
    NOTHING: "answered by one or nobody",
    ALL_ALIKE: "all alike",
    NO_RANKS: "no ranks differ",
    NUMBERS: "number: alpha only",
    CLUSTERED: "pooled: no intervals",
}
RULE = (
    "Compared is what people completed, as far as you may see it: nothing of a study that somebody "
    "must still code. Agreed codings do not count."
)
PREVALENCE = (
    "Where hardly anybody ticks a code, kappa can be near 0 although people hardly ever differ; "
    "look at all figures together."
)
MEANINGS = (
    "Positive and negative: agreement on who has a code, and on who has not, for codes that are "
    "ticked or not. “All alike”: all got one and the same answer, so nothing was left to agree on "
    "beyond chance; that is no perfect agreement but an untested one. “Pooled”: several judgements "
    "rest on one study, and intervals ask for independent ones."
)
OF_PAIRS = (
    "Kappa, PABAK, positive and negative agreement are of two people: choose a pair above to see "
    "them."
)
CHANGED = (
    "changed after its coder could read what another said of the study; compared is what stood "
    "there before."
)
FOR_THE_TEAM = "Only people of the team see how far its coders agree."


@fragment
def agreement_tab(desk: Desk, taken: TakenScheme) -> None:
    """Figures for all studies, or for those of a pilot."""
    pilots = coders.page(desk, taken.id).pilots
    parts = {ALL_STUDIES: "All studies"} | {pilot.id: pilot.name for pilot in pilots}
    part = ALL_STUDIES
    if pilots:
        part = st.selectbox(
            "Studies", list(parts), format_func=parts.__getitem__, key=f"coded-part-{taken.id}"
        )
    figures(desk, taken, part or None, f"coding-agreement-{taken.id}-{part}")


def figures(desk: Desk, taken: TakenScheme, pilot_id: int | None, key: str) -> None:
    """How far people agree in all studies or those of a pilot, and on what they differ."""
    if not membership.standing(desk).belongs:
        st.caption(FOR_THE_TEAM)
        return
    with st.spinner("Comparing …"):
        measured = cached(_measured, desk, desk.person_id, taken.id, pilot_id)
    if not measured.agreed.studies:
        st.info(
            "No study was completed by two people yet, as far as you may see it.",
            icon=":material/group:",
        )
        return
    agreed = _ask_people(measured, key)
    st.write(f"{number(agreed.studies, 'study', 'studies')} coded by {_whom(agreed)}.")
    chosen = _table(agreed, key)
    if chosen is not None:
        _differ(desk, taken, chosen, agreed, pilot_id, key)
    if len(agreed.coders) > BOTH:
        st.caption(OF_PAIRS)
    st.caption(f"{RULE} {PREVALENCE}")
    st.caption(MEANINGS)
    if measured.changed:
        changed = number(measured.changed, "coding was", "codings were")
        st.caption(f"{changed} {CHANGED}")
    if measured.left_out:
        names = ", ".join(f"“{plain(short(one.name))}”" for one in measured.left_out)
        st.caption(f"Not compared, as they are words or asked of findings: {names}.")
    st.markdown("**For the methods of your report**")
    st.code(words.sentence(agreed, measured.scheme), language=None, wrap_lines=True)
    with st.container(horizontal=True):
        for label, build, name in (
            ("Figures (CSV)", agreement.figures_table, "agreement"),
            ("What they differ on (CSV)", agreement.differences_table, "differences"),
        ):
            st.download_button(
                label,
                partial(build, desk, taken.id, pilot_id),
                f"{name}-{taken.scheme.id}.csv",
                "text/csv",
                on_click="ignore",
                icon=":material/download:",
                key=f"{name}-{key}",
            )


@made_from(Area.CODING | Area.RESULTS)
def _measured(desk: Desk, person_id: int, scheme_id: int, pilot_id: int | None) -> ReviewAgreement:
    """The figures as this person may see them; kept for them alone."""
    del person_id
    return agreement.measure(desk, scheme_id, pilot_id)


@made_from(Area.CODING | Area.RESULTS)
def _differing(
    desk: Desk, person_id: int, scheme_id: int, question: str, code: str, pilot_id: int | None
) -> tuple[Difference, ...]:
    """The differences as this person may see them; kept for them alone."""
    del person_id
    return agreement.differing(desk, scheme_id, question, code, pilot_id)


def _ask_people(measured: ReviewAgreement, key: str) -> CoderAgreement:
    """Everybody together, or one of the pairs where there are several."""
    if not measured.pairs:
        return measured.agreed
    groups = [measured.agreed, *measured.pairs]
    names = [
        f"All {len(measured.agreed.coders)}",
        *(words.CODED_BY.join(one.coders) for one in measured.pairs),
    ]
    at = st.selectbox(
        "People", range(len(groups)), format_func=names.__getitem__, key=f"coded-by-{key}"
    )
    return groups[at or 0]


def _whom(agreed: CoderAgreement) -> str:
    if len(agreed.coders) == BOTH:
        return words.CODED_BY.join(plain(name) for name in agreed.coders)
    return f"at least two of {len(agreed.coders)} people"


def _table(agreed: CoderAgreement, key: str) -> Figure | None:
    """The figures; gives the one that is chosen, on which people differ."""
    show = st.segmented_control(
        "Show", [QUESTIONS, CODES, DIFFER], default=QUESTIONS, required=True, key=f"show-{key}"
    )
    shown = [each for each in agreed.figures if is_shown(each, str(show))]
    if not shown:
        if show == DIFFER:
            st.success("They agree on all of it.", icon=":material/check_circle:")
        else:
            st.caption("The scheme has no such thing to compare.")
        return None
    picked = figures_table(shown, f"{key}-{show}-{'-'.join(agreed.coders)}", selects=True)
    st.caption("Tick a row to see what they differ on.")
    return shown[picked[0]] if picked and picked[0] < len(shown) else None


def is_shown(figure: Figure, show: str) -> bool:
    """Whether a figure is in the table of questions, of codes, or of what people differ on."""
    is_code = figure.subject.level is Level.CODE
    if show == DIFFER:
        return figure.differing > 0 and bool(figure.subject.question)
    return is_code == (show == CODES) and (not is_code or figure.units > 0)


def figures_table(shown: Sequence[Figure], key: str, *, selects: bool = False) -> list[int]:
    """Figures as a table; gives the rows that are ticked."""
    table = pd.DataFrame([row(each) for each in shown], columns=HEADS)
    numbers = ("Agree", "Positive", "Negative", "Kappa", "PABAK", "Alpha", "AC1")
    table = table.astype(dict.fromkeys(numbers, "Float64"))
    percent = st.column_config.NumberColumn(format="%.1f %%")
    value = st.column_config.NumberColumn(format="%.2f")
    interval = st.column_config.TextColumn(width=130)
    shares = dict.fromkeys(("Agree", "Positive", "Negative"), percent)
    config: dict[str, Any] = {
        "Question or code": st.column_config.TextColumn(pinned=True),
        **shares,
        **dict.fromkeys(("95 % interval", "95 % interval of kappa"), interval),
        **dict.fromkeys(("Kappa", "PABAK", "Alpha", "AC1"), value),
    }
    table = table.dropna(axis="columns", how="all")
    if not selects:
        st.dataframe(
            table, hide_index=True, column_config=config, placeholder="–", key=key, alt="Agreement"
        )
        return []
    picked = st.dataframe(
        table,
        hide_index=True,
        column_config=config,
        placeholder="–",
        on_select="rerun",
        selection_mode="single-row",
        key=key,
        alt="Agreement",
    )
    return list(picked.selection.rows)


def row(figure: Figure) -> list[object]:
    """A figure as a row under HEADS; shares in percent."""
    return [
        figure.subject.name,
        figure.subject.within if figure.subject.level is Level.CODE else None,
        figure.units,
        figure.differing,
        _percent(figure.percent),
        _interval(figure.low, figure.high, percent=True),
        _percent(figure.positive),
        _percent(figure.negative),
        figure.kappa,
        _interval(figure.kappa_low, figure.kappa_high),
        figure.pabak,
        figure.alpha,
        figure.ac1,
        why(figure) or None,
    ]


def why(figure: Figure) -> str:
    """In a few words why figures of a row have no value; "" where all have."""
    said = [short_words for remark, short_words in WHY.items() if remark in figure.remark]
    if figure.kappa is not None and figure.kappa_low is None and CLUSTERED not in figure.remark:
        said.append("always agree: no interval of kappa")
    if figure.scale is Scale.ORDINAL and figure.alpha is not None:
        said.append("alpha of ranks")
    return ", ".join(said)


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share


def _interval(low: float | None, high: float | None, *, percent: bool = False) -> str | None:
    if low is None or high is None:
        return None
    return f"{low:.1%} to {high:.1%}" if percent else f"{low:.2f} to {high:.2f}"


def _differ(
    desk: Desk,
    taken: TakenScheme,
    figure: Figure,
    agreed: CoderAgreement,
    pilot_id: int | None,
    key: str,
) -> None:
    """The studies behind a figure, with what each said, and a way to the study."""
    subject = figure.subject
    found = [
        each
        for each in cached(
            _differing, desk, desk.person_id, taken.id, subject.question, subject.code, pilot_id
        )
        if len({each.answers[one] for one in agreed.coders if one in each.answers}) > 1
    ]
    st.markdown(f"**What they differ on: {plain(short(subject.name))}**")
    if not found:
        st.success("They agree on all of it.", icon=":material/check_circle:")
        return
    picked = st.dataframe(
        differences_table(found[:MOST], agreed.coders),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        placeholder="",
        key=f"differ-{key}-{subject.question}-{subject.code}-{'-'.join(agreed.coders)}",
        alt="On what people differ, and what each said",
    )
    more = f"; the first {MOST:,} are shown, the file has all" * (len(found) > MOST)
    st.caption(f"{number(len(found), 'difference')}{more}. Tick one to go to its study.")
    for at in picked.selection.rows[:1]:
        if at < len(found):
            _way_to(taken, found[at], key)


def _way_to(taken: TakenScheme, difference: Difference, key: str) -> None:
    """All that is compared was completed by several people, so it is on the page Reconcile."""
    label = f"Reconcile {plain(short(difference.label, 60))}"
    if st.button(label, icon=":material/balance:", key=f"to-study-{key}"):
        st.session_state[CHOSEN] = int(difference.study)
        st.session_state["coding-scheme"] = taken.id
        menu.go("reconciling")


def differences_table(differences: Sequence[Difference], people: Sequence[str]) -> pd.DataFrame:
    """Study, arm, what was asked, and what each of these people said."""
    fixed = ["Study", "Arm", "Question"]
    heads = [f"{name} said" for name in people]
    rows = [
        [one.label, one.arm, one.subject, *(one.answers.get(name, "") for name in people)]
        for one in differences
    ]
    table = pd.DataFrame(rows, columns=[*fixed, *heads])
    return table if table["Arm"].any() else table.drop(columns="Arm")
