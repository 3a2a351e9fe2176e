"""How far people agree, in numbers and words."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from evidence.steps.desk import Desk
from evidence.steps.screening import agreement as agreeing
from evidence.steps.screening import pilots
from evidence.ui.shell.cache import cached
from evidence.ui.shell.errors import fragment
from evidence.ui.shell.wording import VERDICTS, number, plain

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
def agreement_tab(desk: Desk, stage: agreeing.Stage) -> None:
    """Figures for a part of the works that people choose."""
    rounds = {one.id: one.name for one in pilots.listing(desk, stage)}
    parts = {agreeing.ALL: "All works"}
    if rounds:
        parts |= {agreeing.MAIN: "Outside of pilots", **rounds}
    chosen = agreeing.ALL
    if rounds:
        chosen = st.selectbox(
            "Works", list(parts), format_func=lambda one: plain(parts[one]), key=f"part-{stage}"
        )
    figures(desk, stage, chosen, f"agreement-{stage}")


def figures(desk: Desk, stage: agreeing.Stage, chosen: int, key: str) -> None:
    """How far people agree in one part of the works, and on what they differ."""
    maybes = st.radio(
        "A maybe is compared as",
        list(MAYBES),
        format_func=lambda one: MAYBES[one],
        horizontal=True,
        key=f"maybes-{key}",
    )
    found = cached(agreeing.measure, desk, stage, chosen, maybes or agreeing.Maybes.OWN)
    if not found.works:
        st.info(
            "No work was read by two people yet, as far as it is decided.",
            icon=":material/group:",
        )
        return
    rows = [_row(pair) for pair in found.pairs]
    st.dataframe(pd.DataFrame(rows, columns=HEADS), hide_index=True, alt="Agreement by pair")
    whom = "both" if len(found.people) == BOTH else f"at least two of {len(found.people)} people"
    everybody = f"{number(found.works, 'work')} read by {whom}"
    if found.alpha is None:
        st.write(
            f"{everybody}. Krippendorff's alpha has no value: all said the same of everything."
        )
    else:
        st.write(f"{everybody}: Krippendorff's alpha {found.alpha:.2f}.")
    for told in _told(found.pairs):
        st.caption(told)
    st.caption(RULE)
    _differ(desk, found, key)


def _row(pair: agreeing.Pair) -> list[object]:
    one = pair.figures
    kappa = one.kappa
    return [
        f"{pair.first} and {pair.second}",
        one.both,
        _percent(one.percent),
        _interval(one.low, one.high, percent=True),
        _decimal(kappa.kappa if kappa else None),
        _interval(kappa.low, kappa.high) if kappa else "",
        _decimal(one.pabak),
    ]


def _told(pairs: Sequence[agreeing.Pair]) -> list[str]:
    """What figures that are missing mean."""
    told = [PREVALENCE] if pairs else []
    kappas = [pair.figures.kappa for pair in pairs]
    if any(one is None or one.kappa is None for one in kappas):
        told.append(
            "“no value”: both gave one and the same answer to everything, so nothing was left to "
            "agree on beyond chance. That is no perfect agreement; it is an untested one."
        )
    if any(one and one.kappa is not None and one.low is None for one in kappas):
        told.append("Kappa without an interval: the formula gives none where people always agree.")
    return told


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.1%}"


def _decimal(value: float | None) -> str:
    return "no value" if value is None else f"{value:.2f}"


def _interval(low: float | None, high: float | None, *, percent: bool = False) -> str:
    if low is None or high is None:
        return ""
    return f"{low:.1%} to {high:.1%}" if percent else f"{low:.2f} to {high:.2f}"


def _differ(desk: Desk, found: agreeing.Agreement, key: str) -> None:
    """The works on which people differ, with what each said."""
    if not found.differ:
        st.success("They agree on all of these works.", icon=":material/check_circle:")
        return
    total = len(found.differ)
    label = f"What they differ on: {number(total, 'work')}"
    with st.expander(label, icon=":material/difference:"):
        page = 1
        if total > PAGE:
            page = st.pagination(-(-total // PAGE), key=f"differ-{key}")
        ids = list(found.differ[(page - 1) * PAGE : page * PAGE])
        titles = agreeing.titles(desk, ids)
        rows = [
            {"Title": titles.get(one, "")}
            | {
                name: VERDICTS[found.said[one][name]] if name in found.said[one] else ""
                for name in found.people
            }
            for one in ids
        ]
        st.dataframe(
            pd.DataFrame(rows),
            hide_index=True,
            column_config={"Title": st.column_config.TextColumn(width="large")},
            alt="Works on which people differ",
        )
