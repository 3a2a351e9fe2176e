import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from evidence.charts.directions import SIZES, direction_plot, direction_table, summary_table
from evidence.charts.palette import THEMES, ThemeName
from evidence.synthesis.dimensions import Dimension
from evidence.synthesis.directions import EffectDirections, effect_directions
from evidence.synthesis.studies import CodedStudy
from evidence.synthesis.within_study import Band

Axes = Callable[..., Dimension]
Studies = Callable[..., CodedStudy]


@pytest.fixture
def outcomes(axis: Axes) -> Dimension:
    return axis("axis:outcome", ["Symptoms", "Self-esteem"])


@pytest.fixture
def result(study: Studies, outcomes: Dimension) -> EffectDirections:
    studies = [
        study("n0 e0 better", n=301),
        study("n0 e0 worse", n=50),
        study("n0 e0 better", "n0 e0 worse", n=49),
        study("n0 e0 no change"),
        study("n0 e0 not stated", n=120),
    ]
    return effect_directions(studies, outcomes, ["arms"])


def marks(figure: Any) -> dict[int, list[tuple[str, float]]]:
    """Symbols and sizes of each study."""
    trace = json.loads(figure.to_json())["data"][0]
    found: dict[int, list[tuple[str, float]]] = {}
    for (number, _), symbol, size in zip(
        trace["customdata"], trace["marker"]["symbol"], trace["marker"]["size"], strict=True
    ):
        found.setdefault(number, []).append((symbol, size))
    return found


def texts(figure: Any) -> str:
    return " ".join(note.text.replace("<br>", " ") for note in figure.layout.annotations)


def test_every_direction_has_its_own_shape(result: EffectDirections) -> None:
    symbols = {
        n: [symbol for symbol, _ in found] for n, found in marks(direction_plot(result)).items()
    }
    assert symbols == {
        1: ["triangle-up"],
        2: ["triangle-down"],
        3: ["triangle-left", "triangle-right"],
        4: ["circle-open"],
        5: ["line-ew"],
    }


def test_size_is_the_band_and_an_unknown_size_is_hollow(result: EffectDirections) -> None:
    found = marks(direction_plot(result))
    assert found[1][0][1] == SIZES[Band.LARGE]
    assert found[2][0][1] == SIZES[Band.MEDIUM]
    assert found[3][0][1] < SIZES[Band.SMALL]
    assert found[4] == [("circle-open", SIZES[Band.UNKNOWN])]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colour_says_nothing(result: EffectDirections, theme: ThemeName) -> None:
    trace = direction_plot(result, theme).data[0]
    assert trace.marker.color == THEMES[theme].ink


def test_marks_and_feet_can_be_clicked(result: EffectDirections) -> None:
    figure = direction_plot(result)
    assert {tuple(place) for place in figure.data[0].customdata} == {(n, "e0") for n in range(1, 6)}
    assert {tuple(place) for place in figure.data[2].customdata} == {(None, "e0")}


def test_the_number_of_findings_stands_by_where_there_are_several(result: EffectDirections) -> None:
    assert list(direction_plot(result).data[1].text) == ["2"]


def test_the_sign_test_stands_below(result: EffectDirections) -> None:
    figure = direction_plot(result)
    assert list(figure.data[2].text) == ["1 of 2", "1.00 †", "9–91%"]
    assert "† With fewer than six clear directions" in texts(figure)


def test_without_a_clear_direction_there_is_no_p(study: Studies, outcomes: Dimension) -> None:
    result = effect_directions([study("n0 e0 not stated")], outcomes, ["arms"])
    assert list(direction_plot(result).data[2].text) == ["0 of 0", "–", "–"]


def test_with_six_clear_directions_there_is_no_warning(study: Studies, outcomes: Dimension) -> None:
    result = effect_directions([study("n0 e0") for _ in range(6)], outcomes, ["arms"])
    figure = direction_plot(result)
    assert list(figure.data[2].text) == ["6 of 6", "0.031", "61–100%"]
    assert "†" not in texts(figure)


def test_signs_rule_and_contrast_are_explained_in_words(result: EffectDirections) -> None:
    told = texts(direction_plot(result, contrast_labels={"arms": "Between arms"}))
    for words in ("▲ favourable", "hollow: number not known", "Type of contrast: Between arms."):
        assert words in told
    assert "at least 70% of its findings" in told
    assert "as a third direction" in told


def test_pooled_contrasts_are_called_pooled(study: Studies, outcomes: Dimension) -> None:
    result = effect_directions([study("n0 e0")], outcomes, ["arms", "work status"])
    assert "Types of contrast, pooled: arms; work status." in texts(direction_plot(result))


def test_what_is_not_on_the_plot_is_told(study: Studies, outcomes: Dimension) -> None:
    studies = [study("n0 e0"), study(), study("n0 retired")]
    told = texts(direction_plot(effect_directions(studies, outcomes, ["arms"])))
    assert "Studies without a finding here: 2." in told
    assert "Outcomes that the scheme does not list: retired." in told
    assert "other types" not in told
    one = study("n0 e0")
    other = replace(one, findings=(*one.findings, replace(one.findings[0], contrast="work")))
    told = texts(direction_plot(effect_directions([other], outcomes, ["arms"])))
    assert "Findings of other types of contrast: 1." in told


def test_nothing_to_show_is_said(outcomes: Dimension) -> None:
    result = effect_directions([], outcomes, ["arms"])
    assert "There is no finding to show yet." in texts(direction_plot(result))
    assert direction_table(result).empty
    assert summary_table(result).empty


def test_what_people_wrote_shows_as_they_wrote_it(
    axis: Axes,
    study: Studies,
    hostile: tuple[str, ...],
    assert_no_markup: Callable[[Any], None],
) -> None:
    studies = [study(f"n0 e{n}", label=text) for n, text in enumerate(hostile)]
    result = effect_directions(studies, axis("axis:outcome", hostile), ["arms"])
    assert_no_markup(
        direction_plot(result, room=2000, contrast_labels={"arms": "<script>contrast</script>"})
    )


def test_the_tables_say_the_same_in_words(result: EffectDirections) -> None:
    words = direction_table(result)
    assert list(words.index) == [f"Study {n}" for n in range(1, 6)]
    assert words["Symptoms"].to_list() == [
        "favourable",
        "unfavourable",
        "conflicting (2 findings)",
        "no change",
        "not stated",
    ]
    [line] = summary_table(result).to_dict("records")
    assert line == {
        "Favourable": 1,
        "Unfavourable": 1,
        "Conflicting": 1,
        "No change": 1,
        "Not stated": 1,
        "Favourable of clear directions": "1 of 2",
        "Sign test, two-sided p": "1.00 †",
        "95% interval of the share": "9–91%",
    }
