"""The page of fidelity: totals, one report, change over time, and services side by side."""

from evidence.steps.desk import Desk
from tests.pages.conftest import Open, texts
from tests.steps.practice.assessed import a_service, assess, take_scale
from tests.synthesis.practice.test_fidelity import IDS, summing_to


def test_assessments_are_shown_one_by_one_over_time_and_side_by_side(
    example_app: Open, desk: Desk
) -> None:
    at = example_app("fidelity", name="Example reader")
    assert "no fidelity scale yet" in texts(at)
    scheme_id = take_scale(desk)
    north, south = a_service(desk, "North"), a_service(desk, "<b>*South*</b>")
    assess(desk, scheme_id, north, "2025-03-01", summing_to(90))
    assess(desk, scheme_id, north, "2026-03-01", summing_to(101))
    ben = assess(desk, scheme_id, north, "2026-03-01", summing_to(98), who="Ben")
    open_item = {**summing_to(120), IDS[0]: "cannot-rate"}
    without = assess(desk, scheme_id, south, "2026-03-02", open_item)
    at = example_app("fidelity", name="Example reader")
    assert not at.exception
    assert "4 assessments of 2 services" in texts(at)
    at.segmented_control(key="fidelity-view").set_value("One assessment").run()
    at.selectbox(key="fidelity-of").set_value(ben.uid).run()
    assert "of 25 items that both scored (of 25), the same score on 24" in texts(at)
    at.selectbox(key="fidelity-of").set_value(without.uid).run()
    assert "no score: 1. Caseload size (cannot rate)" in texts(at)
    at.segmented_control(key="fidelity-view").set_value("Over time").run()
    at.selectbox(key="fidelity-service").set_value(north.uid).run()
    assert not at.exception
    frames = [frame.value for frame in at.dataframe]
    assert any("Anna 101; Ben 98" in str(frame.to_dict()) for frame in frames)
    at.segmented_control(key="fidelity-view").set_value("Side by side").run()
    side = next(frame.value for frame in at.dataframe if "Staffing" in frame.value.columns)
    assert list(side["Service"]) == ["<b>*South*</b>", "North"]
    assert list(side["Band"]) == ["not classified", "assessors differ: good, fair"]
    items = next(frame.value for frame in at.dataframe if "Item" in frame.value.columns)
    assert list(items.columns) == ["Item", "<b>*South*</b>", "North", "Section"]
    assert len(items) == len(IDS)
    assert items["<b>*South*</b>"][0] == "cannot rate"
    assert not at.exception
