from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element, fromstring

import pytest

from evidence.charts.flow.flow_picture import MOST_LINES, flow_picture, flow_svg
from evidence.charts.flow.layouts import LAYOUTS
from evidence.charts.letters import text_width
from evidence.charts.palette import ThemeName
from evidence.charts.pixels import as_png
from evidence.synthesis.flow.flow_boxes import BoxId
from evidence.synthesis.flow.flow_notes import flow_boxes
from evidence.synthesis.flow.flow_settings import Template
from evidence.synthesis.flow.prisma_flow import Arm, Flow, FlowSource, SourceKind, StudyUses

SVG = "{http://www.w3.org/2000/svg}"
FLOW = Flow(
    sources=(
        FlowSource(name="PubMed", kind=SourceKind.DATABASE, records=1500),
        FlowSource(name="A website", kind=SourceKind.WEBSITE, records=4),
    ),
    duplicates=200,
    screened=1300,
    excluded=1290,
    searched=Arm(sought=10, not_retrieved=1, assessed=9, excluded=(("Not about recovery", 7),)),
    other=Arm(sought=4, assessed=4, excluded=(("Design", 3),)),
    included_reports=3,
    included_studies=2,
    previous_studies=20,
    previous_reports=21,
)


NEW = replace(FLOW, other=None, included_reports=2, previous_studies=None, previous_reports=None)
"""A new review of databases and registers only."""
TEMPLATES = {
    "new, databases only": (NEW, 9),
    "new, with other methods": (replace(NEW, other=FLOW.other), 14),
    "updated, databases only": (replace(FLOW, other=None), 11),
    "updated, with other methods": (FLOW, 16),
}


def drawn(flow: Flow, theme: ThemeName = "light") -> Element:
    return fromstring(flow_svg(flow, theme))  # noqa: S314, the text is our own


def words(tree: Element) -> str:
    return " ".join(text.text or "" for text in tree.iter(f"{SVG}text"))


def boxes(tree: Element) -> Iterator[tuple[float, float, float, float]]:
    for rect in tree.iter(f"{SVG}rect"):
        if rect.get("stroke"):
            left, top, width, height = (
                float(rect.attrib[name]) for name in ("x", "y", "width", "height")
            )
            yield left, top, left + width, top + height


USES = StudyUses(appraised=2, coded=2, mapped=2, pooled=1, pooled_reports=1)
ALL_BOXES = {template: replace(FLOW, template=template, uses=USES) for template in Template}


@pytest.mark.parametrize("template", Template)
def test_every_box_of_a_template_has_a_spot_of_its_own_and_an_arrow(template: Template) -> None:
    layout = LAYOUTS[template]
    flow = ALL_BOXES[template]
    if not template.has_other:
        flow = replace(flow, other=None)
    shown = {box.id for box in flow_boxes(flow)}
    assert shown <= set(layout.spots)
    assert len(set(layout.spots.values())) == len(layout.spots)
    assert {place for arrow in layout.arrows for place in arrow} == set(layout.spots)


@pytest.mark.parametrize("template", Template)
def test_boxes_of_every_template_do_not_touch_and_stay_inside(template: Template) -> None:
    flow = ALL_BOXES[template]
    tree = drawn(flow if template.has_other else replace(flow, other=None))
    shapes = list(boxes(tree))
    _, _, wide, high = map(float, tree.attrib["viewBox"].split())
    for number, (left, top, right, bottom) in enumerate(shapes):
        assert min(left, top) >= 0
        assert right <= wide
        assert bottom <= high
        for other in shapes[number + 1 :]:
            assert right < other[0] or other[2] < left or bottom < other[1] or other[3] < top


def test_roses_has_no_arms_and_says_where_its_boxes_come_from() -> None:
    said = words(drawn(replace(ALL_BOXES[Template.ROSES_MAP], other=None))).replace("\u00a0", " ")
    assert "Records after duplicates were removed (n = 1,304)" in said
    assert "Studies in the map" in said
    assert "10.1186/s13750-018-0121-7" in said
    assert "other methods" not in said


def test_a_number_that_was_not_entered_is_a_question() -> None:
    said = words(drawn(replace(NEW, template=Template.UPDATED))).replace("\u00a0", " ")
    assert "Studies (n = ?)" in said
    assert "in the earlier version not entered" in said


def test_records_for_which_a_template_has_no_box_are_told() -> None:
    assert "Left out: 5 records" in words(drawn(replace(NEW, template=Template.NEW, outside=5)))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_all_numbers_are_drawn(theme: ThemeName) -> None:
    said = words(drawn(FLOW, theme)).replace("\u00a0", " ")
    for words_and_number in (
        "PubMed (n = 1,500)",
        "Duplicates (n = 200)",
        "Records screened (n = 1,300)",
        "Not about recovery (n = 7)",
        "Reports sought for retrieval (n = 4)",
        "Studies (n = 22)",
    ):
        assert words_and_number in said


