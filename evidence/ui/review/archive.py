"""Taking an archive of a review, and taking one in."""

import tempfile
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from evidence.steps.desk import Desk
from evidence.steps.review import archive
from evidence.store import Store
from evidence.ui.shell import visitor
from evidence.ui.shell.errors import attempt
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


def take_in_archive(store: Store) -> None:
    """A box for the file, what is in it, and the button that makes its review here."""
    st.caption("Makes the review of an archive here, beside those that are here: all, or nothing.")
    uploaded = st.file_uploader("Archive", type=archive.ENDING, key="archive-in")
    if uploaded is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "archive.zip"
        path.write_bytes(uploaded.getbuffer())
        look = _look(store, path, uploaded)
        if look is None:
            return
        st.markdown(
            f"**{plain(look.title)}**, {number(look.rows, 'row')}, made by Waymark "
            f"{plain(look.program)} on {plain(look.made_at[:10])}"
            + ("" if look.with_full_texts else ", without full texts")
        )
        same = st.multiselect(
            "Who of them is the same person as the one of that name here?",
            look.known,
            help="All others become persons of their own; a number is put behind their names.",
            key="archive-same",
        )
        if st.button("Take it in", type="primary", key="archive-take-in"):
            _take_in(store, path, same)


def _look(store: Store, path: Path, uploaded: UploadedFile) -> archive.ArchiveLook | None:
    """What the file says of itself; looked at once."""
    kept = st.session_state.get("archive-look")
    if kept is None or kept[0] != uploaded.file_id:
        found: list[archive.ArchiveLook] = []
        with st.spinner("Looking through the archive …"):
            attempt(lambda: found.append(archive.look(store, path)))
        kept = uploaded.file_id, (found[0] if found else None)
        st.session_state["archive-look"] = kept
        if not found:
            st.session_state.pop("archive-look")
    look: archive.ArchiveLook | None = kept[1]
    return look


def _take_in(store: Store, path: Path, same: list[str]) -> None:
    bar = st.progress(0.0, "Reading …")
    taken: list[archive.TakenIn] = []

    def tell(done: float, doing: str) -> None:
        _show(bar, done, doing)

    if attempt(lambda: taken.append(archive.take_in(store, path, same, tell))):
        renamed = [each for each in taken[0].people if each.name != each.name_here]
        if renamed:
            st.session_state["archive-renamed"] = "; ".join(
                f"{each.name} is called {each.name_here}" for each in renamed
            )
        visitor.go_to(taken[0].review_id)
    bar.empty()


def tell_renamed() -> None:
    """After an archive was taken in: who has another name here than there."""
    renamed = st.session_state.pop("archive-renamed", "")
    if renamed:
        st.info(
            f"Somebody here had these names already: {plain(renamed)}.", icon=":material/group:"
        )
