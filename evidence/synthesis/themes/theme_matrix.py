"""Themes against interventions: what people want or meet, beside what was evaluated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evidence.synthesis.dimensions import Dimension, Heading
from evidence.synthesis.studies import CodedStudy
from evidence.synthesis.themes.theme_tree import Theme, ThemeTree


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeMatrix:
    """Counts are studies.

    Attributes:
        interventions: the columns; those that no study is on, too.
        evaluated: ids of the studies with a finding on each intervention, by its id.
        themes: the rows, with how deep each lies.
        behind: ids of the studies behind each theme that are on an intervention, by both.
        elsewhere: ids of studies behind each theme that are on none of them.
        services: uids of the services behind each theme; they are on none of them, because what
            they do is asked in other words than what studies evaluate.
    """

    interventions: tuple[Heading, ...]
    evaluated: Mapping[str, tuple[int, ...]]
    themes: tuple[tuple[int, Theme], ...]
    behind: Mapping[tuple[str, str], tuple[int, ...]]
    elsewhere: Mapping[str, tuple[int, ...]]
    services: Mapping[str, tuple[str, ...]]


def theme_matrix(
    tree: ThemeTree, studies: Sequence[CodedStudy], interventions: Dimension
) -> ThemeMatrix:
    """Cross themes with interventions.

    Args:
        tree: all codes and themes.
        studies: one per study, with its codes and findings.
        interventions: the axis; a study stands at its intervention and at all above it.
    """
    rows = tuple(tree.walk())
    on = {heading.id: _on(studies, heading, interventions) for heading in interventions.headings}
    behind = {theme.uid: tree.studies(theme.uid) for _, theme in rows}
    anywhere = {study for some in on.values() for study in some}
    return ThemeMatrix(
        interventions=tuple(interventions.headings),
        evaluated={
            heading.id: tuple(
                study.id
                for study in studies
                if any(finding.intervention in heading.covers for finding in study.findings)
            )
            for heading in interventions.headings
        },
        themes=rows,
        behind={
            (uid, heading): tuple(study for study in some if study in here)
            for uid, some in behind.items()
            for heading, here in on.items()
        },
        elsewhere={
            uid: tuple(study for study in some if study not in anywhere)
            for uid, some in behind.items()
        },
        services={theme.uid: tree.services(theme.uid) for _, theme in rows},
    )


def _on(
    studies: Sequence[CodedStudy], heading: Heading, interventions: Dimension
) -> frozenset[int]:
    """Studies that say they are on an intervention, in a code or in a finding."""
    return frozenset(
        study.id
        for study in studies
        if any(
            heading.covers & interventions.codes(study, unit) for unit in (None, *study.findings)
        )
    )
