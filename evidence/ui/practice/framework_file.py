"""The framework of a review as a file: taken along, and for editors, brought."""

import streamlit as st

from evidence.steps.desk import Desk
from evidence.steps.practice import frameworks as steps
from evidence.synthesis.practice.framework import Framework
from evidence.ui.shell.errors import attempt, rerun
from evidence.ui.shell.wording import file_name, number, plain

ABOUT = (
    "A framework for your own topic: take the one above along as YAML or as a table (CSV), write "
    "your own into it, and bring it here. It reads forms by the ids of questions and options of "
    "your scheme about services."
)
TURN = "framework-file-turn"
UNKNOWN_SHOWN = 10


def framework_file(desk: Desk, known: Framework, *, may_change: bool) -> None:
    """The whole framework to take along, one's own to bring, and which were chosen when."""
    yaml_box, csv_box, _ = st.columns([1, 1, 3])
    for box, name, kind, data in (
        (yaml_box, "framework.yaml", "application/yaml", steps.as_yaml),
        (csv_box, "whole-framework.csv", "text/csv", steps.as_csv),
    ):
        box.download_button(
            "Whole (YAML)" if name.endswith("yaml") else "Whole (CSV)",
            data(known),
            name,
            kind,
            on_click="ignore",
            icon=":material/download:",
            key=f"framework-file-{name}",
        )
    if may_change:
        with st.expander("Bring a framework of your own", icon=":material/upload_file:"):
            _bring(desk, known)
    for each in steps.history(desk):
        which = "the one that comes with Waymark" if each.is_shipped else each.title
        st.caption(plain(f"{each.at:%Y-%m-%d}, {each.person}: {which}"))


def _bring(desk: Desk, known: Framework) -> None:
    st.caption(ABOUT)
    turn = st.session_state.setdefault(TURN, 0)
    file = st.file_uploader(
        "File with a framework",
        list(steps.ENDINGS),
        key=f"framework-file-{turn}",
        max_upload_size=2,
    )
    if file is not None:
        found: list[Framework] = []
        if attempt(lambda: found.append(steps.read_file(file.getvalue(), file.name))):
            _look(desk, known, found[0], file.name)
    is_own = known != steps.shipped()
    if is_own and st.button("Use the one that comes with Waymark", key="framework-shipped"):
        _change(desk, steps.shipped(), known)


def _look(desk: Desk, known: Framework, found: Framework, name: str) -> None:
    """What a file has, before it is used."""
    kinds = number(len(found.services), "kind of service", "kinds of service")
    st.markdown(f"**{file_name(name)}**: {plain(found.title)}, {kinds}")
    unknown = steps.unknown_answers(desk, found)
    if unknown:
        more = " …" * (len(unknown) > UNKNOWN_SHOWN)
        st.warning(
            plain(
                "No scheme about services of this review has these ids, so nothing will be "
                f"reported by them: {', '.join(unknown[:UNKNOWN_SHOWN])}{more}"
            )
        )
    if st.button("Use this framework", type="primary", key="framework-use"):
        _change(desk, found, known)


def _change(desk: Desk, framework: Framework, before: Framework) -> None:
    if attempt(steps.change, desk, framework, before):
        st.session_state[TURN] += 1
        rerun()
