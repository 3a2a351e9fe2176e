"""The way from the searches to the studies in sentences: none, one, all, and by each template."""

from dataclasses import replace

from evidence.report import flow_sentences
from evidence.synthesis.flow.flow_settings import Template
from evidence.synthesis.flow.prisma_flow import Arm, Flow, FlowSource, SourceKind
from evidence.synthesis.source_overlap import SearchedSource, source_overlap

FLOW = Flow(
    sources=(
        FlowSource(name="PubMed", kind=SourceKind.DATABASE, records=900),
        FlowSource(name="Register", kind=SourceKind.REGISTER, records=300),
        FlowSource(name="Web", kind=SourceKind.WEBSITE, records=4),
    ),
    duplicates=200,
    screened=1000,
    excluded=900,
    searched=Arm(sought=100, not_retrieved=4, assessed=96, excluded=(("Outcome", 60), ("Old", 6))),
    other=Arm(sought=4, not_retrieved=0, assessed=4, excluded=(("Outcome", 1),)),
    included_reports=33,
    included_studies=21,
)
EMPTY = Flow(sources=())


def test_from_searches_to_studies() -> None:
    said = (
        flow_sentences.searched(FLOW),
        flow_sentences.removed(FLOW),
        flow_sentences.screened(FLOW),
        flow_sentences.retrieved(FLOW),
        flow_sentences.assessed(FLOW),
        flow_sentences.reports_of_studies(FLOW),
    )
    assert [each.text for each in said] == [
        "Searches of one database, one register and one other source gave 1,204 records.",
        (
            "Of 1,200 records from databases and registers, 200 were removed as duplicates before "
            "screening."
        ),
        (
            "Of 1,000 records from databases and registers that were screened by title and "
            "abstract, 900 were excluded."
        ),
        "Of 104 reports sought in full text, four were not retrieved.",
        (
            "Of 100 reports assessed in full text, 67 were excluded: 61 for “Outcome” and six for "
            "“Old”."
        ),
        "Thirty-three reports of 21 studies were included.",
    ]


def test_a_review_that_has_only_begun() -> None:
    assert flow_sentences.searched(EMPTY).text == "No search is recorded yet."
    assert (
        flow_sentences.screened(EMPTY).text == "No record was screened by title and abstract yet."
    )
    assert flow_sentences.reports_of_studies(EMPTY).text == "No report is included yet."
    for pattern in (flow_sentences.removed, flow_sentences.retrieved, flow_sentences.assessed):
        assert not pattern(EMPTY).text


def test_what_was_removed_for_several_reasons() -> None:
    flow = replace(FLOW, automation=1, removed_otherwise=2)
    assert flow_sentences.removed(flow).text == (
        "Of 1,200 records from databases and registers, 203 were removed before screening: 200 as "
        "duplicates, one by automation tools and two for other reasons."
    )


def test_nothing_removed_lost_or_excluded() -> None:
    flow = Flow(
        sources=(FlowSource(name="PubMed", kind=SourceKind.DATABASE, records=1),),
        screened=1,
        searched=Arm(sought=1, assessed=1),
        included_reports=1,
        included_studies=1,
    )
    assert flow_sentences.searched(flow).text == "Searches of one database gave one record."
    assert flow_sentences.removed(flow).text == (
        "The one record from databases and registers was not removed before screening."
    )
    assert flow_sentences.screened(flow).text == (
        "The one record screened by title and abstract was not excluded."
    )
    assert flow_sentences.retrieved(flow).text == (
        "The one report sought in full text was retrieved."
    )
    assert flow_sentences.assessed(flow).text == (
        "The one report assessed in full text was not excluded."
    )
    assert flow_sentences.reports_of_studies(flow).text == "One report of one study was included."


def test_all_of_them() -> None:
    flow = Flow(
        sources=(FlowSource(name="Web", kind=SourceKind.WEBSITE, records=2),),
        screened=2,
        excluded=2,
        searched=Arm(sought=9, not_retrieved=9, assessed=9, excluded=(("Old", 9),)),
    )
    assert flow_sentences.searched(flow).text == "Searches of one source gave two records."
    assert flow_sentences.screened(flow).text == (
        "Both records screened by title and abstract were excluded."
    )
    assert flow_sentences.retrieved(flow).text == (
        "Of nine reports sought in full text, none was retrieved."
    )
    assert flow_sentences.assessed(flow).text == (
        "All nine reports assessed in full text were excluded, for “Old”."
    )
    none = replace(flow, searched=Arm(sought=9))
    assert flow_sentences.retrieved(none).text == (
        "All nine reports sought in full text were retrieved."
    )


def test_a_map_by_roses_screens_the_records_of_all_sources() -> None:
    flow = replace(FLOW, template=Template.ROSES_MAP, other=None)
    assert flow_sentences.removed(flow).text == (
        "Of 1,204 records from all sources, 200 were removed as duplicates before screening."
    )
    assert flow_sentences.screened(flow).text == (
        "Of 1,000 records screened by title and abstract, 900 were excluded."
    )


def test_records_of_other_sources_that_were_not_sought_are_told() -> None:
    other = Arm(set_aside=3, sought=1, assessed=1)
    assert flow_sentences.screened(replace(FLOW, other=other)).text.endswith(
        "900 were excluded. Of four records from other sources, three were set aside, for "
        "repeating others or by title and abstract, before reports were sought."
    )


def test_found_alone_has_a_base_and_names_the_sources() -> None:
    sources = [SearchedSource(id=n, name=name, records=5) for n, name in enumerate("ABC")]
    assert flow_sentences.found_alone(source_overlap(sources, [])).text == ""
    assert flow_sentences.found_alone(source_overlap(sources, [(1, 0), (1, 1)])).text == (
        "The one included work was found by several sources."
    )
    found = source_overlap(sources, [(1, 0), (2, 0), (3, 1), (4, 1), (4, 2)])
    assert flow_sentences.found_alone(found).text == (
        "Three of four included works were found by one source alone: two by “A” and one by “B”."
    )
    assert flow_sentences.found_alone(source_overlap(sources, [(1, 0)])).text == (
        "The one included work was found by “A” alone."
    )
    each = source_overlap(sources, [(1, 0), (2, 1)])
    assert flow_sentences.found_alone(each).text == (
        "Both included works were found by one source alone: one by “A” and one by “B”."
    )
    twice = source_overlap(sources, [(1, 0), (1, 1), (2, 0), (2, 1)])
    assert flow_sentences.found_alone(twice).text == (
        "None of the two included works was found by one source alone."
    )
