from evidence.synthesis.flow.prisma_boxes import Box, BoxId, Line, boxes
from evidence.synthesis.flow.prisma_flow import Arm, Flow, FlowSource, SourceKind

SOURCES = (
    FlowSource(name="PubMed", kind=SourceKind.DATABASE, records=1000),
    FlowSource(name="PsycINFO", kind=SourceKind.DATABASE, records=500),
    FlowSource(name="CENTRAL", kind=SourceKind.REGISTER, records=20),
    FlowSource(name="A website", kind=SourceKind.WEBSITE, records=8),
)


def by_place(flow: Flow) -> dict[BoxId, Box]:
    return {box.id: box for box in boxes(flow)}


def test_the_four_templates_differ_by_their_boxes() -> None:
    new = set(by_place(Flow(sources=SOURCES)))
    other = set(by_place(Flow(sources=SOURCES, other=Arm())))
    update = set(by_place(Flow(sources=SOURCES, previous_studies=1)))
    both = set(by_place(Flow(sources=SOURCES, other=Arm(), previous_reports=1)))
    assert len(new) == 9
    assert len(other - new) == 5
    assert update - new == {BoxId.PREVIOUS, BoxId.TOTAL}
    assert both == set(BoxId)


def test_sources_are_listed_below_their_kind() -> None:
    found = by_place(Flow(sources=SOURCES, other=Arm()))
    assert found[BoxId.IDENTIFIED].lines == (
        Line("Databases", 1500),
        Line("PubMed", 1000, depth=1),
        Line("PsycINFO", 500, depth=1),
        Line("Registers", 20),
        Line("CENTRAL", 20, depth=1),
    )
    assert [line.label for line in found[BoxId.OTHER_IDENTIFIED].lines] == ["Websites", "A website"]


def test_every_excluded_report_has_its_reason() -> None:
    arm = Arm(sought=5, assessed=5, excluded=(("Outcome", 3), ("Design", 1)))
    box = by_place(Flow(sources=(), searched=arm))[BoxId.INELIGIBLE]
    assert box.number == 4
    assert box.lines == (Line("Outcome", 3), Line("Design", 1))


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
    assert found[BoxId.INCLUDED].lines == (Line("Studies", 12), Line("Reports", 16))
    assert found[BoxId.PREVIOUS].lines == (Line("Studies", 3),)
    assert found[BoxId.TOTAL].lines[0] == Line("Studies", 15)
