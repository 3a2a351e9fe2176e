import csv
import io
from pathlib import Path
from random import Random
from xml.etree.ElementTree import Element, fromstring

import pytest

from evidence.charts.effect_axis import effect_axis
from evidence.charts.forest_plot import HIGH, MARGIN, WIDE, forest_picture, forest_svgs
from evidence.charts.funnel_plot import funnel_picture, funnel_svg
from evidence.synthesis.pooling.choices import Choices, Questions
from evidence.synthesis.pooling.forest import Forest
from evidence.synthesis.pooling.measures import PooledMeasure, effect_text
from evidence.synthesis.pooling.methods import Method
from evidence.synthesis.pooling.pool_table import pool_table
from evidence.synthesis.pooling.results import Limits
from evidence.synthesis.pooling.table_forest import table_forest
from tests.charts.conftest import HOSTILE

SVG = "{http://www.w3.org/2000/svg}"


def table(head: str, *rows: tuple[object, ...]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head.split())
    writer.writerows(rows)
    return text.getvalue().encode()


def pooled(content: bytes, choices: Choices, group: str = "") -> Forest:
    made = pool_table(content, "t.csv", choices, None, Questions(subgroup=group))
    return table_forest(made, ("Favours support", "Favours usual services"))


def effects(k: int, *, group: bool = False) -> Forest:
    """Invented studies; some of them far less precise than others."""
    random = Random(k)  # noqa: S311 - no secret
    rows = [
        (f"Study {n}", random.gauss(-0.2, 0.3), random.choice((0.01, 0.05, 2.0)), "ab"[n % 2])
        for n in range(k)
    ]
    return pooled(table("study yi vi part", *rows), Choices(), "part" if group else "")


TABLES = table("study ai bi ci di", ("A", 5, 45, 10, 40), ("B", 2, 28, 8, 22), ("C", 0, 20, 0, 20))


def drawn(page: str) -> Element:
    return fromstring(page)  # noqa: S314 - the text is our own


def texts(page: str) -> list[str]:
    return [text.text or "" for text in drawn(page).iter(f"{SVG}text")]


def test_each_study_has_its_numbers_effect_and_weight() -> None:
    forest = pooled(TABLES, Choices(measure=PooledMeasure.RR, method=Method.FE))
    (page,) = forest_svgs(forest, "Return to work")
    said = texts(page)
    assert {"5 / 50", "10 / 50", "2 / 30", "8 / 30"} <= set(said)
    assert "0.50 (0.18 to 1.36)" in said
    weights = [float(text.rstrip("%")) for text in said if text.endswith("%")]
    assert sum(weights[:-1]) == pytest.approx(100, abs=0.2)


def test_a_study_without_events_is_listed_without_an_effect_or_weight() -> None:
    forest = pooled(TABLES, Choices(measure=PooledMeasure.RR, method=Method.FE))
    (page,) = forest_svgs(forest, "Return to work")
    assert "C" in texts(page)
    assert "not estimable" in texts(page)
    assert "Not pooled: C." in " ".join(texts(page))
    (row,) = (row for row in forest_picture(forest, "t").table.rows if row[1] == "C")
    assert row[4:] == (None,) * 6


def test_means_stand_with_deviations_and_numbers() -> None:
    content = table("study m1i sd1i n1i m2i sd2i n2i", ("A", 1.5, 0.5, 20, 1, 0.6, 22),
                    ("B", 2, 1, 30, 1.5, 1, 31))  # fmt: skip
    (page,) = forest_svgs(pooled(content, Choices(measure=PooledMeasure.MD)), "Hours")
    assert "1.5 (0.5), 20" in texts(page)
    assert "Mean difference" in texts(page)


def test_groups_have_their_own_effect_and_the_test_between_them() -> None:
    (page,) = forest_svgs(effects(8, group=True), "By part")
    said = " ".join(texts(page))
    assert said.count("Subtotal") == 2
    assert "Between groups, each with its own τ²: chi² =" in said
    assert "Prediction interval" in said
    assert "Favours support" in said


