"""The forms by which editors enter principles, bring them from a file, and link them."""

import json
from collections.abc import Sequence

import streamlit as st

from evidence.settings import Settings
from evidence.steps.desk import Desk
from evidence.steps.practice import principles as steps
from evidence.steps.practice.principles import (
    LONGEST_FIELD,
    LONGEST_TEXT,
    PrinciplesLine,
    new_uid,
)
from evidence.synthesis.principles.edits import with_principle, without_principle
from evidence.synthesis.principles.links import LinkKind, PrincipleLink
from evidence.synthesis.principles.principle_set import (
    NOT_GRADED,
    Principle,
    PrincipleName,
    PrincipleSet,
    PrincipleVersion,
)
from evidence.ui.shell.errors import attempt, rerun
from evidence.ui.shell.under_way import choice_under_way
from evidence.ui.shell.wording import plain, short

NEW = PrincipleName(version="", number="")
ASKED = {
    LinkKind.STUDY: "Studies that bear on it",
    LinkKind.ITEM: "Items of a fidelity scale that look at it",
    LinkKind.STATEMENT: "Statements of the review about it",
}


def bring_set(desk: Desk, lines: Sequence[PrinciplesLine]) -> None:
    """Sets that come with the program, and sets from a file."""
    titles = {line.principles.title for line in lines}
    with st.expander("Bring principles", icon=":material/upload_file:", expanded=not lines):
        for each in steps.offered():
            if each.principles.title in titles:
                continue
            versions = ", ".join(version.name for version in each.principles.versions)
            text_box, button_box = st.columns([4, 1], vertical_alignment="center")
            text_box.markdown(plain(f"{each.principles.title} ({versions})"))
            is_sent = button_box.button("Use these", key=f"principles-take-{each.file}")
            if is_sent and attempt(steps.add, desk, each.principles):
                rerun()
        st.caption(
            "From a file: CSV with the columns version, source, place, number, principle, grade, "
            "corresponds to (such as 2004/3); or YAML."
        )
        turn = st.session_state.setdefault("principles-file-turn", 0)
        file = st.file_uploader(
            "A file with principles", ["csv", "yaml", "yml"], key=f"principles-file-{turn}"
        )
        if file is not None and st.button("Add what the file has", key="principles-bring"):
            attempt(_bring, desk, file.name, file.getvalue())


def _bring(desk: Desk, name: str, data: bytes) -> None:
    steps.add(desk, steps.read_file(name, data))
    st.session_state["principles-file-turn"] += 1
    rerun()


def new_set(desk: Desk) -> None:
    """A form for a set of which only the first principle is known yet."""
    with st.expander("Enter principles by hand", icon=":material/add:"):
        choice = choice_under_way(f"principles-new-{desk.review_id}", new_uid())
        key = f"principles-new-{choice.turn}"
        with st.form(key, border=False):
            title = st.text_input("Title of the set", max_chars=LONGEST_FIELD, key=f"{key}-title")
            version = _version_fields(PrincipleVersion(name=""), key)
            principle = _principle_fields(Principle(number="1", text=""), (), key)
            is_sent = st.form_submit_button("Add", type="primary")
        blank = PrincipleSet(uid=choice.before, title=title)
        given = with_principle(blank, version, principle, ())
        if is_sent and attempt(steps.add, desk, given):
            choice.begin_anew(new_uid())
            rerun()


def change_principle(desk: Desk, line: PrinciplesLine) -> None:
    """A form for one principle of a set, or for one more."""
    now = line.principles
    with st.expander("Change a principle, or add one", icon=":material/edit:"):
        names = [NEW, *(name for name, _ in now.walk())]
        name = st.selectbox(
            "Principle", names, format_func=lambda e: _named(now, e), key=f"principle-{now.uid}"
        )
        choice = choice_under_way(f"principle-form-{desk.review_id}-{now.uid}-{name}", now)
        if choice.before != now:
            st.warning(
                plain(f"{line.state.person} changed these principles since you began."),
                icon=":material/group:",
            )
            if st.button("Begin with what stands now", key=f"principle-anew-{now.uid}"):
                choice.begin_anew(now)
                rerun()
        before = choice.before
        given, is_sent = _principle_form(before, name or NEW, f"{now.uid}-{name}-{choice.turn}")
        if is_sent and attempt(steps.change, desk, given, before):
            choice.begin_anew(_now(desk, given))
            rerun()
        if name is None or name == NEW:
            return
        goes = st.button("Take this principle away", key=f"principle-remove-{now.uid}")
        if goes and attempt(steps.change, desk, without_principle(now, name), now):
            rerun()


