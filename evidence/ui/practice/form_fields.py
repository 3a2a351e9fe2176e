"""The questions of a scheme about a service, as fields that a person fills in.

Which questions are asked depends on answers before them, so the fields are drawn anew with each
answer and are no form of Streamlit's; nothing is kept before the button.
"""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from evidence.coding.answers import Answer, is_applicable, without_separators
from evidence.coding.scheme import Question, QuestionKind, Scheme
from evidence.synthesis.practice.service_form import ServiceForm
from evidence.ui.shell.wording import plain

_SMALL = 6  # so many options stand open; more are in a list that is searched
NONE = ""


def form_fields(scheme: Scheme, before: ServiceForm, key: str) -> ServiceForm:
    """All questions that apply, section by section, filled in as the form is.

    Args:
        scheme: that asks.
        before: what the fields begin with.
        key: of this form and this turn of filling it in; other keys begin anew.

    Returns:
        The form with what the fields say now; nothing of it is kept yet.
    """
    answers: list[Answer] = []
    for section in scheme.sections:
        asked = [q for q in section.questions if _is_asked(q, scheme, answers)]
        if asked:
            st.markdown(f"**{plain(section.title)}**")
            if section.help:
                st.caption(plain(section.help))
        for question in section.questions:
            if _is_asked(question, scheme, answers):
                answers.append(_field(question, before.answer(question.id), key))
    return replace(before, answers=tuple(a for a in answers if a.is_answered or a.note))


def _is_asked(question: Question, scheme: Scheme, answers: Sequence[Answer]) -> bool:
    return is_applicable(question, scheme, answers)


def _field(question: Question, before: Answer, key: str) -> Answer:
    key = f"{key}-{question.id}"
    label = f"{plain(question.text)}{' *' if question.required else ''}"
    codes: tuple[str, ...] = ()
    value, note = "", before.note
    if question.kind is QuestionKind.TEXT and not note:  # its answer has room for all words
        return Answer(question=question.id, value=_value(question, before, label, key))
    field_box, note_box = st.columns([6, 1], vertical_alignment="bottom")
    with field_box:
        if question.options:
            codes = _codes(question, before, label, key)
        else:
            value = _value(question, before, label, key)
    with note_box.popover("Note ✓" if note else "Note", key=f"{key}-more"):
        note = st.text_area(f"Note on: {plain(question.name)}", note, key=f"{key}-note")
    return Answer(question=question.id, codes=codes, value=value, note=note)


def _codes(question: Question, before: Answer, label: str, key: str) -> tuple[str, ...]:
    options = {each.id: each for each in question.walk() if each.selectable}
    chosen = [code for code in map(question.code_now, before.codes) if code in options]
    words = {code: option.label for code, option in options.items()}
    help_text = plain(question.help) or None
    if question.kind in (QuestionKind.ONE, QuestionKind.YES_NO):
        offered = [NONE, *options]
        at = offered.index(chosen[0]) if chosen else 0
        code = _one_of(label, offered, at, words, help_text, key)
        return (code,) if code else ()
    several = st.multiselect(
        label,
        list(options),
        default=chosen,
        format_func=words.__getitem__,
        help=help_text,
        placeholder="Choose all that apply",
        key=key,
    )
    return tuple(several)


def _one_of(
    label: str, offered: list[str], at: int, words: dict[str, str], help_text: str | None, key: str
) -> str:
    def name(code: str) -> str:
        return words.get(code, "Not answered")

    if len(offered) - 1 <= _SMALL:
        return st.radio(  # its options are Markdown, those of a list are not
            label,
            offered,
            at,
            format_func=lambda code: plain(name(code)),
            help=help_text,
            key=key,
        )
    return st.selectbox(label, offered, at, format_func=name, help=help_text, key=key)


def _value(question: Question, before: Answer, label: str, key: str) -> str:
    unit = f" ({plain(question.unit)})" if question.unit else ""
    help_text = plain(question.help) or None
    if question.kind is QuestionKind.TEXT:
        return st.text_area(label + unit, before.value, help=help_text, key=key)
    hint = "2006, 2006-03 or 2006-03-14" if question.kind is QuestionKind.DATE else ""
    typed = st.text_input(
        label + unit, before.value, help=help_text, placeholder=hint or None, key=key
    )
    return without_separators(typed) if question.kind is QuestionKind.NUMBER else typed
