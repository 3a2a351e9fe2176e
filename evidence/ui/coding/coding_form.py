"""The coding form: taking a scheme, choosing a study, answering its questions."""

from collections.abc import Callable, Sequence

import streamlit as st

from evidence.coding.answers import Answer, applicable_questions
from evidence.coding.scheme import Option, Question, QuestionKind
from evidence.errors import Invalid
from evidence.settings import Settings
from evidence.steps.coding import coding, schemes
from evidence.steps.desk import Desk
from evidence.ui.shell.uploads import let_go
from evidence.ui.shell.wording import number, plain, plain_lines

STATES = {"open": "○ ", "draft": "◐ ", "complete": "● "}
FEW = 5  # so many options stand open; more are in a list that can be searched
MARK = " *"


def scheme_choice(desk: Desk, settings: Settings) -> None:
    """Take one of the schemes that are there, or one's own."""
    st.write("Coding needs a scheme: the questions that are asked about every study.")
    for offer in schemes.files(settings):
        with st.container(border=True):
            if offer.scheme is None:
                st.error(f"{plain(offer.file)} cannot be used.")
                st.code(offer.fault, language=None, wrap_lines=True)
                continue
            st.markdown(f"**{plain(offer.scheme.title)}**")
            st.caption(
                f"Version {plain(offer.scheme.version)} · "
                f"{number(len(offer.scheme.questions), 'question')}"
            )
            if offer.scheme.description:
                st.write(plain(offer.scheme.description))
            if st.button("Use this scheme", key=f"take-{offer.file}", type="primary"):
                schemes.add(desk, offer.yaml, offer.file)
                st.rerun()
    own = st.file_uploader("Or your own scheme (YAML)", type=["yaml", "yml"], key="own-scheme")
    if own is not None:
        schemes.add(desk, own.getvalue().decode("utf-8", "replace"), own.name)
        let_go([own])
        st.rerun()


def study_choice(lines: Sequence[coding.CodingProgress]) -> int:
    """Choose a study; the choice is remembered while the visit lasts."""
    by_id = {line.study.id: line for line in lines}
    complete = sum(line.own_state == "complete" for line in lines)
    st.progress(
        complete / len(lines),
        text=f"You completed {complete:,} of {number(len(lines), 'study', 'studies')}",
    )
    ids = list(by_id)
    start = next((line.study.id for line in lines if line.own_state != "complete"), ids[0])
    current = st.session_state.get("study", start)
    if current not in by_id:
        current = start
    study_box, previous_box, next_box = st.columns([8, 1, 1], vertical_alignment="bottom")
    position = ids.index(current)
    if previous_box.button("◀", key="previous", help="The study before", width="stretch"):
        position = (position - 1) % len(ids)
    if next_box.button("▶", key="next", help="The next study", width="stretch"):
        position = (position + 1) % len(ids)
    st.session_state.study = ids[position]
    study_id = study_box.selectbox(
        "Study",
        ids,
        index=position,
        format_func=lambda i: STATES[by_id[i].own_state] + by_id[i].study.label,
        key=f"study-{ids[position]}",
        help="○ not begun, ◐ draft, ● complete",
    )
    if study_id != ids[position]:
        st.session_state.study = study_id
        st.rerun()
    return int(study_id)


def questions(desk: Desk, sheet: coding.CodingSheet) -> None:
    """All questions that are asked; every change is kept at once."""
    notes = st.toggle("Show notes", value=any(a.note for a in sheet.answers), key="notes")
    answers = {answer.question: answer for answer in sheet.answers}
    for section in sheet.scheme.sections:
        heading = False
        for question in section.questions:
            if question.of.value != "study" or question not in applicable_questions(
                sheet.scheme, tuple(answers.values())
            ):
                continue
            if not heading:
                st.markdown(f"## {plain(section.title)}")
                heading = True
                if section.help:
                    st.caption(plain(section.help))
            new = ask(question, answers.get(question.id), sheet.study.id, notes=notes)
            if new != answers.get(question.id, Answer(question=question.id)):
                _keep(desk, sheet.study.id, new)
                answers[question.id] = new


def _keep(desk: Desk, study_id: int, new: Answer) -> None:
    try:
        coding.set_answer(desk, study_id, new)
    except Invalid as error:
        st.error(plain_lines(str(error)))


def ask(question: Question, answer: Answer | None, about: object, *, notes: bool) -> Answer:
    """One question with its widget; the answer as it is now."""
    before = answer or Answer(question=question.id)
    key = f"q-{about}-{question.id}"
    codes, value = before.codes, before.value
    if question.options:
        codes = _codes(question, before, key)
    else:
        value = _value(question, before, key)
    note = before.note
    if notes:
        note = st.text_input("Note", before.note, key=f"{key}-note", placeholder="Note")
    return Answer(question=question.id, codes=codes, value=value, note=note)


def _codes(question: Question, before: Answer, key: str) -> tuple[str, ...]:
    """Options to choose: a few stand open, more are in a list that can be searched."""
    labels = dict(option_labels(question.options))
    ticked = [code for code in before.codes if code in labels]
    title, help_text = heading(question), plain(question.help) or None
    few = len(labels) <= FEW
    if question.kind in (QuestionKind.MANY, QuestionKind.TREE):
        if few:
            codes = st.pills(
                title,
                list(labels),
                default=ticked,
                format_func=lambda code: plain(labels[code]),
                selection_mode="multi",
                wrap=True,
                help=help_text,
                key=key,
            )
        else:
            codes = st.multiselect(
                title, list(labels), ticked, lambda code: labels[code], help=help_text, key=key
            )
        return tuple(codes)
    first = ticked[0] if ticked else None
    if few:
        code = st.pills(
            title,
            list(labels),
            default=first,
            format_func=lambda code: plain(labels[code]),
            wrap=True,
            help=help_text,
            key=key,
        )
    else:
        ids = list(labels)
        code = st.selectbox(
            title,
            ids,
            index=None if first is None else ids.index(first),
            format_func=lambda code: labels[code],
            placeholder="Choose",
            help=help_text,
            key=key,
        )
    return (code,) if code else ()


def _value(question: Question, before: Answer, key: str) -> str:
    inputs: dict[QuestionKind, Callable[..., str]] = {
        QuestionKind.TEXT: st.text_area if len(before.value) > 80 else st.text_input,  # noqa: PLR2004
        QuestionKind.NUMBER: st.text_input,
        QuestionKind.DATE: st.text_input,
    }
    unit = f" ({plain(question.unit)})" if question.unit else ""
    placeholder = {QuestionKind.DATE: "2006-03-14", QuestionKind.NUMBER: "number"}.get(
        question.kind, ""
    )
    return inputs[question.kind](
        heading(question) + unit,
        before.value,
        help=plain(question.help) or None,
        key=key,
        placeholder=placeholder,
    ).strip()


def heading(question: Question) -> str:
    """A question's text, with a mark where an answer is needed."""
    return plain(question.text) + (MARK if question.required else "")


def option_labels(options: Sequence[Option], above: str = "") -> list[tuple[str, str]]:
    """Every option with the labels above it, so that it can be read on its own."""
    labels = []
    for option in options:
        label = f"{above}{option.label}"
        labels.append((option.id, label))
        labels += option_labels(option.options, f"{label} › ")
    return labels
