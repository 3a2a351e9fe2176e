"""The services of a review on the page: a table, a form for each, and what was taken away."""

import pandas as pd
import streamlit as st

from evidence.steps.desk import Desk
from evidence.steps.practice import services as steps
from evidence.steps.review import membership
from evidence.store import Role
from evidence.synthesis.practice.rating import RatedThing
from evidence.synthesis.practice.service import LONGEST_NAME, LONGEST_NOTE, Service, area_key
from evidence.ui.practice.beginning import named_in_documents
from evidence.ui.practice.ratings import ratings_part
from evidence.ui.shell.errors import attempt, fragment, rerun
from evidence.ui.shell.menu import link
from evidence.ui.shell.under_way import choice_under_way
from evidence.ui.shell.wording import number, plain

IN_ADDRESS = "service"
ABOUT = (
    "Services that the review looks at beside its studies: those that a survey of practice asks, "
    "whose fidelity is assessed, or that report figures."
)


@fragment
def services_view(desk: Desk) -> None:
    """All services, and what editors do with them."""
    st.caption(ABOUT)
    there = steps.listing(desk)
    role = membership.standing(desk).role
    may_change = role >= Role.EDITOR
    asked_for = there.get(st.query_params.get(IN_ADDRESS, ""))
    if asked_for:
        _asked_for(asked_for)
    if there:
        _table(list(there.values()))
    else:
        st.info("No service is there yet.", icon=":material/storefront:")
    if may_change:
        _change_services(desk, there)
    else:
        st.caption("Editors of the review add and change services.")
    named_in_documents(desk)
    if there:
        things = {
            RatedThing(service=uid): f"{each.name}, {each.area}" if each.area else each.name
            for uid, each in there.items()
        }
        ratings_part(desk, things, of_services=True, may_rate=role >= Role.REVIEWER)


def _asked_for(service: Service) -> None:
    """The service that the address names, as links from the map do."""
    with st.container(border=True):
        st.subheader(plain(service.name))
        for name, value in (
            ("Area", service.area),
            ("Run by", service.provider),
            ("Note", service.note),
        ):
            if value:
                st.write(plain(f"{name}: {value}"))
        link("survey", "Its answers stand on Survey")


def _change_services(desk: Desk, there: dict[str, Service]) -> None:
    with st.expander("Add a service", icon=":material/add:", expanded=not there):
        _add(desk)
    if there:
        with st.expander("Change a service, or take it away", icon=":material/edit:"):
            _change(desk, there)
    gone = steps.removed(steps.history(desk))
    if gone:
        with st.expander("Taken away", icon=":material/undo:"):
            _gone(desk, gone)


def _table(there: list[Service]) -> None:
    rows = [
        {
            "Service": each.name,
            "Area": each.area,
            "Run by": each.provider,
            "Note": each.note,
        }
        for each in there
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, alt="Services")
    areas = len({area_key(each.area) for each in there} - {""})
    where = f" in {number(areas, 'area')}" if areas else ""
    st.caption(f"{number(len(there), 'service')}{where}")


def _add(desk: Desk) -> None:
    choice = choice_under_way(f"service-new-{desk.review_id}", steps.new_uid())
    now = _fields(Service(uid=choice.before, name=""), f"service-new-{choice.turn}", "Add")
    if now is not None and attempt(steps.add, desk, now):
        choice.begin_anew(steps.new_uid())
        rerun()


def _change(desk: Desk, there: dict[str, Service]) -> None:
    uids = list(there)
    asked_for = st.query_params.get(IN_ADDRESS, "")
    uid = st.selectbox(
        "Service",
        uids,
        index=uids.index(asked_for) if asked_for in there else 0,
        format_func=lambda each: there[each].name,
        key="service-chosen",
    )
    now = there[uid]
    choice = choice_under_way(f"service-form-{desk.review_id}-{uid}", now)
    if choice.before != now:
        st.warning(plain(f"It was changed since you began: {now.name}"), icon=":material/group:")
        if st.button("Begin with what stands now", key=f"service-anew-{uid}"):
            choice.begin_anew(now)
            rerun()
    changed = _fields(choice.before, f"service-{uid}-{choice.turn}", "Keep")
    if changed is not None and attempt(steps.change, desk, changed, choice.before):
        choice.begin_anew(steps.listing(desk).get(uid, changed))
        rerun()
    is_sent = st.button("Take it away", key=f"service-remove-{uid}")
    if is_sent and attempt(steps.remove, desk, now):
        rerun()


def _fields(before: Service, key: str, act: str) -> Service | None:
    """A form with what a service is; None until it is sent."""
    with st.form(key, border=False):
        name = st.text_input("Name", before.name, max_chars=LONGEST_NAME, key=f"{key}-name")
        area_box, provider_box = st.columns(2)
        area = area_box.text_input(
            "Area", before.area, max_chars=LONGEST_NAME, key=f"{key}-area",
            help="Where it works. Services of one area are spelt alike.",
        )  # fmt: skip
        provider = provider_box.text_input(
            "Run by", before.provider, max_chars=LONGEST_NAME, key=f"{key}-provider"
        )
        note = st.text_area("Note", before.note, max_chars=LONGEST_NOTE, key=f"{key}-note")
        if not st.form_submit_button(act, type="primary"):
            return None
    return Service(uid=before.uid, name=name, area=area, provider=provider, note=note)


def _gone(desk: Desk, gone: list[Service]) -> None:
    for each in gone:
        words_box, button_box = st.columns([4, 1])
        words_box.write(plain(f"{each.name}, {each.area}" if each.area else each.name))
        is_sent = button_box.button("Bring it back", key=f"service-return-{each.uid}")
        if is_sent and attempt(steps.bring_back, desk, each.uid):
            rerun()
