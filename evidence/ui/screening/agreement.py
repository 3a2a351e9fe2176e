"""How far people agree, in numbers and words."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from evidence.screening.verdicts import Stage, Verdict
from evidence.steps.desk import Desk
from evidence.steps.screening import agreement as agreeing
from evidence.steps.screening import pilots
from evidence.ui.shell.cache import cached
from evidence.ui.shell.errors import fragment
from evidence.ui.shell.wording import VERDICTS, number

PAGE = 25
BOTH = 2
MAYBES = {
    agreeing.Maybes.OWN: "An answer of its own",
    agreeing.Maybes.INCLUDE: "An include",
    agreeing.Maybes.LEFT_OUT: "Left out",
}
HEADS = ["Pair", "Both read", "Agree", "95 % interval", "Kappa", "95 % interval of kappa", "PABAK"]
RULE = (
    "Compared is what people said before they could see what the others said. Works that "
    "somebody must still read are left out; what was changed or resolved later does not count."
)
PREVALENCE = (
    "Where nearly all answers are alike, kappa can be near 0 although people hardly ever differ; "
    "look at all figures together."
)


@fragment
def agreement_tab(desk: Desk, stage: Stage) -> None:
    """Figures for a part of the works that people choose."""
    pilot_names = {pilot.id: pilot.name for pilot in pilots.listing(desk, stage)}
    parts = {agreeing.ALL: "All works"}
    if pilot_names:
        parts |= {agreeing.MAIN: "Outside of pilots", **pilot_names}
    part = agreeing.ALL
    if pilot_names:
        part = st.selectbox(
            "Works", list(parts), format_func=parts.__getitem__, key=f"part-{stage}"
        )
    figures(desk, stage, part, f"agreement-{stage}")


def figures(desk: Desk, stage: Stage, part: int, key: str) -> None:
    """How far people agree in one part of the works, and on what they differ."""
    maybes = st.radio(
        "A maybe is compared as",
        list(MAYBES),
        format_func=MAYBES.__getitem__,
        horizontal=True,
        key=f"maybes-{key}",
    )
    agreement = cached(agreeing.measure, desk, stage, part, maybes or agreeing.Maybes.OWN)
    if not agreement.works:
        st.info(
            "No work was read by two people yet, as far as it is decided.",
            icon=":material/group:",
        )
        return
    rows = [_row(pair) for pair in agreement.pairs]
    st.dataframe(pd.DataFrame(rows, columns=HEADS), hide_index=True, alt="Agreement by pair")
    whom = (
        "both"
        if len(agreement.people) == BOTH
        else f"at least two of {len(agreement.people)} people"
    )
    everybody = f"{number(agreement.works, 'work')} read by {whom}"
    if agreement.alpha is None:
        st.write(
            f"{everybody}. Krippendorff's alpha has no value: all said the same of everything."
        )
    else:
        st.write(f"{everybody}: Krippendorff's alpha {agreement.alpha:.2f}.")
    st.caption(categories_words(agreement.categories))
    for remark in _remarks(agreement.pairs):
        st.caption(remark)
    st.caption(RULE)
    _differ(desk, agreement, key)


def categories_words(categories: Sequence[Verdict]) -> str:
    """Which categories PABAK counts; they are the same in every row."""
    names = [VERDICTS[verdict].lower() for verdict in categories]
    listed = f"{', '.join(names[:-1])} and {names[-1]}"
    return f"PABAK counts the same {len(names)} categories in every row: {listed}."


def _row(pair: agreeing.Pair) -> list[object]:
    figures = pair.figures
    kappa = figures.kappa
    return [
        f"{pair.first} and {pair.second}",
        figures.both,
        _percent(figures.percent),
        _interval(figures.low, figures.high, percent=True),
        _decimal(kappa.kappa if kappa else None),
        _interval(kappa.low, kappa.high) if kappa else "",
        _decimal(figures.pabak),
    ]


def _remarks(pairs: Sequence[agreeing.Pair]) -> list[str]:
    """What it means where figures are missing."""
    remarks = [PREVALENCE] if pairs else []
    kappas = [pair.figures.kappa for pair in pairs]
    if any(kappa is None or kappa.kappa is None for kappa in kappas):
        remarks.append(
            "“no value”: both gave one and the same answer to everything, so nothing was left to "
            "agree on beyond chance. That is no perfect agreement; it is an untested one."
        )
    if any(kappa and kappa.kappa is not None and kappa.low is None for kappa in kappas):
        remarks.append(
            "Kappa without an interval: the formula gives none where people always agree."
        )
    return remarks


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.1%}"


def _decimal(value: float | None) -> str:
    return "no value" if value is None else f"{value:.2f}"


def _interval(low: float | None, high: float | None, *, percent: bool = False) -> str:
    if low is None or high is None:
        return ""
    return f"{low:.1%} to {high:.1%}" if percent else f"{low:.2f} to {high:.2f}"


def _differ(desk: Desk, agreement: agreeing.Agreement, key: str) -> None:
    """The works on which people differ, with what each said."""
    if not agreement.disputed:
        st.success("They agree on all of these works.", icon=":material/check_circle:")
        return
    total = len(agreement.disputed)
    label = f"What they differ on: {number(total, 'work')}"
    with st.expander(label, icon=":material/difference:"):
        page = 1
        if total > PAGE:
            page = st.pagination(-(-total // PAGE), key=f"differ-{key}")
        ids = list(agreement.disputed[(page - 1) * PAGE : page * PAGE])
        titles = agreeing.titles(desk, ids)
        rows = [
            {"Title": titles.get(work_id, "")}
            | {
                name: VERDICTS[agreement.verdicts[work_id][name]]
                if name in agreement.verdicts[work_id]
                else ""
                for name in agreement.people
            }
            for work_id in ids
        ]
        st.dataframe(
            pd.DataFrame(rows),
            hide_index=True,
            column_config={"Title": st.column_config.TextColumn(width="large")},
            alt="Works on which people differ",
        )
