from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element, fromstring

import pytest

from evidence.charts.palette import ThemeName
from evidence.charts.prisma_flow import ARROWS, SPOTS, flow_svg
from evidence.synthesis.prisma_boxes import BoxId
from evidence.synthesis.prisma_flow import Arm, Flow, FlowSource, SourceKind

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


def test_every_place_has_a_spot_of_its_own_and_an_arrow() -> None:
    assert set(SPOTS) == set(BoxId)
    assert len(set(SPOTS.values())) == len(BoxId)
    assert {place for arrow in ARROWS for place in arrow} == set(BoxId)


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


def test_boxes_do_not_touch_and_stay_inside() -> None:
    tree = drawn(FLOW)
    shapes = list(boxes(tree))
    _, _, wide, high = map(float, tree.attrib["viewBox"].split())
    assert len(shapes) == len(BoxId)
    for number, (left, top, right, bottom) in enumerate(shapes):
        assert left >= 0
        assert top >= 0
        assert right <= wide
        assert bottom <= high
        for other in shapes[number + 1 :]:
            apart = right < other[0] or other[2] < left or bottom < other[1] or other[3] < top
            assert apart


def test_arrows_join_only_boxes_that_are_there() -> None:
    assert len(list(drawn(FLOW).iter(f"{SVG}path"))) == len(ARROWS) + 1
    alone = replace(FLOW, other=None, previous_studies=None, previous_reports=None)
    assert len(list(boxes(drawn(alone)))) == 9
    assert len(list(drawn(alone).iter(f"{SVG}path"))) == 8 + 1


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
    assert "<script>x</script> &" in words(drawn(flow)).replace("/ ", "/")
