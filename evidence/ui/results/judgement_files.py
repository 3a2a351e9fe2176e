"""Judgements from a file on the page: drawn and taken along, and kept nowhere."""

import streamlit as st

from evidence.charts.judgement_bars import judgement_bars_picture
from evidence.charts.traffic_light import traffic_light_picture
from evidence.synthesis.appraisal.judgement_file import ReadJudgements
from evidence.synthesis.appraisal.judgements import JudgementTable
from evidence.synthesis.appraisal.read_amstar import CRITICAL, ITEMS
from evidence.synthesis.appraisal.read_amstar import TITLE as AMSTAR
from evidence.synthesis.appraisal.read_judgements import read_judgements
from evidence.synthesis.appraisal.tools import TOOLS, Tool
from evidence.ui.shell.errors import fragment, rerun, show_errors
from evidence.ui.shell.pictures import show_picture
from evidence.ui.shell.uploads import let_go
from evidence.ui.shell.wording import file_name, plain

TRAFFIC_LIGHT, BARS = "Traffic light", "Summary bars"
FAULTS_SHOWN = 10
BY_ITS_WORDS = "See it from the file"
TITLES = {tool: known.title for tool, known in TOOLS.items()} | {Tool.AMSTAR_2: AMSTAR}
ABOUT = (
    "A CSV as robvis has it, with the columns Study, one for each domain, Overall and, for bars, "
    "Weight; or of AMSTAR 2, with Review, and Q1 to Q16. It is drawn here and not kept."
)
KEPT = "judgements-file"


@fragment
def judgement_file_view() -> None:
    """A file, what it was read as, and its pictures."""
    st.caption(ABOUT)
    batch = st.session_state.setdefault("judgements-batch", 0)
    file = st.file_uploader(
        "Table of judgements",
        type=["csv", "tsv", "txt"],
        key=f"judgements-{batch}",
        max_upload_size=20,
    )
    if file is not None:
        st.session_state[KEPT] = (file.name, file.getvalue())
        let_go([file])
        st.session_state["judgements-batch"] += 1  # a new number empties the box
        rerun()
    kept: tuple[str, bytes] | None = st.session_state.get(KEPT)
    if kept is None:
        return
    st.markdown(f"**{file_name(kept[0])}**")
    with show_errors():
        read = _read(*kept)
        _told(read)
        _show(read.table)


def _read(name: str, content: bytes) -> ReadJudgements:
    tool = st.selectbox(
        "Tool",
        [None, *TITLES],
        format_func=lambda each: TITLES[each] if each else BY_ITS_WORDS,
        key="judgements-tool",
    )
    read = read_judgements(content, name, tool)
    if read.table.title != AMSTAR:
        return read
    marked = [n for n, item in enumerate(read.table.domains, 1) if item.is_critical]
    critical = st.multiselect(
        "Critical items",
        range(1, len(ITEMS) + 1),
        marked,
        format_func=lambda n: f"{n}. {ITEMS[n - 1]}",
        help=f"The authors of the tool propose {', '.join(map(str, sorted(CRITICAL)))}; your "
        "protocol may name others.",
        key="judgements-critical",
    )
    return read if critical == marked else read_judgements(content, name, tool, critical)


def _told(read: ReadJudgements) -> None:
    for sentence in (*read.faults[:FAULTS_SHOWN], *read.remarks):
        st.caption(plain(sentence))
    if len(read.faults) > FAULTS_SHOWN:
        st.caption(f"And {len(read.faults) - FAULTS_SHOWN:,} more that could not be read.")


def _show(table: JudgementTable) -> None:
    view = st.segmented_control(
        "Show as",
        [TRAFFIC_LIGHT, BARS],
        default=TRAFFIC_LIGHT,
        key="judgements-view",
        required=True,
    )
    if view == TRAFFIC_LIGHT:
        show_picture(traffic_light_picture(table), "file-traffic-light")
        return
    weighted = table.has_weights and st.toggle(
        "By the weights of the file, which are of one meta-analysis", key="judgements-weighted"
    )
    show_picture(judgement_bars_picture(table, weighted=weighted), "file-bars")
