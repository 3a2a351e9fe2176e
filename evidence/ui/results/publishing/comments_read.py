"""Comments of readers as their authors read them: answered, accepted, hidden, and that undone."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from evidence.steps.desk import Desk
from evidence.steps.results.publishing import reader_comments
from evidence.store.results.reader_comments import CommentAnswer, CommentState, KeptComment
from evidence.ui.shell.errors import attempt, fragment
from evidence.ui.shell.wording import number, plain, plain_lines, short

ABOUT = (
    "Only those who edit the review read a comment until one of them accepts it; then it stands "
    "on the public page, with the answer and what changed."
)
STATES = {
    CommentState.WAITING: "To read",
    CommentState.ACCEPTED: "Accepted",
    CommentState.HIDDEN: "Hidden",
}
DONE = "comment-done"  # the comments of the last act, as they stood before
AT_ONCE = 20  # comments on a page


@fragment
def comments_read(desk: Desk) -> None:
    """The comments of one state, newest first, with a form each."""
    comments = reader_comments.listing(desk)
    st.caption(ABOUT)
    if not comments:
        st.info("No reader wrote a comment yet.", icon=":material/forum:")
        return
    _offer_undo(desk)
    counts = reader_comments.counts(comments)
    state = st.segmented_control(
        "Comments",
        list(STATES),
        default=CommentState.WAITING,
        required=True,
        format_func=lambda each: f"{STATES[each]} ({counts[each]:,})",
        key="comments-state",
    )
    shown = [each for each in comments if each.left.state is state]
    drawn = _one_page(shown, state)
    if state is CommentState.WAITING and len(shown) > AT_ONCE:
        _hide_all(desk, drawn)
    for each in drawn:
        _comment(desk, each)
    st.download_button(
        "All comments as CSV",
        reader_comments.as_csv(desk),
        f"comments.{reader_comments.ENDING}",
        reader_comments.MEDIA_TYPE,
        on_click="ignore",
        icon=":material/download:",
        key="comments-csv",
    )


def _one_page(shown: Sequence[KeptComment], state: CommentState) -> Sequence[KeptComment]:
    """Those of the page that is chosen, where there are more than one page has."""
    pages = -(-len(shown) // AT_ONCE)
    if pages <= 1:
        return shown
    key = f"comments-page-{state}-{pages}"  # a page that is no longer there would stay chosen
    page = int(st.number_input(f"Page of {pages:,}, newest first", 1, pages, key=key))
    return shown[(page - 1) * AT_ONCE : page * AT_ONCE]


def _hide_all(desk: Desk, drawn: Sequence[KeptComment]) -> None:
    """Hide a whole page of comments that were not answered: a program may have sent them."""
    bare = [each for each in drawn if each.left.answer == each.left.changed == ""]
    label = f"Hide the {number(len(bare), 'comment')} of this page"
    if bare and st.button(label, icon=":material/visibility_off:", key="comments-hide-all"):
        _leave(desk, bare, CommentAnswer(state=CommentState.HIDDEN))


def _comment(desk: Desk, kept: KeptComment) -> None:
    with st.container(border=True), st.form(f"comment-{kept.id}", border=False):
        st.markdown(plain(f"{kept.name}, {kept.at:%Y-%m-%d}, on {kept.subject_words}"))
        st.markdown(plain_lines(kept.comment))
        answer = st.text_area(
            "Answer", kept.left.answer, max_chars=reader_comments.LONGEST_COMMENT, height=80
        )
        changed = st.text_area(
            "What changed because of it",
            kept.left.changed,
            max_chars=reader_comments.LONGEST_COMMENT,
            height=80,
        )
        if kept.left_at:
            st.caption(plain(f"Last left so by {kept.left_by} on {kept.left_at:%Y-%m-%d}."))
        with st.container(horizontal=True):
            accepts = st.form_submit_button("Accept: readers see it", type="primary")
            hides = st.form_submit_button("Hide")
    left = CommentAnswer(answer=answer, changed=changed)
    if accepts:
        _leave(desk, [kept], replace(left, state=CommentState.ACCEPTED))
    if hides:
        _leave(desk, [kept], replace(left, state=CommentState.HIDDEN))


def _leave(desk: Desk, kept: Sequence[KeptComment], left: CommentAnswer) -> None:
    if attempt(reader_comments.answer, desk, [each.id for each in kept], left):
        st.session_state[DONE] = (desk.review_id, kept, left.state)
        st.rerun()


def _offer_undo(desk: Desk) -> None:
    review_id, kept, state = st.session_state.get(DONE, (None, (), None))
    if not kept or review_id != desk.review_id:
        return
    what = f"“{short(kept[0].comment)}”" if len(kept) == 1 else number(len(kept), "comment")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(plain(f"{what}: {STATES[state].lower()}."))
        ids = [each.id for each in kept]  # several stood alike, without an answer
        if st.button("Undo", icon=":material/undo:", key="comment-undo") and attempt(
            reader_comments.answer, desk, ids, kept[0].left
        ):
            st.session_state.pop(DONE)
            st.rerun()
