"""The map as one file: what authors choose of it, and how large it becomes."""

import math

import streamlit as st

from evidence.exports.map_colours import ACCENT, HEAT, MapColours
from evidence.steps.desk import Desk
from evidence.steps.results import map_document, map_file, map_versions
from evidence.steps.results.map_document import Wanted
from evidence.steps.results.map_file import MapWishes
from evidence.steps.results.map_versions import SeenVersion
from evidence.synthesis.map_document import LongTexts
from evidence.synthesis.public_map import PublicField, PublicServices
from evidence.ui.results.map_routes import WantedMap
from evidence.ui.shell.cache import cached, cached_whole
from evidence.ui.shell.errors import show_errors
from evidence.ui.shell.wording import size

ABOUT = (
    "One file with the map, its studies, figures and what its codes mean. It opens in any browser "
    "of 2023 or later, asks no server, and can be sent, put on a web site or archived. What it "
    "says of the review, its licence and its citation stands in the settings of the map."
)


SERVICES = {
    PublicServices.NONE: "No services",
    PublicServices.UNNAMED: "Services by number, without names and reasons",
    PublicServices.NAMED: "Services with their names",
}
SERVICES_HELP = (
    "Names, who runs a service and reasons of ratings can be confidential. Areas, answers and "
    "grades stay also without names: who knows an area may still know a service."
)

FIELDS = {
    PublicField.AUTHORS.value: "Authors of publications (studies are numbered)",
    PublicField.LINKS.value: "DOIs and links of publications",
}


def offer_map(desk: Desk, which: WantedMap) -> None:
    """A button that asks what the file shall have, and gives it.

    Args:
        desk: of who takes it away.
        which: the map that is looked at.
    """
    if st.button("Download the map", icon=":material/download:", key="map-download"):
        _dialog(desk, which)


@st.dialog("Download the map", width="large")
def _dialog(desk: Desk, which: WantedMap) -> None:
    with show_errors():
        how = map_document.wanted(desk)
        version = map_versions.seen(desk, which.version) if which.version else None
        wishes = _ask(desk, how, version)
        made = cached_whole(map_file.make, desk, how, wishes, version, _since(desk, which))
        st.download_button(
            f"Download the file ({size(len(made.data))})",
            made.data,
            made.name,
            map_file.MEDIA_TYPE,
            on_click="ignore",
            icon=":material/download:",
            type="primary",
            key="map-file",
        )


def _since(desk: Desk, which: WantedMap) -> SeenVersion | None:
    """The version since which the file tells what changed; one before the map that is looked at."""
    newest = (which.version or math.inf) - 1
    numbers = [each.number for each in map_versions.listing(desk) if each.number <= newest]
    if not numbers:
        return None
    since = st.selectbox(
        "Tell what changed",
        [None, *numbers],
        index=[None, *numbers].index(which.since) if which.since in numbers else 0,
        format_func=lambda number: f"since version {number}" if number else "No",
        help="Readers can list and filter what was added, recoded and removed.",
    )
    return map_versions.seen(desk, since) if since else None


def _ask(desk: Desk, how: Wanted, version: SeenVersion | None) -> MapWishes:
    choices = cached(map_file.choices, desk, how, version)
    st.caption(ABOUT)
    title = st.text_input("Title", choices.title)
    titles = {**dict(choices.dimensions), **FIELDS}
    without = st.multiselect(
        "What stays out",
        list(titles),
        format_func=titles.__getitem__,
        placeholder="Nothing: every question with options is on it, authors and links, too",
        help="Readers cannot sort or filter by it and see none of its codes and notes. That a "
        "study is a review, or not finished, stays told. Without judgements of quality the map "
        "shows no synthesis gaps.",
    )
    view = st.text_input(
        "View to begin with",
        placeholder="The one of the map's settings",
        help="The address that “Copy link” on the map gives.",
    )
    with st.container(horizontal=True, gap="large"):
        texts = LongTexts(
            abstracts=st.checkbox("Abstracts", help="Publishers may own them."),
            quotations=st.checkbox("Quotations and notes on findings"),
            notes=st.checkbox("Numbers, texts and notes of answers"),
        )
    services = ask_services("map-services") if choices.services else PublicServices.NONE
    with st.container(horizontal=True, gap="large"):
        colours = MapColours(
            accent=st.color_picker("Buttons and what is chosen", ACCENT),
            heat=st.color_picker("Full cells", HEAT),
        )
    return MapWishes(
        title=title,
        view=view,
        without=tuple(without),
        texts=texts,
        colours=colours,
        services=services,
    )


def ask_services(key: str) -> PublicServices:
    """What readers get of services beside studies; nothing where nobody chooses."""
    return st.radio(
        "Services on the map",
        list(SERVICES),
        format_func=SERVICES.__getitem__,
        help=SERVICES_HELP,
        key=key,
    )
