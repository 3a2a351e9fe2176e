from evidence.synthesis.flow.flow_boxes import Box, BoxId, Line, Opens, box_numbers
from evidence.synthesis.flow.prisma_boxes import prisma_boxes
from evidence.synthesis.flow.prisma_flow import Arm, Flow, FlowSource, SourceKind

SOURCES = (
    FlowSource(name="PubMed", kind=SourceKind.DATABASE, records=1000),
    FlowSource(name="PsycINFO", kind=SourceKind.DATABASE, records=500),
    FlowSource(name="CENTRAL", kind=SourceKind.REGISTER, records=20),
    FlowSource(name="A website", kind=SourceKind.WEBSITE, records=8),
)


def by_place(flow: Flow) -> dict[BoxId, Box]:
    return {box.id: box for box in prisma_boxes(flow)}


def test_the_four_templates_differ_by_their_boxes() -> None:
    new = set(by_place(Flow(sources=SOURCES)))
    other = set(by_place(Flow(sources=SOURCES, other=Arm())))
    update = set(by_place(Flow(sources=SOURCES, previous_studies=1)))
    both = set(by_place(Flow(sources=SOURCES, other=Arm(), previous_reports=1)))
    assert len(new) == 9
    assert len(other - new) == 5
    assert update - new == {BoxId.PREVIOUS, BoxId.TOTAL}
    assert both == new | (other - new) | {BoxId.PREVIOUS, BoxId.TOTAL}


def test_sources_are_listed_below_their_kind() -> None:
    found = by_place(Flow(sources=SOURCES, other=Arm()))
    lines = [(line.label, line.number, line.depth) for line in found[BoxId.IDENTIFIED].lines]
    assert lines == [
        ("Databases", 1500, 0),
        ("PubMed", 1000, 1),
        ("PsycINFO", 500, 1),
        ("Registers", 20, 0),
        ("CENTRAL", 20, 1),
    ]
    assert [line.label for line in found[BoxId.OTHER_IDENTIFIED].lines] == ["Websites", "A website"]


def test_every_excluded_report_has_its_reason() -> None:
    arm = Arm(sought=5, assessed=5, excluded=(("Outcome", 3), ("Design", 1)))
    box = by_place(Flow(sources=(), searched=arm))[BoxId.INELIGIBLE]
    assert box.number == 4
    assert [(line.label, line.number, line.opens) for line in box.lines] == [
        ("Outcome", 3, Opens.REASON),
        ("Design", 1, Opens.REASON),
    ]


def test_removals_that_did_not_happen_are_not_shown_but_duplicates_always_are() -> None:
    none = by_place(Flow(sources=()))[BoxId.REMOVED]
    some = by_place(Flow(sources=(), automation=2))[BoxId.REMOVED]
    assert [line.label for line in none.lines] == ["Duplicates"]
    assert len(some.lines) == 2


def test_numbers_are_written_as_prisma_does() -> None:
    found = by_place(Flow(sources=SOURCES, screened=1520))
    assert found[BoxId.SCREENED].heading == "Records screened (n\u00a0=\u00a01,520)"
    assert found[BoxId.IDENTIFIED].heading == "Records identified from:"
    assert str(Line("PubMed", 3)) == "PubMed (n\u00a0=\u00a03)"
    assert by_place(Flow(sources=()))[BoxId.IDENTIFIED].number == 0


def test_studies_and_reports_are_told_apart() -> None:
    flow = Flow(sources=(), included_reports=16, included_studies=12, previous_studies=3)
    found = by_place(flow)
    assert [(line.label, line.number) for line in found[BoxId.INCLUDED].lines] == [
        ("Studies", 12),
        ("Reports", 16),
    ]
    previous = [(line.label, line.number) for line in found[BoxId.PREVIOUS].lines]
    assert previous == [("Studies", 3), ("Reports", None)]
    assert found[BoxId.TOTAL].lines[0] == Line("Studies", 15)


def test_what_people_entered_opens_nothing_and_all_else_does() -> None:
    flow = Flow(
        sources=SOURCES,
        other=Arm(sought=8, assessed=8, excluded=(("Design", 8),)),
        previous_studies=3,
        previous_reports=4,
        included_reports=2,
        included_studies=2,
    )
    numbers = box_numbers(prisma_boxes(flow))
    assert {each.box for each in numbers} == set(by_place(flow)) - {BoxId.PREVIOUS, BoxId.TOTAL}
    assert all(each.opens is not Opens.NOTHING for each in numbers)