@pytest.mark.parametrize("k", [1, 2, 3, 60, 200])
def test_nothing_is_drawn_beyond_the_page(k: int) -> None:
    forest = effects(k)
    pages = [*forest_svgs(forest, "T"), funnel_svg(forest, "T")]
    assert len(pages) == (2 if k <= 60 else 5)
    for page in pages:
        tree = drawn(page)
        assert float(tree.attrib["height"]) <= HIGH
        for text in tree.iter(f"{SVG}text"):
            assert 0 < float(text.attrib["y"]) <= HIGH - MARGIN + 2
            assert MARGIN <= float(text.attrib["x"]) <= WIDE - MARGIN + 1
    shown = [text for page in pages[:-1] for text in texts(page) if text.startswith("Study ")]
    assert shown == [f"Study {n}" for n in range(k)]


def test_what_reaches_further_than_the_axis_ends_in_an_arrow() -> None:
    content = table("study yi vi", ("A", 0.1, 0.01), ("B", 0.2, 0.0025), ("C", 0.1, 25.0))
    (page,) = forest_svgs(pooled(content, Choices(method=Method.FE)), "T")
    assert page.count("v6z") == 2
    assert "Arrows: intervals reach further." in page


def test_intervals_of_studies_that_agree_are_shown_whole_and_no_arrow_is_told() -> None:
    rows = [(name, -0.5 - 0.01 * n, 0.4) for n, name in enumerate("ABCDEF")]
    (page,) = forest_svgs(pooled(table("study yi vi", *rows), Choices()), "T")
    assert "v6z" not in page
    assert "Arrows" not in page


def test_a_pooled_interval_that_is_cut_ends_in_an_arrow() -> None:
    content = table("study yi vi", ("A", -0.1, 0.01), ("B", 1.9, 0.01), ("C", 0.1, 0.02))
    forest = pooled(content, Choices())
    ends = forest.pooled.limits
    (page,) = forest_svgs(forest, "T")
    shown = effect_axis([-0.1, 1.9], [Limits(low=-0.3, high=2.1)] * 3 + [ends], None, (0, 1))
    assert not shown.is_shown(ends.low)
    assert "v8z" in page


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_wrote_shows_as_they_wrote_it(text: str) -> None:
    content = table("study yi vi", (text, 0.1, 0.01), ("B", 0.2, 0.01))
    forest = pooled(content, Choices())
    for page in (*forest_svgs(forest, text), funnel_svg(forest, text)):
        assert "<script" not in page
        assert text.split(maxsplit=1)[0] in " ".join(texts(page))


def test_a_ratio_has_ticks_at_round_ratios_and_no_effect_is_always_shown() -> None:
    ends = [Limits(low=-1.0, high=-0.2), Limits(low=-2.0, high=-0.5)]
    axis = effect_axis([-0.6, -1.2], ends, PooledMeasure.OR, (100, 200))
    assert axis.is_shown(0)
    assert {written for _, written in axis.ticks} <= {"0.1", "0.2", "0.5", "1", "2"}
    assert "1" in {written for _, written in axis.ticks}
    assert axis.x(0) > axis.x(-0.6) > axis.x(-1.2) >= 100


def test_values_are_written_as_readers_know_them() -> None:
    assert effect_text(0.0, PooledMeasure.RR) == "1.00"
    assert effect_text(-0.5, None) == "−0.50"
    assert effect_text(0.0, None) == "0.00"
    assert effect_text(-12.0, PooledMeasure.OR) == "6.1e−06"


def test_the_table_holds_unrounded_effects_and_the_pooled_one() -> None:
    forest = effects(5)
    picture = forest_picture(forest, "T")
    assert len(picture.table.rows) == 6
    assert picture.table.rows[-1][2] == forest.pooled.estimate
    assert all(len(row) == len(picture.table.head) for row in picture.table.rows)
    assert "5 studies" in picture.text
    assert len(funnel_picture(forest, "T").table.rows) == 5


def test_dark_drawings_have_other_shades() -> None:
    forest = effects(12)
    assert funnel_svg(forest, "T", theme="dark") != funnel_svg(forest, "T")


