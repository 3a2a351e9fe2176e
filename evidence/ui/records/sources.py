"""What is said of a search, and the sources that came in so far."""

from collections.abc import Sequence
from typing import NoReturn

import pandas as pd
import streamlit as st

from evidence.steps.desk import Desk
from evidence.steps.records import sources
from evidence.steps.records.importing import imports
from evidence.steps.records.importing.previews import Preview
from evidence.steps.records.sources import SourceWithFiles
from evidence.store.records.sources import ImportedFile, SourceDraft
from evidence.ui.records.problems import problems_table
from evidence.ui.shell.errors import attempt
from evidence.ui.shell.wording import (
    ENCODINGS,
    SOURCE_KINDS,
    column_words,
    file_name,
    format_words,
    number,
    plain,
    short,
)

Source = SourceDraft | int
SOURCES = "import-sources"  # of files, as people gave them; a folded card has no widgets


def source_of(preview: Preview, history: Sequence[SourceWithFiles]) -> Source:
    """The source that a person gave for a file; a guess where nobody did."""
    by_file: dict[int, Source] = st.session_state.setdefault(SOURCES, {})
    source = by_file.get(preview.id, preview.suggested_source)
    source_ids = {summary.source.id for summary in history}
    is_gone = isinstance(source, int) and source not in source_ids
    return preview.suggested_source if is_gone else source


def source_form(preview: Preview, history: Sequence[SourceWithFiles], of: str = "") -> Source:
    """The fields for the source of a file: a new one, or one that is there."""
    before = source_of(preview, history)
    key = f"{of}{preview.id}"
    names = {summary.source.id: summary.source.name for summary in history}
    options = [None, *names]
    source_id = st.selectbox(
        "Source",
        options,
        index=options.index(before) if isinstance(before, int) else 0,
        format_func=lambda i: short(names[i]) if i else "A new source",
        key=f"source-{key}",
        help="A source is one search: one database, one date, one search string.",
    )
    draft = preview.suggested_source if isinstance(before, int) else before
    source = source_id or source_fields(key, draft, names)
    if not source_id and (preview.suggested_source.database or preview.suggested_source.platform):
        st.caption(
            "Name, database and platform are as the records say. Correct them if they are wrong."
        )
    st.session_state[SOURCES][preview.id] = source
    return source


def source_fields(key: str, draft: SourceDraft, earlier: dict[int, str]) -> SourceDraft:
    """The fields of a source (PRISMA-S); `earlier` are searches that it can bring up to date."""
    first_column, second_column, third_column = st.columns(3)
    kinds = list(SOURCE_KINDS)
    name = first_column.text_input(
        "Name of the source", draft.name, key=f"name-{key}", max_chars=200
    )
    database = second_column.text_input(
        "Database", draft.database, placeholder="for example PsycINFO", key=f"database-{key}"
    )
    platform = third_column.text_input(
        "Platform", draft.platform, placeholder="for example Ovid", key=f"platform-{key}"
    )
    kind = first_column.selectbox(
        "Kind",
        kinds,
        index=kinds.index(draft.kind) if draft.kind in kinds else 0,
        format_func=SOURCE_KINDS.__getitem__,
        key=f"kind-{key}",
    )
    searched = second_column.text_input(
        "Date searched",
        draft.date_searched,
        placeholder="for example 2026-11-22",
        key=f"date-{key}",
    )
    none_or = [None, *earlier]
    update_of = third_column.selectbox(
        "Update of",
        none_or,
        index=none_or.index(draft.update_of) if draft.update_of in none_or else 0,
        format_func=lambda i: short(earlier[i]) if i else "No earlier search",
        disabled=not earlier,
        key=f"update-{key}",
        help="An update search repeats an earlier search for what came out since.",
    )
    search = st.text_area("Search string", draft.search_string, height=68, key=f"search-{key}")
    notes = st.text_input(
        "Notes",
        draft.notes,
        placeholder="Limits, filters, who reviewed the search",
        key=f"notes-{key}",
    )
    return SourceDraft(
        name=name.strip() or draft.name,
        kind=kind,
        database=database.strip(),
        platform=platform.strip(),
        date_searched=searched.strip(),
        search_string=search.strip(),
        notes=notes.strip(),
        update_of=update_of,
        wave=draft.wave,
    )


def sources_table(desk: Desk, history: Sequence[SourceWithFiles]) -> None:
    """Every source with its counts and files, and ways to correct or undo."""
    if not history:
        st.caption("Nothing was imported into this review yet.")
        return
    names = {summary.source.id: summary.source.name for summary in history}
    _counts(history, names)
    for summary in history:
        box = st.expander(
            f"{file_name(summary.source.name)} · {number(summary.records, 'record')}",
            icon=":material/menu_book:",
            key=f"box-{summary.source.id}",
            on_change="rerun",
        )
        if box.open:
            with box:
                _source(desk, summary, names)


