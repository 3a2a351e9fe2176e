"""How many people code a study: one setting in words, and what a change of it would do."""

from collections.abc import Sequence

import streamlit as st

from evidence.coding.which_counts import RULE, CodingStage, Moves
from evidence.steps.coding import coders
from evidence.steps.coding.coders import CodersPage
from evidence.steps.coding.schemes import TakenScheme
from evidence.steps.desk import Desk
from evidence.steps.review import membership
from evidence.store import Role
from evidence.ui.shell.errors import attempt, fragment, rerun
from evidence.ui.shell.under_way import choice_under_way
from evidence.ui.shell.unsaved import ask_before_leaving
from evidence.ui.shell.wording import number, plain, short

ONE, TWO, SHARE = "one", "two", "share"
CHOICES = {
    ONE: ("One person", "Whoever completes a study first has coded it."),
    TWO: ("Two people", "Neither sees what the other says before both are done."),
    SHARE: (
        "Two people for a share of the studies",
        "The share is drawn at random and stays the same studies; one person codes the others.",
    ),
}
ALL = 100  # percent
NAMED = 5  # studies in a sentence; a list below has them all
USUAL = 20  # percent that two people code where somebody wants a share
LOOK_ON = "You look on here: those who edit the review say who codes what."


@fragment
def how_many_tab(desk: Desk, taken: TakenScheme) -> None:
    """The setting of a scheme with how far its studies are; editors can change it."""
    page = coders.page(desk, taken.id)
    st.header(f"How “{plain(short(taken.scheme.title))}” is coded")
    st.write(standing_words(page))
    st.caption(RULE)
    if membership.standing(desk).role < Role.EDITOR:
        st.markdown(f"**{share_words(page.share)}**")
        st.caption(LOOK_ON)
    else:
        _change(desk, taken, page.share)
    _history(page)


def _change(desk: Desk, taken: TakenScheme, now: int) -> None:
    key = f"share-{desk.review_id}-{taken.id}"
    choice = choice_under_way(key, now)
    share = _ask_share(choice.before, f"{key}-{choice.turn}")
    ask_before_leaving(f"unsaved-{key}", unsaved=share != choice.before)
    if share == choice.before:
        if now != choice.before:
            choice.begin_anew(now)
            rerun()
        return
    with st.container(border=True):
        st.markdown(f"**{share_words(share)}** from now on:")
        tell_opened(coders.opened_by_share(desk, taken.id, share))
        for sentence in move_sentences(coders.preview(desk, taken.id, share)):
            st.markdown(f"- {sentence}")
        st.caption(
            "No answer is changed, and nobody who codes a study or is still to sees what others "
            "said of it."
        )
        with st.container(horizontal=True):
            keep = st.button("Keep this", type="primary", key=f"keep-{key}")
            drop = st.button("Leave it as it was", key=f"drop-{key}")
    if keep and attempt(coders.change, desk, taken.id, share, choice.before):
        st.toast("From now on it is coded like this.", icon=":material/check:")
        drop = True
    if drop:
        choice.begin_anew(coders.page(desk, taken.id).share)
        rerun()


def _ask_share(before: int, key: str) -> int:
    kind = {0: ONE, ALL: TWO}.get(before, SHARE)
    chosen = st.radio(
        "Who codes each study?",
        list(CHOICES),
        index=list(CHOICES).index(kind),
        format_func=lambda each: CHOICES[each][0],
        captions=[caption for _, caption in CHOICES.values()],
        key=f"{key}-kind",
        persist_state="session",
    )
    if chosen != SHARE:
        return ALL if chosen == TWO else 0
    return st.slider(
        "Share of studies that two people code, in percent",
        1,
        ALL - 1,
        before if kind == SHARE else USUAL,
        key=f"{key}-percent",
        persist_state="session",
    )


def share_words(share: int) -> str:
    """How many people code a study, in a sentence without its full stop."""
    if share in {0, ALL}:
        return "Two people code each study" if share else "One person codes each study"
    return f"Two people code {share} % of the studies, one person codes the others"


def standing_words(page: CodersPage) -> str:
    """How many studies are how far."""
    total = sum(page.stages.values())
    to_code = page.stages.get(CodingStage.TO_CODE, 0) - page.waiting
    counted, to_reconcile = (
        page.stages.get(stage, 0) for stage in (CodingStage.COUNTED, CodingStage.TO_RECONCILE)
    )
    parts = [
        number(counted, "counts", "count"),
        number(to_reconcile, "is to reconcile", "are to reconcile"),
        number(page.waiting, "waits for another coder", "wait for another coder"),
        number(to_code, "has no complete coding", "have no complete coding"),
    ]
    return f"Of {number(total, 'study', 'studies')}: {', '.join(parts)}."


def tell_opened(labels: Sequence[str]) -> None:
    """Say first which codings a change lets others read; that cannot be taken back."""
    if not labels:
        return
    named = "; ".join(labels[:NAMED])
    more = f" and {len(labels) - NAMED:,} more" if len(labels) > NAMED else ""
    st.warning(plain(f"{opened_words(len(labels))}: {named}{more}."), icon=":material/visibility:")
    if more:
        with st.expander("All of these studies"):
            st.markdown("\n".join(f"- {plain(label)}" for label in labels))


def opened_words(count: int) -> str:
    """How many studies have codings that others could read, in a sentence without its names."""
    return (
        f"What is complete of {number(count, 'study', 'studies')} could be read by everybody who "
        "neither codes it nor is still to; what somebody has read cannot be taken back"
    )


def move_sentences(moves: Moves) -> list[str]:
    """What another share would change, in sentences."""
    study = "study", "studies"
    sentences = []
    if moves.waiting:
        sentences.append(f"{number(moves.waiting, *study)} would wait for another coder.")
    if moves.shown:
        which = f"{moves.shown:,} of these" if moves.shown < moves.waiting else "All of these"
        sentences.append(
            f"{'It' if moves.waiting == 1 else which} could be read by everybody already: whoever "
            "codes next may know what was said."
        )
    if moves.counted:
        sentences.append(f"{number(moves.counted, *study)} would count, and did not so far.")
    if moves.reconcile:
        sentences.append(f"{number(moves.reconcile, *study)} would have to be reconciled.")
    return sentences or ["No study that was coded so far would change."]


def _history(page: CodersPage) -> None:
    if not page.history:
        return
    with st.expander("Earlier settings", icon=":material/history:"):
        earlier = [*(each.share for each in page.history[1:]), 0]
        for change, before in zip(page.history, earlier, strict=True):
            st.caption(
                f"{change.at:%Y-%m-%d %H:%M} UTC, {plain(change.person)}: "
                f"{share_words(before).lower()} → {share_words(change.share).lower()}"
            )
