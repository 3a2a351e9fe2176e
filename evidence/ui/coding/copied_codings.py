"""Copying a coding from another study on the screen: what is copied, and what stays behind."""

import pandas as pd
import streamlit as st

from evidence.steps.coding import copied_codings
from evidence.steps.coding.copied_codings import CopyPreview
from evidence.steps.coding.schemes import TakenScheme
from evidence.steps.desk import Desk
from evidence.ui.coding.bulk_coding import did
from evidence.ui.shell.errors import show_errors
from evidence.ui.shell.wording import number, plain, short

COPY = "Copy"
LONGEST = 200  # characters of an answer in the table


def copy_section(desk: Desk, taken: TakenScheme, study_id: int, label: str) -> None:
    """Choose a study whose coding is copied into the one that is open; look, and do it."""
    st.caption(
        f"Your answers of another study go into your coding of “{plain(label)}”, where nothing is "
        "answered yet. Nothing there is overwritten."
    )
    begun = copied_codings.begun(desk, taken.id)
    others = [id_ for id_ in begun if id_ != study_id]
    if not others:
        st.caption("You have begun no other study yet.")
        return
    source = st.selectbox(
        "Copy from",
        others,
        index=None,
        format_func=begun.__getitem__,
        placeholder="write to find a study that you have begun",
        key=f"copy-from-{taken.id}-{study_id}",
    )
    if source is None:
        return
    with show_errors():
        seen = copied_codings.preview(desk, taken.id, source, study_id)
        for sentence in copy_sentences(seen):
            st.markdown(f"- {sentence}")
        only = ask_which(seen, key=f"copy-{taken.id}-{source}-{study_id}")
        many = number(len(only), "answer")
        if st.button(f"Copy {many}", type="primary", disabled=not only, key="copy-yes"):
            copied_codings.copy_coding(desk, taken.id, source, study_id, seen, only)
            did(f"{many} of “{begun[source]}” copied into “{label}”.")


def ask_which(seen: CopyPreview, key: str) -> frozenset[str]:
    """Let answers be left out; gives the questions whose answers are ticked."""
    table = copy_table(seen)
    if not seen.copied:
        st.dataframe(table, hide_index=True, alt="Answers of the other study")
        return frozenset()
    edited = st.data_editor(
        table.iloc[: len(seen.copied)],
        hide_index=True,
        disabled=[name for name in table.columns if name != COPY],
        key=key,
        column_config={COPY: st.column_config.CheckboxColumn(COPY, pinned=True)},
    )
    if seen.kept:
        with st.expander(f"Stays as it is: {number(len(seen.kept), 'answer')}"):
            stays = table.iloc[len(seen.copied) :].drop(columns=COPY)
            st.dataframe(stays, hide_index=True, alt="Answers that stay as they are")
    pairs = zip(seen.copied, edited[COPY], strict=True)
    return frozenset(each.question.id for each, ticked in pairs if ticked)


def copy_sentences(seen: CopyPreview) -> list[str]:
    """What copying would do, and what stays behind."""
    copied, kept = len(seen.copied), len(seen.kept)
    sentences = [f"{number(copied, 'answer')} can be copied; untick what differs." if copied
                 else "No answer can be copied."]  # fmt: skip
    if differing := [each for each in seen.copied if not each.is_proposed]:
        count = number(len(differing), "number, text or date", "numbers, texts and dates")
        sentences.append(
            f"{count} {'is' if len(differing) == 1 else 'are'} not ticked, because these differ "
            "from study to study."
        )
    if kept:
        sentences.append(
            f"{number(kept, 'question is', 'questions are')} answered here already; "
            f"{'that stays' if kept == 1 else 'these stay'} as they are."
        )
    behind = [
        number(many, noun)
        for many, noun in (
            (seen.notes, "note"), (seen.findings, "finding"), (seen.for_arms, "answer for an arm"),
        )
        if many
    ]  # fmt: skip
    if behind:
        sentences.append(
            f"Stays behind, because it rests on the other report: {', '.join(behind)}. "
            "Quotations stay behind, too."
        )
    if seen.lost:
        sentences.append(
            f"{number(seen.lost, 'answer stays', 'answers stay')} behind, because the scheme does "
            "not have the question or code any more."
        )
    return sentences


def copy_table(seen: CopyPreview) -> pd.DataFrame:
    """The answers of the other study, with what becomes of each; first those that are copied."""
    rows = [
        {
            COPY: not each.stands and each.is_proposed,
            "Question": short(each.question.name, LONGEST),
            "Answer there": short(each.words, LONGEST),
            "Answer here": short(each.stands, LONGEST),
        }
        for each in (*seen.copied, *seen.kept)
    ]
    return pd.DataFrame(rows, columns=[COPY, "Question", "Answer there", "Answer here"])
