"""Choosing a code of a scheme: first its question, then the code, both found by their words."""

from collections.abc import Callable

import streamlit as st

from evidence.coding.scheme import Of, Option, Question
from evidence.steps.coding.schemes import TakenScheme
from evidence.ui.shell.wording import short

LONGEST = 160  # characters of a question or a path in a list


def of_study(question: Question) -> bool:
    """Whether a code of it can be ticked for a whole study."""
    return bool(question.options) and question.of is Of.STUDY and not question.per_arm


def ask_code(
    taken: TakenScheme,
    key: str,
    *,
    suits: Callable[[Question], bool],
    nothing: tuple[str, str],
    labels: tuple[str, str] = ("Question", "Code"),
) -> tuple[str, str]:
    """A question of the scheme and a code of it, by their ids; "" for what is not chosen.

    Args:
        taken: the scheme.
        key: of the two lists.
        suits: which questions are offered.
        nothing: what the two lists say while nothing is chosen.
        labels: of the two lists.
    """
    questions = {one.id: one for one in taken.scheme.questions if suits(one)}
    question_box, code_box = st.columns(2, vertical_alignment="bottom")
    question_id = question_box.selectbox(
        labels[0],
        list(questions),
        index=None,
        format_func=lambda id_: short(questions[id_].name, LONGEST),
        placeholder=nothing[0],
        key=f"{key}-question-{taken.version.id}",
    )
    codes = paths(questions[question_id]) if question_id else {}
    if not codes:  # a list that can only be looked at would be grey, and say nothing
        return question_id or "", ""
    code = code_box.selectbox(
        labels[1],
        list(codes),
        index=None,
        format_func=lambda id_: short(codes[id_], LONGEST),
        placeholder=nothing[1],
        key=f"{key}-code-{taken.version.id}-{question_id or ''}",
    )
    return question_id or "", code or ""


def paths(question: Question) -> dict[str, str]:
    """The codes that can be ticked, each with the labels that lead to it: its own first, so that a
    list that is cut tells codes apart.
    """
    found: dict[str, str] = {}

    def go(options: tuple[Option, ...], above: tuple[str, ...]) -> None:
        for option in options:
            if option.selectable:
                way = " › ".join(above)
                found[option.id] = f"{option.label}  ({way})" if way else option.label
            go(option.options, (*above, option.label))

    go(question.options, ())
    return found


def code_words(taken: TakenScheme, question_id: str, code: str) -> str:
    """A code with its question, as sentences name it."""
    question = taken.scheme.question(question_id)
    if question is None:
        return f"“{code}” of a question that the scheme does not have any more"
    return f"“{short(question.label(code), LONGEST)}” ({short(question.name, LONGEST)})"
