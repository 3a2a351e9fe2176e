"""What is to be published: chosen, looked at, and put under an address."""

from datetime import date

import streamlit as st

from evidence.steps.desk import Desk
from evidence.steps.practice import map_practice
from evidence.steps.results import map_versions
from evidence.steps.results.publishing import publish
from evidence.steps.results.publishing.publish import PublicChoice, PublishedPage, Snapshot
from evidence.store.results.publications import content_of
from evidence.synthesis.map_document import LongTexts
from evidence.synthesis.public_map import PublicServices
from evidence.ui.results.map_download import ask_services
from evidence.ui.results.publishing.published_pages import LAST_DAY, UNTIL_THE_END
from evidence.ui.shell.errors import attempt, fragment
from evidence.ui.shell.wording import plain, size

ABOUT = (
    "The map and the report as they stand now, under an address that anybody can open who has it, "
    "without an account. Nothing that is coded later changes what was published. It has codings "
    "that count: no drafts, nothing that waits for reconciling, no votes. You can end or withdraw "
    "it at any time."
)
PREVIEW, PUBLISHED = "publish-preview", "publish-done"
NAMES_HELP = (
    "Ticked, readers see who published it and, in the report, who judged published claims. Else "
    "neither is named."
)
NAMES = {"map": "Map", "report": "Report"}


@fragment
def publish_form(desk: Desk) -> None:
    """Ask what to publish; a preview gives the same files without publishing them."""
    st.caption(ABOUT)
    if st.session_state.pop(PUBLISHED, False):
        st.success("It is published; its address stands below.", icon=":material/check_circle:")
    under = _ask_under(desk)
    choice = _ask(desk)
    last_day = _ask_last_day() if under is None else None
    with st.container(horizontal=True):
        if st.button("Preview", icon=":material/visibility:", key="publish-look"):
            attempt(_keep_preview, desk, choice)
        wants = st.button("Publish", type="primary", icon=":material/public:", key="publish-now")
    _preview(choice)
    if wants and attempt(publish.publish, desk, choice, under, last_day=last_day):
        st.session_state[PUBLISHED] = True
        st.session_state.pop(PREVIEW, None)
        st.rerun()


def _ask_under(desk: Desk) -> int | None:
    pages = {page.publication.id: page for page in publish.listing(desk)}
    if not pages:
        return None
    return st.selectbox(
        "Where it is read",
        [*pages, None],
        format_func=lambda each: _named(pages[each]) if each else "At a new address",
        help="Under the same address earlier versions stay, by their dates.",
        key="publish-under",
    )


def _ask_last_day() -> date | None:
    return st.date_input(
        LAST_DAY, None, format="YYYY-MM-DD", help=UNTIL_THE_END, key="publish-last-day"
    )


def _named(page: PublishedPage) -> str:
    newest = page.versions[0]
    return f"As version {newest.number + 1} of “{newest.title}” ({page.publication.at:%Y-%m-%d})"


def _ask(desk: Desk) -> PublicChoice:
    title = st.text_input(
        "Title", placeholder="The title of the review", max_chars=publish.LONGEST_TITLE
    )
    with st.container(horizontal=True, gap="large"):
        with_map = st.checkbox("The map", value=True)
        with_report = st.checkbox("The report", value=True)
    version = _ask_version(desk) if with_map else None
    with st.expander("What stays out unless you choose it"):
        texts = LongTexts(
            abstracts=st.checkbox("Abstracts on the map", help="Publishers may own them."),
            quotations=st.checkbox("Quotations and notes on findings on the map"),
            notes=st.checkbox("Values and notes of answers on the map"),
        )
        left_out = st.checkbox("Lists of excluded and not retrieved reports in the report")
        names = st.checkbox("Who published it, and who judged claims", help=NAMES_HELP)
        has_services = with_map and bool(map_practice.stamp(desk))
        services = ask_services("publish-services") if has_services else PublicServices.NONE
    return PublicChoice(
        title=title,
        map=with_map,
        report=with_report,
        map_version=version,
        texts=texts,
        left_out=left_out,
        names=names,
        services=services,
    )


def _ask_version(desk: Desk) -> int | None:
    numbers = [each.number for each in map_versions.listing(desk)]
    if not numbers:
        return None
    return st.selectbox(
        "Which map",
        [None, *numbers],
        format_func=lambda each: f"Version {each}, as it was frozen" if each else "As it is now",
        key="publish-map",
    )


def _keep_preview(desk: Desk, choice: PublicChoice) -> None:
    st.session_state[PREVIEW] = (choice, publish.snapshot(desk, choice))


def _preview(choice: PublicChoice) -> None:
    """The files that would be published; of another choice than the present one nothing."""
    chosen, made = st.session_state.get(PREVIEW, (None, None))
    if chosen != choice or not isinstance(made, Snapshot):
        return
    st.markdown(plain(f"“{made.title}” would have:"))
    with st.container(horizontal=True):
        for file in made.files:
            if file.part in NAMES:
                st.download_button(
                    f"{NAMES[file.part]} ({size(file.size)})",
                    content_of(file),
                    f"preview-{file.part}.html",
                    "text/html",
                    on_click="ignore",
                    icon=":material/download:",
                    key=f"publish-preview-{file.part}",
                )
