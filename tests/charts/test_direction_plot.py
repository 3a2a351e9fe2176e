import re
from collections.abc import Callable
from dataclasses import replace
from xml.etree.ElementTree import Element, fromstring

import pytest

from evidence.charts.direction_labels import FEET
from evidence.charts.direction_marks import SIDES, direction_mark, mark_end
from evidence.charts.direction_pages import HIGH, MARGIN, WIDE, groups_above, pages
from evidence.charts.direction_plot import DirectionWords, direction_picture, direction_svgs
from evidence.charts.palette import THEMES
from evidence.charts.picture import HEADS_SHARE
from evidence.coding.scheme import Of
from evidence.synthesis.dimensions import Dimension, Heading
from evidence.synthesis.direction_groups import (
    Appraisal,
    DirectionGroups,
    Grouping,
    direction_groups,
)
from evidence.synthesis.studies import CodedStudy
from evidence.synthesis.within_study import Band, EffectDirection
from tests.charts.conftest import HOSTILE
from tests.conftest import ROOT

Axes = Callable[..., Dimension]
Studies = Callable[..., CodedStudy]
SVG = "{http://www.w3.org/2000/svg}"
WORDS = DirectionWords(contrast="between arms", interventions=("Supported employment",))


@pytest.fixture
def outcomes(axis: Axes) -> Dimension:
    return axis("axis:outcome", ["Symptoms", "Self-esteem"])


@pytest.fixture
def groups(study: Studies, outcomes: Dimension) -> DirectionGroups:
    studies = [
        study("n0 e0 better", n=301),
        study("n0 e0 worse", n=50),
        study("n0 e0 better", "n0 e0 worse", n=49),
        study("n0 e0 no change"),
        study("n0 e0 not stated", n=120),
    ]
    judged = {1: Appraisal.HIGH, 2: Appraisal.LOW, 3: Appraisal.NO_INFORMATION}
    return direction_groups(studies, outcomes, "arms", Grouping(appraisals=judged))


def drawn(page: str) -> Element:
    return fromstring(page)  # noqa: S314 - the text is our own


def texts(page: str) -> list[str]:
    return [text.text or "" for text in drawn(page).iter(f"{SVG}text")]


def test_every_direction_has_its_own_shape() -> None:
    shapes = {d: direction_mark(d, Band.MEDIUM, (0, 0), "#000") for d in EffectDirection}
    assert len(set(shapes.values())) == len(EffectDirection)


def test_size_is_the_band_and_an_unknown_size_is_hollow() -> None:
    sizes = [SIDES[band] for band in (Band.SMALL, Band.MEDIUM, Band.LARGE)]
    assert sizes == sorted(set(sizes))
    for band in Band:
        mark = direction_mark(EffectDirection.FAVOURABLE, band, (0, 0), "#123456")
        assert ('fill="none"' in mark) is (band is Band.UNKNOWN)


def test_arrows_have_the_same_colour_whatever_a_studys_appraisal(groups: DirectionGroups) -> None:
    (page,) = direction_svgs(groups, WORDS)
    ink = THEMES["light"].ink
    marks = [p for p in drawn(page).iter(f"{SVG}path") if p.get("stroke-width") == "1.4"]
    assert len(marks) >= len(groups.groups[0].studies)
    assert {mark.get("stroke") for mark in marks} == {ink}
    assert {mark.get("fill") for mark in marks} <= {ink, "none"}


def test_appraisal_is_a_strip_and_the_same_in_a_word(groups: DirectionGroups) -> None:
    (page,) = direction_svgs(groups, WORDS)
    strips = [r for r in drawn(page).iter(f"{SVG}rect") if r.get("width") == "4"]
    assert len(strips) == 2
    said = texts(page)
    for word in ("high quality", "low quality", "no information", "not judged"):
        assert word in said


