"""The editor of a coding scheme: its tree, what is chosen in it, and what is added.

Every change is made in the visitor's own draft at once; nothing is kept before "Keep this version".
"""

from collections.abc import Callable, Mapping
from functools import partial
from zlib import crc32

import streamlit as st

from evidence.coding import scheme_edits
from evidence.coding.scheme import Option, Question, QuestionKind, Scheme
from evidence.coding.scheme_edits import NewQuestion, Node, Place, Way
from evidence.ui.coding.scheme_draft import PROBLEM, SchemeDraft, change, choose, listed, undo
from evidence.ui.shell.keys import pressed
from evidence.ui.shell.wording import plain, plain_lines, short

INDENT = "\u2003"  # Markdown would strip ordinary spaces
KEYS = {"j": "next", "k": "previous", "u": "up", "d": "down", "b": "below", "o": "out"}
CHOOSING = ("next", "previous")
WAYS = {
    "up": (Way.UP, "Up", ":material/arrow_upward:"),
    "down": (Way.DOWN, "Down", ":material/arrow_downward:"),
    "below": (Way.BELOW, "Below the one above", ":material/format_indent_increase:"),
    "out": (Way.OUT, "Out", ":material/format_indent_decrease:"),
}
CODE, QUESTION, SECTION = "A code", "A question", "A section with its first question"


def tree(draft: SchemeDraft, *, may_edit: bool) -> None:
    """Sections, questions, and the codes of the question that is chosen, each a button."""
    rows = listed(draft)
    moving = ", u and d move up and down, b below the one above, o out" if may_edit else ""
    st.caption(f"Keys: j and k choose{moving}.")
    with st.container(height=560, key="scheme-tree", gap=None):
        for node, depth, words in rows:
            chosen = node == draft.node
            label = f"**{plain(short(words))}**" if chosen else plain(short(words))
            st.button(
                f"{INDENT * 2 * depth}{'▸ ' if chosen else ''}{label}",
                key=f"node-{node.section}-{node.question}-{node.option}",
                type="tertiary",
                on_click=choose,
                args=(draft.scheme_id, node),
            )
    keys = {key: meant for key, meant in KEYS.items() if may_edit or meant in CHOOSING}
    _take_key(draft, [node for node, *_ in rows], keys)


def details(draft: SchemeDraft) -> None:
    """What is chosen: its words, its place, and what can be done with it."""
    node, scheme = draft.node, draft.scheme
    problem = st.session_state.get(PROBLEM)
    if problem:
        st.error(plain_lines(problem), icon=":material/warning:")
    question = scheme.question(node.question)
    option = _option(question, node.option) if question else None
    if option is not None:
        st.markdown("**Code**")
        st.caption(f"Its id `{option.id}` never changes.")
        _words(draft, "Label", option.label, option.help)
    elif question is not None:
        st.markdown(f"**Question**, {question.kind}")
        st.caption(f"Its id `{question.id}` never changes.")
        _words(draft, "Text", question.text, question.help)
    else:
        section = scheme.sections[node.section]
        st.markdown("**Section**")
        _words(draft, "Title", section.title, section.help)
    fixed = option is not None and question is not None and question.kind is QuestionKind.YES_NO
    with st.container(horizontal=True):
        for name, (_, label, icon) in WAYS.items():
            if option is not None or name in {"up", "down"}:
                st.button(label, key=f"move-{name}", icon=icon, disabled=fixed,
                          on_click=_move, args=(draft, name))  # fmt: skip
        st.button("Retire", key="retire", icon=":material/archive:", disabled=fixed,
                  on_click=_retire, args=(draft,),
                  help="Answers to it are kept, and shown as no longer asked.")  # fmt: skip
        st.button("Undo", key="undo-edit", icon=":material/undo:", disabled=not draft.before,
                  on_click=undo, args=(draft.scheme_id,))  # fmt: skip
    if option is not None and question is not None and not fixed:
        _merging(draft, question, option)


