"""Beginning a scheme from a topic, and taking what was begun."""

from dataclasses import replace

import streamlit as st

from evidence.coding.first_scheme.making import remarks
from evidence.coding.first_scheme.topic import PEOPLE, Topic, TypedTopic, read_topic
from evidence.coding.first_scheme.typed_lists import TypedList
from evidence.coding.scheme_differences import differences
from evidence.coding.write_scheme import as_yaml
from evidence.errors import Invalid
from evidence.settings import Settings
from evidence.steps.coding import schemes
from evidence.steps.coding.first_scheme import begun_schemes
from evidence.steps.coding.scheme_drafts import SchemeDraft
from evidence.steps.coding.schemes import TakenScheme
from evidence.steps.desk import Desk
from evidence.synthesis.counts.country_names import all_countries
from evidence.ui.shell.errors import attempt, fragment, show_errors
from evidence.ui.shell.wording import number, plain

BEGUN = "scheme-just-begun"  # its id, until the page shows it
USED = "scheme-just-used"
ALL, SOME, NONE = "Any country", "Only these", "Do not ask"
LINES = "Lists: a name on each line. A line that ends with a colon begins a group of those below."
MADE = "first-schemes-made"  # how many in this session; each begins with empty fields
NOT_USED = (
    "Nobody codes with it yet. Go through it above: rename, move, retire and add what your topic "
    "needs, and look at it as the coder sees it. What you change is kept for you at once."
)


def first_scheme_box(desk: Desk, settings: Settings, *, is_first: bool) -> None:
    """A box that asks for the topic and makes a first scheme of it.

    Args:
        desk: of an editor.
        settings: which name the folder of schemes that lie ready.
        is_first: whether the review has no scheme yet; the box is open then.
    """
    with st.expander(
        "Begin a scheme from your topic",
        icon=":material/auto_awesome:",
        expanded=is_first,
        key=_key("box"),
    ):
        _wizard(desk, settings)


def _key(name: str) -> str:
    return f"first-{name}-{st.session_state.get(MADE, 0)}"


@fragment
def _wizard(desk: Desk, settings: Settings) -> None:
    st.caption(
        "Say what your review is about. You get a whole first scheme, with study design, "
        "interventions, outcomes and what else most reviews ask, to look at and change before "
        "anybody codes with it. All can be changed later."
    )
    typed = _typed()
    _say(typed)
    if not st.button("Make the scheme", type="primary", key="make-first-scheme"):
        return
    ready = {each.scheme.id for each in schemes.files(settings) if each.scheme}
    with show_errors():
        st.session_state[BEGUN] = begun_schemes.begin(desk, typed, ready)
        st.session_state[MADE] = st.session_state.get(MADE, 0) + 1
        st.rerun()


def _typed() -> TypedTopic:
    title = st.text_input(
        "Topic", key=_key("title"), placeholder="School meals", help="It becomes the title."
    )
    st.caption(LINES)
    left, right = st.columns(2)
    interventions = left.text_area(
        "Kinds of intervention", key=_key("interventions"), height=150,
        placeholder="Free lunch\nBreakfast club\nRules on what is sold",
    )  # fmt: skip
    outcomes = right.text_area(
        "Outcomes", key=_key("outcomes"), height=150,
        placeholder="Health:\nWeight\nWhat children eat\nSchool:\nAttendance",
    )  # fmt: skip
    populations = left.text_area(
        "Who or what is studied", key=_key("populations"), height=110,
        placeholder="Primary schools\nSecondary schools",
    )  # fmt: skip
    counted = right.text_input(
        "What studies count", PEOPLE, key=_key("counted"),
        help="What the size of a study is a number of: people, schools, sites.",
    )  # fmt: skip
    asks = right.radio("Countries", [ALL, SOME, NONE], horizontal=True, key=_key("countries"))
    names = all_countries()
    if asks == SOME:
        chosen = right.multiselect(
            "Which countries", list(names), format_func=lambda code: names[code],
            key=_key("which-countries"),
        )  # fmt: skip
        names = {code: names[code] for code in names if code in chosen}
        if not names:
            right.caption("No country is chosen yet, so the scheme will not ask for any.")
    findings = st.toggle(
        "Code findings", value=True, key=_key("findings"),
        help="Each single result: which intervention, which outcome, which direction. Without it, "
        "studies are described only.",
    )  # fmt: skip
    process = st.toggle(
        "Expect process studies", key=_key("process"),
        help="Studies of how something works; the scheme asks for components, context and "
        "mechanisms, then.",
    )  # fmt: skip
    return TypedTopic(
        title=title, interventions=interventions, outcomes=outcomes, populations=populations,
        countries={} if asks == NONE else names, counted=counted, has_findings=findings,
        has_process=process)  # fmt: skip


def _say(typed: TypedTopic) -> None:
    """What was understood so far, and what to know of it; nothing before anything is typed."""
    if not any((typed.interventions, typed.outcomes, typed.populations)):
        return
    try:
        topic = read_topic(typed if typed.title.strip() else replace(typed, title="-"))
    except Invalid:
        return  # it is said once the button is pressed
    st.markdown(f"**Understood:** {_counted(topic)}.")
    for sentence in remarks(topic):
        st.caption(plain(sentence))


def _counted(topic: Topic) -> str:
    parts = {
        "kind of intervention": topic.interventions,
        "outcome": topic.outcomes,
        "population": topic.populations,
    }
    plurals = {"kind of intervention": "kinds of intervention"}
    return ", ".join(
        f"{number(len(typed.names), name, plurals.get(name, ''))}{_in_groups(typed)}"
        for name, typed in parts.items()
    )


def _in_groups(typed: TypedList) -> str:
    groups = sum(bool(group.title) for group in typed.groups)
    return f" in {number(groups, 'group')}" if groups else ""


def begun_scheme(desk: Desk, begun: TakenScheme, draft: SchemeDraft) -> None:
    """Below the editor of a scheme that is only begun: take it, or throw it away."""
    st.markdown("## Not in use yet")
    st.write(NOT_USED)
    changes = len(differences(draft.began, draft.scheme))
    if changes:
        st.caption(f"You changed it in {number(changes, 'place')}.")
    use_box, file_box, away_box = st.columns(3, vertical_alignment="bottom")
    used = use_box.button("Use this scheme", type="primary", key="use-begun")
    file_box.download_button(
        "Download as YAML", as_yaml(draft.scheme).encode(), file_name=f"{draft.scheme.id}.yaml",
        mime="application/yaml", key="begun-yaml", on_click="ignore",
    )  # fmt: skip
    with away_box.popover("Throw it away …", key="discard-box"):
        st.write("It goes with all that you and others changed in it. This cannot be undone.")
        away = st.button("Throw it away", key="discard-begun")
    if used and attempt(begun_schemes.take, desk, draft.scheme, begun.id, draft.seen):
        st.session_state[USED] = draft.scheme.title
        st.rerun()
    if away and attempt(begun_schemes.discard, desk, begun.id):
        st.rerun()
