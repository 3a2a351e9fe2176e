"""The schemes with which a review codes: which they are, and taking another one."""

import zlib
from collections import Counter
from collections.abc import Callable, Collection, Sequence

import streamlit as st

from evidence.coding.overall_judgement import rule_in_words
from evidence.coding.scheme import Judges, Question, Rule, Scheme, Take
from evidence.coding.scheme_differences import Change
from evidence.settings import Settings
from evidence.steps.coding import eppi_schemes, scheme_versions, schemes
from evidence.steps.coding.schemes import Effect, TakenScheme
from evidence.steps.desk import Desk
from evidence.steps.review import membership
from evidence.store import Role
from evidence.ui.shell import menu
from evidence.ui.shell.errors import attempt, rerun, show_errors
from evidence.ui.shell.uploads import let_go
from evidence.ui.shell.wording import number, plain, short, with_links

TAKEN = "scheme-just-taken"  # its title, until another one is to be taken
MANY = 6  # so many differences stand open; more are in a frame that scrolls
JUDGED = {
    Judges.STUDY: "studies",
    Judges.FINDING: "findings",
    Judges.REVIEW: "reviews",
    Judges.PRACTICE: "services",
}


def scheme_choice(desk: Desk, settings: Settings, wizard: Callable[[], None] | None = None) -> None:
    """Take the first scheme of the review: one of those that are there, or one's own.

    Args:
        desk: of who takes it.
        settings: which name the folder of schemes that lie ready.
        wizard: draws what begins one from a topic; without it a link leads there.
    """
    st.write("Coding needs a scheme: the questions that are asked about every study.")
    if wizard is None:
        menu.link("schemes", "Begin a scheme from your topic")
    else:
        wizard()
    st.caption("Or take one that lies ready:")
    _offers(desk, settings, taken=schemes.taken(desk))
    _own(desk)


def names_apart(listed: Collection[TakenScheme]) -> dict[int, str]:
    """A name for each scheme in a list, by its number: its title, and its id where two have one."""
    titles = Counter(each.scheme.title for each in listed)
    return {
        each.id: f"{each.scheme.title} ({each.scheme.id})"
        if titles[each.scheme.title] > 1
        else each.scheme.title
        for each in listed
    }


def schemes_of_review(desk: Desk, settings: Settings) -> None:
    """A box with the schemes of the review, in which another one can be taken at any time."""
    label, icon = "Schemes of this review", ":material/list_alt:"
    box = st.expander(label, icon=icon, on_change="rerun", key="schemes-box")
    if not box.open:
        return
    with box:
        taken = schemes.taken(desk)
        first = schemes.of_results(desk)
        may_change = membership.standing(desk).role >= Role.EDITOR
        for each in taken:
            _taken(desk, each, is_of_results=first == each, may_change=may_change)
        if not may_change:
            st.caption("Editors of the review can take another scheme.")
            return
        done = st.session_state.get(TAKEN)
        if done:  # no other button comes under the pointer
            st.success(f"{plain(done)} is taken, and can be coded with.")
            if not st.button("Take another scheme", key="more-schemes"):
                return
            del st.session_state[TAKEN]
        st.markdown("**Take another scheme**")
        st.caption("What was coded stays, and each scheme is coded apart.")
        _offers(desk, settings, taken=taken)
        _own(desk)


def _taken(desk: Desk, taken: TakenScheme, *, is_of_results: bool, may_change: bool) -> None:
    scheme = taken.scheme
    st.markdown(f"**{plain(scheme.title)}**")
    said = [_about(scheme), number(taken.version.number, "version") + " taken"]
    said += ["maps and tables rest on it"] if is_of_results else []
    st.caption(" · ".join(said))
    for question in scheme.questions:
        if question.rule is not None:
            _rule(desk, taken, question, question.rule, may_change=may_change)


def _rule(
    desk: Desk, taken: TakenScheme, question: Question, rule: Rule, *, may_change: bool
) -> None:
    """By which rule an overall judgement follows; editors can choose another one."""
    words = {take: rule_in_words(Rule(take=take, of=rule.of), taken.scheme) for take in Take}
    chosen = st.selectbox(
        f"Rule for “{plain(question.name)}”",
        list(Take),
        index=list(Take).index(rule.take),
        format_func=lambda take: words[take],
        disabled=not may_change,
        help="What follows is proposed; another judgement needs a reason in its note.",
        key=f"rule-{taken.version.id}-{question.id}",
    )
    if chosen is None or chosen == rule.take:
        return
    if attempt(schemes.choose_rule, desk, taken.id, question.id, chosen):
        rerun()