def test_intervention_comparison_rule_and_what_is_left_out_are_printed(
    study: Studies, outcomes: Dimension
) -> None:
    studies = [study("n0 e0"), study(), study("n0 retired")]
    made = direction_groups(studies, outcomes, "arms", Grouping())
    (page,) = direction_svgs(made, WORDS)
    told = " ".join(texts(page))
    assert "Supported employment. Compared: between arms." in told
    assert "at least 70% of its findings" in told
    assert "Studies without a finding here: 2." in told
    assert "Outcomes that the scheme does not list: retired." in told


def test_p_is_given_from_six_clear_directions_on(study: Studies, outcomes: Dimension) -> None:
    for number, said in ((5, "57–100%"), (6, "0.031, 61–100%")):
        studies = [study("n0 e0") for _ in range(number)]
        (page,) = direction_svgs(direction_groups(studies, outcomes, "arms", Grouping()), WORDS)
        assert f"{number} of {number}" in texts(page)
        assert said in texts(page)


def test_the_number_of_findings_stands_by_where_there_are_several(
    study: Studies, outcomes: Dimension
) -> None:
    studies = [study("n0 e0", "n0 e0"), study("n0 e1")]
    (page,) = direction_svgs(direction_groups(studies, outcomes, "arms", Grouping()), WORDS)
    beside = [t.text for t in drawn(page).iter(f"{SVG}text") if t.get("font-size") == "9"]
    assert beside == ["2"]
    assert mark_end(EffectDirection.FAVOURABLE, Band.LARGE) == SIDES[Band.LARGE] / 2


def many(study: Studies, axis: Axes, studies: int, outcomes: int) -> DirectionGroups:
    across = axis("axis:outcome", [f"Outcome {n}" for n in range(outcomes)])
    made = [study(*[f"n0 e{n}" for n in range(outcomes)]) for _ in range(studies)]
    return direction_groups(made, across, "arms", Grouping())


@pytest.mark.parametrize(("studies", "outcomes", "number"), [(24, 13, 1), (60, 5, 3), (3, 200, 14)])
def test_what_does_not_fit_goes_on_further_pages(
    study: Studies, axis: Axes, studies: int, outcomes: int, number: int
) -> None:
    made = many(study, axis, studies, outcomes)
    words = replace(WORDS, rules_set="The review set these rules on 2024-05-01.", notes=("Rests.",))
    svgs = direction_svgs(made, words)
    assert len(svgs) == number
    assert all("rules on 2024-05-01" in " ".join(texts(svg)) for svg in svgs)
    heads = ["Study 1" in texts(svg) for svg in svgs]
    assert any(heads)
    shown = [text for svg in svgs for text in texts(svg) if re.fullmatch(r"Study \d+", text)]
    across = 1 if studies > 3 else number
    assert sorted(shown) == sorted([f"Study {n + 1}" for n in range(studies)] * across)


@pytest.mark.parametrize(("studies", "outcomes"), [(1, 1), (24, 13), (61, 30), (2, 200)])
def test_nothing_is_drawn_beyond_the_page(
    study: Studies, axis: Axes, studies: int, outcomes: int
) -> None:
    for svg in direction_svgs(many(study, axis, studies, outcomes), WORDS):
        for text in drawn(svg).iter(f"{SVG}text"):
            assert MARGIN <= float(text.attrib["y"]) <= HIGH - 4, text.text
            assert MARGIN <= float(text.attrib["x"]) <= WIDE - MARGIN + 1, text.text


def test_a_group_that_goes_on_says_so_and_counts_stand_with_their_last_study(
    study: Studies, axis: Axes
) -> None:
    made = many(study, axis, 60, 5)
    laid_out = pages(made, len(FEET), 150)
    assert not laid_out[0].lines[0].is_continued
    assert all(page.lines[0].is_continued for page in laid_out[1:])
    assert all(page.lines[1].study for page in laid_out)
    feet = [line for line in laid_out[-1].lines if line.foot is not None]
    assert len(feet) == len(FEET)


