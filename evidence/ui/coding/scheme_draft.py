"""The changes of a coding scheme that a visitor has begun, and that nobody else sees yet."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import streamlit as st

from evidence.coding.scheme import Option, Scheme
from evidence.coding.scheme_edits import Node
from evidence.errors import Invalid
from evidence.steps.coding.schemes import TakenScheme

MOST_UNDONE = 200
PROBLEM = "scheme-problem"


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeDraft:
    """A scheme as it is changed on the page.

    Attributes:
        seen: the newest version when the changes were begun.
        began: the scheme from which they were begun.
        node: what is chosen.
        before: the scheme and what was chosen before each change, the last at the end.
    """

    scheme_id: int
    seen: int
    began: Scheme
    scheme: Scheme
    node: Node = field(default_factory=Node)
    before: tuple[tuple[Scheme, Node], ...] = ()

    @property
    def changed(self) -> bool:
        """Whether anything is to be kept."""
        return self.scheme != self.began


def draft_of(taken: TakenScheme) -> SchemeDraft:
    """The visitor's changes of a scheme; where none are begun, those of its newest version."""
    key = _key(taken.id)
    draft: SchemeDraft | None = st.session_state.get(key)
    if draft is None or (not draft.changed and draft.seen != taken.version.id):
        draft = _keep(begun(taken, taken.scheme))
    return draft


def begun(newest: TakenScheme, scheme: Scheme) -> SchemeDraft:
    """Changes that begin from a scheme, which may be an older version."""
    return SchemeDraft(
        scheme_id=newest.id, seen=newest.version.id, began=newest.scheme,
        scheme=replace(scheme, version=newest.scheme.version))  # fmt: skip


def begin_from(newest: TakenScheme, scheme: Scheme) -> None:
    """Drop the visitor's changes and begin from this scheme."""
    st.session_state.pop(PROBLEM, None)
    _keep(begun(newest, scheme))


def change(scheme_id: int, edit: Callable[[Scheme], Scheme], node: Node | None = None) -> bool:
    """Change the scheme on the page; what is refused is said, and changes nothing.

    Args:
        scheme_id: of the lineage.
        edit: from the scheme as it is to the scheme as it shall be.
        node: what is chosen then; None for what is chosen now.
    """
    draft: SchemeDraft = st.session_state[_key(scheme_id)]
    st.session_state.pop(PROBLEM, None)
    try:
        scheme = edit(draft.scheme)
    except Invalid as error:
        st.session_state[PROBLEM] = str(error)
        return False
    if scheme != draft.scheme:
        before = (*draft.before, (draft.scheme, draft.node))[-MOST_UNDONE:]
        _keep(replace(draft, scheme=scheme, node=node or draft.node, before=before))
    return True


def choose(scheme_id: int, node: Node) -> None:
    """Show the details of a section, question or option."""
    st.session_state.pop(PROBLEM, None)
    _keep(replace(st.session_state[_key(scheme_id)], node=node))


def undo(scheme_id: int) -> None:
    """Take back the last change."""
    draft: SchemeDraft = st.session_state[_key(scheme_id)]
    st.session_state.pop(PROBLEM, None)
    if draft.before:
        scheme, node = draft.before[-1]
        _keep(replace(draft, scheme=scheme, node=node, before=draft.before[:-1]))


def listed(draft: SchemeDraft) -> list[tuple[Node, int, str]]:
    """What the tree shows, in reading order: what it is, how deep it stands, its words.

    All sections and questions; of the chosen question the options at the top, those above the
    chosen one, and those right below it, so that a tree of a thousand codes stays a short list.
    """
    rows: list[tuple[Node, int, str]] = []
    for index, section in enumerate(draft.scheme.sections):
        rows.append((Node(section=index), 0, section.title))
        for question in section.questions:
            rows.append((Node(question=question.id), 1, question.text))
            if question.id == draft.node.question:
                rows += _open(question.id, question.options, draft.node.option, 2)
    return rows


def _open(
    question: str, options: tuple[Option, ...], chosen: str, depth: int
) -> list[tuple[Node, int, str]]:
    rows: list[tuple[Node, int, str]] = []
    for option in options:
        rows.append((Node(question=question, option=option.id), depth, option.label))
        if chosen in {below.id for below in option.walk()}:
            rows += _open(question, option.options, chosen, depth + 1)
    return rows


def _keep(draft: SchemeDraft) -> SchemeDraft:
    st.session_state[_key(draft.scheme_id)] = draft
    return draft


def _key(scheme_id: int) -> str:
    return f"scheme-draft-{scheme_id}"
