"""Fidelity on the page: all assessments, the report of one, changes over time, and services."""

from collections.abc import Sequence

import streamlit as st

from evidence.charts.picture import Cell, PictureTable
from evidence.charts.practice.fidelity_over_time import assessments_table, fidelity_trend_picture
from evidence.charts.practice.fidelity_report import fidelity_report_picture
from evidence.steps.coding import schemes
from evidence.steps.coding.schemes import TakenScheme
from evidence.steps.desk import Desk
from evidence.steps.practice import fidelity as steps
from evidence.steps.practice.fidelity import ScaleAssessments
from evidence.synthesis.practice.fidelity import Assessment, FidelityItem, FidelityScale
from evidence.synthesis.practice.fidelity_over_time import (
    SEVERAL,
    AssessorAgreement,
    FidelityOccasion,
    agreements,
    changes,
    newest,
    of_service,
)
from evidence.ui.practice.beginning import begin_with
from evidence.ui.shell import menu
from evidence.ui.shell.errors import fragment
from evidence.ui.shell.pictures import show_picture, show_table, table_with_csv
from evidence.ui.shell.wording import number, plain, short

ALL, REPORT, TREND, SERVICES = "All assessments", "One assessment", "Over time", "Side by side"
ABOUT = (
    "How closely services follow a model, by the scores of a fidelity scale. A total needs a score "
    "of every item; assessors who differ are shown beside each other, never averaged."
)
NO_SCALE = (
    "This review has no fidelity scale yet, and no service was assessed. Begin with the Supported "
    "Employment Fidelity Scale; any other scheme will do that has the purpose appraisal, judges "
    "practice and asks for scores from 1 to 5."
)
ITEM_WIDTH = {"Item": 220}  # so that scores stand beside it on a telephone, too
APART = "Each scale is looked at alone: totals of two scales are never added up or compared."
AGREEMENT_ABOUT = (
    "Weighted kappa counts how many points two scores lie apart, beyond what chance would give; on "
    "25 items it is uncertain, so read it beside the counts."
)


def chosen_scale(desk: Desk) -> TakenScheme | None:
    """The scheme that is the scale; None where the review has none, which the page says."""
    st.caption(ABOUT)
    scales = steps.scales(desk)
    if not scales:
        st.info(NO_SCALE, icon=":material/checklist:")
        begin_with(
            desk, "supported-employment-fidelity-25.yaml", "Supported Employment Fidelity Scale"
        )
        return None
    titles = {each.scheme_id: each.title for each in scales}
    if len(titles) == 1:
        st.markdown(f"**{plain(scales[0].title)}**")
        return schemes.get(desk, scales[0].scheme_id)
    named = st.query_params.get(menu.ITEM, "")
    of_item = [at for at, each in enumerate(scales) if any(i.id == named for i in each.items)]
    chosen = st.selectbox(
        "Scale",
        list(titles),
        of_item[0] if of_item else 0,
        format_func=titles.__getitem__,
        key="fidelity-scale",
    )
    st.caption(APART)
    return schemes.get(desk, chosen)


@fragment
def fidelity_view(desk: Desk, taken: TakenScheme) -> None:
    """The assessments on one scale, as somebody wants to see them."""
    chosen = next((e for e in steps.by_scale(desk) if e.scale.scheme_id == taken.id), None)
    if chosen is None:
        return
    for fault in chosen.scale.faults:
        st.warning(plain(fault))
    if not chosen.assessments:
        st.info(
            "No assessment on this scale is there yet. They are filled in under Forms.",
            icon=":material/assignment:",
        )
        return
    _named_item(chosen)
    view = st.segmented_control(
        "Show", [ALL, REPORT, TREND, SERVICES], default=ALL, key="fidelity-view", required=True
    )
    _warnings(chosen)
    {ALL: _all, REPORT: _one, TREND: _trend, SERVICES: _services}[view](chosen)


def _named_item(chosen: ScaleAssessments) -> None:
    """What services scored on the item that a link named, before everything else."""
    named = st.query_params.get(menu.ITEM, "")
    item = next((each for each in chosen.scale.items if each.id == named), None)
    if item is None:
        return
    with st.container(border=True):
        st.markdown(plain(f"{item.section}: {item.name}"))
        show_table(item_table(chosen.assessments, item), item.name)
        menu.link("fidelity", "Show the whole scale only")


def item_table(assessments: Sequence[Assessment], item: FidelityItem) -> PictureTable:
    """A row for each assessment, with its score on one item."""
    rows = [
        (
            each.service_name,
            each.occasion,
            each.assessor,
            each.scores.get(item.id, "cannot rate" if item.id in each.unrated else "no score"),
            each.notes.get(item.id, ""),
        )
        for each in assessments
    ]
    return PictureTable(head=("Service", "When", "Assessed by", "Score", "Note"), rows=tuple(rows))


def _warnings(chosen: ScaleAssessments) -> None:
    for occasion in chosen.occasions:
        for warning in occasion.warnings:
            st.warning(plain(warning))
    if chosen.unfinished:
        forms = number(chosen.unfinished, "assessment is", "assessments are")
        st.caption(f"{forms} not finished, and only in the list and the report of one.")