def adding(draft: SchemeDraft) -> None:
    """Add a code, a question or a section. What is typed stays, whatever is chosen meanwhile."""
    key = f"add-{draft.scheme_id}"
    question = draft.scheme.question(draft.node.question)
    what = st.radio("Add", [CODE, QUESTION, SECTION], horizontal=True, key=f"{key}-what")
    is_new_question = what in {QUESTION, SECTION}
    if what == SECTION:
        st.text_input("Title of the new section", key=f"{key}-title")
    name = "Text of the new question" if is_new_question else "Label of the new code"
    st.text_input(name, key=f"{key}-{'text' if is_new_question else 'label'}")
    if is_new_question:
        kinds = list(QuestionKind)
        kind = st.selectbox("How it is answered", kinds, format_func=str, key=f"{key}-kind")
        if kind in {QuestionKind.ONE, QuestionKind.MANY, QuestionKind.TREE}:
            st.text_area("Its codes, one on a line", key=f"{key}-labels")
    below = bool(draft.node.option) and question is not None and question.kind is QuestionKind.TREE
    if what == CODE and below:
        st.checkbox("Below the chosen code", key=f"{key}-below")
    impossible = what == CODE and (question is None or not question.options)
    if impossible:
        st.caption("Choose a question with codes first.")
    st.button("Add", key=f"{key}-button", icon=":material/add:", disabled=impossible,
              on_click=_add, args=(draft, what))  # fmt: skip


def remember_typed(scheme_id: int) -> None:
    """Let what was typed to be added outlive a field that is hidden, and a visit to another page:
    there, Streamlit forgets what stood in fields.
    """
    typed: dict[str, object] = st.session_state.setdefault(f"typed-{scheme_id}", {})
    for name in ("title", "text", "label", "labels", "kind", "below", "what"):
        key = f"add-{scheme_id}-{name}"
        if key in st.session_state:
            typed[name] = st.session_state[key]
        elif name in typed:
            st.session_state[key] = typed[name]


def coder_view(draft: SchemeDraft) -> None:
    """The section of what is chosen, as it is asked."""
    for index, section in enumerate(draft.scheme.sections):
        ids = {question.id for question in section.questions}
        if draft.node.question in ids or (not draft.node.question and index == draft.node.section):
            st.markdown(f"## {plain(section.title)}")
            if section.help:
                st.caption(plain_lines(section.help))
            for question in section.questions:
                _asked(draft.scheme, question)


def _asked(scheme: Scheme, question: Question) -> None:
    required = " *" if question.required else ""
    st.markdown(f"**{plain(question.text)}**{required}")
    if question.when is not None:
        st.caption(plain(_waits(scheme, question)))
    if question.help:
        st.caption(plain_lines(question.help))
    if question.options:
        sign = "○" if question.kind in {QuestionKind.ONE, QuestionKind.YES_NO} else "☐"
        st.markdown("  \n".join(_lines(question.options, sign, 0)))
    else:
        unit = f" in {plain(question.unit)}" if question.unit else ""
        st.markdown(f"▭ {question.kind}{unit}")


def _waits(scheme: Scheme, question: Question) -> str:
    when = question.when
    if when is None:
        return ""
    if when.axis is not None:
        found = (scheme.axis_option(when.axis, code) for code in when.any_of)
        labels = [option.label for option in found if option]
        return f"Asked of findings whose {when.axis} is {' or '.join(labels)}."
    earlier = scheme.question(when.question)
    labels = [earlier.label(code) for code in when.any_of] if earlier else []
    return f"Asked after {' or '.join(labels)} under “{earlier.name if earlier else ''}”."


def _lines(options: tuple[Option, ...], sign: str, depth: int) -> list[str]:
    lines = []
    for option in options:
        mark = f"{sign} " if option.selectable else ""
        helped = f": {plain(short(option.help))}" if option.help else ""
        lines.append(f"{INDENT * 2 * depth}{mark}{plain(option.label)}{helped}")
        lines += _lines(option.options, sign, depth + 1)
    return lines


def _words(draft: SchemeDraft, name: str, words: str, helped: str) -> None:
    """Fields that change the draft as soon as they are left; what is refused stays in its field."""
    node = draft.node
    for label, text, edit, field in (
        (name, words, scheme_edits.rename, st.text_input),
        ("Help", helped, scheme_edits.describe, st.text_area),
    ):
        # Another key for another text, so that the field shows what an undo brings back.
        place = f"{draft.scheme_id}-{node.section}-{node.question}-{node.option}"
        key = f"scheme-{label}-{place}-{crc32(text.encode('utf-8', 'replace'))}"
        field(label, text, key=key, on_change=_typed, args=(draft, node, edit, key))


