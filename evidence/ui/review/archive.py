"""Taking an archive of a review, and taking one in."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from evidence.steps.desk import Desk
from evidence.steps.review import archive
from evidence.store import Store
from evidence.ui.shell import visitor
from evidence.ui.shell.errors import attempt
from evidence.ui.shell.uploads import let_go
from evidence.ui.shell.wording import number, plain

LARGEST = 500_000_000  # bytes that a page gives out; larger ones are taken on the command line
WHAT = (
    "One file with all of the review, for a data repository or for another Waymark: tables as CSV "
    "with a data dictionary, schemes, versions of the map, history, and PDFs. It shows names, "
    "votes and notes of everybody."
)
TOO_LARGE = (
    "The archive is too large for a browser. Whoever runs Waymark can take it by "
    "`python -m evidence archive REVIEW --out FILE`."
)


def take_archive(desk: Desk) -> None:
    """The button that makes an archive, and then the one that gives it."""
    st.caption(WHAT)
    with_files = st.checkbox("With full texts (PDFs)", value=True, key="archive-files")
    if st.button("Make the archive", icon=":material/archive:", key="archive-make"):
        _make(desk, with_files=with_files)


def _make(desk: Desk, *, with_files: bool) -> None:
    bar = st.progress(0.0, "Reading …")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "review.zip"
        made = attempt(
            archive.save,
            desk,
            path,
            with_full_texts=with_files,
            tell=lambda done, doing: _show(bar, done, doing),
        )
        bar.empty()
        if not made:
            return
        size = path.stat().st_size
        if size > LARGEST:
            st.warning(TOO_LARGE)
            return
        st.download_button(
            f"Download ({size / 1e6:,.1f} MB)",
            path.read_bytes(),
            file_name=archive.file_name(desk),
            mime="application/zip",
            on_click="ignore",
            key="archive-file",
        )


def _show(bar: st.delta_generator.DeltaGenerator, done: float, doing: str) -> None:
    bar.progress(min(1.0, done), doing)


@dataclass(frozen=True)
class _Waiting:
    """An archive that was looked through and waits for its button; its file goes with it."""

    folder: tempfile.TemporaryDirectory[str]
    path: Path
    look: archive.ArchiveLook


def take_in_archive(store: Store, person_id: int) -> None:
    """A box for the file, what is in it, and the button that makes its review here."""
    st.caption("Makes the review of an archive here, beside those that are here: all, or nothing.")
    batch = st.session_state.setdefault("archive-batch", 0)
    uploaded = st.file_uploader("Archive", type=archive.ENDING, key=f"archive-in-{batch}")
    if uploaded is not None and _look(store, uploaded):
        st.rerun()
    waiting: _Waiting | None = st.session_state.get("archive-waiting")
    if waiting is None:
        return
    look = waiting.look
    st.markdown(
        f"**{plain(look.title)}**, {number(look.rows, 'row')}, made by Waymark "
        f"{plain(look.program)} on {plain(look.made_at[:10])}"
        + ("" if look.with_full_texts else ", without full texts")
    )
    same: list[str] = (
        []
        if store.private
        else st.multiselect(
            "Who of them is the same person as the one of that name here?",
            look.known,
            help="All others become persons of their own; a number is put behind their names.",
            key="archive-same",
        )
    )
    if st.button("Take it in", type="primary", key="archive-take-in"):
        _take_in(store, waiting.path, same, person_id)
    if st.button("Put this archive aside", key="archive-aside"):
        _put_aside()
        st.rerun()


def _look(store: Store, uploaded: UploadedFile) -> bool:
    """Write the file to a disk once, look through it, and let it go; gives whether it is one."""
    _put_aside()
    folder = tempfile.TemporaryDirectory()
    path = Path(folder.name) / "archive.zip"

    def look() -> None:
        path.write_bytes(uploaded.getbuffer())
        found = archive.look(store, path)
        st.session_state["archive-waiting"] = _Waiting(folder, path, found)

    try:
        with st.spinner("Looking through the archive …"):
            is_one = attempt(look)
    finally:
        let_go([uploaded])
        st.session_state["archive-batch"] += 1  # a new number empties the box
    if not is_one:
        folder.cleanup()
    return is_one


def _put_aside() -> None:
    waiting: _Waiting | None = st.session_state.pop("archive-waiting", None)
    if waiting is not None:
        waiting.folder.cleanup()


def _take_in(store: Store, path: Path, same: list[str], person_id: int) -> None:
    bar = st.progress(0.0, "Reading …")
    taken: list[archive.TakenIn] = []

    def tell(done: float, doing: str) -> None:
        _show(bar, done, doing)

    def take_in() -> None:
        taken.append(archive.take_in(store, path, same, tell, owner=person_id))

    if attempt(take_in):
        renamed = [each for each in taken[0].people if each.name != each.name_here]
        if renamed:
            st.session_state["archive-renamed"] = "; ".join(
                f"{each.name} is called {each.name_here}" for each in renamed
            )
        _put_aside()
        visitor.go_to(taken[0].review_id)
    bar.empty()


def tell_renamed() -> None:
    """After an archive was taken in: who has another name here than there."""
    renamed = st.session_state.pop("archive-renamed", "")
    if renamed:
        st.info(
            f"Somebody here had these names already: {plain(renamed)}.", icon=":material/group:"
        )
