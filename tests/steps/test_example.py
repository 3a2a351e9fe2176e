"""The example review goes the whole road, on both databases, and is honest about itself."""

from evidence.coding.scheme import Axis
from evidence.steps import counts, directions, duplicates, evidence_map, example, reviews, studies
from evidence.steps.coded import coded
from evidence.store import Store


def test_the_example_goes_the_whole_road(store: Store) -> None:
    desk = example.load(store)
    review = reviews.get(desk)
    assert review.demonstration
    assert "not findings" in review.label
    state = duplicates.state(desk)
    assert (state.records, state.works, state.possible) == (96, 82, 0)
    found = coded(desk)
    assert found is not None
    assert found.sentence == "Rests on 18 of 19 studies; 1 not coded completely yet."
    tab = evidence_map.sort(found, *evidence_map.defaults(found.scheme))
    assert len(tab.studies()) == 16
    result = directions.find(found, ["allocated-arms"])
    assert [s.favourable for s in result.summaries if s.outcome == "gaining-employment"] == [6]
    numbers = counts.prisma(desk)
    assert counts.faults(numbers) == ()
    assert (numbers.included_reports, numbers.included_studies) == (26, 19)


def test_loading_it_again_opens_the_one_that_is_there(store: Store) -> None:
    first = example.load(store)
    assert example.load(store) == first
    assert len(reviews.overviews(store)) == 1


def test_the_new_hampshire_trial_is_one_study_and_gold_another(store: Store) -> None:
    desk = example.load(store)
    sizes = {study.label: len(study.reports) for study in studies.listing(desk)}
    assert sizes["New Hampshire trial of supported employment"] == 3
    assert sizes["South Carolina trial of ACT with IPS"] == 1


def test_between_arms_and_by_work_status_are_never_pooled_unasked(store: Store) -> None:
    found = coded(example.load(store))
    assert found is not None
    kinds = directions.contrasts(found)
    labels = directions.axis_labels(found.scheme, Axis.CONTRAST)
    assert {"allocated-arms", "work-status"} <= set(kinds) <= set(labels)
    alone = directions.find(found, ["work-status"])
    assert alone.contrasts == ("work-status",)
    assert sum(alone.left_out.values()) == sum(kinds.values()) - kinds["work-status"]
