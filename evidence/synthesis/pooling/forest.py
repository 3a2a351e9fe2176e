"""What a forest plot shows: each study with its numbers and weight, groups, and the whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evidence.coding.effects.counts import Table
from evidence.synthesis.pooling.measures import PooledMeasure
from evidence.synthesis.pooling.pool import limits_around
from evidence.synthesis.pooling.raw_numbers import raw_heads, raw_numbers, raw_totals
from evidence.synthesis.pooling.results import Between, Limits, NotPooled, Pooled
from evidence.synthesis.pooling.study_effects import StudyEffect
from evidence.synthesis.pooling.subgroups import CommonTau2, Subgroups

ALL = ""
"""The title of the only group where studies are not grouped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForestStudy:
    """A study in a forest plot.

    Attributes:
        study: its label; two may have the same.
        id: of the study in the review; None where effects came from elsewhere.
        raw: the numbers that its effect was computed from, as many as `Forest.raw_heads`.
        effect: None where its numbers say nothing of the measure; then it has no weight.
        limits: of its effect, with the normal distribution.
        weight: in per cent of all studies.
    """

    study: str
    id: int | None = None
    raw: tuple[str, ...] = ()
    effect: StudyEffect | None = None
    limits: Limits | None = None
    weight: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForestGroup:
    """Studies side by side.

    Attributes:
        pooled: None where they were not pooled for themselves.
        raw_totals: as those of `Forest`, of these studies.
    """

    title: str
    studies: tuple[ForestStudy, ...]
    pooled: Pooled | NotPooled | None = None
    raw_totals: tuple[str, ...] = ()

    @property
    def weight(self) -> float:
        """Of all its studies, in per cent."""
        return sum(study.weight or 0.0 for study in self.studies)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forest:
    """All of a forest plot, on the scale of analysis.

    Attributes:
        measure: None where effects came as they are.
        raw_heads: of the columns with numbers that effects were computed from.
        raw_totals: sums of these over the pooled studies; empty where they cannot be added.
        between: the test whether groups differ, each with a tau² of its own.
        common_tau2: the groups in one model; None where there is none.
        favours: what lies left and right of no effect, in words; empty where nobody said.
        remarks: to be printed below.
        kept: which studies of a review it is about, in a sentence; empty for all.
    """

    measure: PooledMeasure | None
    raw_heads: tuple[str, ...]
    groups: tuple[ForestGroup, ...]
    pooled: Pooled
    raw_totals: tuple[str, ...] = ()
    between: Between | None = None
    common_tau2: CommonTau2 | None = None
    favours: tuple[str, str] = ("", "")
    remarks: tuple[str, ...] = ()
    kept: str = ""

    @property
    def studies(self) -> tuple[ForestStudy, ...]:
        """Of all groups."""
        return tuple(study for group in self.groups for study in group.studies)

    @property
    def study_ids(self) -> tuple[int, ...]:
        """Of its studies that are of a review, each once."""
        ids = dict.fromkeys(study.id for study in self.studies)
        return tuple(each for each in ids if each is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForestRow:
    """A study as it was read, before it is laid out.

    Attributes:
        study: its label; two may have the same.
        cells: of its row in the table, by column.
        table: its 2x2 table, where it has one.
        group: to which it belongs; empty where studies are not grouped.
        is_pooled: whether it has a weight.
        id: of the study in the review; None where effects came from elsewhere.
    """

    study: str
    effect: StudyEffect | None
    cells: Mapping[str, str]
    table: Table | None
    group: str
    is_pooled: bool
    id: int | None = None


def forest(
    rows: Sequence[ForestRow],
    pooled: Pooled,
    measure: PooledMeasure | None,
    *,
    subgroups: Subgroups | None = None,
    favours: tuple[str, str] = ("", ""),
    remarks: tuple[str, ...] = (),
) -> Forest:
    """Lay out studies that were pooled.

    Args:
        rows: in the order of the table; those that were pooled in the order of `pooled.weights`.
        pooled: the whole.
        measure: of the effects.
        subgroups: what groups came to, where they were pooled for themselves.
        favours: words for the two sides of no effect.
        remarks: to be printed below.
    """
    heads = raw_heads(rows)
    groups = subgroups.pooled if subgroups else {}
    weights = iter(pooled.weights)
    studies: dict[str, list[ForestStudy]] = {}
    weighed: dict[str, list[ForestRow]] = {}
    for row in rows:
        weight = next(weights) if row.is_pooled else None
        studies.setdefault(row.group, []).append(_study(row, weight, heads, pooled.level))
        weighed.setdefault(row.group, []).extend([row] if row.is_pooled else [])
    return Forest(
        measure=measure,
        raw_heads=heads,
        groups=tuple(
            ForestGroup(
                title=title,
                studies=tuple(of_group),
                pooled=groups.get(title),
                raw_totals=raw_totals(weighed[title], heads),
            )
            for title, of_group in studies.items()
        ),
        pooled=pooled,
        raw_totals=raw_totals([row for row in rows if row.is_pooled], heads),
        between=subgroups.between if subgroups else None,
        favours=favours,
        remarks=remarks,
    )


def _study(
    row: ForestRow, weight: float | None, heads: tuple[str, ...], level: float
) -> ForestStudy:
    effect = row.effect
    limits = limits_around(effect.estimate, effect.variance**0.5, level) if effect else None
    return ForestStudy(
        study=row.study,
        id=row.id,
        raw=raw_numbers(row, heads),
        effect=effect,
        limits=limits,
        weight=weight,
    )
