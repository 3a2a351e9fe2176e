"""Files with decisions: those of other tools come in, all of ours go out."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from evidence.screening.verdicts import Stage, Verdict
from evidence.steps.desk import Desk
from evidence.steps.review import membership, people
from evidence.steps.screening import brought_decisions, decision_export, decision_files
from evidence.store import Role
from evidence.ui.screening.brought_files import lost_reason_words, waiting_words
from evidence.ui.shell.errors import show_errors
from evidence.ui.shell.uploads import let_go
from evidence.ui.shell.wording import STAGES, VERDICTS, file_name, number, plain, short, size

SHOWN = 200
RENAMED_SHOWN = 10
NOT_UNDERSTOOD_SHOWN = 10
NOBODY = "Nobody yet: keep it for later"
WHOLE = (Verdict.INCLUDE, Verdict.EXCLUDE, Verdict.MAYBE)


def bring(desk: Desk) -> None:
    """Drop a file, see what it says, say who is who, and keep it."""
    st.write(
        "A file that another tool exported with its decisions: Rayyan (RIS or CSV), ASReview (CSV, "
        "RIS or XLSX), Covidence (one list at a time), EPPI-Reviewer (JSON), or the table that "
        "Waymark itself writes. The works must be in this review already. What you decided "
        "yourself counts at once; what others decided waits until they confirm it on this page."
    )
    if not membership.may_screen(desk):
        st.info(
            "Only people of the team who screen can bring decisions in.", icon=":material/lock:"
        )
        return
    batch = st.session_state.setdefault("decisions-batch", 0)
    file = st.file_uploader("File with decisions", key=f"decisions-{batch}", max_upload_size=200)
    if file is not None and _read(desk, file):
        st.rerun()
    _report(desk)
    decisions: decision_files.FilePreview | None = st.session_state.get(_read_key(desk))
    if decisions is None:
        return
    with show_errors():
        _rows_table(decisions)
        if decisions.rows:
            _choose(desk, decisions)
    if st.button("Put this file aside", key="put-decisions-aside"):
        del st.session_state[_read_key(desk)]
        st.rerun()


def taken_away(desk: Desk) -> None:
    """All decisions as a table to download."""
    st.write(
        "Every decision that was ever made, with work, person, stage, verdict, reasons, note, "
        "seconds and time; what was taken back as well. Of works that colleagues still have to "
        "decide, only your own decisions are in the file."
    )
    if st.button("Prepare the table", icon=":material/table:", key="prepare-decisions"):
        st.session_state[f"decisions-table-{desk.review_id}"] = b"".join(
            decision_export.export_csv(desk)
        )
    table = st.session_state.get(f"decisions-table-{desk.review_id}")
    if table:
        lines = table.count(b"\r\n") - 1
        st.download_button(
            f"Download the table ({size(len(table))})" if lines else "Download the empty table",
            table,
            "decisions.csv",
            "text/csv",
            on_click="ignore",
            key="decisions-csv",
        )


def _read_key(desk: Desk) -> str:
    """Under which what was read of a file waits for its person."""
    return f"decisions-read-{desk.review_id}"


def _read(desk: Desk, file: UploadedFile) -> bool:
    """Read what a file says, and delete the file; gives whether it could be read."""
    with st.spinner(f"Reading {file_name(file.name)} and finding its works …"), show_errors():
        try:
            found = decision_files.preview(desk, file.name, file.getvalue())
        finally:
            let_go([file])
            st.session_state["decisions-batch"] += 1  # a new number empties the box
        st.session_state[_read_key(desk)] = found
        st.session_state.pop(f"decisions-report-{desk.review_id}", None)
        return True
    return False  # show_errors() lets none through


def _rows_table(decisions: decision_files.FilePreview) -> None:
    tools = ", ".join(tool.value for tool in decisions.tools) or "no tool that is known"
    matched = sum(row.work_id is not None for row in decisions.rows)
    st.markdown(
        f"**{plain(decisions.name)}** · {tools} · {number(len(decisions.rows), 'decision')}, "
        f"{matched:,} of them about works of this review · "
        f"{number(decisions.undecided, 'record')} without a decision"
    )
    for problem in decisions.problems[:10]:
        st.caption(plain(problem))
    _not_understood(decisions)
    if not decisions.rows:
        st.info(_nothing_found(decisions.columns_lacking), icon=":material/search_off:")
        return
    rows = [
        {
            "Line": row.line or None,
            "Who": row.decision.person or "not said",
            "Verdict": VERDICTS[row.decision.verdict] if row.decision.verdict else "not said",
            "Title": short(row.title, 120),
            "Reasons": "; ".join(row.decision.reasons),
            "Work": "found" if row.work_id else "not found",
        }
        for row in decisions.rows[:SHOWN]
    ]
    st.dataframe(
        pd.DataFrame(rows).astype({"Line": "Int64"}),
        hide_index=True,
        height=260,
        column_config={"Title": st.column_config.TextColumn(width="large")},
        alt="Decisions in the file",
    )
    if len(decisions.rows) > SHOWN:
        st.caption(f"The first {SHOWN:,} are shown.")
    if decisions.renamed_reasons:
        st.info(_renamed_words(decisions.renamed_reasons), icon=":material/rule:")


def _not_understood(decisions: decision_files.FilePreview) -> None:
    """What stands where a decision would and is none, with its line."""
    told = decisions.not_understood
    if told:
        more = len(told) - NOT_UNDERSTOOD_SHOWN
        sentences = [plain(one) for one in told[:NOT_UNDERSTOOD_SHOWN]]
        sentences += [f"And {more:,} more."] if more > 0 else []
        st.warning(
            "These are no decisions. Mend them in the file and read it again, or go on without "
            "them.\n\n" + "\n".join(f"- {sentence}" for sentence in sentences),
            icon=":material/warning:",
        )


def _nothing_found(columns_lacking: Sequence[str]) -> str:
    """That a file has no decision, and what a table needs to have some."""
    nothing = "No decision was found in this file."
    if not columns_lacking:
        return nothing
    lacking = " and ".join(f"`{name}`" for name in columns_lacking)
    stages, verdicts = (", ".join(f"`{code}`" for code in codes) for codes in (Stage, Verdict))
    return (
        f"{nothing} It has none of a tool that is known, and as Waymark's own table it "
        f"lacks {lacking}. That table needs `title` and `doi` (one of the two may be empty in a "
        f"line), `person` (who decided), `stage` ({stages}) and `verdict` ({verdicts}); `reasons` "
        "(parted by semicolons), `note`, `seconds` and `at` may be there. For a template, press "
        "**Prepare the table** under **Take decisions away**: it has these columns, "
        "also where nothing is decided yet."
    )


def _renamed_words(renamed: Sequence[tuple[str, str]]) -> str:
    """Which reasons of a file are called otherwise here."""
    pairs = [
        f"“{plain(short(label, 80))}” counts as “{plain(short(here, 80))}”"
        for label, here in renamed[:RENAMED_SHOWN]
    ]
    more = len(renamed) - len(pairs)
    if more:
        pairs.append(f"and {more:,} more")
    return f"Reasons that were renamed or merged here: {'; '.join(pairs)}."


def _choose(desk: Desk, decisions: decision_files.FilePreview) -> None:
    with st.form("bring-decisions"):
        stage = None
        if decisions.needs_stage:
            stage = st.radio(
                "Decided at", list(Stage), format_func=STAGES.__getitem__, horizontal=True
            )
        verdict = None
        if decisions.needs_verdict:
            verdict = st.radio(
                "This file is the list of works that were",
                WHOLE,
                index=None,
                format_func=VERDICTS.__getitem__,
                horizontal=True,
            )
        names_here = {
            name: _person(desk, decisions, name, number_)
            for number_, name in enumerate(decisions.people)
        }
        add_reasons = _reasons(desk, decisions)
        if not st.form_submit_button("Bring these decisions in", type="primary"):
            return
    with show_errors():
        names = {name: here for name, here in names_here.items() if here}
        report = decision_files.bring(
            desk,
            decisions,
            {name: None if here == NOBODY else here for name, here in names.items()},
            stage=stage,
            verdict=verdict,
            add_reasons=add_reasons,
        )
        st.session_state[f"decisions-report-{desk.review_id}"] = (decisions.name, report)
        del st.session_state[_read_key(desk)]
        st.rerun()


def _person(
    desk: Desk, decisions: decision_files.FilePreview, name: str, position: int
) -> str | None:
    """Who somebody of the file is here: those who are there first, then a new name."""
    match = decisions.matches[name]
    everybody = people.known(desk)
    me = next(person.name for person in everybody if person.id == desk.person_id)
    team = [*match.candidates, me, *(person.name for person in everybody)]
    options = list(dict.fromkeys([*team, NOBODY, *([name] if name else [])]))
    here = {person.name for person in everybody}
    return st.selectbox(
        f"“{plain(name)}” is" if name else "Decided by",
        options,
        index=options.index(match.person) if match.person else None,
        format_func=lambda option: _option(option, me, here),
        placeholder="Choose a person, or write a new name",
        accept_new_options=True,
        key=f"who-{decisions.sha256[:12]}-{position}",
    )


def _option(name: str, me: str, here: set[str]) -> str:
    if name == NOBODY:
        return name
    if name == me:
        return f"{name} (you)"
    return name if name in here else f"{name} (new)"


def _reasons(desk: Desk, decisions: decision_files.FilePreview) -> bool:
    """Whether reasons of the file that the review lacks are added; editors only are asked."""
    if not decisions.new_reasons:
        return False
    listed = short("; ".join(decisions.new_reasons), 300)
    if membership.standing(desk).role < Role.EDITOR:
        st.caption(
            f"Reasons that this review does not have: {plain(listed)}. An editor can add them on "
            "the page Review; without, decisions at title and abstract come in without a reason."
        )
        return False
    return st.checkbox(
        f"Add {number(len(decisions.new_reasons), 'reason')} that this review does not have: "
        f"{plain(listed)}",
        value=True,
        key=f"add-reasons-{decisions.sha256[:12]}",
    )


def _report(desk: Desk) -> None:
    """What became of the last file."""
    last = st.session_state.get(f"decisions-report-{desk.review_id}")
    if not last:
        return
    name, report = last
    undone = {
        brought.file.id
        for brought in brought_decisions.files(desk)
        if brought.file.undone_at is not None
    }
    if report.file_id in undone:  # what it says is true no more
        del st.session_state[f"decisions-report-{desk.review_id}"]
        return
    parts = report_parts(report)
    st.success(f"**{plain(name)}**: {'; '.join(parts)}.", icon=":material/check_circle:")
    if report.obstacles or report.refused:
        why = waiting_words(report.obstacles, report.refused)
        st.info(f"Of yours, some wait: {why}.", icon=":material/hourglass_empty:")
    if report.resolutions:
        st.info(
            f"{number(report.resolutions, 'resolution')} of conflicts left out; resolve them here.",
            icon=":material/balance:",
        )
    if report.without_reason:
        st.info(lost_reason_words(report.without_reason), icon=":material/label_off:")
    if report.left_out:
        with st.expander(f"{len(report.left_out):,} left out, and why"):
            table = pd.DataFrame({"Left out": report.left_out})
            st.dataframe(table, hide_index=True, alt="Decisions that were left out")


def report_parts(report: decision_files.ImportReport) -> list[str]:
    """What became of how many decisions of a file."""
    parts = [f"{number(report.added, 'decision of yours counts', 'decisions of yours count')} now"]
    parts += [
        f"{number(count, 'decision waits', 'decisions wait')} for "
        + (plain(who) or "somebody not named")
        for who, count in report.waiting.items()
    ]
    if report.superseded:
        parts.append(f"{report.superseded:,} you had decided here already")
    if report.replaced:
        parts.append(f"{report.replaced:,} of yours the file itself has later or twice")
    if report.repeated:
        parts.append(f"{report.repeated:,} were brought before")
    if report.declined:
        parts.append(f"{report.declined:,} stay declined, as their person wanted")
    if report.labels:
        parts.append(f"{number(report.labels, 'label')} put on works")
    parts.append(f"{len(report.left_out):,} left out")
    return parts