def test_arrows_join_only_boxes_that_are_there() -> None:
    arrows = LAYOUTS[Template.UPDATED_OTHER].arrows
    optional = {BoxId.USES, BoxId.IN_DEPTH, BoxId.NOT_IN_DEPTH, BoxId.SOUND, BoxId.NOT_SOUND}
    usual = [arrow for arrow in arrows if optional.isdisjoint(arrow)]
    assert len(list(drawn(FLOW).iter(f"{SVG}path"))) == len(usual) + 1
    assert len(list(drawn(NEW).iter(f"{SVG}path"))) == 8 + 1


@pytest.mark.parametrize("name", TEMPLATES)
def test_each_of_the_four_templates_comes_out_by_itself(name: str) -> None:
    flow, number = TEMPLATES[name]
    assert len(list(boxes(drawn(flow)))) == number
    said = words(drawn(flow))
    assert ("by other methods" in said) == ("other methods" in name)
    assert ("earlier version" in said) == ("updated" in name)
    assert as_png(flow_svg(flow), 96).startswith(b"\x89PNG")


def test_no_line_is_wider_than_its_box_whatever_the_letters() -> None:
    long = "Donaudampfschifffahrtsgesellschaftskapitänsbibliotheksverzeichnis und 文献数据库" * 2
    flow = replace(FLOW, sources=(FlowSource(name=long, kind=SourceKind.DATABASE, records=7),))
    for text in drawn(flow).iter(f"{SVG}text"):
        if text.get("font-size") == "12" and text.get("text-anchor") != "middle":
            widest = max(LAYOUTS[flow.drawn_as].widths)
            assert float(text.attrib["textLength"]) <= widest - 20
            assert text_width(text.text or "", 12) <= widest


def test_nothing_in_it_is_for_browsers_only() -> None:
    page = flow_svg(FLOW)
    assert "style=" not in page
    assert "var(--" not in page


def test_long_lists_are_summed_in_the_drawing_and_whole_in_the_table() -> None:
    sources = tuple(
        FlowSource(name=f"Database {n}", kind=SourceKind.DATABASE, records=n) for n in range(40)
    )
    flow = replace(NEW, sources=sources, duplicates=0, screened=780)
    said = words(drawn(flow)).replace("\u00a0", " ")
    rest = 40 - (MOST_LINES - 1)
    assert f"{rest} more, in the table (n = {sum(range(MOST_LINES - 1, 40))})" in said
    assert "Databases (n = 780)" in said
    picture = flow_picture(flow)
    assert sum("Database " in str(row[2]) for row in picture.table.rows) == 40
    assert "Database 39" in picture.text


def test_what_waits_and_what_cannot_be_right_is_said_under_the_drawing() -> None:
    waiting = words(drawn(replace(NEW, screened=100)))
    assert "Not finished: 1,200 records not yet screened" in waiting
    wrong = words(drawn(replace(NEW, screened=1400)))
    assert "These numbers cannot be right: 1,400 records screened" in wrong
    aside = replace(FLOW, other=Arm(sought=2, set_aside=2))
    assert "other methods, 2 were not sought" in words(drawn(aside))


def test_the_description_says_what_the_drawing_shows() -> None:
    tree = drawn(FLOW)
    assert tree.get("role") == "img"
    named = (tree.get("aria-labelledby") or "").split()
    assert [element.get("id") for element in tree[:2]] == named
    assert "Records screened (n = 1,300)" in (tree[1].text or "").replace("\u00a0", " ")


def test_two_diagrams_on_a_page_share_no_ids() -> None:
    one, other = flow_svg(FLOW), flow_svg(FLOW, name="update")
    assert 'id="flow-title"' in one
    assert 'id="flow-' not in other


def test_an_empty_review_can_be_drawn() -> None:
    assert "Records identified (n = 0)" in words(drawn(Flow(sources=()))).replace("\u00a0", " ")


def test_what_people_wrote_shows_as_they_wrote_it() -> None:
    name = "<script>x</script> & \x00\x0b\ufffe"
    flow = Flow(sources=(FlowSource(name=name, kind=SourceKind.DATABASE, records=1),))
    assert "<script" not in flow_svg(flow)
    assert "<script>x</script> &" in words(drawn(flow))
    assert as_png(flow_svg(flow), 96).startswith(b"\x89PNG")
