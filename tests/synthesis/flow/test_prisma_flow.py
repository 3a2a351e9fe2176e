from dataclasses import replace

import pytest

from evidence.synthesis.flow.flow_settings import FlowSettings, Template, impossible
from evidence.synthesis.flow.prisma_flow import (
    Arm,
    Flow,
    FlowSource,
    SourceKind,
    StudyUses,
    faults,
    still_open,
)

PUBMED = FlowSource(name="PubMed", kind=SourceKind.DATABASE, records=100)
REGISTER = FlowSource(name="CENTRAL", kind=SourceKind.REGISTER, records=20)
SITE = FlowSource(name="A website", kind=SourceKind.WEBSITE, records=8)

DONE = Flow(
    sources=(PUBMED, REGISTER, SITE),
    duplicates=15,
    automation=3,
    removed_otherwise=2,
    screened=100,
    excluded=70,
    searched=Arm(
        sought=30, not_retrieved=2, assessed=28, excluded=(("Outcome", 10), ("Design", 5))
    ),
    other=Arm(sought=8, not_retrieved=1, assessed=7, excluded=(("Population", 4),)),
    included_reports=16,
    included_studies=12,
)


def test_a_complete_review_adds_up() -> None:
    assert DONE.to_screen == 100
    assert [arm.eligible for arm in DONE.arms] == [13, 3]
    assert faults(DONE) == ()
    assert still_open(DONE) == ()


def test_identified_counts_by_kind() -> None:
    assert DONE.identified(SourceKind.DATABASE) == 100
    assert DONE.identified(SourceKind.DATABASE, SourceKind.REGISTER) == 120


def test_an_empty_review_has_nothing_open_and_no_fault() -> None:
    assert (faults(Flow(sources=())), still_open(Flow(sources=()))) == ((), ())


def test_what_waits_is_open_and_no_fault() -> None:
    flow = Flow(sources=(PUBMED,), screened=60, excluded=50, searched=Arm(sought=8, assessed=3))
    assert faults(flow) == ()
    assert [str(step) for step in still_open(flow)] == [
        "40 records not yet screened",
        "2 reports not yet sought",
        "5 reports not yet assessed",
        "3 reports not yet included",
    ]


@pytest.mark.parametrize(
    ("flow", "fault"),
    [
        (
            replace(DONE, duplicates=25),
            "100 records screened, but there are only 90 left after duplicates and other removals.",
        ),
        (
            replace(DONE, excluded=75),
            "30 reports sought, but there are only 25 kept in screening.",
        ),
        (
            replace(DONE, searched=replace(DONE.searched, not_retrieved=4)),
            "28 reports assessed, but there are only 26 retrieved.",
        ),
        (
            replace(DONE, sources=(PUBMED, REGISTER)),
            "8 reports from other sources sought, but there are only 0 identified there.",
        ),
        (
            replace(DONE, included_reports=17),
            "17 reports included, but there are only 16 found eligible.",
        ),
        (
            replace(DONE, included_studies=17),
            "There are more included studies (17) than included reports (16).",
        ),
        (
            replace(DONE, included_studies=0),
            "There are included reports, but none is linked to a study yet.",
        ),
        (
            replace(DONE, automation=-1),
            "The number of records removed by automation is below zero (-1).",
        ),
        (
            replace(DONE, previous_studies=5, previous_reports=4),
            "There are more studies of the earlier version (5) than reports of it (4).",
        ),
    ],
)
def test_numbers_that_cannot_be_right_are_told(flow: Flow, fault: str) -> None:
    assert fault in faults(flow)


@pytest.mark.parametrize(
    "flow",
    [
        Flow(sources=(PUBMED,), screened=10, excluded=11),
        Flow(sources=(), searched=Arm(sought=1, not_retrieved=2)),
        Flow(sources=(), searched=Arm(assessed=1, excluded=(("Design", 2),))),
    ],
)
def test_a_part_that_exceeds_its_whole_is_told(flow: Flow) -> None:
    assert any(fault.startswith("There are more ") for fault in faults(flow))


def test_records_of_other_sources_that_were_set_aside_are_not_waited_for() -> None:
    more = FlowSource(name="Reference lists", kind=SourceKind.CITATIONS, records=5)
    waiting = replace(DONE, sources=(*DONE.sources, more))
    assert still_open(waiting) == ("5 reports from other sources not yet sought",)
    assert DONE.other
    settled = replace(waiting, other=replace(DONE.other, set_aside=5))
    assert (still_open(settled), faults(settled)) == ((), ())


def test_an_update_adds_what_was_there_before() -> None:
    update = replace(DONE, previous_studies=20, previous_reports=25)
    assert update.drawn_as is Template.UPDATED_OTHER
    assert (update.total_studies, update.total_reports) == (32, 41)
    assert faults(update) == ()
    assert DONE.drawn_as is Template.NEW_OTHER


def test_an_update_without_the_number_of_before_has_no_total() -> None:
    update = replace(DONE, previous_studies=20)
    assert (update.total_studies, update.total_reports) == (32, None)
    assert "the number of reports in the earlier version not entered" in still_open(update)


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        (FlowSettings(previous_studies=-1), "Studies of the earlier version: type a number"),
        (FlowSettings(pooled_reports=10**9), "Reports in a meta-analysis: type a number"),
        (FlowSettings(previous_studies=3, previous_reports=2), "more studies (3) than reports (2)"),
    ],
)
def test_settings_that_cannot_be_are_told(settings: FlowSettings, why: str) -> None:
    assert why in " ".join(impossible(settings))


def test_more_in_a_meta_analysis_than_there_is_is_told() -> None:
    flow = replace(DONE, uses=StudyUses(pooled=99))
    assert any("studies in a meta-analysis (99)" in fault for fault in faults(flow))
