"""The parts of the import page: the box, what is in a file, what came in."""

from collections import Counter
from collections.abc import Sequence

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from evidence.settings import Settings
from evidence.steps.desk import Desk
from evidence.steps.records import sources
from evidence.steps.records.importing import imports, previews, uploads
from evidence.steps.records.importing.previews import Preview
from evidence.steps.records.sources import SourceWithFiles
from evidence.store.records.import_previews import PreviewFile
from evidence.ui.records.import_columns import columns_form, columns_line
from evidence.ui.records.problems import problems_table
from evidence.ui.records.sources import source_form, source_of
from evidence.ui.shell import menu
from evidence.ui.shell.errors import attempt
from evidence.ui.shell.uploads import let_go
from evidence.ui.shell.wording import ENCODINGS, file_name, format_words, number, plain, short

SHOWN_IN_FULL = 3  # of more files than this, each is unfolded by hand
READ = "import-read"  # uploads that were read: a run of the page may be cut off between two
WITHOUT = "import-without"  # records that shall be left out, by file


def read_uploads(desk: Desk, files: Sequence[UploadedFile], settings: Settings) -> bool:
    """Read uploaded files; what was read waits on the page, even after a reload.

    Gives whether all were read; one that could not be put aside is named, the others are read.
    """
    read: set[str] = st.session_state.setdefault(READ, set())
    for index, upload in enumerate(files, 1):
        if upload.file_id in read:
            continue
        with st.spinner(f"Reading {file_name(upload.name)}, {index:,} of {len(files):,} …"):
            if attempt(uploads.add_all, desk, upload.name, upload.getvalue(), settings):
                read.add(upload.file_id)
                let_go([upload])
            else:
                st.caption(f"{file_name(upload.name)} was not read; the other files are.")
    return all(upload.file_id in read for upload in files)


def paste_box(desk: Desk, settings: Settings) -> bool:
    """Text that somebody pastes is read like a file; gives whether some was."""
    with (
        st.expander("Paste text instead", icon=":material/content_paste:"),
        st.form("paste", clear_on_submit=True, border=False),
    ):
        text = st.text_area(
            "Text of an export",
            height=140,
            help="In any of the formats, for example RIS, or a table with its head.",
        )
        pressed = st.form_submit_button("Read this text")
    return pressed and attempt(uploads.add_text, desk, text, settings)


def preview_cards(
    desk: Desk, files: Sequence[Preview], settings: Settings
) -> list[imports.ImportReport]:
    """All previews; gives a report once the button is pressed."""
    if not files:
        return []
    review_sources = sources.listing(desk)
    offered = [preview for preview in files if preview.can_be_imported]
    together = len(offered) > 1 and st.toggle(
        "All these files are from one search",
        key="together",
        help="They become one source. Else each becomes one, or goes to one that is there.",
    )
    if together:
        with st.container(border=True):
            source_form(offered[0], review_sources, "together-")
    for preview in files:
        with st.container(border=True, key=f"look-{preview.id}"):
            if not _head(desk, preview, settings):
                continue
            if preview.file.sheets:
                columns_line(desk, preview, settings)
            _inside(desk, preview, None if together else review_sources, len(files))
    choices = [
        imports.Choice(
            preview_id=preview.id,
            source=source_of(preview, review_sources),
            left_out=_without(preview),
        )
        for preview in offered
    ]
    total = sum(preview.file.records - len(_without(preview)) for preview in offered)
    if not choices and f"import-report-{desk.review_id}" in st.session_state:
        return []  # a grey button below a report that all is well would say the opposite
    label = f"Import {number(total, 'record')}" if choices else "Nothing to import yet"
    if not st.button(label, type="primary", disabled=not choices, key="import"):
        return []
    with st.spinner(f"Keeping {number(total, 'record')} …"):
        return (imports.import_as_one_source if together else imports.import_files)(desk, choices)


def _head(desk: Desk, preview: Preview, settings: Settings) -> bool:
    """What a file is; gives whether it can be kept, else says why not."""
    file = preview.file
    name_box, button_box = st.columns([6, 1], vertical_alignment="center")
    name_box.markdown(f"**{file_name(file.name)}**")
    stop = "Cancel" if file.job.going else "Leave out"
    if button_box.button(stop, key=f"drop-{preview.id}", width="stretch"):
        previews.drop(desk, preview.id)
        st.rerun()
    if file.job.going:
        st.progress(min(file.job.done, 1.0), text=plain(file.job.doing or "Waiting to be read …"))
        return False
    if file.job.message:
        st.error(plain(file.job.message), icon=":material/warning:")
    elif file.format:
        st.caption(_account(file))
    if earlier := preview.earlier_import:
        st.info(
            f"Imported on {earlier.imported_at:%Y-%m-%d %H:%M} UTC as "
            f"“{file_name(earlier.name)}”. Nothing would be added, so it is left out.",
            icon=":material/history:",
        )
        if preview.is_coded:
            _known_coding(desk, preview)
    elif preview.is_repeat:
        st.info("The same text as a file above, so it is left out.", icon=":material/history:")
    elif not preview.can_be_imported:
        _not_readable(desk, preview, settings)
    return preview.can_be_imported


def _known_coding(desk: Desk, preview: Preview) -> None:
    """The coding of another coder, whose file has the same references."""
    st.markdown("The file holds coding, too. It can be kept beside the references that are here.")
    if not st.button("Keep its coding", key=f"keep-coding-{preview.id}"):
        return
    kept = imports.keep_coding(desk, preview.id)
    st.toast("Kept; see “Codings of files” below." if kept else "This coding is kept already.")
    st.rerun()


