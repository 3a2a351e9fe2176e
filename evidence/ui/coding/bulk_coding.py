"""Coding many studies at once on the screen: what it does, doing it, and undoing it."""

from collections.abc import Collection

import pandas as pd
import streamlit as st

from evidence.steps.coding import bulk_coding
from evidence.steps.coding.bulk_coding import BulkCode, BulkLine, BulkPreview, Happens
from evidence.steps.coding.schemes import TakenScheme
from evidence.steps.desk import Desk
from evidence.store.coding.study_table import StudyFilter
from evidence.store.coding.undo_coding_acts import StandingAct
from evidence.ui.coding.code_choice import ask_code, code_words, of_study
from evidence.ui.shell.errors import show_errors
from evidence.ui.shell.wording import number, plain

ACTS = "coding-acts"  # how many acts of this visit changed codings beside the desk
DONE = "coding-act-done"  # what the last one did, in words
UNDONE = "coding-act-undone"  # the choice in which an act was undone; True before it is known
SAID = "coding-act-undone-said"  # what undoing did, in words, in place of its button
TICKED, FOUND = "ticked", "found"


def bulk_section(
    desk: Desk, taken: TakenScheme, which: StudyFilter, found: int, ticked: Collection[int]
) -> None:
    """Choose studies and a code, look at what it does, and do it."""
    if not found:
        st.caption("The filter finds no study.")
        return
    st.caption("It goes into your own codings. Nothing is kept before you press the button.")
    only = _ask_studies(found, ticked)
    question, code = ask_code(
        taken, "bulk", suits=of_study, nothing=("write to find one", "write to find one")
    )
    on = st.segmented_control(
        "Put it",
        [True, False],
        format_func={True: "on", False: "off"}.__getitem__,
        default=True,
        required=True,
        key="bulk-on",
    )
    if not code:
        return
    bulk = BulkCode(
        scheme_id=taken.id, which=which, question=question, code=code, on=bool(on), only=only
    )
    with show_errors():
        seen = bulk_coding.preview(desk, bulk)
        for sentence in bulk_sentences(seen, on=bulk.on):
            st.markdown(f"- {sentence}")
        with st.expander(f"Which: {number(len(seen.lines), 'study', 'studies')}"):
            st.dataframe(
                preview_table(taken, bulk, seen),
                hide_index=True,
                alt="What happens with each study",
            )
        many = number(len(seen.changing), "study", "studies")
        label = f"Put the code {'on' if bulk.on else 'off'} in {many}"
        is_undone = _just_undone(bulk)
        if is_undone:
            st.caption("This was just undone. Choose something else above to use the button again.")
        if st.button(
            label, type="primary", disabled=is_undone or not seen.changing, key="bulk-yes"
        ):
            bar = st.progress(0.0, text=f"{label} …")
            total = len(seen.changing)
            bulk_coding.put_code(desk, bulk, seen, lambda done: _show(bar, done, total))
            told = "put on" if bulk.on else "taken off"
            did(f"{code_words(taken, question, code)} was {told} in {many}.")


def _just_undone(bulk: BulkCode) -> bool:
    """Whether something was undone, and nothing else chosen since; a second press of the mouse
    must not do it again.
    """
    if st.session_state.get(UNDONE) is True:
        st.session_state[UNDONE] = bulk
    if st.session_state.get(UNDONE) == bulk:
        return True
    st.session_state.pop(UNDONE, None)
    return False


def did(words: str) -> None:
    """Draw the page anew after codings were changed beside the desk, which then looks again."""
    st.session_state[ACTS] = st.session_state.get(ACTS, 0) + 1
    st.session_state[DONE] = words
    st.rerun()


def say_done() -> None:
    """Say once what the last act did."""
    words = st.session_state.pop(DONE, None)
    if words:
        st.toast(plain(words), icon=":material/check:")


def undo_section(desk: Desk, taken: TakenScheme) -> None:
    """What was done last to many answers at once, with a button that undoes it."""
    if SAID in st.session_state:  # no older act comes under the pointer
        st.success(plain(st.session_state.pop(SAID)))
        if st.session_state.get(UNDONE) is True:  # nothing was chosen beside it
            del st.session_state[UNDONE]
        return
    act = bulk_coding.latest_act(desk, taken.id)
    if act is None:
        return
    with st.container(border=True):
        st.markdown(plain(act_words(taken, act)))
        label = f"Undo in {number(len(act.stands), 'study', 'studies')}"
        pressed = st.button(
            label, icon=":material/undo:", disabled=not act.stands, key=f"undo-{act.act}"
        )
        if pressed:
            with show_errors():
                undone, kept = bulk_coding.undo_act(desk, act.act)
                stay = f" {number(kept, 'study stays as it is', 'studies stay as they are')}."
                words = f"Undone in {number(undone, 'study', 'studies')}.{stay * bool(kept)}"
                st.session_state.update({UNDONE: True, SAID: words})
                did(words)


