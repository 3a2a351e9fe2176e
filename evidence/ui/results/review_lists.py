"""Lists of reviews on the page: entered, brought in, matched to studies, and taken out."""

from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from evidence.steps.desk import Desk
from evidence.steps.results import review_overlap as steps
from evidence.steps.results.review_overlap import ReviewOverlap
from evidence.synthesis.review_overlap.listed_studies import ListedStudy, StudyMatch
from evidence.synthesis.review_overlap.proposed_matches import MatchCandidate, ProposedMatch
from evidence.synthesis.review_overlap.read_inclusions import ReadInclusions, read_inclusions
from evidence.ui.shell.errors import attempt, fragment, rerun, show_errors
from evidence.ui.shell.uploads import let_go
from evidence.ui.shell.wording import file_name, number, plain, short

AT_ONCE = 8  # citations that one form asks about
FAULTS_SHOWN = 5
SAID_OPEN, SAID_ELSEWHERE = "", "elsewhere"


def lists(desk: Desk, found: ReviewOverlap) -> None:
    """What reviewers do to lists, each behind its heading."""
    among = steps.candidates(desk)
    with st.expander("Enter primary studies", icon=":material/add:"):
        _add(desk, found)
    with st.expander("Bring in a table (CSV)", icon=":material/upload_file:"):
        _bring_in(desk, found, among)
    if found.listed:
        with st.expander("Which studies they are", icon=":material/link:"):
            _confirm(desk, found, among)
        with st.expander("Take out of a list", icon=":material/remove:"):
            _take_back(desk, found)


def _add(desk: Desk, found: ReviewOverlap) -> None:
    with st.form("overlap-add", border=False, clear_on_submit=True):
        including = st.selectbox(
            "Review",
            list(found.labels),
            index=None,
            format_func=found.labels.__getitem__,
            placeholder="Choose a review",
        )
        chosen = st.multiselect(
            "Primary studies among your studies",
            list(found.labels),
            format_func=found.labels.__getitem__,
            placeholder="Choose studies",
        )
        others = st.text_area(
            "Other primary studies", placeholder="One citation a line, as the review has it"
        )
        if not st.form_submit_button("Add", type="primary"):
            return
    if including is None:
        st.error("Choose the review whose list this is.", icon=":material/warning:")
    elif attempt(steps.add, desk, including, chosen, others.splitlines()):
        st.rerun()


@fragment
def _bring_in(desk: Desk, found: ReviewOverlap, among: Sequence[MatchCandidate]) -> None:
    st.caption(
        "A row for each study of each review, with the columns Review and Study; or a row for each "
        "study, and a column for each review with 1 where it includes the study."
    )
    batch = st.session_state.setdefault("overlap-batch", 0)
    file = st.file_uploader("Table", type=["csv", "tsv", "txt"], key=f"overlap-file-{batch}",
                            max_upload_size=20)  # fmt: skip
    if file is not None and _read(desk, file):
        rerun()
    kept: tuple[str, ReadInclusions] | None = st.session_state.get(_read_key(desk))
    if kept is None:
        return
    _lists_of_table(desk, found, among, *kept)
    if st.button("Put this table aside", key="overlap-aside"):
        _put_aside(desk)
        st.rerun()


def _lists_of_table(
    desk: Desk,
    found: ReviewOverlap,
    among: Sequence[MatchCandidate],
    name: str,
    read: ReadInclusions,
) -> None:
    """What a table has, and which study each of its reviews is."""
    table = read.table
    st.markdown(
        f"**{file_name(name)}**: {number(len(table.reviews), 'review')}, "
        f"{number(len(table.studies), 'primary study', 'primary studies')}"
    )
    for sentence in (*read.faults[:FAULTS_SHOWN], *read.remarks):
        st.caption(plain(sentence))
    if len(read.faults) > FAULTS_SHOWN:
        st.caption(
            f"And {len(read.faults) - FAULTS_SHOWN:,} more rows or cells that cannot be read."
        )
    proposed = steps.proposals(table.reviews, among)
    ids = list(found.labels)
    with st.form("overlap-reviews", border=False):
        chosen = {}
        for at, review in enumerate(table.reviews):
            first = proposed[review]
            chosen[review] = st.selectbox(
                f"“{plain(short(review))}” is",
                ids,
                index=ids.index(first.study_id) if first else None,
                format_func=found.labels.__getitem__,
                placeholder="None of the studies: leave its list out",
                key=f"overlap-review-{name}-{at}",
            )
        is_sent = st.form_submit_button("Bring these lists in", type="primary")
    reviews = {review: study for review, study in chosen.items() if study is not None}
    if is_sent and attempt(steps.bring_in, desk, table, reviews, name):
        _put_aside(desk)
        st.rerun()


