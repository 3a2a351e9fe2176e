"""The viewer counts as `synthesis.crosstab` does: random reviews, random views, every cell."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from evidence.coding.findings import Direction
from evidence.coding.scheme import Axis, Of
from evidence.synthesis.crosstab import UNCOLOURED, crosstab
from evidence.synthesis.dimensions import Dimension
from evidence.synthesis.map_address import to_address
from evidence.synthesis.map_cells import Roles, cell_kind, counted, is_marked, roles_of
from evidence.synthesis.map_document import MapContent
from evidence.synthesis.map_filters import Filters
from evidence.synthesis.map_view import ALL_BRANCHES, Drawing, MapView, Order
from evidence.synthesis.within_study import EffectDirection, within_study
from tests.viewer import node
from tests.viewer.random_reviews import RandomReview, random_review
from tests.viewer.view_filters import view_filters

REVIEWS = 200
JUDGED = Roles.HIGH_QUALITY | Roles.SOME_CONCERNS | Roles.LOW_QUALITY | Roles.NO_INFORMATION


@pytest.mark.journey
def test_every_cell_total_segment_and_gap_is_as_crosstab_has_it() -> None:
    reviews = [random_review(seed) for seed in range(REVIEWS)]
    answers = node.asked(
        "counted_in_node.mjs",
        [(review.document, [to_address(view) for view in review.views]) for review in reviews],
    )
    compared = 0
    for seed, (review, answer) in enumerate(zip(reviews, answers, strict=True)):
        for view, counts in zip(review.views, answer, strict=True):
            expected = _Expected(review, view)
            where = f"review {seed}, {to_address(view)}"
            assert counts["told"] == [], where
            assert counts["address"] == to_address(view), where
            assert counts["cells"] == expected.cells(), where
            assert counts["rows"] == expected.shown(0), where
            assert counts["columns"] == expected.shown(1), where
            assert counts["unplaced"] == expected.unplaced(), where
            assert counts["passing"] == len(expected.tab.passing), where
            assert counts["together"] == expected.tab.coded_together, where
            assert counts["filters"] == expected.filter_counts(), where
            compared += len(counts["cells"])
    assert compared > 100_000  # else the examples are too poor to show anything


class _Expected:
    """What the viewer must count for one view, from the raw studies."""

    def __init__(self, review: RandomReview, view: MapView) -> None:
        self.content: MapContent = review.content
        self.view = view
        self.studies = self.content.studies
        self.by_id = {dimension.id: dimension for dimension in self.content.dimensions}
        self.axes = (self.by_id[view.rows], self.by_id[view.columns])
        segment = self.by_id[view.segment].segments() if view.segment else None
        self.filters = view_filters(review, view)
        self.tab = crosstab(self.studies, *self.axes, segment, self.filters)
        self.plain = crosstab(self.studies, *self.axes)
        self.roles = {s.id: roles_of(s, self.content.dimensions) for s in self.studies}
        self.positions = {study.id: i for i, study in enumerate(self.studies)}
        self.directions = self._directions()

    def cells(self) -> dict[str, Any]:
        rows, columns = ([*enumerate(d.headings), (None, None)] for d in self.axes)
        return {
            _key(i, j): self._cell(row.id if row else None, column.id if column else None)
            for (i, row), (j, column) in product(rows, columns)
        }

    def _cell(self, row: str | None, column: str | None) -> dict[str, Any]:
        segments = self._segments(row, column)
        return {
            **self._apart(self.tab.studies(row, column)),
            "segments": [{"position": at, **self._apart(ids)} for at, ids in segments],
            "in_segments": [self._listed(ids) for _, ids in segments],
            "kind": self._kind(row, column) if row and column else None,
            "without": self._apart(self.plain.studies(row, column)),
            "directions": self._directions_at(row, column),
            "studies": self._listed(self.tab.studies(row, column)),
        }

    def _apart(self, ids: frozenset[int]) -> dict[str, int]:
        number = counted(ids, self.roles)
        return {"primary": number.primary, "reviews": number.reviews}

    def _listed(self, ids: frozenset[int]) -> list[int]:
        return sorted(self.positions[i] for i in ids)

    def _segments(self, row: str | None, column: str | None) -> list[tuple[int, frozenset[int]]]:
        if self.view.segment is None:
            return []
        dimension = self.by_id[self.view.segment]
        at = {heading.id: position for position, heading in enumerate(dimension.headings)}
        positions = [(at[heading.id], heading.id) for heading in dimension.segments().headings]
        return [
            (position, ids)
            for position, heading_id in [*positions, (-1, UNCOLOURED)]
            if (ids := self.tab.studies(row, column, heading_id))
        ]

    def _kind(self, row: str, column: str) -> str:
        ids = self.plain.studies(row, column)
        marked = is_marked(self.content.gaps, (self.axes[0], row), (self.axes[1], column))
        studies = [study for study in self.studies if study.id in ids]
        return cell_kind(studies, self.roles, self.content.gaps, marked=marked).value

    def _directions_at(self, row: str | None, column: str | None) -> dict[str, Any] | None:
        if self.view.view is not Drawing.DIRECTIONS or row is None or column is None:
            return None
        studies = self.directions[row, column]
        names = ("high", "some", "low", "unclear")
        judged = [_appraisal(self.roles[study]) for study in studies]
        is_judged = any(roles & JUDGED for roles in self.roles.values())
        return {
            **{kind.value: list(studies.values()).count(kind) for kind in EffectDirection},
            "appraisal": {name: judged.count(name) for name in names} if is_judged else None,
        }

    def _directions(self) -> dict[tuple[str, str], dict[int, EffectDirection]]:
        """By cell, the studies with the direction of their findings of the contrast that pass."""
        directions: defaultdict[tuple[str, str], dict[int, EffectDirection]] = defaultdict(dict)
        contrasts = self.by_id.get(f"axis:{Axis.CONTRAST}")
        if contrasts is None:
            return directions
        wanted = self.view.contrast or self._first_contrast(contrasts)
        covered = next((h.covers for h in contrasts.headings if h.id == wanted), frozenset())
        for study in self.studies:
            if study.id not in self.tab.passing:
                continue
            votes: defaultdict[tuple[str, str], list[Direction]] = defaultdict(list)
            for finding in study.findings:
                if finding.contrast in covered and self.filters.passes_as_finding(study, finding):
                    rows, columns = (
                        [h.id for h in d.headings if h.covers & d.codes(study, finding)]
                        for d in self.axes
                    )
                    for cell in product(rows, columns):
                        votes[cell].append(finding.direction)
            for cell, own in votes.items():
                rules = self.content.rules
                kind = within_study(
                    own,
                    count_no_change=rules.count_no_change,
                    agree_percent=rules.agree_percent,
                )
                directions[cell][study.id] = kind
        return directions

    def _first_contrast(self, contrasts: Dimension) -> str | None:
        codes = {finding.contrast for study in self.studies for finding in study.findings}
        return next((h.id for h in contrasts.headings if h.covers & codes), None)

    def shown(self, axis: int) -> list[int]:
        dimension = self.axes[axis]
        order = (self.view.order_rows, self.view.order_columns)[axis]
        opened = (self.view.open_rows, self.view.open_columns)[axis]
        counts = {
            h.id: self._apart(self.tab.studies(**{("row", "column")[axis]: h.id}))
            for h in dimension.headings
        }
        positions = {heading.id: i for i, heading in enumerate(dimension.headings)}
        shown: list[int] = []
        first = self._without_wrapping(dimension)
        is_alone = sum(heading.depth == 0 for heading in first.headings) == 1

        def add(above: Dimension, depth: int) -> None:
            for heading in sorted(
                (h for h in above.headings if h.depth == depth),
                key=lambda h: _rank(h.id, order, counts[h.id], positions),
            ):
                if self.view.hide_empty and not any(counts[heading.id].values()):
                    continue
                shown.append(positions[heading.id])
                is_open = opened == (ALL_BRANCHES,) or heading.id in opened
                if is_open or (is_alone and depth == 0):
                    below = [h for h in above.headings if h.id in heading.covers]
                    add(replace(above, headings=tuple(below)), depth + 1)

        add(first, 0)
        return shown

    def _without_wrapping(self, dimension: Dimension) -> Dimension:
        """Without a heading alone at the top, unless a study or finding is on it alone."""
        tops = [heading for heading in dimension.headings if heading.depth == 0]
        if len(tops) != 1 or len(dimension.headings) == 1:
            return dimension
        listed = tops[0].covers
        for study in self.studies:
            for unit in (None,) if dimension.of is Of.STUDY else study.findings:
                if dimension.codes(study, unit) & listed == {tops[0].id}:
                    return dimension
        headings = tuple(replace(h, depth=h.depth - 1) for h in dimension.headings if h.depth)
        return self._without_wrapping(replace(dimension, headings=headings))

    def unplaced(self) -> list[dict[str, Any]]:
        return [
            {"study": self.positions[each.study], "reason": each.reason}
            for each in self.tab.unplaced
        ]

    def filter_counts(self) -> dict[str, list[int]]:
        return {dimension.id: self._filter_counts(dimension) for dimension in self.by_id.values()}

    def _filter_counts(self, dimension: Dimension) -> list[int]:
        others = tuple(each for each in self.filters.codes if each.dimension.id != dimension.id)
        filters: Filters = replace(self.filters, codes=others)
        passing = [study for study in self.studies if filters.passes(study)]
        return [
            sum(
                any(
                    heading.covers & dimension.codes(study, unit)
                    for unit in (study.findings if dimension.of is Of.FINDING else (None,))
                    if dimension.of is Of.STUDY or filters.passes_as_finding(study, unit)
                )
                for study in passing
            )
            for heading in dimension.headings
        ]


def _appraisal(roles: Roles) -> str:
    """The lowest judgement speaks for the study."""
    lowest_first = {Roles.LOW_QUALITY: "low", Roles.SOME_CONCERNS: "some"}
    names = {**lowest_first, Roles.HIGH_QUALITY: "high", Roles.NONE: "unclear"}
    return next(name for role, name in names.items() if role in roles)


def _rank(
    heading_id: str, order: Order, count: dict[str, int], positions: dict[str, int]
) -> tuple[int, ...]:
    if order == "scheme":
        return (positions[heading_id],)
    if order == "count":
        return (-count["primary"], -count["reviews"], positions[heading_id])
    by_hand = order.index(heading_id) if heading_id in order else len(order)
    return (by_hand, positions[heading_id])


def _key(row: int | None, column: int | None) -> str:
    parts: Sequence[str] = ["null" if at is None else str(at) for at in (row, column)]
    return f"[{','.join(parts)}]"
