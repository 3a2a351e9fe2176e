"""The parts of the import page: previews, problems, what is said of a source, the history."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from evidence.settings import Settings
from evidence.steps import importing
from evidence.steps.desk import Desk
from evidence.ui.trouble import done
from evidence.ui.words import ENCODINGS, SOURCE_KINDS, format_words, number, plain, problem_row

PROBLEMS_SHOWN = 1000


def look_at(desk: Desk, uploads: Sequence[UploadedFile], settings: Settings) -> None:
    """Read uploaded files; what was read waits on the page, even after a reload."""
    for upload in uploads:
        with st.spinner(f"Reading {plain(upload.name)} …"):
            importing.look(desk, upload.name, upload.getvalue(), settings)


def look_cards(
    desk: Desk, looks: Sequence[importing.Look]
) -> list[tuple[int, importing.SourceDraft | int]]:
    """Everything that was looked at; gives what to keep once the button is pressed."""
    if not looks:
        return []
    known = importing.history(desk)
    offered = [(look, _card(desk, look, known)) for look in once(looks)]
    chosen = [(look.id, source) for look, source in offered if source is not None]
    total = sum(look.staged.kept for look, source in offered if source is not None)
    label = f"Import {number(total, 'record')}"
    if st.button(label, type="primary", disabled=not chosen, key="import"):
        return chosen
    return []


def once(looks: Sequence[importing.Look]) -> list[importing.Look]:
    """The same looks; of two with the same text the second cannot be kept."""
    seen: set[str] = set()
    found = []
    for look in looks:
        twin = look.can_be_kept and look.staged.sha256 in seen
        found.append(replace(look, twin=True) if twin else look)
        seen.add(look.staged.sha256)
    return found


def _card(
    desk: Desk, look: importing.Look, known: Sequence[importing.History]
) -> importing.SourceDraft | int | None:
    """One file; gives its source when it can and shall be kept."""
    file = look.staged
    with st.container(border=True, key=f"look-{look.id}"):
        left, right = st.columns([6, 1], vertical_alignment="center")
        left.markdown(f"**{plain(file.name)}**")
        stop = "Cancel" if file.job.going else "Leave out"
        if right.button(stop, key=f"drop-{look.id}", width="stretch"):
            importing.drop(desk, look.id)
            st.rerun()
        if file.job.going:
            st.progress(min(file.job.done, 1.0), text=plain(file.job.doing or "Reading …"))
            return None
        if file.job.message:
            st.error(f"{plain(file.name)}: {plain(file.job.message)}", icon=":material/warning:")
            return None
        return _read_card(look, known)


def _read_card(
    look: importing.Look, known: Sequence[importing.History]
) -> importing.SourceDraft | int | None:
    file = look.staged
    if file.format:
        st.caption(
            f"{format_words(file.format)} · {ENCODINGS.get(file.encoding, file.encoding)} · "
            f"{number(file.seen, 'entry', 'entries')} seen · "
            f"{number(file.kept, 'record')} can be kept"
        )
    if look.known:
        st.info(
            f"Imported on {look.known.imported_at:%Y-%m-%d %H:%M} UTC as "
            f"“{plain(look.known.name)}”. Nothing would be added, so it is left out.",
            icon=":material/history:",
        )
    if look.twin:
        st.info("The same text as a file above, so it is left out.", icon=":material/history:")
    problems_table(look.problems, key=f"problems-{look.id}")
    if not look.can_be_kept:
        return None
    first_records(look)
    return source_form(look, known)


def first_records(look: importing.Look) -> None:
    """The first records as they will look."""
    rows = [
        {
            "Line": line,
            "Title": one.title,
            "Authors": "; ".join(str(name) for name in one.authors[:6]),
            "Year": one.year,
            "Journal": one.journal,
            "DOI": one.doi,
            "Abstract": one.abstract[:200],
        }
        for line, one in look.first
    ]
    if look.staged.kept > len(rows):
        st.caption(f"The first {len(rows)} of {number(look.staged.kept, 'record')}:")
    st.dataframe(
        pd.DataFrame(rows).astype({"Year": "Int64"}),
        hide_index=True,
        column_config={
            "Line": st.column_config.NumberColumn(width=60),
            "Title": st.column_config.TextColumn(width=340),
            "Authors": st.column_config.TextColumn(width=180),
            "Year": st.column_config.NumberColumn(format="%d", width=60),
            "Journal": st.column_config.TextColumn(width=180),
        },
        alt=f"The first records of {look.staged.name}",
    )


def report_of(report: Sequence[importing.Kept]) -> None:
    """What became of each file."""
    for index, kept in enumerate(report):
        text = f"**{plain(kept.file)}**: {number(kept.seen, 'entry', 'entries')} seen, "
        text += f"{number(kept.records, 'record')} kept."
        if kept.records:
            st.success(text, icon=":material/check_circle:")
        else:
            st.info(text, icon=":material/info:")
        problems_table(kept.problems, key=f"report-{index}")


def problems_table(problems: Sequence[importing.Problem], key: str) -> None:
    """Every problem with its line and what to do; lost entries are counted in the heading."""
    if not problems:
        return
    lost = sum(problem.effect is importing.Effect.LOST for problem in problems)
    heading = number(len(problems), "remark") + (f", {lost:,} not kept" if lost else "")
    whole_file = all(problem.line is None for problem in problems)
    if whole_file:
        for problem in problems:
            (st.error if lost or not problem.line else st.info)(
                plain(str(problem)), icon=":material/description:"
            )
        return
    with st.expander(
        heading, icon=":material/warning:" if lost else ":material/notes:", expanded=bool(lost)
    ):
        rows = [problem_row(problem) for problem in problems[:PROBLEMS_SHOWN]]
        table = pd.DataFrame(rows).drop(columns="File").astype({"Line": "Int64"})
        st.dataframe(table, hide_index=True, key=key, alt=heading)


def source_form(
    look: importing.Look, known: Sequence[importing.History]
) -> importing.SourceDraft | int:
    """What is said of the source of a file: a new one, or one that is there."""
    names = {one.source.id: one.source.name for one in known}
    chosen = st.selectbox(
        "Source",
        [None, *names],
        format_func=lambda i: names[i] if i else "A new source",
        key=f"source-{look.id}",
        help="A source is one search: one database, one date, one search string.",
    )
    return chosen or source_fields(str(look.id), guess(look.staged.name))


def source_fields(key: str, draft: importing.SourceDraft) -> importing.SourceDraft:
    """The fields of a source (PRISMA-S)."""
    left, middle, right = st.columns(3)
    kinds = list(SOURCE_KINDS)
    name = left.text_input("Name of the source", draft.name, key=f"name-{key}")
    kind = middle.selectbox(
        "Kind",
        kinds,
        index=kinds.index(draft.kind) if draft.kind in kinds else 0,
        format_func=lambda one: SOURCE_KINDS[one],
        key=f"kind-{key}",
    )
    searched = right.text_input(
        "Date searched", draft.date_searched, placeholder="2026-11-22", key=f"date-{key}"
    )
    database = left.text_input(
        "Database", draft.database, placeholder="PsycINFO", key=f"database-{key}"
    )
    platform = middle.text_input(
        "Platform", draft.platform, placeholder="Ovid", key=f"platform-{key}"
    )
    notes = right.text_input("Notes", draft.notes, key=f"notes-{key}")
    search = st.text_area("Search string", draft.search_string, height=68, key=f"search-{key}")
    return importing.SourceDraft(
        name=name.strip() or draft.name,
        kind=kind,
        database=database.strip(),
        platform=platform.strip(),
        date_searched=searched.strip(),
        search_string=search.strip(),
        notes=notes.strip(),
    )


def guess(file: str) -> importing.SourceDraft:
    """A source named after the file, which people can correct."""
    return importing.SourceDraft(name=file.rsplit(".", 1)[0] or file)


def sources_table(desk: Desk, history: Sequence[importing.History]) -> None:
    """Every source with its files, and ways to correct or undo."""
    if not history:
        st.caption("Nothing was imported into this review yet.")
    for one in history:
        heading = f"{plain(one.source.name)} · {number(one.records, 'record')}"
        with st.expander(heading, icon=":material/menu_book:", key=f"box-{one.source.id}"):
            for file in one.files:
                _file(desk, file)
            draft = importing.SourceDraft(
                **{name: getattr(one.source, name) for name in importing.SourceDraft.__slots__}
            )
            changed = source_fields(f"kept-{one.source.id}", draft)
            if changed != draft and done(importing.change_source, desk, one.source.id, changed):
                st.toast("Saved", icon=":material/check:")


def _file(desk: Desk, file: importing.ImportedFile) -> None:
    left, right = st.columns([4, 1], vertical_alignment="center")
    left.markdown(
        f"**{plain(file.name)}** · {format_words(file.format)} · "
        f"{ENCODINGS.get(file.encoding, file.encoding)}"
    )
    left.caption(
        f"{number(file.seen, 'entry', 'entries')} seen, {number(file.kept, 'record')} kept, "
        f"{number(file.problems, 'remark')} · {file.imported_at:%Y-%m-%d %H:%M} UTC "
        f"by {plain(file.imported_by)}"
    )
    with right.popover("Undo …", width="stretch", key=f"undo-box-{file.id}"):
        st.markdown(f"Remove the {number(file.kept, 'record')} of **{plain(file.name)}**?")
        yes = st.button("Yes, undo this import", key=f"undo-{file.id}")
        if yes and done(importing.undo, desk, file.id):
            st.session_state.pop(f"import-report-{desk.review_id}", None)
            st.toast(f"The import of {plain(file.name)} is undone.", icon=":material/undo:")
            st.rerun()
    if file.problems and st.toggle("Show remarks", key=f"remarks-{file.id}"):
        problems_table(importing.problems(desk, file.id), key=f"problems-{file.id}")
