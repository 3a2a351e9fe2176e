from collections.abc import Callable
from itertools import pairwise
from xml.etree.ElementTree import Element, fromstring

import pytest

from evidence.charts.direction_pages import HIGH, MARGIN, WIDE
from evidence.charts.judgement_bars import judgement_bars_picture, judgement_bars_svgs
from evidence.charts.judgement_marks import MARKS
from evidence.charts.palette import contrast, letters_on
from evidence.charts.traffic_light import traffic_light_picture, traffic_light_svgs
from evidence.exports.picture_files import PictureFormat, picture_file
from evidence.synthesis.appraisal.judgements import (
    NOT_JUDGED,
    Domain,
    JudgedRow,
    Judgement,
    JudgementTable,
    Level,
    Unit,
)
from evidence.synthesis.appraisal.read_judgements import read_judgements
from tests.charts.conftest import HOSTILE

SVG = "{http://www.w3.org/2000/svg}"
Make = Callable[..., JudgementTable]
LEVELS = [level for level in Level if level is not Level.NOT_JUDGED]


@pytest.fixture
def table() -> Make:
    """Judgements that take the levels in turn."""

    def made(
        studies: int, domains: int, *, overall: bool = True, text: str = "", weights: bool = False
    ) -> JudgementTable:
        def judgement(at: int) -> Judgement:
            level = LEVELS[at % len(LEVELS)]
            return Judgement(level=level, words=text or level.value.capitalize())

        return JudgementTable(
            title=text or "Risk of bias",
            unit=Unit.STUDY,
            domains=tuple(
                Domain(name=text or f"Bias in domain {n}", short=text or f"Domain {n}")
                for n in range(domains)
            ),
            rows=tuple(
                JudgedRow(
                    study=text or f"Study {n}",
                    judgements=tuple(judgement(n + at) for at in range(domains)),
                    overall=judgement(n) if overall else None,
                    weight=n + 1 if weights else None,
                )
                for n in range(studies)
            ),
            overall="Overall" if overall else "",
        )

    return made


def drawn(page: str) -> Element:
    return fromstring(page)  # noqa: S314 - the text is our own


def said(page: str) -> list[str]:
    return [text.text or "" for text in drawn(page).iter(f"{SVG}text")]


def circles(page: str) -> list[Element]:
    return list(drawn(page).iter(f"{SVG}circle"))


def test_signs_say_what_colours_say() -> None:
    signs = [mark.sign for mark in MARKS.values()]
    assert len(set(signs)) == len(MARKS)


def test_levels_grow_darker_so_that_their_order_is_seen_in_grey() -> None:
    order = [Level.FAVOURABLE, Level.MIDDLING, Level.UNFAVOURABLE, Level.CRITICAL]
    on_white = [contrast(MARKS[level].fill, "#FFFFFF") for level in order]
    for lighter, darker in pairwise(on_white):
        assert darker / lighter > 1.2
    for mark in MARKS.values():
        assert not mark.fill or contrast(letters_on(mark.fill), mark.fill) >= 4.5


def test_each_judgement_has_its_mark_and_the_overall_one_its_words(table: Make) -> None:
    judged = table(3, 5)
    (page,) = traffic_light_svgs(judged)
    key = len(judged.words_by_level())
    assert len(circles(page)) == 3 * 6 + key
    assert said(page).count("Critical") == 1  # in the key; no study is critical as a whole
    assert said(page).count("Middling") == 2


@pytest.mark.parametrize(
    ("studies", "domains"), [(1, 1), (24, 7), (60, 5), (3, 16), (5, 200), (24, 0)]
)
def test_everything_stands_on_a_page_once(table: Make, studies: int, domains: int) -> None:
    judged = table(studies, domains, overall=False)
    pages = traffic_light_svgs(judged)
    key = len(judged.words_by_level())
    assert sum(len(circles(page)) - key for page in pages) == studies * domains
    for page in (*pages, *judgement_bars_svgs(judged)):
        tree = drawn(page)
        assert float(tree.attrib["height"]) <= HIGH + 1
        for circle in tree.iter(f"{SVG}circle"):
            assert MARGIN <= float(circle.attrib["cx"]) <= WIDE - MARGIN


def test_twenty_four_studies_fit_one_page_and_more_go_on(table: Make) -> None:
    assert len(traffic_light_svgs(table(24, 7))) == 1
    first, second = traffic_light_svgs(table(40, 7))
    assert "Page 1 of 2" in said(first)
    assert {"Domain 0", "Overall"} <= set(said(second))