def _all(chosen: ScaleAssessments) -> None:
    table_with_csv(assessments_table(chosen.assessments), "Assessments", "fidelity-assessments")
    services = len({each.service for each in chosen.assessments})
    told = f"{number(len(chosen.assessments), 'assessment')} of {number(services, 'service')}"
    st.caption(f"{told}. {_bands(chosen)}")


def _bands(chosen: ScaleAssessments) -> str:
    scale = chosen.scale
    if not scale.bands:
        return f"Totals go from {scale.lowest} to {scale.highest}; bands are not known for it."
    bands = ", ".join(f"{band.name} from {band.lowest}" for band in reversed(scale.bands))
    return f"Totals go from {scale.lowest} to {scale.highest}: {bands}."


def _one(chosen: ScaleAssessments) -> None:
    by_uid = {each.uid: each for each in chosen.assessments}
    uid = st.selectbox(
        "Assessment", list(by_uid), format_func=lambda each: _named(by_uid[each]), key="fidelity-of"
    )
    shown = by_uid[uid]
    if shown.total is None:
        st.warning(plain(shown.why_unclassified))
    show_picture(fidelity_report_picture(shown), f"fidelity-{uid}")
    beside = next((o for o in chosen.occasions if shown in o.assessments), None)
    if beside is not None and len(beside.assessments) >= SEVERAL:
        _agreement(beside)


def _agreement(occasion: FidelityOccasion) -> None:
    st.subheader("How far assessors agree")
    st.caption(AGREEMENT_ABOUT)
    for at, each in enumerate(agreements(occasion)):
        st.markdown(plain(each.words))
        with st.expander("Item by item", icon=":material/compare_arrows:"):
            table_with_csv(_items(each), "Agreement by item", f"fidelity-agreement-{at}")


def _items(each: AssessorAgreement) -> PictureTable:
    rows: list[tuple[Cell, ...]] = [
        (i.item.section, i.item.name, i.first, i.second, i.apart) for i in each.items
    ]
    first, second = (a.assessor or "No name" for a in (each.first, each.second))
    head = ("Section", "Item", f"1: {first}", f"2: {second}", "Points apart")
    return PictureTable(head=head, rows=tuple(rows))


def _trend(chosen: ScaleAssessments) -> None:
    names = {o.first.service: o.first.service_name for o in chosen.occasions}
    if not names:
        st.info("No assessment is finished yet.")
        return
    service = st.selectbox(
        "Service", list(names), format_func=names.__getitem__, key="fidelity-service"
    )
    in_time = of_service(chosen.occasions, service)
    if not in_time:
        st.info("No finished assessment of this service has a day or a quarter.")
        return
    show_picture(fidelity_trend_picture(in_time), "fidelity-trend")
    steps_in_time = changes(in_time)
    if not steps_in_time:
        st.caption("It was assessed once; changes are told from the second time on.")
        return
    rows: list[tuple[Cell, ...]] = [
        (
            each.before.occasion,
            each.after.occasion,
            each.before.total_words,
            each.after.total_words,
            "cannot be told" if each.change is None else f"{each.change:+d}",
            "; ".join(f"{item.name}: {was} to {now}" for item, was, now in each.items),
        )
        for each in steps_in_time
    ]
    head = ("From", "To", "Total before", "Total after", "Change", "Items that changed")
    table_with_csv(PictureTable(head=head, rows=tuple(rows)), "Changes", "fidelity-changes")


def _services(chosen: ScaleAssessments) -> None:
    last = newest(chosen.occasions)
    rows: list[tuple[Cell, ...]] = [
        (
            each.first.service_name,
            each.total_words,
            each.band_words,
            each.occasion,
            *(_section(each, at) for at in range(len(chosen.scale.sections))),
        )
        for each in last
    ]
    head = ("Service", "Total", "Band", "When", *chosen.scale.sections)
    st.caption("The last time that each service was assessed; days can lie far apart.")
    table_with_csv(PictureTable(head=head, rows=tuple(rows)), "Services side by side", "fidelity")
    if last:
        st.subheader("Item by item")
        table_with_csv(
            items_table(chosen.scale, last), "Items side by side", "fidelity-items", ITEM_WIDTH
        )


def items_table(scale: FidelityScale, last: Sequence[FidelityOccasion]) -> PictureTable:
    """A row for each item, with what each service scored; assessors who differ stay apart."""
    names = [each.first.service_name for each in last]
    head = ("Item", *names, "Section")
    if len(set(head)) < len(head):  # a table has no two columns of one name
        head = ("Item", *(f"{at}. {name}" for at, name in enumerate(names, 1)), "Section")
    rows: list[tuple[Cell, ...]] = [
        (item.name, *(_scores(each, item) for each in last), item.section) for item in scale.items
    ]
    return PictureTable(head=head, rows=tuple(rows))


def _scores(occasion: FidelityOccasion, item: FidelityItem) -> str:
    return "; ".join(dict.fromkeys(each.score_words(item) for each in occasion.assessments))


def _section(occasion: FidelityOccasion, at: int) -> str:
    sums = dict.fromkeys(each.sections[at].words for each in occasion.assessments)
    return "; ".join(sums)


def _named(each: Assessment) -> str:
    parts = [each.service_name, each.occasion or "no day", each.assessor or "no name"]
    return short(" · ".join(parts), 120) + ("" if each.is_complete else " (not finished)")
