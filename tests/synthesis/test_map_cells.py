from collections.abc import Callable
from dataclasses import replace

import pytest

from evidence.coding.scheme import Of, OptionRole
from evidence.synthesis.dimensions import Dimension, Heading
from evidence.synthesis.map_cells import (
    CellKind,
    Counted,
    Gaps,
    Roles,
    cell_kind,
    counted,
    is_marked,
    roles_of,
)
from evidence.synthesis.studies import CodedStudy

Studies = Callable[..., CodedStudy]


def heading(code: str, role: OptionRole | None = None, *below: str, depth: int = 0) -> Heading:
    return Heading(id=code, label=code, depth=depth, covers=frozenset({code, *below}), role=role)


def dimension(name: str, *headings: Heading) -> Dimension:
    return Dimension(id=f"question:{name}", title=name, of=Of.STUDY, headings=headings)


def kind(marks: str, gaps: Gaps = Gaps(), *, marked: bool = False) -> CellKind:  # noqa: B008
    """A cell of studies by letters: p primary, r review, o ongoing, l low weight, g good review."""
    letters = {
        "p": Roles.NONE,
        "r": Roles.REVIEW,
        "o": Roles.ONGOING,
        "l": Roles.LOW_WEIGHT,
        "g": Roles.REVIEW | Roles.HIGH_QUALITY,
        "x": Roles.REVIEW | Roles.HIGH_QUALITY | Roles.ONGOING,
    }
    studies = [CodedStudy(id=i, label="", year=2020, codes={}) for i in range(len(marks))]
    roles = {i: letters[mark] for i, mark in enumerate(marks)}
    return cell_kind(studies, roles, gaps, marked=marked)


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ("", CellKind.NO_STUDY),
        ("oo", CellKind.ONGOING_ONLY),
        ("ol", CellKind.LOW_WEIGHT_ONLY),
        ("lp", CellKind.FEW),
        ("pr", CellKind.FEW),
        ("ppr", CellKind.SYNTHESIS_GAP),
        ("ppx", CellKind.SYNTHESIS_GAP),
        ("ppg", CellKind.EVIDENCE),
        ("prr", CellKind.EVIDENCE),
    ],
)
def test_the_first_kind_that_holds(marks: str, expected: CellKind) -> None:
    gaps = Gaps(few=2, several=2)
    assert kind(marks, gaps) is expected
    assert kind(marks, gaps, marked=True) is CellKind.NOT_APPLICABLE


def test_a_review_is_recent_from_the_year_that_is_set() -> None:
    for since, expected in ((2020, CellKind.EVIDENCE), (2021, CellKind.SYNTHESIS_GAP)):
        assert kind("ppg", Gaps(several=2, recent_since=since)) is expected


def test_without_numbers_there_are_few_of_nothing() -> None:
    assert kind("p") is CellKind.EVIDENCE
    assert kind("ppppppp", Gaps(several=0)) is CellKind.EVIDENCE


def test_reviews_are_counted_apart() -> None:
    roles = {1: Roles.NONE, 2: Roles.REVIEW, 3: Roles.REVIEW | Roles.ONGOING}
    assert counted({1, 2, 3}, roles) == Counted(primary=1, reviews=2)


def test_a_code_says_what_those_above_it_say(study: Studies) -> None:
    design = dimension(
        "design", heading("review", OptionRole.REVIEW, "scoping"), heading("scoping", depth=1)
    )
    one = study(codes={"design": {"scoping"}, "weight": {"low"}})
    assert roles_of(one, [design]) == Roles.REVIEW


def test_an_overall_judgement_speaks_for_those_it_follows_from(study: Studies) -> None:
    part = dimension("part", heading("good", OptionRole.HIGH_QUALITY))
    overall = dimension("overall", heading("bad", OptionRole.LOW_QUALITY))
    one = study(codes={"part": {"good"}, "overall": {"bad"}})
    assert roles_of(one, [part, overall]) == Roles.HIGH_QUALITY | Roles.LOW_QUALITY
    assert roles_of(one, [replace(part, in_overall=True), overall]) == Roles.LOW_QUALITY


def test_a_marked_cell_holds_for_what_lies_in_it_and_either_way_round() -> None:
    rows = dimension("rows", heading("work", None, "ips"), heading("ips", depth=1))
    columns = dimension("columns", heading("debt"), heading("health"))
    gaps = Gaps(not_applicable=(("question:rows", "work", "question:columns", "debt"),))
    assert is_marked(gaps, (rows, "ips"), (columns, "debt"))
    assert is_marked(gaps, (columns, "debt"), (rows, "work"))
    assert not is_marked(gaps, (rows, "ips"), (columns, "health"))
    above = Gaps(not_applicable=(("question:rows", "ips", "question:columns", "debt"),))
    assert not is_marked(above, (rows, "work"), (columns, "debt"))
