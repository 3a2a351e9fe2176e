"""Counts on the page: which source found what."""

import pandas as pd
import streamlit as st

from evidence.charts.counts.source_overlap import source_overlap_picture
from evidence.steps.desk import Desk
from evidence.steps.records.duplicates import duplicates
from evidence.steps.results import source_overlap
from evidence.synthesis.source_overlap import SourceOverlap
from evidence.ui.shell import menu
from evidence.ui.shell.cache import cached
from evidence.ui.shell.pictures import show_picture
from evidence.ui.shell.wording import number


def sources_view(desk: Desk) -> None:
    """Which source found what alone, and which found the same."""
    included = st.toggle("Only works that were included at full text", key="overlap-included")
    overlap = cached(source_overlap.source_overlap, desk, included)
    if not overlap.sources:
        st.info("No source yet: import a file first.", icon=":material/upload_file:")
        menu.link("importing", "Go to import")
        return
    waiting = cached(duplicates.counts, desk).new
    note = (
        f"{number(waiting, 'record was', 'records were')} not compared for duplicates yet and "
        "count as works of their own."
    )
    picture = source_overlap_picture(overlap, included=included, notes=(note,) if waiting else ())
    show_picture(picture, "sources")
    if len(overlap.sources) > 1:
        with st.expander("Each two sources"):
            _each_two(overlap)


def _each_two(overlap: SourceOverlap) -> None:
    """How many works any two sources share."""
    ids = [each.source.id for each in overlap.sources]
    heads = [f"{n}. {each.source.name}" for n, each in enumerate(overlap.sources, start=1)]
    st.caption("Works that both found; each source with itself gives all of its works.")
    cells = [[overlap.pairs.shared_by(one, other) for other in ids] for one in ids]
    columns = [f"{n}." for n in range(1, len(ids) + 1)]
    table = pd.DataFrame(cells, index=pd.Index(heads, name="Source"), columns=columns)
    st.dataframe(table, alt="Works that each two sources found")