def _counts(history: Sequence[SourceWithFiles], names: dict[int, str]) -> None:
    rows = [
        {
            "Source": summary.source.name,
            "Records": summary.records,
            "Entries in the files": summary.seen,
            "Files": len(summary.files),
            "Date searched": summary.source.date_searched,
            "Update of": names.get(summary.source.update_of or 0, ""),
            "Database": summary.source.database,
            "Platform": summary.source.platform,
            "Kind": SOURCE_KINDS.get(summary.source.kind, summary.source.kind),
        }
        for summary in history
    ]
    total = sum(summary.records for summary in history)
    st.caption(f"{number(len(history), 'source')}, {number(total, 'record')}")
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        column_config={
            "Source": st.column_config.TextColumn(width=300),
            "Update of": st.column_config.TextColumn(width=150),
        },
        alt="The sources with their counts",
    )


def _source(desk: Desk, summary: SourceWithFiles, names: dict[int, str]) -> None:
    for file in summary.files:
        _file(desk, file)
    if len(summary.files) > 1:
        undo_all = f"all {number(len(summary.files), 'file')} of {file_name(summary.source.name)}"
        _undo(desk, [file.id for file in summary.files], summary.records, undo_all)
    draft = SourceDraft(**{name: getattr(summary.source, name) for name in SourceDraft.__slots__})
    earlier = {i: name for i, name in names.items() if i != summary.source.id}
    source_id = summary.source.id
    with st.form(f"source-{source_id}", border=False):  # its name is on the box, which else folds
        changed = source_fields(f"kept-{source_id}", draft, earlier)
        save = st.form_submit_button("Save") and changed != draft
    if save and attempt(sources.change, desk, source_id, changed):
        st.toast("Saved", icon=":material/check:")
        st.rerun()


def _file(desk: Desk, file: ImportedFile) -> None:
    text_box, button_box = st.columns([4, 1], vertical_alignment="center")
    text_box.markdown(
        f"**{file_name(file.name)}** · {format_words(file.format)} · "
        f"{ENCODINGS.get(file.encoding, file.encoding)}"
    )
    text_box.caption(
        f"{number(file.seen, 'entry', 'entries')} in the file, "
        f"{number(file.records, 'record')} kept, "
        f"{number(file.problems, 'remark')} · {file.imported_at:%Y-%m-%d %H:%M} UTC "
        f"by {plain(file.imported_by)}"
    )
    if file.mapping:
        text_box.caption(f"Columns as a person gave them: {column_words(file.mapping)}")
    with button_box:
        _undo(desk, [file.id], file.records, file_name(file.name))
    if file.problems and st.toggle("Show remarks", key=f"remarks-{file.id}"):
        problems_table(sources.problems(desk, file.id), key=f"problems-{file.id}")


def _undo(desk: Desk, file_ids: list[int], records: int, what: str) -> None:
    """Ask before an import is undone; what stops it stands there before anybody confirms."""
    key = "-".join(map(str, file_ids))
    box = st.popover("Undo …", width="stretch", key=f"undo-box-{key}", on_change="rerun")
    if not box.open:
        return
    with box:
        undoing = imports.look_at_undo(desk, *file_ids)
        if not undoing.stay:
            st.markdown(f"Remove the {number(records, 'record')} of **{what}**?")
            yes = st.button("Yes, undo this import", key=f"undo-{key}")
            if yes and attempt(imports.undo, desk, *file_ids):
                _undone(desk, f"The import of {what} is undone.")
            return
        acts = [f"\n- {number(each.records, 'record')} {each.act}" for each in undoing.obstacles]
        st.markdown(
            f"Of the {number(undoing.records, 'record')} of **{what}**, "
            f"{undoing.stay:,} cannot be removed, because somebody worked on "
            f"{'it' if undoing.stay == 1 else 'them'}:\n{''.join(acts)}"
        )
        if not undoing.go:
            st.caption("So nothing can be taken back here.")
            return
        st.caption(
            "What is taken back is named in the remarks of the file, which can be imported again."
        )
        label = f"Leave {undoing.stay:,} here and take back the other {undoing.go:,}"
        yes = st.button(label, key=f"undo-rest-{key}")
        if yes and attempt(imports.undo_untouched, desk, *file_ids):
            _undone(desk, f"{number(undoing.go, 'record')} of {what} taken back.")


def _undone(desk: Desk, sentence: str) -> NoReturn:
    st.session_state.pop(f"import-report-{desk.review_id}", None)
    st.toast(sentence, icon=":material/undo:")
    st.rerun()