def act_words(taken: TakenScheme, act: StandingAct) -> str:
    """What an act did, and in how many studies it can be undone."""
    at = f"{act.at:%Y-%m-%d %H:%M} UTC"
    if act.source:
        did_what = f"Your answers of “{act.source}” were copied into “{act.study}”"
    else:
        total = len(act.stands) + act.changed
        where = f"“{act.study}”" if total == 1 else number(total, "study", "studies")
        put = "put on" if act.on else "taken off"
        did_what = f"{code_words(taken, act.question, act.code)} was {put} in {where}"
    sentences = [f"Last done: {did_what}, {at}."]
    if act.changed and act.stands:
        sentences.append(
            f"{number(act.changed, 'study was', 'studies were')} changed or completed since; "
            "undoing leaves these as they are."
        )
    elif act.changed:
        sentences.append(
            "All of it was changed or completed since, so it cannot be undone at once."
        )
    return " ".join(sentences)


def bulk_sentences(seen: BulkPreview, *, on: bool) -> list[str]:
    """What coding many studies at once would do."""
    gets = ("gets the code", "get the code") if on else ("loses the code", "lose the code")
    study = f"study {gets[0]}", f"studies {gets[1]}"
    changing = len(seen.changing)
    sentences = [f"{number(changing, *study)}." if changing else f"No {study[0]}."]
    if seen.begun:
        begins = "coding of yours begins", "codings of yours begin"
        sentences.append(f"{number(seen.begun, *begins)} with it.")
    if gives_way := seen.count(Happens.GIVES_WAY):
        has = "study has another answer", "studies have another answer"
        sentences.append(
            f"{number(gives_way, *has)}, which gives way, because the question takes one only."
        )
    if seen.beside:
        has = "study has other codes", "studies have other codes"
        sentences.append(f"{number(seen.beside, *has)} of the question, too; these stay.")
    if as_wanted := seen.count(Happens.AS_WANTED):
        has = (
            ("study has", "studies have") if on else ("study does not have", "studies do not have")
        )
        already = "it already" if on else "it"
        sentences.append(f"{number(as_wanted, *has)} {already}.")
    if complete := seen.count(Happens.COMPLETE):
        stay = "coding is complete and stays as it is", "codings are complete and stay as they are"
        sentences.append(f"{number(complete, *stay)}.")
    return sentences


def preview_table(taken: TakenScheme, bulk: BulkCode, seen: BulkPreview) -> pd.DataFrame:
    """The studies of a preview; first those that change."""
    question = taken.scheme.question(bulk.question)
    labels = {option.id: option.label for option in question.walk()} if question else {}
    lines = sorted(seen.lines, key=lambda line: not line.changes)
    rows = [
        {
            "Study": line.label,
            "What happens": _happens(line, on=bulk.on),
            "Other codes there": ", ".join(labels.get(code, code) for code in line.others),
        }
        for line in lines
    ]
    return pd.DataFrame(rows, columns=["Study", "What happens", "Other codes there"])


def _happens(line: BulkLine, *, on: bool) -> str:
    if line.happens is Happens.AS_WANTED:
        return "has it already" if on else "does not have it"
    if line.happens is Happens.COMPLETE:
        return "complete, stays as it is"
    words = "gets the code" if on else "loses the code"
    if line.happens is Happens.GIVES_WAY:
        return f"{words}, instead of the other"
    return f"{words}; its coding begins" if line.begins else words


def _ask_studies(found: int, ticked: Collection[int]) -> frozenset[int] | None:
    """Which studies are meant: those that are ticked, or all that the filter finds (None)."""
    if not ticked:
        every = number(found, "study", "studies")
        st.markdown(
            f"**Studies:** all {every} that the filter finds. To take some, tick them above."
        )
        return None
    names = {TICKED: f"the {len(ticked):,} ticked", FOUND: f"all {found:,} that the filter finds"}
    meant = st.segmented_control(
        "Studies",
        [TICKED, FOUND],
        format_func=names.__getitem__,
        default=TICKED,
        required=True,
        key="bulk-studies",
    )
    return None if meant == FOUND else frozenset(ticked)


def _show(bar: "st.delta_generator.DeltaGenerator", done: int, total: int) -> None:
    bar.progress(done / total, text=f"{done:,} of {number(total, 'study', 'studies')} coded")
