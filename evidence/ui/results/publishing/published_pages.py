"""What is published: addresses to copy, versions, the last day, and withdrawing at once."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import streamlit as st

from evidence.steps.desk import Desk
from evidence.steps.results.publishing import publish
from evidence.steps.results.publishing.publish import PublishedPage
from evidence.ui.shell.errors import attempt, fragment
from evidence.ui.shell.public_address import warn_if_only_here
from evidence.ui.shell.wording import plain

WITHDRAWN = (
    "Nobody can read it any more, from this moment on. What somebody saved before, they keep."
)

LAST_DAY = "Last day on which it is read"
UNTIL_THE_END = "Until the end of that day, UTC. Empty: it has no end."


@fragment
def published_pages(desk: Desk, before: str, *, may_publish: bool) -> None:
    """All addresses of the review, newest first.

    Args:
        desk: of who looks.
        before: what `address_before` gives; a fragment that runs by itself does not know it.
        may_publish: whether they may change them.
    """
    pages = publish.listing(desk)
    if not pages:
        st.info("Nothing is published yet.", icon=":material/public_off:")
    else:
        warn_if_only_here(before)
    for page in pages:
        with st.container(border=True):
            _page(desk, page, before, may_publish=may_publish)


def _page(desk: Desk, page: PublishedPage, before: str, *, may_publish: bool) -> None:
    found, newest = page.publication, page.versions[0]
    state = publish.state_words(found, datetime.now(UTC).date())
    st.subheader(plain(newest.title))
    until = f", until the end of {found.ends_on}, UTC" if found.ends_on else ""
    st.markdown(plain(f"State: {state}{until}. Version {newest.number}, {newest.at:%Y-%m-%d}."))
    if state == "open":
        address = f"{before}{publish.address_of(found)}"
        st.code(address, language=None, wrap_lines=True)
        st.link_button("Open as readers do", address, icon=":material/open_in_new:")
    elif state == "withdrawn":
        st.caption(WITHDRAWN)
    if len(page.versions) > 1:
        earlier = ", ".join(f"{each.number} ({each.at:%Y-%m-%d})" for each in page.versions[1:])
        st.caption(f"Earlier versions, which readers find there: {earlier}.")
    if may_publish:
        _acts(desk, page, state)


def _acts(desk: Desk, page: PublishedPage, state: str) -> None:
    found = page.publication
    day = date.fromisoformat(found.ends_on) if found.ends_on else None
    with (
        st.form(f"publish-day-{found.id}", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        chosen = st.date_input(
            LAST_DAY,
            day,
            format="YYYY-MM-DD",
            help=UNTIL_THE_END,
            key=f"publish-end-{found.id}",
        )
        is_sent = st.form_submit_button("Keep this day", key=f"publish-keep-{found.id}")
    if is_sent and chosen != day:
        _then_again(publish.end_on, desk, found.id, chosen)
    takes = st.toggle(
        "Readers can write comments", found.takes_comments, key=f"publish-comments-{found.id}"
    )
    if takes != found.takes_comments:
        _then_again(lambda: publish.take_comments(desk, found.id, wanted=takes))
    if state in {"open", "ended"}:
        if st.button("Withdraw at once", key=f"publish-withdraw-{found.id}"):
            _then_again(publish.withdraw, desk, found.id)
    elif st.button("Put back", key=f"publish-back-{found.id}"):
        _then_again(publish.put_back, desk, found.id)


def _then_again(step: Callable[..., object], *args: object) -> None:
    if attempt(step, *args):
        st.rerun()
