"""The flow diagram: each number opens what it counts, and settings are kept with their history."""

import random
from dataclasses import replace

import pytest

from evidence.errors import Invalid
from evidence.screening.verdicts import Stage, Verdict
from evidence.steps.coding import studies
from evidence.steps.desk import Desk
from evidence.steps.records import records, sources
from evidence.steps.records.duplicates import record_pairs
from evidence.steps.results import flow_records, flow_settings, prisma_flow
from evidence.steps.results.flow_records import Unit
from evidence.steps.review import reasons
from evidence.steps.screening import decisions, full_texts
from evidence.store.records.filters import Filter
from evidence.store.records.sources import SourceDraft
from evidence.store.screening.decisions import NewDecision
from evidence.store.screening.full_texts import Search
from evidence.synthesis.flow.flow_boxes import BoxNumber, Opens, box_numbers
from evidence.synthesis.flow.flow_notes import flow_boxes
from evidence.synthesis.flow.flow_settings import USUAL, FlowSettings, Template
from evidence.synthesis.flow.prisma_flow import faults
from tests.conftest import a_reading, keep
from tests.steps.conftest import taken

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
KINDS = ("database", "register", "website", "citation searching")
TITLES = tuple(f"Work {letter}" for letter in "ABCDEFGHIJKL")


def decide(desk: Desk, work_id: int, stage: Stage, verdict: Verdict, *reason_ids: int) -> None:
    taken(desk, stage)
    new = NewDecision(
        work_id=work_id,
        stage=stage,
        verdict=verdict,
        client_id=f"{stage}-{work_id}",
        reason_ids=reason_ids,
    )
    decisions.decide(desk, [new])


def fill(desk: Desk, seed: int) -> None:
    """A review in which chance says what is found where, joined, decided and linked."""
    chance = random.Random(seed)  # noqa: S311 - the same in every run
    reasons.replace(desk, ["Not about work", "Not adults"])
    reason_ids = [each.id for each in reasons.listing(desk)]
    for kind in KINDS:
        titles = chance.sample(TITLES, chance.randrange(len(TITLES)))
        keep(desk.store, desk.person_id, desk.review_id, a_reading(*titles, file=kind), kind)
        added = sources.listing(desk)[-1].source
        sources.change(desk, added.id, SourceDraft(name=kind.title(), kind=kind))
    by_title: dict[str, int] = {}
    for work in records.page(desk, Filter(), 0, 100):
        if work.title in by_title and chance.random() < 0.7:
            record_pairs.mark_same(desk, by_title[work.title], work.id)
        by_title.setdefault(work.title, work.id)
    for work in records.page(desk, Filter(), 0, 100):
        first = chance.choice([Verdict.INCLUDE, Verdict.INCLUDE, Verdict.EXCLUDE, None])
        if first is None:
            continue
        decide(desk, work.id, TA, first, *([reason_ids[0]] * (first is Verdict.EXCLUDE)))
        second = chance.choice([Verdict.INCLUDE, Verdict.EXCLUDE, Search.NOT_RETRIEVED, None])
        if first is Verdict.EXCLUDE or second is None:
            continue
        if isinstance(second, Search):
            full_texts.set_search(desk, work.id, second, "nowhere")
            continue
        reason = [chance.choice(reason_ids)] * (second is Verdict.EXCLUDE)
        decide(desk, work.id, FT, second, *reason)
    included = [report.work_id for report in studies.unlinked(desk)]
    for work_id in included:
        studies.create(desk, [work_id])


def numbers_of(desk: Desk, template: Template) -> list[BoxNumber]:
    flow = prisma_flow.with_uses(desk, prisma_flow.flow(desk, template))
    assert faults(flow) == ()
    return list(box_numbers(flow_boxes(flow)))


@pytest.mark.parametrize("seed", range(4))
def test_behind_every_number_stand_as_many_as_it_says(desk: Desk, seed: int) -> None:
    fill(desk, seed)
    flow_settings.change(desk, FlowSettings(screening_reasons=True, synthesis_boxes=True), USUAL)
    for template in Template:
        for number in numbers_of(desk, template):
            found = flow_records.behind(desk, number, template)
            assert len(found.ids) == len(set(found.ids)) == number.number, (template, number)
            lines = flow_records.lines(desk, found, 0, 100)
            assert len(lines) == number.number


def test_a_list_is_given_page_by_page_in_one_order(desk: Desk) -> None:
    fill(desk, 3)
    number = next(
        each for each in numbers_of(desk, Template.ROSES_MAP) if each.opens is Opens.SOURCE
    )
    found = flow_records.behind(desk, number, Template.ROSES_MAP)
    assert found.unit is Unit.RECORDS
    pages = [flow_records.lines(desk, found, at, 2) for at in range(0, len(found.ids), 2)]
    assert [line for page in pages for line in page] == flow_records.lines(desk, found, 0, 100)


def test_the_template_follows_from_sources_and_numbers_unless_it_is_chosen(desk: Desk) -> None:
    assert prisma_flow.flow(desk).drawn_as is Template.NEW
    fill(desk, 1)
    assert prisma_flow.flow(desk).drawn_as is Template.NEW_OTHER
    update = FlowSettings(previous_studies=3, previous_reports=4, previous_version="Doe 2001")
    flow_settings.change(desk, update, USUAL)
    flow = prisma_flow.flow(desk)
    assert flow.drawn_as is Template.UPDATED_OTHER
    assert flow.total_studies == flow.included_studies + 3
    chosen = replace(update, template=Template.ROSES_MAP)
    flow_settings.change(desk, chosen, update)
    assert prisma_flow.flow(desk).drawn_as is Template.ROSES_MAP
    assert [change.settings for change in flow_settings.history(desk)] == [chosen, update]


def test_settings_that_nobody_saw_or_that_cannot_be_are_refused(desk: Desk) -> None:
    flow_settings.change(desk, FlowSettings(pooled_studies=2), USUAL)
    with pytest.raises(Invalid, match="meanwhile"):
        flow_settings.change(desk, FlowSettings(pooled_studies=3), USUAL)
    with pytest.raises(Invalid, match="more studies"):
        flow_settings.change(desk, FlowSettings(previous_studies=3, previous_reports=1), USUAL)
    with pytest.raises(Invalid, match="up to 1,000 letters"):
        flow_settings.change(desk, FlowSettings(previous_version="x" * 1001), USUAL)
    assert flow_settings.current(desk) == FlowSettings(pooled_studies=2)
