"""Which statements of the review rest on a study, and to which principles it is linked."""

from collections.abc import Sequence

import streamlit as st

from evidence.steps.desk import Desk
from evidence.steps.practice import principles
from evidence.steps.results.concluding import conclusions
from evidence.steps.results.concluding.conclusions import LedgerLine
from evidence.ui.shell.wording import number, plain


def statements_by_study(desk: Desk) -> dict[int, list[LedgerLine]]:
    """The statements that rest on each study, by whatever way; those without any are left out."""
    found: dict[int, list[LedgerLine]] = {}
    for line in conclusions.ledger(desk):
        for study in line.studies:
            found.setdefault(study, []).append(line)
    return found


def say_statements(lines: Sequence[LedgerLine]) -> None:
    """Conclusions and recommendations that rest on one study; nothing where there are none."""
    if not lines:
        return
    rest = "statement rests" if len(lines) == 1 else "statements rest"
    st.markdown(f"**{len(lines):,} {rest} on it**")
    for line in lines:
        flagged = " :material/flag: to look at" if line.flags else ""
        said = line.conclusion
        st.markdown(f"- {said.kind.capitalize()}: {plain(said.text)}{flagged}")


def say_principles(words: Sequence[str]) -> None:
    """Principles to which something is linked, each in words; nothing where there are none."""
    if not words:
        return
    st.markdown(f"**Linked to {number(len(words), 'principle')}**")
    for each in words:
        st.markdown(f"- {plain(each)}")


def say_statements_on(desk: Desk, study_id: int) -> None:
    """Statements that rest on a study that is read alone, and principles to which it is linked."""
    say_statements(conclusions.resting_on(desk, study_id))
    say_principles(principles.by_study(desk).get(study_id, ()))
