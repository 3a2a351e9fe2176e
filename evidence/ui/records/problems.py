"""What was wrong in a file, on the screen."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from evidence.problems import Code, Effect, Problem
from evidence.steps.records.importing import previews
from evidence.ui.shell.wording import number, plain, problem_row

SHOWN = previews.PROBLEMS_SHOWN
FATAL = frozenset(  # of a file or an archive, nothing of which came in
    {
        Code.FILE_EMPTY,
        Code.FILE_TOO_LARGE,
        Code.FILE_UNKNOWN,
        Code.FILE_BINARY,
        Code.FILE_WEB_PAGE,
        Code.ARCHIVE_REFUSED,
    }
)


def problems_table(problems: Sequence[Problem], key: str, *, about: str = "", of: int = 0) -> None:
    """Every problem with its line and what to do; lost entries are counted in the heading.

    Args:
        problems: the first ones, or all.
        key: unlike any other on the page.
        about: the file, where it is not said elsewhere.
        of: how many there are, where that is more.
    """
    if not problems:
        return
    lost = sum(problem.effect is Effect.LOST for problem in problems)
    if all(problem.line is None for problem in problems):
        for problem in problems[:SHOWN]:
            show = st.error if problem.code in FATAL else st.info
            show(_sentence(problem, about), icon=":material/description:")
        return
    heading = number(max(len(problems), of), "remark") + (f", {lost:,} not kept" if lost else "")
    with st.expander(
        f"{about}: {heading}" if about else heading,
        icon=":material/warning:" if lost else ":material/notes:",
        expanded=bool(lost) and not about,
    ):
        rows = [problem_row(problem) for problem in problems[:SHOWN]]
        table = pd.DataFrame(rows).drop(columns="File").astype({"Line": "Int64"})
        st.dataframe(table, hide_index=True, key=key, alt=heading)
        if max(len(problems), of) > len(rows):
            st.caption(f"The first {len(rows):,}.")


def _sentence(problem: Problem, about: str) -> str:
    """What is wrong with a file, and what to do; its name stands above where it is not given."""
    row = problem_row(problem)
    text = plain(f"{row['What']} {row['What to do']}")
    return f"{about}: {text}" if about else text
