"""Choosing what to code: all studies as a table, and acts on those that a filter finds."""

from collections.abc import Iterator

import pandas as pd
import streamlit as st

from evidence.coding.scheme import Of, Option, Question
from evidence.steps.coding import study_list
from evidence.steps.coding.schemes import TakenScheme
from evidence.steps.coding.study_list import BulkCode, BulkPreview, StudyPage
from evidence.steps.desk import Desk
from evidence.store.coding.study_table import CodingState, StudyFilter, StudyLine, StudyOrder
from evidence.ui.shell.errors import rerun, show_errors
from evidence.ui.shell.wording import number, plain

ON_A_PAGE = 50
STATES = {
    CodingState.OPEN: "○ not begun",
    CodingState.DRAFT: "◐ draft",
    CodingState.COMPLETE: "● complete",
}
ORDERS = {
    StudyOrder.LABEL: "by label",
    StudyOrder.YEAR: "newest first",
    StudyOrder.CHANGED: "worked on last",
}
DONE = "coding-act"  # what was done last, and how to undo it


def studies_table(desk: Desk, taken: TakenScheme) -> int | None:
    """Show the studies; gives the one that the person wants to code, if any."""
    which, order = _ask_filter(taken)
    offset = _ask_page(study_list.count(desk, taken.id, which))
    page = study_list.page(desk, taken.id, which, order, offset=offset, limit=ON_A_PAGE)
    _say_how_far(page)
    picked = st.dataframe(
        _table(page),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key=f"studies-{taken.id}-{offset}-{order}-{hash(which)}",
        column_config={
            "Year": st.column_config.NumberColumn(format="%d"),
            "Changed": st.column_config.DatetimeColumn(
                format="YYYY-MM-DD HH:mm", help="When you changed your coding last, in UTC"
            ),
        },
        alt="Studies, with how far they are coded",
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        _ask_bulk(desk, taken, which, page.found)
        _ask_copy(desk, taken, page)
        _offer_undo(desk)
    rows = [row for row in picked.selection.rows if row < len(page.lines)]
    if not rows:
        st.caption("Click a study to code it.")
        return None
    return page.lines[rows[0]].id


def _ask_filter(taken: TakenScheme) -> tuple[StudyFilter, StudyOrder]:
    left, middle, right = st.columns([3, 2, 2], vertical_alignment="bottom")
    words = left.text_input(
        "Search",
        key="studies-words",
        placeholder="label, title, author, DOI",
        icon=":material/search:",
    )
    state = middle.selectbox(
        "My coding", list(STATES), index=None, format_func=STATES.__getitem__, placeholder="any",
        key="studies-state",
    )  # fmt: skip
    order = right.selectbox(
        "Order", list(ORDERS), format_func=ORDERS.__getitem__, key="studies-order"
    )
    code = _ask_code(taken, "Only studies with the code", "filter")
    question_id, option_id = code or ("", "")
    which = StudyFilter(words=words, state=state, question=question_id, code=option_id)
    return which, order


def _ask_code(taken: TakenScheme, label: str, key: str) -> tuple[str, str] | None:
    """A code of the scheme, by its ids; two questions may have options of one name."""
    names = {
        (question.id, option.id): name
        for question in taken.scheme.questions
        if question.options and question.of is Of.STUDY and not question.per_arm
        for option, name in _options(question)
    }
    return st.selectbox(
        label,
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder="any",
        key=f"studies-code-{key}-{taken.version.id}",
    )


def _options(question: Question) -> Iterator[tuple[Option, str]]:
    for option in question.walk():
        if option.selectable:
            yield option, f"{question.name}: {option.label}"


def _ask_page(found: int) -> int:
    pages = max(1, -(-found // ON_A_PAGE))
    if pages == 1:
        return 0
    at = st.number_input(f"Page of {pages:,}", 1, pages, key=f"studies-page-{pages}")
    return (int(at) - 1) * ON_A_PAGE


def _say_how_far(page: StudyPage) -> None:
    total = sum(page.tally.values())
    complete = page.tally[CodingState.COMPLETE]
    st.progress(
        complete / total if total else 0.0,
        text=f"You completed {complete:,} of {number(total, 'study', 'studies')}; "
        f"{page.tally[CodingState.DRAFT]:,} in a draft. Found here: {page.found:,}.",
    )


def _table(page: StudyPage) -> pd.DataFrame:
    rows = [
        {
            "Study": line.label,
            "Year": line.year,
            "Reports": line.reports,
            "My coding": STATES[line.own],
            "All codings": _all_codings(line),
            "Changed": line.changed_at,
        }
        for line in page.lines
    ]
    columns = ["Study", "Year", "Reports", "My coding", "All codings", "Changed"]
    return pd.DataFrame(rows, columns=columns).astype({"Year": "Int64"})


def _all_codings(line: StudyLine) -> str:
    parts = [f"{line.complete:,} complete"] * bool(line.complete)
    parts += [number(line.drafts, "draft")] * bool(line.drafts)
    return ", ".join(parts)


def _ask_bulk(desk: Desk, taken: TakenScheme, which: StudyFilter, found: int) -> None:
    box = st.popover(
        f"Code {number(found, 'study', 'studies')} at once …",
        icon=":material/checklist:",
        disabled=not found,
        on_change="rerun",
        key="bulk-box",
    )
    if not box.open:
        return
    with box:
        st.caption("It is put into your own codings of the studies that the filter finds.")
        code = _ask_code(taken, "Code", "bulk")
        on = st.segmented_control(
            "Put it", [True, False], format_func={True: "on", False: "off"}.__getitem__,
            default=True, key="bulk-on",
        )  # fmt: skip
        if code is None or on is None:
            return
        with show_errors():
            bulk = BulkCode(scheme_id=taken.id, which=which, question=code[0], code=code[1], on=on)
            seen = study_list.bulk_preview(desk, bulk)
            st.write(bulk_words(seen, on=on))
            label = f"Yes, code {number(len(seen.studies), 'study', 'studies')}"
            if st.button(label, type="primary", disabled=not seen.studies, key="bulk-yes"):
                act = study_list.put_code(desk, bulk, seen)
                done = f"Coded {number(len(seen.studies), 'study', 'studies')}."
                st.session_state[DONE] = (act, done)
                rerun()


def bulk_words(seen: BulkPreview, *, on: bool) -> str:
    """What coding many studies at once would do, in sentences."""
    where = "gets the code" if on else "loses the code"
    many = "get the code" if on else "lose the code"
    sentences = [f"{number(len(seen.studies), f'study {where}', f'studies {many}')}."]
    if seen.replaced:
        sentences.append(
            f"In {seen.replaced:,} of them another answer to the question gives way, because it "
            "has one answer only."
        )
    if seen.begun:
        begins = "coding of yours begins", "codings of yours begin"
        sentences.append(f"{number(seen.begun, *begins)} with that.")
    if seen.as_wanted:
        sentences.append(f"{number(seen.as_wanted, 'is', 'are')} so already.")
    if seen.complete:
        stay = "coding marked complete stays as it is", "codings marked complete stay as they are"
        sentences.append(f"{number(seen.complete, *stay)}.")
    return " ".join(sentences)


def _ask_copy(desk: Desk, taken: TakenScheme, page: StudyPage) -> None:
    begun = {line.id: line.label for line in page.lines if line.own is not CodingState.OPEN}
    into = {line.id: line.label for line in page.lines if line.own is not CodingState.COMPLETE}
    if not (begun and into):
        return
    box = st.popover("Copy a coding …", icon=":material/content_copy:", key="copy-box")
    with box:
        st.caption(
            "Your answers of one study answer what is still open in another. Notes, quotations and "
            "findings stay behind: they rest on the other report."
        )
        source = st.selectbox(
            "From", list(begun), index=None, format_func=begun.__getitem__, key="copy-from"
        )
        target = st.selectbox(
            "Into", [id_ for id_ in into if id_ != source], index=None,
            format_func=into.__getitem__, key="copy-into",
        )  # fmt: skip
        ready = source is not None and target is not None
        pressed = st.button("Copy the answers", disabled=not ready, key="copy-yes")
        if pressed and source is not None and target is not None:
            with show_errors():
                act, copied = study_list.copy_coding(desk, taken.id, source, target)
                words = f"{number(copied, 'question')} of “{into[target]}” answered."
                st.session_state[DONE] = (act, words)
                rerun()


def _offer_undo(desk: Desk) -> None:
    if DONE not in st.session_state:
        return
    act, words = st.session_state[DONE]
    st.caption(plain(words))
    if st.button("Undo", icon=":material/undo:", key=f"undo-{act}"):
        with show_errors():
            undone, kept = study_list.undo_act(desk, act)
            del st.session_state[DONE]
            stay = f" {number(kept, 'study stays', 'studies stay')}: changed since." if kept else ""
            st.toast(f"Undone in {number(undone, 'study', 'studies')}.{stay}")
            rerun()
