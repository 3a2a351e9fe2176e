"""The flow diagram of the review: its template, its numbers, and what stands behind each."""

import pandas as pd
import streamlit as st

from evidence.charts.flow.flow_picture import flow_picture
from evidence.steps.desk import Desk
from evidence.steps.results import flow_records, flow_settings, prisma_flow
from evidence.steps.results.flow_records import Behind, Unit
from evidence.steps.review import membership
from evidence.store import Role
from evidence.store.results.flow_works import FlowLine
from evidence.synthesis.flow.flow_boxes import BoxNumber, box_numbers
from evidence.synthesis.flow.flow_notes import flow_boxes, flow_title
from evidence.synthesis.flow.flow_settings import MOST, TEMPLATE_NAMES, FlowSettings, Template
from evidence.synthesis.flow.prisma_flow import Flow
from evidence.ui.shell import menu
from evidence.ui.shell.cache import cached
from evidence.ui.shell.errors import attempt, fragment
from evidence.ui.shell.pictures import show_picture
from evidence.ui.shell.under_way import choice_under_way
from evidence.ui.shell.wording import number, plain

PAGE = 50
"""Lines of a list that are shown at once."""
UNITS = {
    Unit.RECORDS: ("record", "records"),
    Unit.REPORTS: ("work", "works"),
    Unit.STUDIES: ("study", "studies"),
}


def flow_view(desk: Desk) -> None:
    """The diagram as far as the review has come, and what stands behind its numbers."""
    numbers = prisma_flow.with_uses(desk, cached(prisma_flow.flow, desk))
    st.header(flow_title(numbers))
    for fault in prisma_flow.faults(numbers):
        st.warning(plain(fault), icon=":material/calculate:")
    waiting = prisma_flow.still_open(numbers)
    if waiting:
        st.caption("Still open: " + plain("; ".join(waiting)) + ".")
    show_picture(flow_picture(numbers), "flow")
    _listed(desk, numbers)
    _settings_box(desk, numbers)


def _listed(desk: Desk, numbers: Flow) -> None:
    """A list of the numbers; the one that is chosen opens what it counts."""
    st.subheader("Behind each number")
    known = [each for each in box_numbers(flow_boxes(numbers)) if each.number]
    if not known:
        st.caption("No number is above 0 yet.")
        menu.link("importing", "Go to import")
        return
    names = [f"{each.label} ({each.number:,})" for each in known]
    place = st.selectbox(
        "Open",
        range(len(names)),
        index=None,
        format_func=names.__getitem__,
        placeholder="Choose a number of the diagram",
        key="flow-behind",
    )
    if place is not None and place < len(known):
        _behind(desk, known[place])


def _behind(desk: Desk, chosen: BoxNumber) -> None:
    found = flow_records.behind(desk, chosen)
    one, several = UNITS[found.unit]
    pages = -(-len(found.ids) // PAGE)
    at = 1
    if pages > 1:
        at = st.number_input("Page", 1, pages, key=f"flow-page-{chosen.box}-{chosen.of}")
    st.caption(f"{number(len(found.ids), one, several)}, {min(PAGE, len(found.ids))} at once.")
    st.dataframe(_table(desk, found, (int(at) - 1) * PAGE), hide_index=True, alt=chosen.label)
    page = "studies" if found.unit is Unit.STUDIES else "records"
    menu.link(page, "Go to studies" if found.unit is Unit.STUDIES else "Go to records")


def _table(desk: Desk, found: Behind, offset: int) -> pd.DataFrame:
    rows = [_row(line) for line in flow_records.lines(desk, found, offset, PAGE)]
    return pd.DataFrame(rows)


def _row(line: FlowLine | str) -> dict[str, object]:
    if isinstance(line, str):
        return {"Study": line}
    reference = line.reference
    row: dict[str, object] = {
        "Title": reference.title or "No title",
        "Authors": ", ".join(author.family for author in reference.authors[:3]),
        "Year": reference.year,
    }
    return row | ({"Source": line.source} if line.source else {})


def _settings_box(desk: Desk, numbers: Flow) -> None:
    box = st.expander(
        "Template, and numbers of an earlier version",
        icon=":material/tune:",
        on_change="rerun",
        key="flow-settings",
    )
    if box.open:
        with box:
            _settings(desk, numbers.drawn_as)


@fragment
def _settings(desk: Desk, drawn_as: Template) -> None:
    key = f"flow-settings-{desk.review_id}"
    choice = choice_under_way(key, flow_settings.current(desk))
    may_change = membership.standing(desk).role >= Role.EDITOR
    with st.form(f"{key}-{choice.turn}", border=False):
        chosen = _choices(choice.before, drawn_as, f"{key}-{choice.turn}", off=not may_change)
        is_sent = st.form_submit_button("Keep", type="primary", disabled=not may_change)
    if not may_change:
        st.caption("Editors of the review can change them.")
    elif is_sent and attempt(flow_settings.change, desk, chosen, choice.before):
        choice.begin_anew(flow_settings.current(desk))
        st.rerun()
    history = flow_settings.history(desk)
    if history:
        newest, times = history[0], number(len(history), "time")
        st.caption(plain(f"Changed {times}, last by {newest.person} on {newest.at:%Y-%m-%d}."))


def _choices(before: FlowSettings, drawn_as: Template, key: str, *, off: bool) -> FlowSettings:
    template = _template(before, drawn_as, key, off=off)
    first, second = st.columns(2)
    with first:
        previous_studies = _number(
            "Studies in the earlier version",
            before.previous_studies,
            f"{key}-previous-studies",
            off,
        )
        pooled = _number("Studies in a meta-analysis", before.pooled_studies, f"{key}-pooled", off)
    with second:
        previous_reports = _number(
            "Reports in the earlier version",
            before.previous_reports,
            f"{key}-previous-reports",
            off,
        )
        pooled_reports = _number(
            "Reports of these", before.pooled_reports, f"{key}-pooled-reports", off
        )
    version = st.text_input(
        "How the earlier version is cited",
        before.previous_version,
        key=f"{key}-version",
        disabled=off,
    )
    return FlowSettings(
        template=template,
        previous_studies=previous_studies,
        previous_reports=previous_reports,
        previous_version=version.strip(),
        pooled_studies=pooled,
        pooled_reports=pooled_reports,
        screening_reasons=st.checkbox(
            "Reasons for exclusion by title and abstract",
            before.screening_reasons,
            key=f"{key}-reasons",
            disabled=off,
        ),
        synthesis_boxes=st.checkbox(
            "How many studies are appraised, coded and on the map",
            before.synthesis_boxes,
            key=f"{key}-uses",
            disabled=off,
        ),
    )


def _template(before: FlowSettings, drawn_as: Template, key: str, *, off: bool) -> Template | None:
    templates = [None, *Template]
    template: Template | None = st.selectbox(
        "Template",
        templates,
        templates.index(before.template),
        format_func=lambda each: (
            TEMPLATE_NAMES[each] if each else f"The one that fits (now: {TEMPLATE_NAMES[drawn_as]})"
        ),
        key=f"{key}-template",
        disabled=off,
    )
    st.caption(
        "An earlier version is one of the same review that was published before. Searches that are "
        "brought up to date count in the ordinary boxes."
    )
    return template


def _number(
    label: str,
    value: int | None,
    key: str,
    off: bool,  # noqa: FBT001 - as Streamlit's own `disabled`
) -> int | None:
    """A number that may be missing."""
    found = st.number_input(label, 0, MOST, value, placeholder="none", key=key, disabled=off)
    return None if found is None else int(found)