def test_shared_sets_are_drawn(tmp_path: Path) -> None:
    folder = Path(__file__).parents[3] / "shared" / "bench" / "meta"
    if not folder.exists():
        pytest.skip("the published sets are not here")
    for file in sorted(folder.glob("*.csv")):
        if file.name != "expected.csv":
            made = pool_table(file.read_bytes(), file.name, Choices())
            assert forest_svgs(table_forest(made), file.stem)


GROUPED = table("study ai bi ci di part", ("A", 5, 45, 10, 40, "x"), ("B", 2, 28, 8, 22, "x"),
                ("C", 4, 16, 9, 11, "y"), ("D", 3, 27, 2, 28, "y"),
                ("E", 0, 9, 0, 9, "y"))  # fmt: skip


def test_groups_have_their_sums_weight_and_how_far_their_studies_differ() -> None:
    forest = pooled(GROUPED, Choices(measure=PooledMeasure.RR), "part")
    (page,) = forest_svgs(forest, "Return to work")
    said = texts(page)
    assert {"7 / 80", "18 / 80", "7 / 50", "11 / 50", "14 / 130", "29 / 130"} <= set(said)
    weights = [group.weight for group in forest.groups]
    assert sum(weights) == pytest.approx(100)
    assert {f"{weight:.1f}%" for weight in weights} <= set(said)
    assert sum(text.startswith("Q = ") for text in said) == 2
    assert any(text.startswith("Between groups, each with its own τ²: chi² = ") for text in said)
    assert any(text.startswith("Between groups with a common τ² of ") for text in said)


def test_the_axis_is_named_with_its_scale() -> None:
    (page,) = forest_svgs(pooled(TABLES, Choices(measure=PooledMeasure.RR)), "T")
    assert "Risk ratio, log scale" in texts(page)
    (page,) = forest_svgs(pooled(TABLES, Choices(measure=PooledMeasure.RD)), "T")
    assert "Risk difference" in texts(page)


def test_the_test_of_the_pooled_effect_stands_below() -> None:
    forest = effects(5)
    stat = f"{forest.pooled.stat:.2f}".replace("-", "−")
    (page,) = forest_svgs(forest, "T")
    assert f"Test of the pooled effect: t = {stat}, df = 4, p" in " ".join(texts(page))


def test_long_names_groups_and_titles_are_cut_to_the_page() -> None:
    long = " ".join(["Employment"] * 300)
    rows = [(f"{long} {n}", 0.1 * n, 0.02, f"{long} {n % 2}") for n in range(4)]
    forest = pooled(table("study yi vi part", *rows), Choices(), "part")
    (page,) = forest_svgs(forest, long)
    ends = [float(t.attrib["x"]) + float(t.attrib.get("textLength", 0))
            for t in drawn(page).iter(f"{SVG}text") if "text-anchor" not in t.attrib]  # fmt: skip
    assert max(ends) <= WIDE - MARGIN + 1
    assert forest_picture(forest, "T").table.rows[0][1] == f"{long} 0"


def test_a_group_that_goes_on_over_the_page_is_named_again() -> None:
    pages = forest_svgs(effects(140, group=True), "By part")
    named = [text for page in pages for text in texts(page) if text.startswith(("a", "b"))]
    assert named[:2] == ["a", "a (continued)"]
    assert named[-1] == "b (continued)"
    assert named.count("b") == 1


def test_many_groups_stay_on_their_pages() -> None:
    rows = [(f"S{n}", 0.01 * (n % 9), 0.02, f"g{n // 2}") for n in range(120)]
    pages = forest_svgs(pooled(table("study yi vi part", *rows), Choices(), "part"), "T")
    assert len(pages) > 3
    assert all(float(drawn(page).attrib["height"]) <= HIGH for page in pages)


def test_letters_that_turn_text_round_are_not_drawn() -> None:
    (page,) = forest_svgs(pooled(table("study yi vi", ("\u202eevil", 0.1, 0.02)), Choices()), "T")
    assert "evil" in texts(page)
    assert "\u202e" not in page


def test_amounts_of_money_are_written_out() -> None:
    assert effect_text(-12_345.6, PooledMeasure.MD) == "−12,346"
    assert effect_text(1234.5, PooledMeasure.MD) == "1,234.50"