def _typed(
    draft: SchemeDraft, node: Node, edit: Callable[[Scheme, Node, str], Scheme], key: str
) -> None:
    typed = st.session_state[key]
    change(draft.scheme_id, lambda scheme: edit(scheme, node, typed))


def _merging(draft: SchemeDraft, question: Question, option: Option) -> None:
    mine = {below.id for below in option.walk()}
    labels = {other.id: other.label for other in question.walk() if other.id not in mine}
    if not labels:
        return
    key = f"merge-{question.id}-{option.id}"
    into_box, button_box = st.columns([3, 1], vertical_alignment="bottom")
    into = into_box.selectbox(
        "Merge it into", list(labels), format_func=lambda code: labels[code], index=None, key=key,
        help="Its answers stay stored as they are, and count as the other code from then on.",
    )  # fmt: skip
    button_box.button("Merge", key="merge", icon=":material/merge:", disabled=into is None,
                      on_click=_merge, args=(draft, into))  # fmt: skip


def _merge(draft: SchemeDraft, into: str) -> None:
    node = draft.node
    change(
        draft.scheme_id,
        lambda scheme: scheme_edits.merge(scheme, node.question, node.option, into),
        Node(question=node.question, option=into),
    )


def _retire(draft: SchemeDraft) -> None:
    node = draft.node
    then = Node(question=node.question) if node.option else Node()
    change(draft.scheme_id, lambda scheme: scheme_edits.retire(scheme, node), then)


def _move(draft: SchemeDraft, name: str) -> None:
    way, node = WAYS[name][0], draft.node
    then = node
    if not node.question:  # a section is known by its place
        then = Node(section=node.section + (-1 if way is Way.UP else 1))
    change(draft.scheme_id, lambda scheme: scheme_edits.move(scheme, node, way), then)


def _take_key(draft: SchemeDraft, nodes: list[Node], keys: Mapping[str, str]) -> None:
    meant = pressed(f"{draft.node} {len(draft.before)}", keys, "scheme-keys")
    if meant in CHOOSING:
        at = nodes.index(draft.node) if draft.node in nodes else 0
        at = min(max(at + (1 if meant == "next" else -1), 0), len(nodes) - 1)
        choose(draft.scheme_id, nodes[at])
    elif meant:
        _move(draft, meant)
    if meant:
        st.rerun(scope="fragment")


def _add(draft: SchemeDraft, what: str) -> None:
    key, node = f"add-{draft.scheme_id}", draft.node
    used: frozenset[Place] = st.session_state[f"{key}-used"]
    typed = {name: st.session_state.get(f"{key}-{name}") or "" for name in
             ("title", "text", "label", "labels")}  # fmt: skip
    kind = QuestionKind(st.session_state.get(f"{key}-kind") or QuestionKind.ONE)
    has_codes = kind in {QuestionKind.ONE, QuestionKind.MANY, QuestionKind.TREE}
    lines = (line.strip() for line in typed["labels"].splitlines() if has_codes)
    new = NewQuestion(text=typed["text"].strip(), kind=kind, labels=tuple(filter(None, lines)))
    if what == CODE:
        below = node.option if st.session_state.get(f"{key}-below") else ""
        added = partial(scheme_edits.add_option, question_id=node.question,
                        label=typed["label"].strip(), below=below, used=used)  # fmt: skip
    elif what == QUESTION:
        added = partial(scheme_edits.add_question, section=_section(draft), new=new, used=used)
    else:
        added = partial(scheme_edits.add_section, title=typed["title"].strip(), first=new,
                        used=used)  # fmt: skip
    if change(draft.scheme_id, added):
        for name in ("label",) if what == CODE else ("title", "text", "labels"):
            st.session_state[f"{key}-{name}"] = ""


def _section(draft: SchemeDraft) -> int:
    """The section of what is chosen."""
    if not draft.node.question:
        return draft.node.section
    return next(
        index
        for index, section in enumerate(draft.scheme.sections)
        if draft.node.question in {question.id for question in section.questions}
    )


def _option(question: Question, option_id: str) -> Option | None:
    return next((option for option in question.walk() if option.id == option_id), None)