def test_domains_without_room_for_words_have_numbers_and_their_names_below(table: Make) -> None:
    judged = table(2, 16, text="Deviations from the protocol")
    (page,) = traffic_light_svgs(judged)
    assert "16" in said(page)
    assert "16. Deviations from the protocol" in said(page)


def test_a_name_in_full_stands_below_where_its_head_is_short(table: Make) -> None:
    assert "Domain 1 – Bias in domain 1" in said(traffic_light_svgs(table(2, 2))[0])


def test_bars_are_as_wide_as_their_shares(table: Make) -> None:
    (page,) = judgement_bars_svgs(table(4, 1, overall=False))
    bars = [r for r in drawn(page).iter(f"{SVG}rect") if r.get("height") == "22"]
    assert [bar.attrib["fill"] for bar in bars] == [MARKS[level].fill for level in LEVELS[:3]] + [
        MARKS[LEVELS[3]].fill
    ]
    assert {bar.attrib["width"] for bar in bars} == {"190.8"}  # a quarter of the room


def test_weighted_bars_say_so_and_give_both_shares(table: Make) -> None:
    picture = judgement_bars_picture(table(2, 1, weights=True), weighted=True)
    assert "weighted" in picture.text
    assert picture.table.head[-2:] == ("Share, %", "Share of weight, %")
    assert picture.table.rows[0][-2:] == (50.0, 33.3)


def test_the_table_of_a_traffic_light_is_read_again_as_it_was(table: Make) -> None:
    text = "Study,Selection of people,Overall\nA,Low,Low\nB,No information,High\nC,,High\n"
    judged = read_judgements(text.encode(), "judged.csv").table
    csv = picture_file(traffic_light_picture(judged), PictureFormat.CSV).data
    again = read_judgements(csv, "again.csv").table
    assert [row.judgements for row in again.rows] == [row.judgements for row in judged.rows]


def test_no_study_and_no_overall_judgement_are_said(table: Make) -> None:
    for svgs in (traffic_light_svgs, judgement_bars_svgs):
        (page,) = svgs(table(0, 3))
        assert "No study is judged yet." in said(page)
    picture = traffic_light_picture(table(1, 1, overall=False))
    assert "Overall" not in picture.table.head


@pytest.mark.parametrize("text", [*HOSTILE, "wide " * 400, "unbroken" * 200, "日本語" * 80, "\x00"])
def test_texts_from_outside_stay_texts_on_their_page(table: Make, text: str) -> None:
    judged = table(3, 4, text=text)
    for picture in (traffic_light_picture(judged), judgement_bars_picture(judged)):
        for page in picture.draw("dark"):
            assert float(drawn(page).attrib["height"]) <= HIGH + 1
            assert not list(drawn(page).iter(f"{SVG}script"))


def test_what_nobody_judged_is_an_empty_mark_and_said(table: Make) -> None:
    judged = JudgementTable(
        title="T",
        unit=Unit.REVIEW,
        domains=(Domain(name="Search", short="Search"),),
        rows=(JudgedRow(study="A", judgements=(NOT_JUDGED,)),),
    )
    (page,) = traffic_light_svgs(judged)
    assert all(circle.get("stroke-dasharray") for circle in circles(page))
    assert "Not judged" in said(page)


@pytest.mark.parametrize("number", [3, 16])
def test_critical_items_have_a_mark_whether_heads_are_words_or_numbers(number: int) -> None:
    long = " with a name that no narrow column holds in its four lines" * (number > 3)
    names = [f"{n}. Item{long}" for n in range(1, number + 1)]
    domains = tuple(
        Domain(name=name, short=name, is_critical=name.startswith("2.")) for name in names
    )
    rows = (JudgedRow(study="Park 2001", judgements=(NOT_JUDGED,) * number),)
    table = JudgementTable(title="Reviews", unit=Unit.REVIEW, domains=domains, rows=rows)
    picture = traffic_light_picture(table)
    (page,) = picture.draw("light")
    heads = [text for text in said(page) if text.endswith("*")]
    assert heads == (["2. Item *"] if number == 3 else ["2*", f"{names[1]} *"])
    assert f"{names[1]} (critical)" in picture.table.head
    assert f"{names[1]} (critical): 1 not judged" in picture.text
    (bars,) = judgement_bars_picture(table).draw("light")
    assert "(critical)" in " ".join(said(bars))