def _offers(desk: Desk, settings: Settings, taken: Sequence[TakenScheme]) -> None:
    """The schemes that lie ready; those that were taken are not offered again, also where the
    review has changed them since.
    """
    now = {each.scheme.id: each.id for each in taken}
    for offer in schemes.files(settings):
        lineage = now.get(offer.scheme.id) if offer.scheme else None
        if offer.scheme and lineage and schemes.was_taken(desk, lineage, offer.scheme):
            continue
        with st.container(border=True):
            if offer.scheme is None:
                st.error(f"{plain(offer.file)} cannot be used.")
                st.code(offer.fault, language=None, wrap_lines=True)
                continue
            st.markdown(f"**{plain(offer.scheme.title)}**")
            st.caption(f"Version {plain(offer.scheme.version)} · {_about(offer.scheme)}")
            if offer.scheme.description:
                st.write(with_links(offer.scheme.description))
            title = f"“{short(offer.scheme.title, 100)}”"
            _take(desk, offer.yaml, offer.file, title, is_newer=offer.scheme.id in now)


def _own(desk: Desk) -> None:
    own = st.file_uploader(
        "Or your own scheme (YAML), or code sets of EPPI-Reviewer (JSON)",
        type=["yaml", "yml", "json", "html"],
        key="own-scheme",
    )
    if own is None:
        return
    content = own.getvalue()
    with show_errors():
        yaml = content.decode("utf-8", "replace")
        is_eppi = eppi_schemes.is_eppi(content)
        if is_eppi:
            yaml = _code_set(content, own.name)
        effects = schemes.effects_of(desk, yaml, own.name)
        if effects:
            _effects(effects)
        label = "Take this version" if effects else "Take this code set"
        is_asked = effects or is_eppi  # a file may hold several sets
        shown = _shown(desk, yaml, own.name)
        if not is_asked or st.button(label, key="take-own", type="primary"):
            schemes.add(desk, yaml, own.name, shown)
            let_go([own])
            rerun()


def _code_set(content: bytes, name: str) -> str:
    """The text of the scheme that a code set of a file of EPPI-Reviewer is; people say which."""
    read = eppi_schemes.read(content, name)
    titles = [each.scheme.title for each in read.sets]
    which = st.selectbox(
        "Code set",
        range(len(titles)),
        format_func=lambda number_of_set: plain(titles[number_of_set]),
        key="own-code-set",
    )
    scheme = read.sets[which or 0].scheme
    codes = {option.id for question in scheme.questions for option in question.walk()}
    asked = f"{number(len(scheme.questions), 'question')}, {number(len(codes), 'code')}"
    st.caption(f"{plain(scheme.title)} · {asked}")
    for remark in read.remarks:
        st.caption(plain(remark))
    return read.sets[which or 0].yaml


def _take(desk: Desk, yaml: str, name: str, title: str, *, is_newer: bool) -> None:
    """A button that takes a scheme; before a new version, what it touches."""
    if is_newer:
        _effects(schemes.effects_of(desk, yaml, name))
    label = "Take this version" if is_newer else "Use this scheme"
    shown = _shown(desk, yaml, name)
    pressed = st.button(label, key=f"take-{name}", type="primary")
    if pressed and attempt(schemes.add, desk, yaml, name, shown):
        st.session_state[TAKEN] = title
        rerun()


def _shown(desk: Desk, yaml: str, name: str) -> int | None:
    """The version with which this text was compared when the page was drawn before, which is what
    whoever presses a button now has seen; at the first drawing the newest.
    """
    key = f"compared-{name}-{zlib.crc32(yaml.encode())}"
    newest = schemes.version_of(desk, yaml, name)
    before: int | None = st.session_state.get(key, newest)
    st.session_state[key] = newest
    return before


def _effects(effects: Sequence[Effect]) -> None:
    """What a new version touches: first, and open, what is retired although it was used."""
    retired = [e for e in effects if e.difference.change is Change.RETIRED]
    for each in retired:
        if each.use.studies:
            st.warning(_plain(each), icon=":material/inventory_2:")
    st.write(f"What it changes: {number(len(effects), 'difference')}. No answer is dropped.")
    with st.container(height=200 if len(effects) > MANY else "content"):
        for each in effects:
            st.markdown(f"- {_plain(each)}")
    if unseen := scheme_versions.of_unseen(effects):
        st.caption(unseen)


def _plain(effect: Effect) -> str:
    return plain(scheme_versions.sentence(effect))


def _about(scheme: Scheme) -> str:
    questions = number(len(scheme.questions), "question")
    return f"{scheme.purpose.value} of {JUDGED[scheme.judges]} · {questions}"
