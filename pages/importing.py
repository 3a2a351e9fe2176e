import streamlit as st

from evidence.steps import importing
from evidence.ui import menu, place
from evidence.ui.import_parts import (
    first_records,
    looked_at,
    problems_table,
    source_form,
    sources_table,
)
from evidence.ui.progress import bar
from evidence.ui.words import FORMATS, number, plain

desk = place.desk()
st.title("Import")
st.write(
    "Drop the files that your databases exported (RIS or BibTeX). "
    "You see what is in them before anything is kept."
)

report_key = f"import-report-{desk.review_id}"
batch = st.session_state.setdefault("import_batch", 0)  # a new number empties the box
uploads = st.file_uploader(
    "Citation files", accept_multiple_files=True, key=f"uploads-{batch}", max_upload_size=1000
)
if report_key in st.session_state:
    for kept in st.session_state[report_key]:
        text = f"**{plain(kept.file)}**: {number(kept.seen, 'entry', 'entries')} seen, "
        text += f"{number(kept.records, 'record')} kept."
        (st.success if kept.records else st.info)(
            text, icon=":material/check_circle:" if kept.records else ":material/info:"
        )
        problems_table(kept.problems, key=f"report-{kept.file}")
    menu.link("duplicates", "Next: settle duplicates")

if uploads:
    looks = looked_at(desk, uploads, place.visitor().settings)
    chosen = []
    for index, look in enumerate(looks):
        reading = look.reading
        with st.container(border=True, key=f"file-{index}"):
            st.markdown(f"**{plain(reading.file)}**")
            if reading.format:
                st.caption(
                    f"{FORMATS.get(reading.format, reading.format)} · {reading.encoding} · "
                    f"{number(reading.seen, 'entry', 'entries')} seen · "
                    f"{number(len(reading.records), 'record')} can be kept"
                )
            if look.known:
                st.info(
                    f"Imported on {look.known.imported_at:%Y-%m-%d %H:%M} UTC as "
                    f"“{plain(look.known.name)}”. Nothing would be added, so it is left out.",
                    icon=":material/history:",
                )
            problems_table(reading.problems, key=f"preview-{index}")
            if look.can_be_kept:
                first_records(reading)
                source = source_form(index, reading, importing.history(desk))
                if st.checkbox("Import this file", value=True, key=f"take-{batch}-{index}"):
                    chosen.append((look, source))
    total = sum(len(look.reading.records) for look, _ in chosen)
    label = f"Import {number(total, 'record')}"
    if st.button(label, type="primary", disabled=not chosen, key="import"):
        report = importing.keep(desk, chosen, bar())
        st.session_state[report_key] = report
        st.session_state.import_batch += 1
        st.rerun()

st.subheader("Imported so far")
sources_table(desk, importing.history(desk))
