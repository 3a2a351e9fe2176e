"""The pairs that wait for a person: one at a time, or many with one reason."""

import random

import streamlit as st

from evidence.errors import WaymarkError
from evidence.steps.desk import Desk
from evidence.steps.records.duplicates import duplicates, pair_history, record_pairs
from evidence.ui.records.comparison import comparison, of_record
from evidence.ui.shell.cache import cached
from evidence.ui.shell.errors import fragment, rerun
from evidence.ui.shell.keys import pressed
from evidence.ui.shell.wording import number, plain, short

SAMPLE = 5  # pairs to look at before many are decided together
LONGEST_NOTE = 500
KEYS = {"s": "same", "d": "different", "k": "skip", "u": "undo"}
VERDICTS = {"same": "Same", "different": "Different"}


@fragment
def pair_view(desk: Desk) -> None:
    """The next possible pair, with keys and buttons to decide it."""
    ids, waiting = _next(desk)
    _news(desk, ids)
    last = pair_history.newest_own(desk)
    pair = record_pairs.get(desk, ids) if ids else None
    key = pressed(f"{ids} {last.newest.verdict.id if last else ''}", KEYS, "pair-keys")
    if pair is None:
        _nothing_waits(desk)
        _undo(desk, last, key)
        return
    about = f"{pair.first.id}-{pair.second.id}"
    with st.container(horizontal=True, vertical_alignment="center"):
        same = st.button("Same `S`", type="primary", key=f"same-{about}") or key == "same"
        different = st.button("Different `D`", key=f"different-{about}") or key == "different"
        skip = st.button("Skip `K`", key=f"skip-{about}", type="tertiary") or key == "skip"
        _undo(desk, last, key)
    st.caption(f"{_waiting_words(desk, waiting)} {plain(pair.why)}")
    note = st.text_input(
        "Note",
        key=f"note-{about}",
        placeholder="Why, if it is not obvious",
        max_chars=LONGEST_NOTE,
    )
    st.html(comparison(of_record(pair.first), of_record(pair.second)))
    if skip:
        _skipped().append(pair.verdict.pair)
        _forget(desk)
        rerun()
    if same or different:
        _answer(desk, pair.verdict.pair, "same" if same else "different", note)


def _waiting_words(desk: Desk, waiting: int) -> str:
    """How many pairs wait, and how many of them are probably duplicates."""
    if waiting == 1:
        return "1 pair to decide."
    likely = record_pairs.expected_duplicates(cached(record_pairs.waiting, desk))
    likeliest = f"the likeliest first; as such pairs go, about {likely:,} are duplicates"
    return f"{waiting:,} pairs to decide, {likeliest}."


def _answer(desk: Desk, ids: tuple[int, int], verdict: str, note: str) -> None:
    """Keep an answer; where somebody was quicker, say so above the next pair."""
    try:
        record_pairs.answer(desk, ids, verdict, note)
    except WaymarkError as error:
        st.session_state["pair-news"] = str(error)
    _forget(desk)
    st.rerun()


def _news(desk: Desk, ids: tuple[int, int] | None) -> None:
    """Say why another pair stands here than the one before, if this person did not do it."""
    name = f"pair-shown-{desk.review_id}"
    before = st.session_state.get(name)
    st.session_state[name] = ids
    news = st.session_state.pop("pair-news", "")
    waiting = {candidate.pair for candidate in cached(record_pairs.waiting, desk)}
    if before and not news and before not in waiting:
        pair = record_pairs.get(desk, before)
        if pair and pair.verdict.person:
            news = (
                f"{pair.verdict.person} decided the pair that stood here: {pair.verdict.verdict}."
            )
        else:
            news = "The pair that stood here does not wait for a decision any more."
    if news:
        st.warning(plain(news), icon=":material/group:")


def _forget(desk: Desk) -> None:
    """This person did something about the pair that stands here."""
    st.session_state.pop("pair-first", None)
    st.session_state.pop(f"pair-shown-{desk.review_id}", None)