def _read_key(desk: Desk) -> str:
    return f"overlap-read-{desk.review_id}"


def _put_aside(desk: Desk) -> None:
    st.session_state.pop(_read_key(desk), None)


def _read(desk: Desk, file: UploadedFile) -> bool:
    """Read what a table says, and delete the file; gives whether it could be read."""
    with show_errors():
        try:
            read = read_inclusions(file.getvalue(), file.name)
            st.session_state[_read_key(desk)] = (file.name, read)
        except Exception:
            _put_aside(desk)
            raise
        finally:
            let_go([file])
            st.session_state["overlap-batch"] += 1  # a new number empties the box
        return True
    return False  # show_errors() lets none through


def _confirm(desk: Desk, found: ReviewOverlap, among: Sequence[MatchCandidate]) -> None:
    """A few citations at a time, each with the study that is proposed for it."""
    everything = st.toggle("Also those that are matched", key="overlap-all")
    citations = found.citations(None if everything else StudyMatch.OPEN)
    if not citations:
        st.caption("All citations are matched.")
        return
    pages = -(-len(citations) // AT_ONCE)
    page = 1
    if pages > 1:
        page = int(st.number_input(f"Page of {pages:,}", 1, pages, key="overlap-page"))
    shown = citations[(page - 1) * AT_ONCE : page * AT_ONCE]
    proposed, entries = steps.proposals(shown, among), found.entries(shown)
    labels: dict[int | str, str] = {
        SAID_OPEN: "Not said yet",
        SAID_ELSEWHERE: "None of the studies",
    }
    labels.update((study, label) for study, label in found.labels.items())
    st.caption("What is proposed is chosen already; look at each before you keep it.")
    with st.form(f"overlap-match-{page}-{everything}", border=False):
        said = {}
        for citation in shown:
            proposal = proposed[citation]
            now = _said(entries.get(citation), proposal)
            said[citation] = st.selectbox(
                plain(short(citation, 200)),
                list(labels),
                index=list(labels).index(now) if now in labels else 0,
                format_func=labels.__getitem__,
                help=f"Proposed by {proposal.why}." if proposal else None,
                key=f"overlap-said-{citation}",
            )
        is_sent = st.form_submit_button("Keep", type="primary")
    matched = {
        citation: None if study == SAID_ELSEWHERE else int(study)
        for citation, study in said.items()
        if study != SAID_OPEN
    }
    if is_sent and attempt(steps.confirm, desk, matched):
        st.rerun()


def _said(entry: ListedStudy | None, proposal: ProposedMatch | None) -> int | str:
    """What a form begins with: what somebody said, else what is proposed."""
    if entry and entry.match is StudyMatch.ELSEWHERE:
        return SAID_ELSEWHERE
    if entry and entry.primary is not None:
        return entry.primary
    return proposal.study_id if proposal else SAID_OPEN


def _take_back(desk: Desk, found: ReviewOverlap) -> None:
    including = st.selectbox(
        "List of",
        list(found.reviews),
        format_func=found.labels.__getitem__,
        key="overlap-list",
    )
    citations = [each.citation for each in found.listed if each.including == including]
    chosen = st.multiselect(
        "Primary studies", citations, placeholder="Choose entries", key=f"overlap-out-{including}"
    )
    one, whole = st.columns(2)
    is_sent = one.button("Take these out", disabled=not chosen, key="overlap-take-out")
    if is_sent and attempt(steps.take_back, desk, including, chosen):
        st.rerun()
    count = number(len(citations), "entry", "entries")
    if whole.button(f"Take the whole list out ({count})", key="overlap-take-all") and attempt(
        steps.take_back, desk, including, citations
    ):
        st.rerun()