def _principle_form(
    before: PrincipleSet, name: PrincipleName, key: str
) -> tuple[PrincipleSet, bool]:
    by_name = {each.name: each for each in before.versions}
    version = by_name.get(name.version, before.versions[-1])
    blank = Principle(number="", text="")
    others = [each for each, _ in before.walk() if each.version != name.version]
    with st.form(f"principle-form-{key}", border=False):
        of_version = _version_fields(version, key)
        principle = _principle_fields(before.principle(name) or blank, version.grades, key)
        matching = st.multiselect(
            "Corresponds to",
            [each.line for each in others],
            [each.line for each in before.corresponding(name)],
            format_func=lambda e: next(_named(before, n) for n in others if n.line == e),
            placeholder="Principles of other versions",
            key=f"{key}-matching",
        )
        is_sent = st.form_submit_button("Keep", type="primary")
    chosen = [each for each in others if each.line in matching]
    is_new = name == NEW
    return with_principle(before, of_version, principle, chosen, None if is_new else name), is_sent


def _version_fields(before: PrincipleVersion, key: str) -> PrincipleVersion:
    name_box, source_box, place_box = st.columns([1, 3, 3])
    return PrincipleVersion(
        name=name_box.text_input(
            "Version", before.name, max_chars=LONGEST_FIELD, placeholder="2004",
            key=f"{key}-version",
        ),
        source=source_box.text_input(
            "Document that gives them", before.source, max_chars=LONGEST_FIELD, key=f"{key}-source"
        ),
        place=place_box.text_input(
            "Where in it", before.place, max_chars=LONGEST_FIELD, key=f"{key}-place"
        ),
    )  # fmt: skip


def _principle_fields(before: Principle, grades: Sequence[str], key: str) -> Principle:
    number_box, text_box, grade_box = st.columns([1, 4, 2])
    options = list(dict.fromkeys(["", *grades, before.grade]))
    grade = grade_box.selectbox(
        "Strength of evidence",
        options,
        options.index(before.grade),
        format_func=lambda each: each.capitalize() or NOT_GRADED.capitalize(),
        accept_new_options=True,
        help="In the words of the source. Choose, or write another one.",
        key=f"{key}-grade",
    )
    return Principle(
        number=number_box.text_input(
            "Number", before.number, max_chars=LONGEST_FIELD, key=f"{key}-number"
        ),
        text=text_box.text_input(
            "Principle, in your own words", before.text, max_chars=LONGEST_TEXT, key=f"{key}-text"
        ),
        grade=grade or "",
    )


def link_form(desk: Desk, line: PrinciplesLine) -> None:
    """A form with what one principle is linked to."""
    given = line.principles
    with st.expander("Link a principle", icon=":material/link:"):
        name = st.selectbox(
            "Principle to link",
            [each for each, _ in given.walk()],
            format_func=lambda each: _named(given, each),
            key=f"principle-to-link-{given.uid}",
        )
        if name is None:
            return
        now = tuple(line.links)
        choice = choice_under_way(f"principle-links-{desk.review_id}-{given.uid}-{name}", now)
        if set(choice.before) != set(now):
            st.warning("The links were changed since you began.", icon=":material/group:")
            if st.button("Begin with what stands now", key=f"links-anew-{given.uid}"):
                choice.begin_anew(now)
                rerun()
        own = [each for each in choice.before if each.principle == name]
        others = [each for each in choice.before if each.principle != name]
        key = f"principle-links-{given.uid}-{name}-{choice.turn}"
        with st.form(key, border=False):
            chosen = _chosen_links(desk, own, key)
            note = st.text_input(
                "Why, for what is new", key=f"{key}-note", placeholder="Both have the same name"
            )
            is_sent = st.form_submit_button("Keep the links", type="primary")
        before_by = {(each.kind, each.ids): each for each in own}
        wanted = [
            *others,
            *(
                before_by.get(each)
                or PrincipleLink(principle=name, kind=each[0], ids=each[1], note=note)
                for each in chosen
            ),
        ]
        if is_sent and attempt(steps.link, desk, given.uid, wanted, choice.before):
            standing = {each.principles.uid: each for each in steps.listing(desk)}
            choice.begin_anew(standing[given.uid].links if given.uid in standing else now)
            rerun()


def _chosen_links(
    desk: Desk, own: Sequence[PrincipleLink], key: str
) -> list[tuple[LinkKind, tuple[str, ...]]]:
    offered = steps.choices(desk, Settings.from_environment())
    chosen = []
    for kind, title in ASKED.items():
        was = [each.ids for each in own if each.kind is kind]
        labels = {json.dumps(ids): short(label, 140) for ids, label in offered[kind].items()}
        labels |= {json.dumps(ids): "?" for ids in was if ids not in offered[kind]}
        tokens = st.multiselect(
            title,
            list(labels),
            [json.dumps(ids) for ids in was],
            format_func=labels.__getitem__,
            placeholder="Choose",
            key=f"{key}-{kind}",
        )
        chosen += [(kind, tuple(json.loads(token))) for token in tokens]
    return chosen


def _named(given: PrincipleSet, name: PrincipleName) -> str:
    if name == NEW:
        return "A new one"
    principle = given.principle(name)
    return short(f"{name.line}: {principle.text}") if principle else name.line


def _now(desk: Desk, given: PrincipleSet) -> PrincipleSet:
    standing = {each.principles.uid: each.principles for each in steps.listing(desk)}
    return standing.get(given.uid, given)
