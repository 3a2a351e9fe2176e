import json
from collections.abc import Callable
from math import pi
from typing import Any

import pytest

from evidence.charts.evidence_map import colour_table, evidence_map, table
from evidence.charts.frame import MARK_ROOM
from evidence.charts.grid import GAP, LABEL_SIZE, LEADING, LEGEND_ROOM
from evidence.charts.labels import width
from evidence.charts.palette import AREA, THEMES, ThemeName
from evidence.coding.scheme import Of
from evidence.synthesis.crosstab import UNCOLOURED, CrossTab, crosstab
from evidence.synthesis.dimensions import Dimension
from evidence.synthesis.studies import CodedStudy

Axes = Callable[..., Dimension]
Studies = Callable[..., CodedStudy]


@pytest.fixture
def tab(axis: Axes, study: Studies) -> CrossTab:
    studies = [
        *(study("n0 e0", design="n0") for _ in range(8)),
        *(study("n0 e0", "n1 e1", design="n1") for _ in range(2)),
        study("n1 e1"),
        study(),
    ]
    return crosstab(
        studies,
        axis("axis:intervention", ["IPS", "Voluntary work", "Peer support"]),
        axis("axis:outcome", ["Symptoms", "Self-esteem"]),
        axis("question:design", ["Trial", "Cohort"], Of.STUDY),
    )


def drawn(figure: Any) -> dict[tuple[Any, ...], dict[str, Any]]:
    """What is drawn at each place, by its customdata."""
    found = {}
    for trace in json.loads(figure.to_json())["data"]:
        marker = trace.get("marker", {})
        for n, place in enumerate(trace["customdata"]):
            found[tuple(place)] = {
                "text": trace["text"][n],
                "x": trace["x"][n],
                "y": trace["y"][n],
                "size": marker["size"][n] if marker else None,
                "symbol": marker.get("symbol"),
                "color": marker.get("color"),
                "hover": trace["hovertext"][n],
            }
    return found


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("room", [400, 1000])
def test_every_place_is_drawn_with_its_number_and_can_be_clicked(
    tab: CrossTab, theme: ThemeName, room: float
) -> None:
    marks = drawn(evidence_map(tab, theme, room))
    assert {place for place in marks if None not in place} == {
        (cell.row, cell.column, cell.colour) for cell in tab.cells
    }
    for place, how in marks.items():
        number = str(len(tab.studies(*place)))
        assert how["text"].replace("<b>", "").replace("</b>", "") == number
        assert how["hover"].startswith(f"<b>{number} stud")


def test_totals_stand_at_the_ends_and_count_each_study_once(tab: CrossTab) -> None:
    marks = drawn(evidence_map(tab))
    assert marks["n0", None, None]["text"] == "<b>10</b>"
    assert marks["n2", None, None]["text"] == "<b>0</b>"
    assert marks[None, "e1", None]["text"] == "<b>3</b>"
    assert marks[None, None, None]["text"] == "<b>11</b>"


def test_area_is_the_number_of_studies_whatever_the_symbol(tab: CrossTab) -> None:
    marks = drawn(evidence_map(tab))
    trial, cohort = marks["n0", "e0", "n0"], marks["n0", "e0", "n1"]
    areas = [AREA[one["symbol"]] * (one["size"] / 2) ** 2 for one in (trial, cohort)]
    assert areas[0] / areas[1] == pytest.approx(4)
    assert (trial["symbol"], cohort["symbol"]) == ("circle", "square")
    assert trial["color"] != cohort["color"]
    assert AREA["circle"] == pytest.approx(pi, abs=0.001)


def test_colours_have_fixed_places_inside_the_borders_of_a_cell(tab: CrossTab) -> None:
    figure = evidence_map(tab)
    marks = drawn(figure)
    edges = sorted({shape.x0 for shape in figure.layout.shapes if shape.x0 == shape.x1})
    first, second = marks["n0", "e0", "n1"], marks["n1", "e1", "n1"]
    assert edges[0] < first["x"] < edges[1] < second["x"] < edges[2]
    assert first["x"] - edges[0] == pytest.approx(second["x"] - edges[1])


def test_cells_have_borders_on_all_sides(tab: CrossTab) -> None:
    shapes = [shape for shape in evidence_map(tab).layout.shapes if shape.type == "line"]
    across = [shape for shape in shapes if shape.y0 == shape.y1]
    assert len(across) == 3 + 1 + 1
    assert len(shapes) - len(across) == 2 + 1 + 1


def test_rows_and_columns_without_studies_stay(tab: CrossTab) -> None:
    figure = evidence_map(tab)
    assert list(figure.layout.yaxis.ticktext) == [
        "IPS",
        "Voluntary work",
        "Peer support",
        "<b>All studies</b>",
    ]


def test_a_study_without_a_colour_is_drawn_hollow(tab: CrossTab) -> None:
    one = drawn(evidence_map(tab))["n1", "e1", UNCOLOURED]
    assert one["color"] == THEMES["light"].ground


def test_what_is_not_on_the_map_is_told(tab: CrossTab) -> None:
    told = " ".join(note.text for note in evidence_map(tab).layout.annotations)
    assert "11 of 12 studies are on the map; 1 " in told