def test_columns_are_named_by_what_they_lie_under() -> None:
    work = Heading(id="w", label="Work", covers=frozenset("w"))
    hours = Heading(id="h", label="Hours", depth=1, above=("Work",), covers=frozenset("h"))
    mood = Heading(id="m", label="Mood", covers=frozenset("m"))
    assert list(groups_above([work, hours, mood])) == [("Work", 0, 2), ("", 2, 1)]


def test_nothing_to_show_is_said(outcomes: Dimension) -> None:
    (page,) = direction_svgs(direction_groups([], outcomes, "arms", Grouping()), WORDS)
    assert "No study has a finding here yet." in texts(page)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_wrote_shows_as_they_wrote_it(axis: Axes, study: Studies, text: str) -> None:
    made = direction_groups(
        [study("n0 e0", label=text)], axis("axis:outcome", [text]), "arms", Grouping()
    )
    (page,) = direction_svgs(made, DirectionWords(contrast=text))
    assert text.split(maxsplit=1)[0] in " ".join(texts(page))
    assert "<script" not in page


def test_the_table_has_every_direction_with_its_numbers(groups: DirectionGroups) -> None:
    picture = direction_picture(groups, WORDS)
    assert len(picture.table.rows) == 5
    assert all(len(row) == len(picture.table.head) for row in picture.table.rows)
    assert picture.table.rows[2][4:7] == ("conflicting", 2, 49)
    assert "1 of 2 favourable" in picture.text


@pytest.mark.parametrize(("studies", "outcomes"), [(3, 4), (60, 5), (3, 60)])
def test_row_heads_alone_stand_where_they_stand_on_each_page(
    study: Studies, axis: Axes, studies: int, outcomes: int
) -> None:
    picture = direction_picture(many(study, axis, studies, outcomes), WORDS)
    assert picture.draw_row_heads is not None
    pages_, heads = picture.draw("light"), picture.draw_row_heads("light")
    assert len(heads) == len(pages_)
    for page, head in zip(pages_, heads, strict=True):
        drawn_page, drawn_head = drawn(page), drawn(head)
        assert drawn_head.get("height") == drawn_page.get("height")
        assert float(drawn_head.attrib["width"]) == pytest.approx(WIDE * HEADS_SHARE)
        placed = [
            {(t.text, t.get("x"), t.get("y")) for t in tree.iter(f"{SVG}text")}
            for tree in (drawn_head, drawn_page)
        ]
        assert placed[0]
        assert placed[0] <= placed[1]
        shown = {text for text in texts(page) if re.fullmatch(r"Study \d+", text)}
        assert shown <= set(texts(head))


def test_the_pages_style_knows_how_wide_row_heads_are() -> None:
    style = (ROOT / "evidence" / "ui" / "shell" / "style.css").read_text(encoding="utf-8")
    assert f"width: {HEADS_SHARE:.0%}; z-index" in style


def test_as_much_as_in_the_sketch_of_the_plot_fits_one_page(study: Studies, axis: Axes) -> None:
    """Thirteen outcomes with long words, and seventeen studies of two designs."""
    names = (
        "Self-esteem", "Quality of life", "Empowerment", "Hope", "Symptoms", "Hospital stays",
        "Functioning", "Social capital", "Daily living", "Housing", "Gaining work", "Hours",
        "Earnings",
    )  # fmt: skip
    across = axis("axis:outcome", names)
    designs = axis("question:design", ["Randomised trials", "Controlled"], of=Of.STUDY)
    findings = [f"n0 e{n}" for n in range(len(names))]
    made = [study(*findings, design=f"n{n % 2}", n=1200) for n in range(17)]
    groups = direction_groups(made, across, "arms", Grouping(designs=designs))
    words = replace(WORDS, rules_set="The review set these rules on 2024-05-01.")
    (page,) = direction_svgs(groups, words)
    assert {"Empowerment", "1,200"} <= set(texts(page))
