"""Answers about services from a file on the page: which column is what, what cannot be read."""

from itertools import islice

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from evidence.steps.coding.schemes import TakenScheme
from evidence.steps.desk import Desk
from evidence.steps.practice import answers_in_files as steps
from evidence.steps.review import membership
from evidence.store import Role
from evidence.synthesis.practice import form_table
from evidence.synthesis.practice.answer_file import AnswerFile, read_answer_file
from evidence.synthesis.practice.form_table import ReadForms
from evidence.ui.shell.errors import attempt, fragment, rerun, show_errors
from evidence.ui.shell.uploads import let_go
from evidence.ui.shell.wording import file_name, number, plain, short

ABOUT = (
    "A table with a row for each service: CSV in any encoding, or Excel. You say which column is "
    "what; columns that are named as in the empty table are known."
)
LEFT_OUT = "Leave out"
COMPLETE = (
    "Only complete forms count in Framework, the map and the report. Without it they come in as "
    "drafts; the same file brought in again with it completes them."
)
FAULTS_SHOWN = 20
ROWS_SHOWN = 10
VALUES_SHOWN = 3  # of a column
LONGEST_VALUE = 40


@fragment
def upload_view(desk: Desk, taken: TakenScheme) -> None:
    """Drop a file, say what its columns are, see what it says, and keep it."""
    st.caption(ABOUT)
    st.download_button(
        "Empty table (CSV)",
        lambda: steps.template(desk, taken.id),
        file_name=f"{taken.scheme.id}-empty.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key=f"answers-empty-{taken.id}",
    )
    if membership.standing(desk).role < Role.REVIEWER:
        st.caption("People of the team bring answers in.")
        return
    done = st.session_state.pop(_key(desk, "done"), "")
    if done:
        st.success(done, icon=":material/check:")
    batch = st.session_state.setdefault("answers-batch", 0)
    file = st.file_uploader("File with answers", type=["csv", "tsv", "txt", "xlsx"],
                            key=f"answers-file-{batch}", max_upload_size=20)  # fmt: skip
    if file is not None and _read(desk, file):
        rerun()
    read: AnswerFile | None = st.session_state.get(_key(desk, "read"))
    if read is None:
        return
    _choose(desk, taken, read)
    if st.button("Put this file aside", key="answers-aside"):
        _put_aside(desk)
        rerun()


def _choose(desk: Desk, taken: TakenScheme, read: AnswerFile) -> None:
    st.markdown(
        f"**{file_name(read.file)}**: {number(len(read.lines), 'row')}, "
        f"{number(len(read.columns), 'column')}"
    )
    for remark in read.remarks:
        st.caption(plain(remark))
    mapping = _mapping(taken, read)
    found: list[ReadForms] = []
    if not attempt(lambda: found.append(steps.read(desk, taken.id, read, mapping))):
        return
    (forms,) = found
    _faults(forms)
    fresh = steps.new_services(desk, forms.rows)
    if fresh:
        st.write(f"{number(len(fresh), 'service')} that the review does not have yet:")
        names = [{"Service": each.name, "Area": each.area} for each in fresh[:ROWS_SHOWN]]
        st.dataframe(pd.DataFrame(names), hide_index=True, alt="Services that are new")
        if len(fresh) > ROWS_SHOWN:
            st.caption(f"And {len(fresh) - ROWS_SHOWN:,} more.")
    are_complete = st.checkbox(
        "The forms are complete", value=True, help=COMPLETE, key="answers-complete"
    )
    _bring(desk, forms, are_complete=are_complete)


def _bring(desk: Desk, forms: ReadForms, *, are_complete: bool) -> None:
    """What will happen, and the button by which it does."""
    brought: list[steps.BroughtForms] = []
    if not attempt(
        lambda: brought.append(steps.outlook(desk, forms.rows, are_complete=are_complete))
    ):
        return
    st.write(f"What will happen: {told(brought[0], are_complete=are_complete)}")
    does_something = brought[0].forms or brought[0].completed
    if not does_something or not st.button("Bring them in", type="primary", key="answers-bring"):
        return
    if attempt(lambda: brought.append(steps.bring_in(desk, forms.rows, are_complete=are_complete))):
        done = told(brought[-1], are_complete=are_complete)
        st.session_state[_key(desk, "done")] = done
        _put_aside(desk)
        rerun()


def told(brought: steps.BroughtForms, *, are_complete: bool) -> str:
    """What comes of a file, in words: drafts are never told as forms."""
    complete = brought.forms - brought.drafts
    is_open = ", as required questions have no answer" * are_complete
    parts = (
        (complete, f"{number(complete, 'complete form')} added"),
        (brought.drafts, f"{number(brought.drafts, 'draft')} added{is_open}"),
        (brought.completed, f"{number(brought.completed, 'draft')} of the same answers completed"),
        (brought.services, f"{number(brought.services, 'service')} added"),
        (brought.known, f"{number(brought.known, 'row')} here already, left as they are"),
    )
    words = [said for count, said in parts if count]
    return f"{'; '.join(words)}." if words else "nothing, as no row can be kept."


def _mapping(taken: TakenScheme, read: AnswerFile) -> dict[str, str]:
    usual = form_table.usual_mapping(taken.scheme, read.columns)
    known = sum(bool(head) for head in usual.values())
    words = {form_table.LEAVE_OUT: LEFT_OUT, **form_table.heads_in_words(taken.scheme)}
    offered = [form_table.LEAVE_OUT, *form_table.heads(taken.scheme)]
    label = f"Columns ({known:,} of {len(usual):,} known)"
    with st.expander(label, icon=":material/view_column:", expanded=known < len(usual)):
        return {
            column: st.selectbox(
                f"“{plain(column)}” is {plain(_first_values(read, column))}".rstrip(),
                offered,
                index=offered.index(head),
                format_func=words.__getitem__,
                key=f"answers-column-{st.session_state['answers-batch']}-{at}",
            )
            for at, (column, head) in enumerate(usual.items())
        }


def _first_values(read: AnswerFile, column: str) -> str:
    """What the column holds in the first rows that have something there."""
    cells = (" ".join(line.get(column, "").split()) for _, line in read.lines)
    some = list(islice(dict.fromkeys(filter(None, cells)), VALUES_SHOWN))
    return f"(it has: {'; '.join(short(each, LONGEST_VALUE) for each in some)})" if some else ""


def _faults(forms: ReadForms) -> None:
    if forms.unread:
        st.caption(plain(f"Not read: {', '.join(forms.unread)}."))
    if not forms.faults:
        return
    shown = "\n".join(f"- {plain(fault)}" for fault in forms.faults[:FAULTS_SHOWN])
    more = len(forms.faults) - FAULTS_SHOWN
    shown += f"\n- And {more:,} more." if more > 0 else ""
    st.warning(
        f"Not all can be read. Mend the file and bring it again, or go on without.\n\n{shown}",
        icon=":material/warning:",
    )


def _key(desk: Desk, what: str) -> str:
    return f"answers-{what}-{desk.review_id}"


def _put_aside(desk: Desk) -> None:
    st.session_state.pop(_key(desk, "read"), None)


def _read(desk: Desk, file: UploadedFile) -> bool:
    """Read a file, and delete it; gives whether it could be read."""
    with show_errors():
        try:
            _put_aside(desk)
            st.session_state[_key(desk, "read")] = read_answer_file(file.getvalue(), file.name)
        finally:
            let_go([file])
            st.session_state["answers-batch"] += 1  # a new number empties the box
        return True
    return False  # show_errors() lets none through
