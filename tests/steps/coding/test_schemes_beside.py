"""Schemes beside the one on which results rest: costs are never pooled, services are no studies."""

from evidence.coding.answers import Answer
from evidence.coding.effects.measures import Measure
from evidence.coding.findings import Direction, Finding
from evidence.steps.coding import coding, schemes
from evidence.steps.desk import Desk
from evidence.steps.results import appraisals, directions, pooling, prisma_flow, schemes_of_map
from evidence.steps.results.directions import DirectionStudies
from evidence.steps.results.pooling import PoolingWish
from evidence.store import Role
from evidence.store.coding import studies as kept_studies
from tests.conftest import ROOT
from tests.steps.coding.test_coding import study_id
from tests.synthesis.pooling.test_coded_findings import means

__all__ = ["study_id"]


def take(desk: Desk, name: str) -> int:
    yaml = (ROOT / "coding_schemes" / f"{name}.yaml").read_text(encoding="utf-8")
    return schemes.add(desk, yaml, f"{name}.yaml")


def found(desk: Desk) -> DirectionStudies:
    loaded = directions.with_drafts(desk, desk.person_id, schemes_of_map.unheard(desk))
    assert loaded
    return loaded


def test_numbers_of_economic_studies_reach_no_direction_and_no_pool(
    desk: Desk, study_id: int
) -> None:
    costs = take(desk, "economic-studies")
    for question, value in (("econ-price-year", "2004"), ("econ-costs", "GBP 9,100 and 9,900")):
        coding.set_answer(desk, study_id, Answer(question=question, value=value), costs)
    assert [a.question for a in coding.sheet(desk, study_id, costs).answers] == [
        "econ-price-year", "econ-costs"]  # fmt: skip
    of_review = found(desk)
    assert directions.contrasts(of_review) == {}
    assert pooling.outcomes(of_review, "arms") == {}


def test_a_review_with_economic_studies_alone_has_nothing_to_pool(desk: Desk) -> None:
    """Not even where somebody notes a finding with numbers, which then has no outcome."""
    take(desk, "economic-studies")
    with desk.writing(Role.REVIEWER) as w:
        study = kept_studies.create(w, "A 1999", [])
    for _ in range(2):
        coding.put_finding(desk, study, Finding(
            intervention="", outcome="", contrast="", direction=Direction.BETTER,
            n_intervention=40, n_comparison=41, reported=means()))  # fmt: skip
    first = schemes.of_results(desk)
    assert first is not None
    assert not any(question.axis for question in first.scheme.questions)
    of_review = found(desk)
    assert pooling.outcomes(of_review, "") == {}
    assert directions.groups(of_review, "").groups == ()
    measure = Measure.STANDARDISED_MEAN_DIFFERENCE
    assert pooling.measures(of_review, PoolingWish(contrast="", outcome="", measure=measure)) == {}


def test_schemes_for_services_are_taken_and_ask_nothing_of_studies(
    desk: Desk, study_id: int
) -> None:
    before = schemes.of_studies(desk)
    names = ("supported-employment-fidelity-25", "vocational-services")
    for_services = [take(desk, name) for name in names]
    assert schemes.of_studies(desk) == before
    assert [each.id for each in schemes.of_services(desk)] == for_services
    assert appraisals.appraisal_schemes(desk) == []
    assert prisma_flow.uses(desk).appraised is None
    assert [each.id for each in schemes.of_map(desk)] == [each.id for each in before]
