"""Versions of the map on its page: which one is looked at, all of them, and the next one."""

from dataclasses import replace

import streamlit as st

from evidence.steps.desk import Desk
from evidence.steps.results import map_settings, map_texts, map_versions
from evidence.steps.results.map_document import ReviewMap
from evidence.steps.review import membership
from evidence.store import Role
from evidence.store.results.map_versions import MapVersion
from evidence.ui.coding.coded_studies import wants_drafts
from evidence.ui.results.map_routes import SINCE, VERSION, WantedMap, wanted_map
from evidence.ui.shell.cache import cached_whole
from evidence.ui.shell.errors import attempt, fragment
from evidence.ui.shell.wording import number, plain

ABOUT = (
    "A version is a copy of the map as it stands on one day, with its studies and codings. Nothing "
    "changes it later and nobody can take it away, so that it can be cited and compared with."
)
FROZEN = "map-frozen"  # the version that somebody froze a moment ago
WHAT_IS_FROZEN = (
    "It has what counts: no drafts, nothing that waits for reconciling, whoever freezes it."
)
LONGEST_TOLD = 20  # letters of what an address names


def chosen_map(desk: Desk) -> WantedMap:
    """Which map the address of the page names; a version that is not there is told, and left."""
    which = wanted_map(st.query_params, drafts=wants_drafts())
    there = {version.number for version in map_versions.listing(desk)}
    for name, asked in ((VERSION, which.version), (SINCE, which.since)):
        if name in st.query_params and asked not in there:
            st.warning(plain(f"This map has no version {st.query_params[name][:LONGEST_TOLD]}."))
            st.query_params.pop(name)
    which = wanted_map(st.query_params, drafts=wants_drafts())
    if which.version is None or which.since is None or which.since < which.version:
        return which
    st.warning(f"Version {which.since} is no earlier one than version {which.version}.")
    st.query_params.pop(SINCE)
    return replace(which, since=None)


def version_band(desk: Desk, which: WantedMap) -> None:
    """Says above the map that it is an earlier version, with the way to today's; of changes that
    are told, the way back to none.
    """
    if which.version is not None:
        of = map_versions.seen(desk, which.version)
        shown = cached_whole(map_versions.shown, desk, of)
        text_box, button_box = st.columns([4, 1], vertical_alignment="center")
        text_box.info(plain(f"{_named(shown.version)}. It stays as it was on that day."))
        if button_box.button("Today's map", key="map-today"):
            _look_at(version=None)
        st.caption(plain(str(shown.document["caption"])))
    elif which.since is not None and st.button(
        f"Stop comparing with version {which.since}", key="map-compare-no-more"
    ):
        _look_at(since=None)


def versions_box(desk: Desk, which: WantedMap, shown: ReviewMap | None) -> None:
    """A box with all versions; editors can freeze the map of now.

    Args:
        desk: of who looks.
        which: the map that is looked at.
        shown: the map of now, where that is looked at.
    """
    box = st.expander("Versions", icon=":material/history:", on_change="rerun", key="map-versions")
    if box.open:
        with box:
            if shown:
                _last_and_next_search(desk, shown)
            _versions(desk, which)


def earlier_versions(desk: Desk, which: WantedMap) -> None:
    """The box with all versions, where there are any and the map of now cannot be shown."""
    if map_versions.listing(desk):
        versions_box(desk, which, None)


def _last_and_next_search(desk: Desk, shown: ReviewMap) -> None:
    """As the about page of the file has them."""
    texts = map_texts.with_own(shown.known.texts, map_settings.current(desk).texts)
    last = texts.searched_to or "not known; sources or the settings of the map can say it"
    planned = texts.next_update or "not planned; the settings of the map can say it"
    st.markdown(plain(f"Searched to: {last}. Next update: {planned}."))


@fragment
def _versions(desk: Desk, which: WantedMap) -> None:
    st.caption(ABOUT)
    frozen = st.session_state.pop(FROZEN, None)
    if frozen is not None:
        st.success(f"Version {frozen} is frozen.", icon=":material/check_circle:")
    versions = map_versions.listing(desk)
    for version in versions:
        _line(version, which)
    if membership.standing(desk).role < Role.EDITOR:
        st.caption("Editors of the review can freeze the map.")
        return
    if which.version is not None:
        st.caption("To freeze the next version, go back to today's map.")
        return
    next_number = versions[0].number + 1 if versions else 1
    with st.form(f"map-freeze-{next_number}", border=False):
        note = st.text_input(
            "What the next version is for",
            placeholder="As submitted",
            help="Stands beside its number, also in files that readers get.",
        )
        is_sent = st.form_submit_button(
            f"Freeze this map as version {next_number}, for good", type="primary"
        )
    st.caption(WHAT_IS_FROZEN)
    if is_sent and attempt(map_versions.freeze, desk, note):
        st.session_state[FROZEN] = next_number
        st.rerun()


def _line(version: MapVersion, which: WantedMap) -> None:
    searched = f", searched to {version.searched_to}" if version.searched_to else ""
    studies = number(version.studies, "study", "studies")
    st.markdown(plain(f"{_named(version)} ({studies}{searched})"))
    label = f"version {version.number}"
    is_open = which.version == version.number
    is_compared = which.since == version.number and which.version is None
    with st.container(horizontal=True):
        if st.button(f"Open {label}", disabled=is_open, key=f"map-open-{version.number}"):
            _look_at(version=version.number, since=None)
        if st.button(
            f"Changes since {label}", disabled=is_compared, key=f"map-since-{version.number}"
        ):
            _look_at(version=None, since=version.number)


def _named(version: MapVersion) -> str:
    note = f": {version.note}" if version.note else ""
    return f"Version {version.number}, frozen by {version.person} on {version.at:%Y-%m-%d}{note}"


def _look_at(**numbers: int | None) -> None:
    """Open the map that these parameters of the address name, with the others as they are."""
    for name, value in numbers.items():
        if value is not None:
            st.query_params[name] = str(value)
        else:
            st.query_params.pop(name, None)
    st.rerun()
