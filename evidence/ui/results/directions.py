"""Effect directions on the page: what to show, the pictures, and what they come to in words."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from evidence.charts.direction_plot import DirectionWords, direction_picture
from evidence.charts.direction_tables import sentence, words_table
from evidence.charts.harvest_plot import harvest_picture
from evidence.coding.scheme import Axis
from evidence.steps.desk import Desk
from evidence.steps.results import direction_rules, schemes_of_map
from evidence.steps.results import directions as steps
from evidence.steps.results.directions import DirectionStudies
from evidence.steps.results.stages import study_stages
from evidence.synthesis.direction_groups import DirectionGroups
from evidence.synthesis.direction_rules import DirectionRules
from evidence.synthesis.direction_words import DirectionWord
from evidence.ui.coding.coded_studies import (
    choose_study,
    say_what_it_rests_on,
    stop_without_codings,
    stop_without_studies,
    wants_drafts,
)
from evidence.ui.results.kept_studies import judged, kept_directions, show_kept
from evidence.ui.shell import menu
from evidence.ui.shell.cache import cached_whole
from evidence.ui.shell.errors import fragment
from evidence.ui.shell.wording import number, plain

NO_GROUPS = ""
PLOT, HARVEST, WORDS = "Plot", "Harvest plot", "In words"


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectionChoice:
    """What somebody wants to see.

    Attributes:
        contrast: id of the type.
        interventions: ids; none for all.
        designs: id of the question by which studies are grouped; empty for one group.
        depth: how many levels of outcomes are told apart; 0 for all.
    """

    contrast: str
    interventions: tuple[str, ...] = ()
    designs: str = NO_GROUPS
    depth: int = 0


def studies_or_stop(desk: Desk) -> DirectionStudies:
    """The studies with what every scheme of the map says of them, with a sentence on what they
    rest on; without any, the page stops.
    """
    unheard_of = schemes_of_map.unheard(desk)
    if wants_drafts():
        found = cached_whole(steps.with_drafts, desk, desk.person_id, unheard_of)
    else:
        found = cached_whole(steps.of_complete_codings, desk, unheard_of)
    if found is None or not found.coded.all_labels:
        stop_without_studies()
    say_what_it_rests_on(found.coded.sentence)
    if not found.studies:
        stop_without_codings(found.coded.nothing_to_show)
    return study_stages.with_stages(desk, found, judged(desk))


def directions_or_stop(desk: Desk) -> DirectionStudies:
    """These studies; without any finding the page stops."""
    found = studies_or_stop(desk)
    if not steps.contrasts(found):
        st.info("No coded study has a finding yet.", icon=":material/edit_note:")
        menu.link("coding", "Go to coding")
        st.stop()
    kept = kept_directions(desk, found)
    if not steps.contrasts(kept):
        st.info("No study that is kept has a finding yet.", icon=":material/filter_alt:")
        st.stop()
    return kept


@fragment
def directions_page(desk: Desk, found: DirectionStudies, rules: DirectionRules) -> None:
    """Choices, and below them the pictures or the words."""
    choice = _ask(found)
    groups = steps.groups(
        found,
        choice.contrast,
        chosen=choice.interventions,
        designs_id=choice.designs,
        depth=choice.depth,
        rules=rules,
    )
    if not groups.groups:
        st.info("No finding fits this choice.", icon=":material/search:")
        return
    view = st.segmented_control(
        "Show as", [PLOT, HARVEST, WORDS], default=PLOT, key="direction-view", required=True
    )
    named = steps.interventions(found)
    words = DirectionWords(
        contrast=steps.contrast_labels(found)[choice.contrast],
        interventions=tuple(named[code] for code in choice.interventions),
        notes=(found.coded.sentence,),
        rules_set=direction_rules.when_set(desk),
    )
    if view == WORDS:
        _in_words(desk, found, choice, rules)
    elif view == HARVEST:
        show_kept(harvest_picture(groups, words), found.coded.kept, "harvest")
    else:
        show_kept(direction_picture(groups, words), found.coded.kept, "directions")
    if view != WORDS:
        _read_a_study(desk, groups)


def _ask(found: DirectionStudies) -> DirectionChoice:
    contrasts, labels = steps.contrasts(found), steps.contrast_labels(found)
    named, designs = steps.interventions(found), steps.designs(found)
    contrast_box, intervention_box = st.columns(2)
    contrast = contrast_box.selectbox(
        "Type of contrast",
        list(contrasts),
        format_func=lambda code: f"{labels[code]} ({number(contrasts[code], 'finding')})",
        help="Unlike contrasts answer different questions, so one is shown at a time.",
        key="contrast",
    )
    chosen = intervention_box.multiselect(
        "Interventions",
        list(named),
        format_func=named.__getitem__,
        placeholder="All interventions",
        key="interventions",
    )
    design_box, level_box = st.columns(2)
    by = design_box.selectbox(
        "Group studies by",
        [*designs, NO_GROUPS],
        format_func=lambda code: designs.get(code, "Nothing: all in one group"),
        help="Each group has its own counts and intervals.",
        key="direction-designs",
    )
    most = steps.levels(found)
    depths = [0, *range(1, most)]
    depth = level_box.selectbox(
        "Outcomes",
        depths,
        format_func=lambda level: "Each outcome" if not level else _levels(level),
        help="Wider outcomes take in what lies below them.",
        key="direction-depth",
    )
    return DirectionChoice(
        contrast=contrast, interventions=tuple(chosen), designs=by, depth=int(depth)
    )


def _levels(level: int) -> str:
    return "The widest only" if level == 1 else f"The {level} upper levels"


def _in_words(
    desk: Desk, found: DirectionStudies, choice: DirectionChoice, rules: DirectionRules
) -> None:
    """One table; a row that is chosen lists its studies."""
    without_studies = st.toggle("Outcomes without studies, too", key="direction-without-studies")
    words = [
        word
        for word in steps.words(
            found,
            choice.contrast,
            depth=choice.depth,
            rules=rules,
            without_studies=without_studies,
        )
        if not choice.interventions or word.intervention in choice.interventions
    ]
    interventions = _labels(found, Axis.INTERVENTION)
    outcomes = _labels(found, Axis.OUTCOME)
    table = words_table(words, interventions, outcomes)
    frame = pd.DataFrame([list(row) for row in table.rows], columns=list(table.head))
    picked = st.dataframe(
        frame,
        hide_index=True,
        alt="What studies say of each intervention and outcome",
        column_config={"Outcome": st.column_config.Column(pinned=True)},
        key="direction-words",
        on_select="rerun",
        selection_mode="single-row",
    )
    st.caption(plain(f"{rules.of_words} {rules.of_study} {direction_rules.when_set(desk)}"))
    for word in words:
        said = sentence(word, interventions[word.intervention], outcomes[word.outcome])
        if said:
            st.markdown(f"- {plain(said)}")
    rows = picked.selection.rows
    if rows:
        _studies_behind(desk, found, words[rows[0]])
    else:
        st.caption("Choose a row to see its studies.")


def _studies_behind(desk: Desk, found: DirectionStudies, word: DirectionWord) -> None:
    labels = {study.id: study.label for study in found.studies}
    if not word.studies:
        st.caption("No study is on this outcome.")
        return
    for direction, studies in word.studies.items():
        named = "; ".join(labels[study] for study in studies)
        st.markdown(f"**{plain(direction.value.capitalize())}**: {plain(named)}")
    choose_study(
        desk, {s: labels[s] for each in word.studies.values() for s in each}, "direction-word"
    )


def _read_a_study(desk: Desk, groups: DirectionGroups) -> None:
    studies = {study.id: study.label for group in groups.groups for study in group.studies}
    choose_study(desk, studies, "direction-plot")


def _labels(found: DirectionStudies, axis: Axis) -> dict[str, str]:
    dimension = found.axis(axis)
    return dimension.labels() if dimension else {}
