"""Below the map editors say which answers of services and codes of studies mean the same."""

from typing import Any

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox

from evidence.coding.answers import Answer
from evidence.steps.coding import schemes
from evidence.steps.desk import Desk
from evidence.steps.practice import service_forms, services
from evidence.steps.results import map_settings
from evidence.steps.review import reviews
from evidence.store.review.reviews import Draft
from evidence.synthesis.practice.service_form import ServiceForm
from tests.conftest import ROOT
from tests.pages.conftest import Open, texts
from tests.steps.practice.assessed import a_service

SCHEME = ROOT / "coding_schemes" / "vocational-services.yaml"
QUESTION, OF_STUDIES = "question:service-stages", "question:stages"


def test_what_is_proposed_counts_once_it_is_kept(example_app: Open, desk: Desk) -> None:
    at = example_app("evidence_map", name="Example reader")
    assert "Services and studies" not in [box.label for box in at.expander]
    schemes.add(desk, SCHEME.read_text(encoding="utf-8"), SCHEME.name)
    at = opened(example_app)
    box(at, "-question").set_value(QUESTION).run()
    box(at, f"{QUESTION}-of").set_value(OF_STUDIES).run()
    assert "Proposed" in texts(at)
    assert not map_settings.current(desk).joins
    at.multiselect(key=f"map-joins-1-0-{QUESTION}-{OF_STUDIES}-stage-preparing").set_value(
        ["stage-prepare"]
    )
    at.button(key="map-joins-1-keep").click().run()
    assert not at.exception
    (join,) = map_settings.current(desk).joins
    assert (join.question, join.of_studies) == (QUESTION, OF_STUDIES)
    assert set(join.pairs) == {
        ("stage-preparing", "stage-prepare"),
        ("stage-searching", "stage-search"),
    }
    at.button(key="map-joins-1-off").click().run()
    assert not at.exception
    assert map_settings.current(desk).joins == ()


def test_services_are_shown_alone_where_no_study_is_there(example_app: Open, desk: Desk) -> None:
    alone = reviews.create(desk.store, desk.person_id, Draft(title="Our council"))
    scheme_id = schemes.add(alone, SCHEME.read_text(encoding="utf-8"), SCHEME.name)
    service = a_service(alone, "<b>North</b>", area="Dale")
    a_service(alone, "Silent", area="Vale")
    kind = Answer(question="service-kind", codes=("supported-work",))
    form = ServiceForm(
        uid=services.new_uid(),
        service=service.uid,
        scheme_id=scheme_id,
        answers=(kind,),
        is_complete=True,
    )
    service_forms.save(alone, form)
    at = example_app("evidence_map", review=alone.review_id, name="Example reader")
    assert not at.exception
    assert "Practice without research" in texts(at)
    assert "There are no studies to show yet" in texts(at)
    (table,) = (frame.value for frame in at.dataframe)
    assert "1: <b>North</b>" in list(table["Dale"])
    assert set(table["Vale"]) == {"nobody answered"}


def opened(example_app: Open) -> AppTest:
    at = example_app("evidence_map", name="Example reader")
    at.session_state["map-joins"] = True
    return at.run()


def box(at: AppTest, ending: str) -> Selectbox[Any]:
    (found,) = (each for each in at.selectbox if str(each.key).endswith(ending))
    return found
