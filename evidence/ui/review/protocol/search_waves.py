"""Searches in waves on the page: what each gave new, and which search belongs to which."""

import streamlit as st

from evidence.charts.picture import PictureTable
from evidence.steps.desk import Desk
from evidence.steps.records import sources
from evidence.steps.results.protocol import search_waves
from evidence.steps.results.protocol.search_waves import WavesOfReview
from evidence.store.records.sources import SourceDraft
from evidence.synthesis.protocol.search_waves import SearchWave
from evidence.ui.records.sources import source_fields
from evidence.ui.shell import menu
from evidence.ui.shell.errors import attempt
from evidence.ui.shell.pictures import show_table
from evidence.ui.shell.wording import plain, short

FOLLOWS = 0
"""Stands for the wave that follows from the search that is brought up to date."""


def waves_view(desk: Desk, *, may_change: bool) -> None:
    """The waves in numbers, their searches, and two acts for editors."""
    found = search_waves.of_review(desk)
    st.caption(
        "A wave is all that was searched together: the first searches, then each update. A work is "
        "new in the wave that found it first."
    )
    if not found.listed:
        st.info("No search is recorded yet.", icon=":material/search:")
        menu.link("importing", "Go to import")
    else:
        show_table(_waves(found), "Waves of searching")
        show_table(_searches(found), "Searches with their wave")
        for doubt in found.doubts:
            st.caption(f":material/help: {plain(doubt)}")
        st.caption("Search strings, and all else of a search, are entered on Import.")
    if may_change:
        _choose_wave(desk, found)
        _add(desk, found)


def _waves(found: WavesOfReview) -> PictureTable:
    return PictureTable(
        head=(
            "Wave",
            "Searched",
            "Searches",
            "Records",
            "Works found first here",
            "Works known before",
            "Of the new, included",
            "New studies",
            "Searches without records",
        ),
        rows=tuple(
            (
                wave.name,
                wave.days or "not recorded",
                len(wave.searches),
                wave.records,
                wave.new_works,
                wave.known_works,
                wave.new_included,
                wave.new_studies,
                "; ".join(wave.without_records),
            )
            for wave in found.waves
        ),
    )


def _searches(found: WavesOfReview) -> PictureTable:
    return PictureTable(
        head=("Search", "Wave", "Database", "Platform", "Searched", "Records", "Search string"),
        rows=tuple(
            (
                each.source.name,
                SearchWave(number=found.numbers[each.source.id], searches=()).name,
                each.source.database,
                each.source.platform,
                each.source.date_searched,
                each.records,
                each.source.search_string,
            )
            for each in found.listed
        ),
    )


def _choose_wave(desk: Desk, found: WavesOfReview) -> None:
    by_id = {each.source.id: each.source for each in found.listed}
    if not by_id:
        return
    box = st.expander(
        "Say to which wave a search belongs",
        icon=":material/waves:",
        on_change="rerun",
        key="choose-wave",
    )
    if not box.open:
        return
    with box:
        source_id = st.selectbox(
            "Search",
            list(by_id),
            format_func=lambda each: short(by_id[each].name),
            key="wave-of",
        )
        source = by_id[source_id]
        waves = [FOLLOWS, *range(1, max(found.numbers.values()) + 2)]
        wave = st.selectbox(
            "Wave",
            waves,
            waves.index(source.wave) if source.wave in waves else 0,
            format_func=lambda each: (
                SearchWave(number=each, searches=()).name
                if each
                else "As it follows from the search that it brings up to date"
            ),
            key=f"wave-{source_id}-{source.wave}",
        )
        if st.button("Keep the wave", key="keep-wave") and attempt(
            sources.choose_wave, desk, source_id, wave or None, source.wave
        ):
            st.rerun()


def _add(desk: Desk, found: WavesOfReview) -> None:
    box = st.expander(
        "Note a search that gave nothing to import",
        icon=":material/search_off:",
        on_change="rerun",
        key="search-without-records",
    )
    if not box.open:
        return
    with box:
        st.caption("PRISMA-S asks for searches without a hit, too; the flow counts them with 0.")
        names = {each.source.id: each.source.name for each in found.listed}
        with st.form("search-without-records-form", clear_on_submit=False, border=False):
            draft = source_fields("without-records", SourceDraft(name=""), names)
            is_sent = st.form_submit_button("Note the search", type="primary")
        if is_sent and attempt(sources.add_without_records, desk, draft):
            st.session_state.pop("search-without-records", None)
            st.rerun()