def test_codes_that_the_scheme_lost_are_told(axis: Axes, study: Studies) -> None:
    rows, columns = axis("axis:intervention", ["IPS"]), axis("axis:outcome", ["Symptoms"])
    figure = evidence_map(crosstab([study("n0 e0", "n0 retired")], rows, columns))
    told = " ".join(note.text for note in figure.layout.annotations)
    assert "the scheme does not list these codes: retired." in told


def test_the_legend_hides_nothing_since_totals_would_not_follow(tab: CrossTab) -> None:
    figure = evidence_map(tab)
    assert [trace.name for trace in figure.data if trace.showlegend is not False] == [
        "Trial",
        "Cohort",
        "Not coded",
    ]
    assert figure.layout.legend.itemclick is False


def test_a_map_without_colours_has_no_legend(axis: Axes, study: Studies) -> None:
    rows = axis("axis:intervention", ["IPS"])
    figure = evidence_map(crosstab([study("n0 e0")], rows, axis("axis:outcome", ["Symptoms"])))
    assert not figure.layout.showlegend


@pytest.mark.parametrize("labels", [[], ["One"]])
def test_a_map_of_nothing_says_so(axis: Axes, labels: list[str]) -> None:
    tab = crosstab([], axis("axis:intervention", labels), axis("axis:outcome", labels))
    told = " ".join(note.text for note in evidence_map(tab).layout.annotations)
    assert "There is no study to show yet." in told


def test_on_a_telephone_columns_keep_their_width_and_the_figure_gets_wider(
    axis: Axes, study: Studies
) -> None:
    columns = axis("axis:outcome", [f"Outcome number {n}" for n in range(12)])
    tab = crosstab([study("n0 e0")], axis("axis:intervention", ["IPS"]), columns)
    figure = evidence_map(tab, room=400)
    cells = figure.layout.width - figure.layout.margin.l - figure.layout.margin.r
    assert cells / 13 >= 56


def test_what_people_wrote_shows_as_they_wrote_it(
    axis: Axes,
    study: Studies,
    hostile: tuple[str, ...],
    assert_no_markup: Callable[[Any], None],
) -> None:
    tab = crosstab(
        [study(f"n{n} e{n}", design=f"n{n}") for n in range(4)],
        axis("axis:intervention", hostile),
        axis("axis:outcome", hostile),
        axis("question:design", hostile, Of.STUDY),
    )
    assert_no_markup(evidence_map(tab, room=2000))


def test_the_table_has_labels_totals_and_unique_studies(tab: CrossTab) -> None:
    found = table(tab)
    assert list(found.columns) == ["Symptoms", "Self-esteem", "All studies"]
    assert list(found.index) == ["IPS", "Voluntary work", "Peer support", "All studies"]
    assert found.to_numpy()[-1].tolist() == [10, 3, 11]
    assert found.to_numpy()[:, -1].tolist() == [10, 3, 0, 11]
    assert found.index.name == "intervention"


def test_heads_of_the_table_differ_even_where_labels_do_not(axis: Axes) -> None:
    same = axis("axis:outcome", ["Other", "Other"])
    found = table(crosstab([], axis("axis:intervention", ["IPS"]), same))
    assert found.columns.is_unique


def test_the_table_of_colours_has_a_line_for_each(tab: CrossTab) -> None:
    found = colour_table(tab)
    assert list(found.columns) == ["intervention", "outcome", "design", "Studies"]
    assert found.to_numpy().tolist() == [
        ["IPS", "Symptoms", "Trial", 8],
        ["IPS", "Symptoms", "Cohort", 2],
        ["Voluntary work", "Self-esteem", "Cohort", 2],
        ["Voluntary work", "Self-esteem", "Not coded", 1],
    ]


LONG = "A design whose name was written by somebody with a great deal of time and little room"


@pytest.mark.parametrize("room", [400, 1000, 1200])
@pytest.mark.parametrize("labels", [["Trial", "Cohort"], [LONG, f"Incomprehensibilities {LONG}"]])
def test_a_legend_stands_within_what_every_page_shows(
    axis: Axes, study: Studies, labels: list[str], room: float
) -> None:
    studies = [study("n0 e0", design="n0"), study("n1 e1", design="n1")]
    tab = crosstab(
        studies,
        axis("axis:intervention", ["IPS", "Voluntary work"]),
        axis("axis:outcome", [f"Outcome {n}" for n in range(14)]),
        axis("question:design", labels, Of.STUDY),
    )
    figure = evidence_map(tab, "light", room)
    legend = figure.layout.legend
    names = [trace.name for trace in figure.data if trace.showlegend is not False]
    assert [" ".join(name.split("<br>")) for name in names] == labels
    across = 2 if legend.orientation == "h" else 1
    assert across * (legend.entrywidth + MARK_ROOM) + 2 * GAP <= LEGEND_ROOM
    for line in (line for name in names for line in name.split("<br>")):
        assert width(line, LABEL_SIZE) <= legend.entrywidth + 0.01
    rows = sum(name.count("<br>") + 1 for name in names) / across
    below = figure.layout.margin.b
    assert below >= rows * LABEL_SIZE * LEADING


def test_a_map_says_where_its_columns_stand(tab: CrossTab) -> None:
    meta = evidence_map(tab).layout.meta
    assert meta["columns"] == 3  # all studies stand in the last
    assert meta["left"] + meta["columns"] * meta["column"] <= evidence_map(tab).layout.width