def _account(file: PreviewFile) -> str:
    """Format, encoding, and what became of the entries."""
    parts = [
        format_words(file.format),
        ENCODINGS.get(file.encoding, file.encoding),
        f"{number(file.seen, 'entry', 'entries')} in the file",
        f"{number(file.records, 'record')} can be kept",
        f"{number(file.seen - file.records, 'entry', 'entries')} cannot"
        if file.seen > file.records
        else "",
        number(file.problems, "remark") if file.problems else "",
    ]
    return " · ".join(part for part in parts if part)


def _not_readable(desk: Desk, preview: Preview, settings: Settings) -> None:
    """A file without records; if it is a table, people can say what its columns hold."""
    sheets = preview.file.sheets
    likely = any(sheet.regular or any(sheet.mapping.values()) for sheet in sheets)
    key = f"is-table-{preview.id}"
    if sheets and st.session_state.get(key, likely):
        st.info(
            "This looks like a table whose columns are not known. "
            "Say what they hold, and look at the records then.",
            icon=":material/table:",
        )
    else:
        problems_table(preview.problems, key=f"problems-{preview.id}", of=preview.file.problems)
    if sheets and st.toggle("It is a table", likely, key=key):
        columns_form(desk, preview, settings)


def _inside(
    desk: Desk, preview: Preview, sources: Sequence[SourceWithFiles] | None, files: int
) -> None:
    """The first records, remarks, and, unless it is said elsewhere, the source."""
    box = st.expander(
        "Records and remarks" if sources is None else "Records, remarks and source",
        expanded=files <= SHOWN_IN_FULL,
        key=f"inside-{preview.id}-{files <= SHOWN_IN_FULL}",
        on_change="rerun",
    )
    if not box.open:
        return
    with box:
        first_records(preview)
        problems_table(preview.problems, key=f"problems-{preview.id}", of=preview.file.problems)
        _choose_entries(desk, preview)
        if sources is not None:
            source_form(preview, sources)


def _choose_entries(desk: Desk, preview: Preview) -> None:
    """Records can be left out one by one."""
    entries = previews.entries(desk, preview)
    lines = Counter(entry.line for entry in entries)
    crowded = any(times > 1 for times in lines.values())
    names = {
        entry.position: f"{entry.position + 1 if crowded else entry.line:,} · "
        + (short(entry.title) or "without a title")
        for entry in entries
    }
    left_out: dict[int, frozenset[int]] = st.session_state.setdefault(WITHOUT, {})
    more = len(entries) < preview.file.records
    positions = st.multiselect(
        "Leave out entries",
        list(names),
        default=sorted(_without(preview) & set(names)),
        format_func=lambda position: names.get(position, ""),
        key=f"without-{preview.id}",
        placeholder="None; type a part of a title to find one",
        help=f"Each stands with its {'place among the records' if crowded else 'line'} in the file"
        + (f"; only the first {previews.ENTRIES_SHOWN:,} and those with remarks" if more else "")
        + ". They are counted as left out by you.",
    )
    left_out[preview.id] = frozenset(positions)


def _without(preview: Preview) -> frozenset[int]:
    left_out: dict[int, frozenset[int]] = st.session_state.get(WITHOUT, {})
    return left_out.get(preview.id, frozenset())


def first_records(preview: Preview) -> None:
    """The first records as they will look."""
    crowded = len({line for line, _ in preview.first_records}) < len(preview.first_records)
    rows = [
        {
            "Record" if crowded else "Line": position if crowded else line,
            "Title": reference.title,
            "Authors": "; ".join(str(name) for name in reference.authors[:6]),
            "Year": reference.year,
            "Journal": reference.journal,
            "DOI": reference.doi,
            "Abstract": reference.abstract[:200],
        }
        for position, (line, reference) in enumerate(preview.first_records, 1)
    ]
    if preview.file.records > len(rows):
        st.caption(f"The first {len(rows)} of {number(preview.file.records, 'record')}:")
    st.dataframe(
        pd.DataFrame(rows).astype({"Year": "Int64"}),
        hide_index=True,
        placeholder="",
        column_config={
            "Line": st.column_config.NumberColumn(width=60),
            "Record": st.column_config.NumberColumn(width=60),
            "Title": st.column_config.TextColumn(width=340),
            "Authors": st.column_config.TextColumn(width=180),
            "Year": st.column_config.NumberColumn(format="%d", width=60),
            "Journal": st.column_config.TextColumn(width=180),
        },
        alt=f"The first records of {preview.file.name}",
    )


def report_card(report: Sequence[imports.ImportReport]) -> None:
    """What came in, what was there already, and where to go next."""
    imported = [_line(file) for file in report if file.records]
    if imported:
        st.success("\n".join(imported), icon=":material/check_circle:")
    without_records = [_line(file) for file in report if not file.records]
    if without_records:
        st.info("\n".join(without_records), icon=":material/info:")
    known_before = sum(file.in_review_before for file in report)
    if known_before:
        st.markdown(
            f"{number(known_before, 'record')} came with the DOI or PMID of a record that was here "
            "before. Nothing is joined unasked: settle them as duplicates."
        )
    for index, file in enumerate(report):
        problems_table(file.problems, key=f"report-{index}", about=file_name(file.file))
    with st.container(horizontal=True):
        menu.link("duplicates", "Next: settle duplicates")
        menu.link("records", "See the records")


def _line(file: imports.ImportReport) -> str:
    text = f"- **{file_name(file.file)}**: {number(file.seen, 'entry', 'entries')} in the file, "
    text += f"{number(file.records, 'record')} kept"
    not_kept = file.seen - file.records
    text += f", {not_kept:,} not kept (the remarks say why)." if not_kept else "."
    return text + (f" Source: {file_name(file.source)}." if file.source else "")