def _next(desk: Desk) -> tuple[tuple[int, int] | None, int]:
    """The pair to show, and how many wait; one that was taken back comes first."""
    waiting = [candidate.pair for candidate in cached(record_pairs.waiting, desk)]
    first = st.session_state.get("pair-first")
    if first in waiting:
        return first, len(waiting)
    later = set(_skipped())
    return next((ids for ids in waiting if ids not in later), None), len(waiting)


def _skipped() -> list[tuple[int, int]]:
    skipped: list[tuple[int, int]] = st.session_state.setdefault("skipped-pairs", [])
    return skipped


def _nothing_waits(desk: Desk) -> None:
    waiting = {candidate.pair for candidate in cached(record_pairs.waiting, desk)}
    skipped = waiting.intersection(_skipped())
    if skipped:
        st.info(f"You skipped {number(len(skipped), 'pair')}.", icon=":material/skip_next:")
        if st.button("Look at them again", key="unskip"):
            _skipped().clear()
            rerun()
    elif cached(duplicates.counts, desk).new:
        st.info("Nothing to decide until the new records were compared.")
    else:
        st.success("No pair waits for a decision.", icon=":material/check_circle:")


def _undo(desk: Desk, last: pair_history.NewestAct | None, key: str) -> None:
    """Take back what this person said last; the button says what that is."""
    if last is None:
        return
    verdict = last.newest.verdict
    what = f"{VERDICTS[verdict.verdict]}: {short(' / '.join(last.newest.titles), 120)}"
    if last.pairs > 1:
        what = f"{VERDICTS[verdict.verdict]}: {number(last.pairs, 'pair')} at once"
    clicked = st.button("Undo `U`", key=f"undo-{verdict.id}", type="tertiary", help=plain(what))
    if not (clicked or key == "undo"):
        return
    try:
        pair_history.withdraw_act(desk, verdict.id)
    except WaymarkError as error:
        st.session_state["pair-news"] = str(error)
    else:
        st.session_state["pair-first"] = verdict.pair
        st.toast(f"Taken back. {plain(what)}", icon=":material/undo:")
    st.rerun()


@fragment
def decide_together(desk: Desk) -> None:
    """Pairs with one reason, decided together after a look at some of them."""
    waiting = record_pairs.by_reason(cached(record_pairs.waiting, desk))
    if not waiting:
        st.caption("No pair waits for a decision.")
        return
    reason = st.selectbox(
        "Reason",
        list(waiting),
        format_func=lambda reason: f"{number(len(waiting[reason]), 'pair')}: {reason}",
        key="together-reason",
    )
    pairs = waiting[reason]
    seed = hash(tuple(pairs))
    sample = random.Random(seed).sample(pairs, min(SAMPLE, len(pairs)))  # noqa: S311
    ids = {record_id for pair in sample for record_id in pair}
    records = {record.id: record for record in record_pairs.records_of(desk, sorted(ids))}
    for first, second in sample:
        if first in records and second in records:
            st.html(comparison(of_record(records[first]), of_record(records[second])))
    st.caption(f"These are {len(sample):,} of {number(len(pairs), 'pair')}, drawn at random.")
    all_seen = st.checkbox("I looked at all of them", key=f"looked-{seed}")
    with st.container(horizontal=True):
        for verdict, label in (("same", "All are the same"), ("different", "All are different")):
            pressed = st.button(label, disabled=not all_seen, key=f"all-{verdict}-{seed}")
            if pressed and all_seen:
                _decide_all(desk, pairs, verdict, len(sample))


def _decide_all(desk: Desk, pairs: list[tuple[int, int]], verdict: str, seen: int) -> None:
    note = f"decided together with {len(pairs)} pairs after a look at {seen}"
    decided = record_pairs.answer_all(desk, pairs, verdict, note)
    _forget(desk)
    left_alone = len(pairs) - decided
    sentence = f"{VERDICTS[verdict]}: {number(decided, 'pair')}."
    if left_alone:
        sentence += f" {number(left_alone, 'pair')} did not wait any more and was left alone."
    st.toast(sentence, icon=":material/join_inner:")
    st.rerun()
